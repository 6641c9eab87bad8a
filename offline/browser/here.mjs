// In place of runtime/view/here.mjs. A link to a file on this disk is of no use to others, so where the
// site has a public address, that of the same page there is given. offline/pages.py left it in the page.

/** @returns {string} without what follows the "#" */
export function hereToShare() {
  const online = document.querySelector('link[rel="canonical"]')?.getAttribute("href");
  return online ?? location.href.replace(/#.*$/, "");
}
