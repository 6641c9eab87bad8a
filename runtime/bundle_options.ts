// What every bundle has in common: this site's (bundle.ts) and the offline copy's (offline/bundle.ts).
import type { BuildOptions, Plugin } from "esbuild";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

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
  setup({ onResolve }) {
    onResolve({ filter: /^#words\// }, ({ path: wanted }) => ({
      path: path.join(wordsFolder(language), path.posix.basename(wanted)),
    }));
  },
});

/**
 * Gives "asgi-spec/…" from the folder to which runtime/meanings.py has written it, in a language where it is
 * in words. The folder has another name every time and is not to be heard of: the names of chunks are made of
 * paths, too.
 */
const specification = (folder: string, language: string): Plugin => ({
  name: "asgi-spec",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^asgi-spec\// }, async ({ path: wanted }) => {
      const { name, base } = path.posix.parse(wanted);
      const told = `${name}_${language}.json`;
      const isTold = (await readdir(folder)).includes(told);
      return { path: isTold ? told : base, namespace: "asgi-spec" };
    });
    onLoad({ filter: /./, namespace: "asgi-spec" }, async ({ path: name }) => ({
      contents: await readFile(path.join(folder, name)),
      loader: "json",
    }));
  },
});

/** @param spec the folder of the specification's words */
export const common = (spec: string, language: string): BuildOptions => ({
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  target: ["chrome111", "firefox114", "safari16.4"],
  plugins: [words(language), specification(spec, language)],
  logLevel: "warning",
  absWorkingDir: import.meta.dirname,
});
