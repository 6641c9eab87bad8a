// The iframe that a Python is in: of opaque origin, seen by nobody.

// Browsers give a frame that is not displayed less of the processor, so it is: as one clear pixel.
const UNSEEN =
  "position:fixed;left:0;bottom:0;width:1px;height:1px;border:0;opacity:0;pointer-events:none";

/** @param page address of sandbox.html */
export function makeFrame(page: string) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  frame.style.cssText = UNSEEN;
  frame.src = page;
  return frame;
}
