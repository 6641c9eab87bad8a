// Where things are on the page: steps are brought into view, and stepping does not make the page jump.

const STILL = "(prefers-reduced-motion: reduce)";

/**
 * Bring a step into view, as little as possible.
 * @param playing the exchange plays by itself: the eye can follow it
 */
export function reveal(row: HTMLElement, playing: boolean) {
  const smooth = playing && !matchMedia(STILL).matches;
  const scroll = () =>
    row.scrollIntoView({
      block: "nearest",
      inline: "nearest",
      behavior: smooth ? "smooth" : "instant",
    });
  scroll();
  // In a long exchange the rows on the way have only an estimated height until they have been in sight.
  if (!smooth && row.closest(".demo-is-long")) afterFrames(2, scroll);
}

/** @param act in each of so many frames */
function afterFrames(frames: number, act: () => void) {
  requestAnimationFrame(() => {
    act();
    if (frames > 1) afterFrames(frames - 1, act);
  });
}

/** While a part of a figure is out of sight at its right edge, the edge says so. */
export function hintAtCut(area: HTMLElement) {
  const tell = () => {
    const hidden = area.scrollWidth - area.clientWidth - area.scrollLeft;
    area.classList.toggle("demo-is-cut", hidden > 1);
  };
  area.addEventListener("scroll", tell, { passive: true });
  new ResizeObserver(tell).observe(area);
}

/**
 * A panel whose content changes keeps the greatest height it has had, until its width changes.
 * @param signal ends it
 */
export function keepHeight(panel: HTMLElement, signal: AbortSignal) {
  let width = 0;
  const observer = new ResizeObserver(([{ borderBoxSize }]) => {
    const [{ blockSize, inlineSize }] = borderBoxSize;
    const kept = parseFloat(panel.style.minHeight) || 0;
    if (inlineSize !== width) panel.style.minHeight = "";
    else if (blockSize > kept) panel.style.minHeight = `${Math.floor(blockSize)}px`;
    width = inlineSize;
  });
  observer.observe(panel);
  signal.addEventListener("abort", () => observer.disconnect());
}
