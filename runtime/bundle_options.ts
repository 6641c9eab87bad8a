// What every bundle has in common: this site's (bundle.ts) and the offline copy's (offline/bundle.ts).
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { dataToEsm } from "@rollup/pluginutils";
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire, stripTypeScriptTypes } from "node:module";
import path from "node:path";
import type { InputOption, Plugin, RollupOptions } from "rollup";
import { minify } from "terser";

/** What was minified before, by what it is made of: most chunks are the same in every language and every build. */
const KEPT = path.join(import.meta.dirname, "..", "build", "minified");

/** A script, or a module, without what only people need. */
export async function minifyOnce(text: string, module: boolean): Promise<string> {
  const how = { module, ecma: 2020, format: { comments: false } } as const;
  const { version } = createRequire(import.meta.url)("terser/package.json");
  const made = JSON.stringify([version, how, text]);
  const file = path.join(KEPT, createHash("sha256").update(made).digest("hex"));
  const known = await readFile(file, "utf8").catch(() => undefined);
  if (known !== undefined) return known;
  const { code = "" } = await minify(text, how);
  await mkdir(KEPT, { recursive: true });
  const part = `${file}.${process.pid}`; // others may be writing the same
  await writeFile(part, code);
  await rename(part, file);
  return code;
}

/** The demo and all that it imports. */
export const DEMO = path.join(import.meta.dirname, "work", "demo.ts");

/** The folder of words in a language. */
export const wordsFolder = (language: string) => path.join(import.meta.dirname, "words", language);

/** The languages that there are words in. */
export async function languages() {
  const entries = await readdir(wordsFolder("."), { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory() && /^[a-z]/.test(entry.name));
  return folders.map(({ name }) => name).sort();
}

/** Gives "#words/…" in a language; package.json names one for tools that bundle nothing. */
const words = (language: string): Plugin => ({
  name: "words",
  resolveId: (id) =>
    id.startsWith("#words/") ? path.join(wordsFolder(language), path.posix.basename(id)) : null,
});

/**
 * Gives "asgi-spec/…" from the folder to which runtime/meanings.py has written it, in a language where it is
 * in words. The folder has another name every time and is not to be heard of.
 */
const specification = (folder: string, language: string): Plugin => ({
  name: "asgi-spec",
  async resolveId(id) {
    if (!id.startsWith("asgi-spec/")) return null;
    const { name, base } = path.posix.parse(id);
    const told = `${name}_${language}.json`;
    return `\0asgi-spec/${(await readdir(folder)).includes(told) ? told : base}`;
  },
  async load(id) {
    if (!id.startsWith("\0asgi-spec/")) return null;
    const text = await readFile(path.join(folder, path.posix.basename(id)), "utf8");
    return dataToEsm(JSON.parse(text), { preferConst: true });
  },
});

/** Takes types away; a module of Python is its text. */
const sources: Plugin = {
  name: "sources",
  transform(text, id) {
    if (id.endsWith(".py")) return { code: dataToEsm(text), map: null };
    return id.endsWith(".ts") ? { code: stripTypeScriptTypes(text), map: null } : null;
  },
};

const small: Plugin = {
  name: "small",
  renderChunk: async (text, _chunk, { format }) => ({
    code: await minifyOnce(text, format === "es"),
    map: null,
  }),
};

/**
 * @param spec the folder of the specification's words
 * @param plugins that come first
 */
export const options = (
  input: InputOption,
  spec: string,
  language: string,
  plugins: Plugin[] = [],
): RollupOptions => ({
  input,
  plugins: [
    ...plugins,
    ...[words(language), specification(spec, language), sources, small],
    nodeResolve({ browser: true }),
  ],
});
