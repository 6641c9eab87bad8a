// Bundles what the browser gets: `node runtime/bundle.mjs OUTPUT_FOLDER SPEC_FOLDER`. Prints {entry: file name}.
// What the demo imports dynamically becomes a chunk of its own: the editor, the view of time, and the
// specification's keys in each language, which runtime/meanings.py has written to SPEC_FOLDER. The runner is
// bundled first, because the demo knows its hash.
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { common, DEMO } from "./bundle_options.mjs";

const [output, spec] = process.argv.slice(2);

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

const demo = await build({
  ...modules,
  entryPoints: [DEMO],
  splitting: true,
  chunkNames: "[name].[hash]",
  plugins: [...(modules.plugins ?? []), runnerScript],
});
const worker = await build({
  ...modules,
  entryPoints: ["inside/worker.mjs"],
  entryNames: "[name]",
  loader: { ".py": "text" },
});

/** @type {Record<string, string>} */
const entries = {};
/** @type {string[]} */
const written = [];
for (const { outputs } of [runner.metafile, demo.metafile, worker.metafile]) {
  for (const [file, { entryPoint }] of Object.entries(outputs)) {
    written.push(path.basename(file));
    if (entryPoint) entries[path.basename(entryPoint)] = path.basename(file);
  }
}
process.stdout.write(JSON.stringify({ entries, written }));
