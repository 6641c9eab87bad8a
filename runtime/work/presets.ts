// A preset: fetched, and put into the page in the place of the one before.
import { make } from "../view/dom.ts";
import { fetchPreset } from "./preset_file.ts";

import type { DemoData } from "../types.ts";

/** What site_plugin/kinds/playground.py writes for each preset. */
export type Preset = DemoData & { title: string; about: string; lines: [string, string][][] };

/** @returns rejects if it is not to be had */
export async function readPreset(url: URL, name: string): Promise<Preset> {
  const preset = await fetchPreset(url);
  if (preset?.name !== name || preset.trace?.schema !== 1) throw new Error(`${url.pathname}: ?`);
  return preset;
}

/** @param lines pieces with the classes of Pygments */
function drawLines(lines: [string, string][][]) {
  return lines.flatMap((pieces, index) => [
    ...(index ? ["\n"] : []),
    make(
      "span",
      { class: "demo-line", "data-line": index + 1 },
      ...pieces.map(([name, text]) => (name ? make("span", { class: name }, text) : text)),
    ),
  ]);
}

export function redraw(figure: HTMLElement, { app, title, lines }: Preset) {
  figure.querySelector(".demo-file code")?.replaceChildren(app);
  figure.querySelector(".demo-code pre code")?.replaceChildren(...drawLines(lines));
  figure.querySelector(".playground-title")?.replaceChildren(title);
}
