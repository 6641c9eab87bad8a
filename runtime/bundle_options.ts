// What every bundle has in common: this site's (bundle.ts) and the offline copy's (offline/bundle.ts).
import { nodeResolve } from "@rollup/plugin-node-resolve";
import { dataToEsm } from "@rollup/pluginutils";
import { readdir, readFile } from "node:fs/promises";
import { stripTypeScriptTypes } from "node:module";
import path from "node:path";
import type { InputOption, Plugin, RollupOptions } from "rollup";
import { minify } from "terser";

const minified: Map<string, string> = new Map(); // most chunks are the same in every language

/** A script, or a module, without what only people need. */
export async function minifyOnce(text: string, module: boolean): Promise<string> {
  const known = minified.get(text);
  if (known !== undefined) return known;
  const { code = "" } = await minify(text, { module, ecma: 2020, format: { comments: false } });
  minified.set(text, code);
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
