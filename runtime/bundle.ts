// Bundles what the browser gets: `node runtime/bundle.ts OUTPUT_FOLDER SPEC_FOLDER`. Prints {entry: file name}.
// The demo is bundled once a language, each with the words of words/<language>/ only: "demo_zh.mjs", "demo_en.mjs".
// What it imports dynamically becomes a chunk of its own: the editor, the view of time, and the specification's
// keys, which runtime/meanings.py has written to SPEC_FOLDER. What such a chunk shares with the demo stays in
// the demo's script, from which the chunk imports it. The runner is bundled first, because the demo knows its hash.
import { dataToEsm } from "@rollup/pluginutils";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Plugin } from "rollup";
import { rollup } from "rollup";
import { DEMO, languages, options } from "./bundle_options.ts";

const [output, spec] = process.argv.slice(2);
const HASHED = "[name].[hash:16].mjs";
const entries: Record<string, string> = {};
const written: Set<string> = new Set();

/** @returns the name of the entry's file */
async function bundle(name: string, module: string, language: string, plugins: Plugin[] = []) {
  const file = path.join(import.meta.dirname, module);
  const made = await rollup(options({ [name]: file }, spec, language, plugins));
  const { output: chunks } = await made.write({
    dir: output,
    entryFileNames: name === "worker" ? "[name].mjs" : HASHED,
    chunkFileNames: HASHED,
    hashCharacters: "hex",
    generatedCode: "es2015",
  });
  await made.close();
  for (const { fileName } of chunks) written.add(fileName);
  return (entries[name] = chunks[0].fileName);
}

const url = await bundle("runner", "run/runner.ts", "");
const bytes = await readFile(path.join(output, url));
const expected = createHash("sha256").update(bytes).digest("hex");

const runnerScript: Plugin = {
  name: "runner-script",
  resolveId(id) {
    if (id.endsWith("/run/runner.ts")) return { id: `./${url}`, external: true };
    return id === "runner-script" ? `\0${id}` : null;
  },
  load: (id) =>
    id === "\0runner-script" ? dataToEsm({ url, size: bytes.length, expected }) : null,
};

for (const language of await languages())
  await bundle(`demo_${language}`, path.relative(import.meta.dirname, DEMO), language, [
    runnerScript,
  ]);
await bundle("worker", "inside/worker.ts", "");
process.stdout.write(JSON.stringify({ entries, written: [...written] }));
