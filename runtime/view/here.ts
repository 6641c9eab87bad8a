// The page's address, for links that are given to others. In the offline copy that is not its own:
// offline/browser/here.ts.

/** @returns without what follows the "#" */
export const hereToShare = (): string => location.href.replace(/#.*$/, "");
