// The key that runs a demo.

/**
 * Ctrl+Enter, or ⌘+Enter, runs, wherever in the demo the focus is; no editor gets to see it.
 * @param {HTMLElement} element
 * @param {() => void} run
 * @param {AbortSignal} signal
 */
export function runOnKey(element, run, signal) {
  const onKey = (/** @type {KeyboardEvent} */ pressed) => {
    if (pressed.key !== "Enter" || !(pressed.ctrlKey || pressed.metaKey)) return;
    pressed.preventDefault();
    pressed.stopPropagation();
    if (!pressed.repeat) run();
  };
  element.addEventListener("keydown", onKey, { capture: true, signal });
}
