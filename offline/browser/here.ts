// In place of runtime/view/here.ts. A link to a file on this disk is of no use to others, so where the
// site has a public address, that of the same page there is given. offline/pages.py left it in the page.

/** @returns without what follows the "#" */
export function hereToShare(): string {
  const online = document.querySelector('link[rel="canonical"]')?.getAttribute("href");
  return online ?? location.href.replace(/#.*$/, "");
}
