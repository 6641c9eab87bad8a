// The specification's words, fetched when the first step is selected; without them the rest still works.

import type { Meanings } from "../types.ts";
export type Drawing = typeof import("./keys.ts");
export type Known = { meanings: Meanings; drawing: Drawing };

let known: Known | undefined;

/** @returns what has been fetched already */
export const meaningsNow = (): Known | undefined => known;

/** @returns undefined: it cannot be had now */
export async function fetchMeanings(): Promise<Known | undefined> {
  try {
    const [meanings, drawing] = await Promise.all([
      import("asgi-spec/meanings.json"),
      import("./keys.ts"),
    ]);
    known = { meanings: meanings.default, drawing };
  } catch {
    return undefined; // offline, or the site was updated: the next step tries again
  }
  return known;
}
