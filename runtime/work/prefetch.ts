// The part that runs Python, and fetching it ahead when the reader is about to need it.

import { hasFailed, importRunner } from "./runner_script.ts";

import type { Runner } from "../run/runner.ts";

const SIGNS = ["pointerenter", "focusin", "touchstart"]; // of a reader who is about to press

/**
 * @param element the demo
 * @returns the page's one
 */
export async function loadRunner(element: HTMLElement): Promise<Runner> {
  const manifest = new URL(element.dataset.runtime ?? "", document.baseURI).href;
  const { runnerFor } = await importRunner(manifest);
  return runnerFor(manifest);
}

/**
 * @param button Run
 * @param element the demo
 * @param source what would run
 */
export function prefetchOn(
  button: HTMLElement,
  element: HTMLElement,
  source: () => string,
  signal: AbortSignal,
) {
  const prefetch = async () => {
    if (hasFailed()) return;
    try {
      const runner = (await loadRunner(element)) as Runner & {
        prefetch?: (source: string) => unknown;
      };
      await runner.prefetch?.(source());
    } catch {
      // whatever it is, the run itself will say it
    }
  };
  for (const sign of SIGNS)
    button.addEventListener(sign, () => void prefetch(), { signal, passive: true });
}
