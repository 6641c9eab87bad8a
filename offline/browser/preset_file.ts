// In place of runtime/work/preset_file.ts.
import { readScript } from "./script_file.ts";

/** @returns rejects if it is not there */
export const fetchPreset = (url: URL): Promise<any> => readScript(url.href);
