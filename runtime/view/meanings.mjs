// The specification's words, fetched when the first step is selected; without them the rest still works.

/** @import { Meanings } from "../types.js" */
/** @typedef {typeof import("./keys.mjs")} Drawing */
/** @typedef {{meanings: Meanings, drawing: Drawing}} Known */

/** @type {Known | undefined} */
let known;

/** @returns {Known | undefined} what has been fetched already */
export const meaningsNow = () => known;

/** @returns {Promise<Known | undefined>} undefined: it cannot be had now */
export async function fetchMeanings() {
  try {
    const [meanings, drawing] = await Promise.all([
      import("asgi-spec/meanings.json"),
      import("./keys.mjs"),
    ]);
    known = { meanings: meanings.default, drawing };
  } catch {
    return undefined; // offline, or the site was updated: the next step tries again
  }
  return known;
}
