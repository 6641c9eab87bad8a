// What the workbench says, in the language of the page around it.
import { en } from "./strings_en.mjs";
import { zh } from "./strings_zh.mjs";

/** @import { Language } from "../types.js" */

/** @typedef {typeof zh} Strings */

/** @type {Record<Language, Strings>} */
const strings = { zh, en };

/** @param {Language} language */
export const stringsFor = (language) => strings[language];
