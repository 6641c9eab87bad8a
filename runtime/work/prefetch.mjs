// The part that runs Python, and fetching it ahead when the reader is about to need it.

/** @import { Runner } from "../run/runner.mjs" */

const SIGNS = ["pointerenter", "focusin", "touchstart"]; // of a reader who is about to press

/** @param {HTMLElement} element the demo @returns {Promise<Runner>} the page's one */
export async function loadRunner(element) {
  const manifest = new URL(element.dataset.runtime ?? "", document.baseURI).href;
  const { runnerFor } = await import("../run/runner.mjs").catch(async () => {
    throw Object.assign(new Error("no runner"), await reason(manifest));
  });
  return runnerFor(manifest);
}

/**
 * A failed import does not say why. After a new deployment the manifest of this page is gone too.
 * @param {string} manifest
 */
async function reason(manifest) {
  const file = "runner.mjs";
  const answer = await fetch(manifest, { method: "HEAD", cache: "no-store" }).catch(
    () => undefined,
  );
  return answer && !answer.ok
    ? { kind: "http", file, detail: String(answer.status) }
    : { kind: "network", file };
}

/**
 * @param {HTMLElement} button Run
 * @param {HTMLElement} element the demo
 * @param {() => string} source what would run
 * @param {AbortSignal} signal
 */
export function prefetchOn(button, element, source, signal) {
  const prefetch = async () => {
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
