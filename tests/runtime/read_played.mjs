// Reads results as the page does: `node read_played.mjs SPEC_FOLDER`, a list of them as JSON on standard input.
import { json as readJson } from "node:stream/consumers";
import { importAll } from "./of_browser.mjs";

const [{ readPlayed }] = await importAll(["run/played.ts"], process.argv[2]);

/** @param {string} json */
function read(json) {
  try {
    const { trace, texts } = readPlayed(json);
    return { trace, texts };
  } catch (error) {
    const { kind } = /** @type {{ kind?: string }} */ (error);
    return kind ?? String(error);
  }
}

const results = /** @type {string[]} */ (await readJson(process.stdin));
process.stdout.write(JSON.stringify(results.map(read)));
