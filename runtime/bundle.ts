// Bundles what the browser gets: `node runtime/bundle.ts OUTPUT_FOLDER SPEC_FOLDER`. Prints {entry: file name}.
// The demo is bundled once a language, each with the words of words/<language>/ only: "demo_zh.mjs", "demo_en.mjs".
// What it imports dynamically becomes a chunk of its own: the editor, the view of time, and the
// specification's keys, which runtime/meanings.py has written to SPEC_FOLDER. The runner is
// bundled first, because the demo knows its hash.
import type { BuildOptions, Plugin } from "esbuild";
import { build } from "esbuild";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { common, DEMO, languages } from "./bundle_options.ts";

const [output, spec] = process.argv.slice(2);

/** @param language of what has words */
const modules = (language: string = ""): BuildOptions & { metafile: true } => ({
  ...common(spec, language),
  format: "esm",
  outdir: output,
  outExtension: { ".js": ".mjs" },
  entryNames: "[name].[hash]",
  metafile: true,
});

const runner = await build({ ...modules(), entryPoints: ["run/runner.ts"] });
const url = path.basename(Object.keys(runner.metafile.outputs)[0]);
const bytes = await readFile(path.join(output, url));
const expected = createHash("sha256").update(bytes).digest("hex");

const runnerScript: Plugin = {
  name: "runner-script",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\/run\/runner\.ts$/ }, () => ({ path: `./${url}`, external: true }));
    onResolve({ filter: /^runner-script$/ }, () => ({ path: url, namespace: "runner-script" }));
    onLoad({ filter: /./, namespace: "runner-script" }, () => ({
      contents: JSON.stringify({ url, size: bytes.length, expected }),
      loader: "json",
    }));
  },
};

const demos = [];
for (const language of await languages()) {
  const options = modules(language);
  demos.push(
    await build({
      ...options,
      entryPoints: { [`demo_${language}`]: DEMO },
      splitting: true,
      chunkNames: "[name].[hash]",
      plugins: [...(options.plugins ?? []), runnerScript],
    }),
  );
}
const worker = await build({
  ...modules(),
  entryPoints: ["inside/worker.ts"],
  entryNames: "[name]",
  loader: { ".py": "text" },
});

const entries: Record<string, string> = {};
const written: Set<string> = new Set();
for (const { metafile } of [runner, ...demos, worker]) {
  for (const [file, { entryPoint }] of Object.entries(metafile.outputs)) {
    const name = path.basename(file);
    written.add(name);
    if (entryPoint) entries[name.replace(/\..*$/, "")] = name;
  }
}
process.stdout.write(JSON.stringify({ entries, written: [...written] }));
