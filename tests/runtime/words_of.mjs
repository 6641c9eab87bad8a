// What the scripts say: `node words_of.mjs SPEC_FOLDER` prints the words of each language, by file and key, and
// what stands in the scripts themselves.
import { parse } from "acorn";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { rollup } from "rollup";
import { DEMO, languages, options, wordsFolder } from "../../runtime/bundle_options.ts";

const APART = /^runner-script$|^asgi-spec\/|^#words\/|\/editor\/editor\.ts$|^yaml$/; // not the scripts' own
const VALUES = ["⟦1⟧", "⟦2⟧", "⟦3⟧"]; // in the place of what a sentence names

/** @param {unknown} words @param {string} key @returns {[string, string][]} every sentence by its key */
function sentences(words, key) {
  if (typeof words === "function") return [[key, words(...VALUES)]];
  if (typeof words !== "object" || words === null) return [[key, String(words)]];
  return Object.entries(words).flatMap(([name, item]) => sentences(item, `${key}.${name}`));
}

/** @param {string} language */
async function wordsIn(language) {
  const folder = wordsFolder(language);
  const files = (await readdir(folder)).filter((name) => name.endsWith(".ts")).sort();
  const modules = await Promise.all(
    files.map((file) => import(pathToFileURL(path.join(folder, file)).href)),
  );
  return Object.fromEntries(modules.flatMap((all, index) => sentences({ ...all }, files[index])));
}

/** Every piece of text in the demo's scripts but for their words. @param {string} spec */
async function textsOfScripts(spec) {
  const made = await rollup({
    ...options(DEMO, spec, ""),
    external: (id) => APART.test(id),
  });
  const { output } = await made.generate({});
  /** @type {Set<string>} */
  const texts = new Set();
  for (const chunk of output)
    parse("code" in chunk ? chunk.code : "", {
      ecmaVersion: "latest",
      sourceType: "module",
      onToken: (/** @type {any} */ { type, value }) => {
        if (["string", "template"].includes(type.label)) texts.add(value);
      },
    });
  return [...texts];
}

const all = await languages();
const words = Object.fromEntries(
  await Promise.all(all.map(async (language) => [language, await wordsIn(language)])),
);
const scripts = await textsOfScripts(process.argv[2]);
process.stdout.write(JSON.stringify({ words, scripts }));
