// The part that runs Python, and fetching it ahead when the reader is about to need it.

import { hasFailed, importRunner } from "./runner_script.mjs";

/** @import { Runner } from "../run/runner.mjs" */

const SIGNS = ["pointerenter", "focusin", "touchstart"]; // of a reader who is about to press

/** @param {HTMLElement} element the demo @returns {Promise<Runner>} the page's one */
export async function loadRunner(element) {
  const manifest = new URL(element.dataset.runtime ?? "", document.baseURI).href;
  const { runnerFor } = await importRunner(manifest);
  return runnerFor(manifest);
}

/**
 * @param {HTMLElement} button Run
 * @param {HTMLElement} element the demo
 * @param {() => string} source what would run
 * @param {AbortSignal} signal
 */
export function prefetchOn(button, element, source, signal) {
  const prefetch = async () => {
    if (hasFailed()) return;
    try {
      const runner = /** @type {Runner & {prefetch?: (source: string) => unknown}} */ (
        await loadRunner(element)
      );
      await runner.prefetch?.(source());
    } catch {
      // whatever it is, the run itself will say it
    }
  };
  for (const sign of SIGNS)
    button.addEventListener(sign, () => void prefetch(), { signal, passive: true });
}
