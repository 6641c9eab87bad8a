// Bundles the scripts of the offline copy: `node offline/bundle.ts OUTPUT_FOLDER SPEC_FOLDER SEARCH_WORKER`.
// A page on a disk may load classic scripts only, no modules, so the demo becomes one script, in which the
// modules that fetch are replaced by those of browser/ with the same exports.
import type { Plugin } from "esbuild";
import { build } from "esbuild";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { common, DEMO, languages, wordsFolder } from "../runtime/bundle_options.ts";

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
  setup({ onResolve }) {
    onResolve({ filter: /\.ts$/ }, ({ path: wanted, resolveDir }) => {
      const found = path.relative(runtime, path.resolve(resolveDir, wanted));
      const name = found.split(path.sep).join("/");
      if (!Object.hasOwn(REPLACED, name)) return undefined;
      used.add(name);
      return { path: path.join(browser, REPLACED[name]) };
    });
  },
};

/** The theme's worker, as text. */
const searchWorker: Plugin = {
  name: "search-worker",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^search-worker$/ }, () => ({ path: worker, namespace: "text" }));
    onLoad({ filter: /./, namespace: "text" }, async ({ path: file }) => ({
      contents: await readFile(file, "utf8"),
      loader: "text",
    }));
  },
};

/** The words of the site's workbench speak of downloads. */
const offlineWords = (language: string): Plugin => ({
  name: "offline-words",
  setup({ onResolve }) {
    onResolve({ filter: /^#words\/workbench\.ts$/ }, () => ({
      path: path.join(wordsFolder(language), "offline.ts"),
    }));
  },
});

async function bundle(language: string, entryPoints: Record<string, string>) {
  const shared = common(spec, language);
  const plugins = [offlineWords(language), ...(shared.plugins ?? []), replacing, searchWorker];
  await build({ ...shared, format: "iife", outdir, entryPoints, plugins });
}

await bundle("", { search: path.join(browser, "search.ts") });
for (const language of await languages()) await bundle(language, { [`demo_${language}`]: DEMO });

const unused = Object.keys(REPLACED).filter((name) => !used.has(name));
if (unused.length) {
  console.error(`offline/bundle.ts: nothing imports runtime/${unused.join(", runtime/")}`);
  process.exitCode = 1;
}
