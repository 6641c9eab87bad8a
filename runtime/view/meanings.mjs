// The specification's words, fetched when the first step is selected; without them the rest still works.

/** @import { Language, Meanings } from "../types.js" */
/** @typedef {typeof import("./keys.mjs")} Drawing */
/** @typedef {{meanings: Meanings, drawing: Drawing}} Known */

/** @type {Partial<Record<Language, Known>>} */
const known = {};

/** @type {Record<Language, () => Promise<{default: Meanings}>>} */
const FILES = {
  zh: () => import("asgi-spec/meanings_zh.json"),
  en: () => import("asgi-spec/meanings_en.json"),
};

/**
 * @param {Language} language
 * @returns {Known | undefined} what has been fetched already
 */
export const meaningsIn = (language) => known[language];

/**
 * @param {Language} language
 * @returns {Promise<Known | undefined>} undefined: it cannot be had now
 */
export async function fetchMeanings(language) {
  try {
    const [meanings, drawing] = await Promise.all([FILES[language](), import("./keys.mjs")]);
    known[language] = { meanings: meanings.default, drawing };
  } catch {
    return undefined; // offline, or the site was updated: the next step tries again
  }
  return known[language];
}
