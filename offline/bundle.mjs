// Bundles the scripts of the offline copy: `node offline/bundle.mjs OUTPUT_FOLDER SPEC_FOLDER SEARCH_WORKER`.
// A page on a disk may load classic scripts only, no modules, so the demo becomes one script, in which the
// modules that fetch are replaced by those of browser/ with the same exports.
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { common, DEMO, languages, wordsFolder } from "../runtime/bundle_options.mjs";

const browser = path.join(import.meta.dirname, "browser");
const [outdir, spec, worker] = process.argv.slice(2);

/** Modules of the runtime, and what stands in for them. @type {Record<string, string>} */
const REPLACED = {
  "run/download.mjs": "download.mjs",
  "view/here.mjs": "here.mjs",
  "work/preset_file.mjs": "preset_file.mjs",
  "work/runner_script.mjs": "runner_script.mjs",
};

const runtime = path.dirname(path.dirname(DEMO));
/** @type {Set<string>} */
const used = new Set();

/** @type {import("esbuild").Plugin} */
const replacing = {
  name: "replacing",
  setup({ onResolve }) {
    onResolve({ filter: /\.mjs$/ }, ({ path: wanted, resolveDir }) => {
      const found = path.relative(runtime, path.resolve(resolveDir, wanted));
      const name = found.split(path.sep).join("/");
      if (!Object.hasOwn(REPLACED, name)) return undefined;
      used.add(name);
      return { path: path.join(browser, REPLACED[name]) };
    });
  },
};

/** The theme's worker, as text. @type {import("esbuild").Plugin} */
const searchWorker = {
  name: "search-worker",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^search-worker$/ }, () => ({ path: worker, namespace: "text" }));
    onLoad({ filter: /./, namespace: "text" }, async ({ path: file }) => ({
      contents: await readFile(file, "utf8"),
      loader: "text",
    }));
  },
};

/** The words of the site's workbench speak of downloads. @param {string} language @returns {import("esbuild").Plugin} */
const offlineWords = (language) => ({
  name: "offline-words",
  setup({ onResolve }) {
    onResolve({ filter: /^#words\/workbench\.mjs$/ }, () => ({
      path: path.join(wordsFolder(language), "offline.mjs"),
    }));
  },
});

/** @param {string} language @param {Record<string, string>} entryPoints */
async function bundle(language, entryPoints) {
  const shared = common(spec, language);
  const plugins = [offlineWords(language), ...(shared.plugins ?? []), replacing, searchWorker];
  await build({ ...shared, format: "iife", outdir, entryPoints, plugins });
}

await bundle("", { search: path.join(browser, "search.mjs") });
for (const language of await languages()) await bundle(language, { [`demo_${language}`]: DEMO });

const unused = Object.keys(REPLACED).filter((name) => !used.has(name));
if (unused.length) {
  console.error(`offline/bundle.mjs: nothing imports runtime/${unused.join(", runtime/")}`);
  process.exitCode = 1;
}
