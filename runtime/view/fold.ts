// Where there are more lanes than can be told apart, some are drawn and the rest are folded. Here the reader
// chooses which.
import { make } from "./dom.ts";

import type { Plan } from "../types.ts";
export type Strings = typeof import("#words/figure.ts").words;

export class Fold {
  declare strings: Strings;
  declare select: HTMLSelectElement;
  declare element: HTMLLabelElement;

  constructor(strings: Strings, onChoice: (page: number) => void) {
    this.strings = strings;
    this.select = make("select", {});
    this.select.addEventListener("change", () => onChoice(this.select.selectedIndex));
    this.element = make(
      "label",
      { class: "demo-fold", hidden: true },
      strings.fold,
      " ",
      this.select,
    );
  }

  /** @param plan of another trace */
  show({ all, pages }: Plan) {
    this.element.hidden = pages === 1;
    const options = Array.from({ length: pages > 1 ? pages : 0 }, (_, page) =>
      make("option", {}, this.strings.folded(page + 1, pages, all)),
    );
    this.select.replaceChildren(...options);
  }
}
