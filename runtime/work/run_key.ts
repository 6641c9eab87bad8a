// The key that runs a demo.

/** Ctrl+Enter, or ⌘+Enter, runs, wherever in the demo the focus is; no editor gets to see it. */
export function runOnKey(element: HTMLElement, run: () => void, signal: AbortSignal) {
  const onKey = (pressed: KeyboardEvent) => {
    if (pressed.key !== "Enter" || !(pressed.ctrlKey || pressed.metaKey)) return;
    pressed.preventDefault();
    pressed.stopPropagation();
    if (!pressed.repeat) run();
  };
  element.addEventListener("keydown", onKey, { capture: true, signal });
}
