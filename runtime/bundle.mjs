// Bundles what the browser gets: `node runtime/bundle.mjs OUTPUT_FOLDER SPEC_FOLDER`. Prints {entry: file name}.
// What the demo imports dynamically becomes a chunk of its own: the editor, the runner, the view of time, and
// the specification's keys in each language, which runtime/meanings.py has written to SPEC_FOLDER.
import { build } from "esbuild";
import path from "node:path";
import { common, DEMO } from "./bundle_options.mjs";

const [output, spec] = process.argv.slice(2);

/** @type {import('esbuild').BuildOptions} */
const modules = {
  ...common(spec),
  format: "esm",
  outdir: output,
  outExtension: { ".js": ".mjs" },
  metafile: true,
};

const demo = await build({
  ...modules,
  entryPoints: [DEMO],
  splitting: true,
  entryNames: "[name].[hash]",
  chunkNames: "[name].[hash]",
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
for (const { outputs } of [demo.metafile, worker.metafile]) {
  for (const [file, { entryPoint }] of Object.entries(outputs)) {
    written.push(path.basename(file));
    if (entryPoint) entries[path.basename(entryPoint)] = path.basename(file);
  }
}
process.stdout.write(JSON.stringify({ entries, written }));
