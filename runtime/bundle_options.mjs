// What every bundle has in common: this site's (bundle.mjs) and the offline copy's (offline/bundle.mjs).
import { readFile } from "node:fs/promises";
import path from "node:path";

/** The demo and all that it imports. */
export const DEMO = path.join(import.meta.dirname, "work", "demo.mjs");

/**
 * Gives "asgi-spec/…" from the folder to which runtime/meanings.py has written it. The folder has another
 * name every time and is not to be heard of: the names of chunks are made of paths, too.
 * @param {string} folder
 * @returns {import("esbuild").Plugin}
 */
const specification = (folder) => ({
  name: "asgi-spec",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^asgi-spec\// }, ({ path: wanted }) => ({
      path: path.posix.basename(wanted),
      namespace: "asgi-spec",
    }));
    onLoad({ filter: /./, namespace: "asgi-spec" }, async ({ path: name }) => ({
      contents: await readFile(path.join(folder, name)),
      loader: "json",
    }));
  },
});

/** @param {string} spec the folder of the specification's words @returns {import("esbuild").BuildOptions} */
export const common = (spec) => ({
  bundle: true,
  minify: true,
  charset: "utf8",
  legalComments: "none",
  target: ["chrome111", "firefox114", "safari16.4"],
  plugins: [specification(spec)],
  logLevel: "warning",
  absWorkingDir: import.meta.dirname,
});
