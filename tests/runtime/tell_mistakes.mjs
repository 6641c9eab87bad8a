// Tells mistakes of a client as the page does: `node tell_mistakes.mjs SPEC_FOLDER`, a language and the mistakes
// as JSON on standard input.
import { json as readJson } from "node:stream/consumers";
import { importAll } from "./of_browser.mjs";

const [language, mistakes] = /** @type {[string, any[]]} */ (await readJson(process.stdin));
const [{ tellMistake }] = await importAll(["work/mistake.ts"], process.argv[2], language);
process.stdout.write(JSON.stringify(mistakes.map(tellMistake)));
