// Bundles what the browser gets: `node runtime/bundle.mjs OUTPUT_FOLDER SPEC_FOLDER`. Prints {entry: file name}.
// The demo is bundled once a language, each with its own language's words only: "demo_zh.mjs", "demo_en.mjs".
// What it imports dynamically becomes a chunk of its own: the editor, the view of time, and the
// specification's keys in each language, which runtime/meanings.py has written to SPEC_FOLDER. The runner is
// bundled first, because the demo knows its hash.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { common, DEMO } from "./bundle_options.mjs";

const [output, spec] = process.argv.slice(2);
const LANGUAGES = (await readdir(spec)).flatMap(
  (name) => /^meanings_(.+)\.json$/.exec(name)?.[1] ?? [],
);

/** @type {import('esbuild').BuildOptions & { metafile: true }} */
const modules = {
  ...common(spec),
  format: "esm",
  outdir: output,
  outExtension: { ".js": ".mjs" },
  entryNames: "[name].[hash]",
  metafile: true,
};

const runner = await build({ ...modules, entryPoints: ["run/runner.mjs"] });
const url = path.basename(Object.keys(runner.metafile.outputs)[0]);
const bytes = await readFile(path.join(output, url));
const expected = createHash("sha256").update(bytes).digest("hex");

/** @type {import("esbuild").Plugin} */
const runnerScript = {
  name: "runner-script",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/run\/runner\.mjs$/ }, () => ({ path: `./${url}`, external: true }));
    onResolve({ filter: /^runner-script$/ }, () => ({ path: url, namespace: "runner-script" }));
    onLoad({ filter: /./, namespace: "runner-script" }, () => ({
      contents: JSON.stringify({ url, size: bytes.length, expected }),
      loader: "json",
    }));
  },
};

/**
 * Leaves out the files of words in other languages.
 * @param {string} language
 * @returns {import("esbuild").Plugin}
 */
const wordsIn = (language) => ({
  name: "words",
  setup({ onLoad }) {
    for (const other of LANGUAGES.filter((each) => each !== language)) {
      const contents = `export const ${other} = undefined;`;
      onLoad({ filter: new RegExp(`_${other}\\.mjs$`) }, () => ({ contents, loader: "js" }));
    }
  },
});

const demos = [];
for (const language of LANGUAGES)
  demos.push(
    await build({
      ...modules,
      entryPoints: { [`demo_${language}`]: DEMO },
      splitting: true,
      chunkNames: "[name].[hash]",
      plugins: [...(modules.plugins ?? []), runnerScript, wordsIn(language)],
    }),
  );
const worker = await build({
  ...modules,
  entryPoints: ["inside/worker.mjs"],
  entryNames: "[name]",
  loader: { ".py": "text" },
});

/** @type {Record<string, string>} */
const entries = {};
/** @type {Set<string>} */
const written = new Set();
for (const { metafile } of [runner, ...demos, worker]) {
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    const name = path.basename(file);
    written.add(name);
    if (entryPoint) entries[name.replace(/\..*$/, "")] = name;
  }
}
process.stdout.write(JSON.stringify({ entries, written: [...written] }));
