// Bundles what the browser gets: `node runtime/bundle.mjs OUTPUT_FOLDER`. Prints {entry: file name}.
// The editor becomes a chunk of its own, because the demo imports it dynamically.
import { build } from "esbuild";
import path from "node:path";

const root = import.meta.dirname;
const output = process.argv[2];

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  format: "esm",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  target: ["chrome111", "firefox114", "safari16.4"],
  outdir: output,
  outExtension: { ".js": ".mjs" },
  metafile: true,
  logLevel: "warning",
  absWorkingDir: root,
};

const demo = await build({
  ...common,
  entryPoints: ["work/demo.mjs"],
  splitting: true,
  entryNames: "[name].[hash]",
  chunkNames: "[name].[hash]",
});
const worker = await build({
  ...common,
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
