// Bundles the scripts of the offline copy: `node offline/bundle.ts OUTPUT_FOLDER SPEC_FOLDER SEARCH_WORKER`.
// A page on a disk may load classic scripts only, no modules, so the demo becomes one script, in which the
// modules that fetch are replaced by those of browser/ with the same exports.
import { dataToEsm } from "@rollup/pluginutils";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Plugin } from "rollup";
import { rollup } from "rollup";
import { DEMO, languages, options, wordsFolder } from "../runtime/bundle_options.ts";

const browser = path.join(import.meta.dirname, "browser");
const [outdir, spec, worker] = process.argv.slice(2);

/** Modules of the runtime, and what stands in for them. */
const REPLACED: Record<string, string> = {
  "run/download.ts": "download.ts",
  "view/here.ts": "here.ts",
  "work/preset_file.ts": "preset_file.ts",
  "work/runner_script.ts": "runner_script.ts",
};

const runtime = path.dirname(path.dirname(DEMO));
const used: Set<string> = new Set();

const replacing: Plugin = {
  name: "replacing",
  resolveId(id, importer = "") {
    const found = path.relative(runtime, path.resolve(path.dirname(importer), id));
    const name = found.split(path.sep).join("/");
    if (!Object.hasOwn(REPLACED, name)) return null;
    used.add(name);
    return path.join(browser, REPLACED[name]);
  },
};

/** The theme's worker, as text. */
const searchWorker: Plugin = {
  name: "search-worker",
  resolveId: (id) => (id === "search-worker" ? `\0${id}` : null),
  load: async (id) => (id === "\0search-worker" ? dataToEsm(await readFile(worker, "utf8")) : null),
};

/** The words of the site's workbench speak of downloads. */
const offlineWords = (language: string): Plugin => ({
  name: "offline-words",
  resolveId: (id) =>
    id === "#words/workbench.ts" ? path.join(wordsFolder(language), "offline.ts") : null,
});

async function bundle(name: string, file: string, language: string) {
  const plugins = [offlineWords(language), replacing, searchWorker];
  const made = await rollup(options({ [name]: file }, spec, language, plugins));
  await made.write({
    dir: outdir,
    format: "iife",
    inlineDynamicImports: true,
    entryFileNames: "[name].js",
    generatedCode: "es2015",
  });
  await made.close();
}

await bundle("search", path.join(browser, "search.ts"), "");
for (const language of await languages()) await bundle(`demo_${language}`, DEMO, language);

const unused = Object.keys(REPLACED).filter((name) => !used.has(name));
if (unused.length) {
  console.error(`offline/bundle.ts: nothing imports runtime/${unused.join(", runtime/")}`);
  process.exitCode = 1;
}
