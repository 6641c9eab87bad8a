// What the console says, in the language of the page around it.
import { en } from "./strings_en.mjs";
import { zh } from "./strings_zh.mjs";

/** @typedef {typeof zh} ConsoleStrings */

/** @type {Record<import("../../types.js").Language, ConsoleStrings>} */
export const strings = { zh, en };
