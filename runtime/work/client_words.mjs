// What the editor of the client's steps says, in the language of the page; fetched with it.
import { en } from "./client_words_en.mjs";
import { zh } from "./client_words_zh.mjs";

/** @import { Language } from "../types.js" */

/** @typedef {typeof zh} Words */

/** @type {Record<Language, Words>} */
const words = { zh, en };

/** @param {Language} language */
export const wordsFor = (language) => words[language];
