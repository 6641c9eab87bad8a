// A preset: fetched, and put into the page in the place of the one before.
import { fetchPreset } from "./preset_file.mjs";

/** @import { DemoData } from "../types.js" */
/** @import { Kit } from "./parts.mjs" */

/**
 * What site_plugin/kinds/playground.py writes for each preset.
 * @typedef {DemoData & {title: string, about: string, lines: [string, string][][]}} Preset
 */

/** @param {URL} url @param {string} name @returns {Promise<Preset>} rejects if it is not to be had */
export async function readPreset(url, name) {
  const preset = await fetchPreset(url);
  if (preset?.name !== name || preset.trace?.schema !== 1) throw new Error(`${url.pathname}: ?`);
  return preset;
}

/** @param {[string, string][][]} lines pieces with the classes of Pygments @param {Kit["make"]} make */
function drawLines(lines, make) {
  return lines.flatMap((pieces, index) => [
    ...(index ? ["\n"] : []),
    make(
      "span",
      { class: "demo-line", "data-line": index + 1 },
      ...pieces.map(([name, text]) => (name ? make("span", { class: name }, text) : text)),
    ),
  ]);
}

/** @param {HTMLElement} figure @param {Preset} preset @param {Kit["make"]} make */
export function redraw(figure, { app, title, lines }, make) {
  figure.querySelector(".demo-file code")?.replaceChildren(app);
  figure.querySelector(".demo-code pre code")?.replaceChildren(...drawLines(lines, make));
  figure.querySelector(".playground-title")?.replaceChildren(title);
}
