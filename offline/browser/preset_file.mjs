// In place of runtime/work/preset_file.mjs.
import { readScript } from "./script_file.mjs";

/** @param {URL} url @returns {Promise<any>} rejects if it is not there */
export const fetchPreset = (url) => readScript(url.href);
