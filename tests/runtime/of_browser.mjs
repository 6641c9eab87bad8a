// Gives Node what the browser's modules export, bundled as for the browser.
import { build } from "esbuild";
import path from "node:path";
import { common } from "../../runtime/bundle_options.ts";

/**
 * @param {string[]} modules paths below runtime/
 * @param {string} spec the folder of the specification's words
 * @param {string} [language]
 */
export async function importAll(modules, spec, language = "zh") {
  const folder = path.join(import.meta.dirname, "..", "..", "runtime");
  const contents = modules
    .map((module, index) => `export * as module${index} from ${JSON.stringify(`./${module}`)};`)
    .join("\n");
  const made = await build({
    ...common(spec, language),
    stdin: { contents, resolveDir: folder },
    format: "esm",
    write: false,
  });
  const url = `data:text/javascript;base64,${Buffer.from(made.outputFiles[0].contents).toString("base64")}`;
  const all = await import(url);
  return modules.map((_, index) => all[`module${index}`]);
}
