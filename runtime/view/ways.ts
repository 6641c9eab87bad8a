// Ways to step that are not a control: the arrow keys wherever the focus is, and a finger over the figure.
import type { Figure } from "./figure.ts";

const TAKES_ARROWS =
  "input, textarea, select, [contenteditable], [role=tab], .demo-rows, .demo-moments";
const FAR = 40; // pixels that a finger has to go

const figures = new Set<Figure>();

/** The figure that the keys are for: the one with the focus, else the one nearest the middle of the window. */
function meant(target: Element): Figure | undefined {
  const middle = innerHeight / 2;
  let nearest: Figure | undefined;
  let distance = Infinity;
  for (const figure of figures) {
    if (figure.main.closest("asgi-demo")?.contains(target)) return figure;
    const { top, bottom } = figure.main.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight) continue;
    const away = Math.max(top - middle, middle - bottom, 0);
    if (away < distance) [nearest, distance] = [figure, away];
  }
  return nearest;
}

function onKey(pressed: KeyboardEvent) {
  if (pressed.defaultPrevented || pressed.shiftKey) return;
  if (pressed.key !== "ArrowLeft" && pressed.key !== "ArrowRight") return;
  const target = pressed.target as Element;
  if (target.closest?.(TAKES_ARROWS) || scrollsSideways(target)) return;
  meant(target)?.stepper.key(pressed);
}

/** What scrolls keeps the arrows to itself. */
function scrollsSideways(target: Element) {
  for (let one: Element | null = target; one && one !== document.body; one = one.parentElement)
    if (one.scrollWidth > one.clientWidth && getComputedStyle(one).overflowX !== "visible")
      return one !== document.documentElement;
  return false;
}

export function listenForArrows(figure: Figure) {
  if (!figures.size) document.addEventListener("keydown", onKey);
  figures.add(figure);
}

export function forgetArrows(figure: Figure) {
  figures.delete(figure);
  if (!figures.size) document.removeEventListener("keydown", onKey);
}

/** @param go 1: a step on; -1: a step back */
export function swiped(area: HTMLElement, go: (way: 1 | -1) => void) {
  let begun: Touch | undefined;
  area.addEventListener(
    "touchstart",
    ({ touches }) => {
      const inside = area.querySelector(".demo-lanes");
      const scrolls = inside && inside.scrollWidth > inside.clientWidth;
      begun = touches.length === 1 && !scrolls ? touches[0] : undefined;
    },
    { passive: true },
  );
  area.addEventListener(
    "touchend",
    ({ changedTouches }) => {
      if (!begun) return;
      const [across, down] = [
        changedTouches[0].clientX - begun.clientX,
        changedTouches[0].clientY - begun.clientY,
      ];
      begun = undefined;
      if (Math.abs(across) > FAR && Math.abs(across) > 2 * Math.abs(down)) go(across < 0 ? 1 : -1);
    },
    { passive: true },
  );
}
