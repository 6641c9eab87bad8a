// Gives Node what the browser's modules export, bundled as for the browser.
import path from "node:path";
import { rollup } from "rollup";
import { options } from "../../runtime/bundle_options.ts";

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
  const entry = path.join(folder, "entry.js");
  const virtual = {
    name: "virtual",
    resolveId: (/** @type {string} */ id) => (id === "entry" ? entry : null),
    load: (/** @type {string} */ id) => (id === entry ? contents : null),
  };
  const made = await rollup(options("entry", spec, language, [virtual]));
  const { output } = await made.generate({ inlineDynamicImports: true });
  const url = `data:text/javascript;base64,${Buffer.from(output[0].code).toString("base64")}`;
  const all = await import(url);
  return modules.map((_, index) => all[`module${index}`]);
}
