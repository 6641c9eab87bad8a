// Where there are more lanes than can be told apart, some are drawn and the rest are folded. Here the reader
// chooses which.
import { make } from "./dom.mjs";

/** @import { Plan } from "../types.js" */
/** @typedef {typeof import("#words/figure.mjs").words} Strings */

export class Fold {
  /** @param {Strings} strings @param {(page: number) => void} onChoice */
  constructor(strings, onChoice) {
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

  /** @param {Plan} plan of another trace */
  show({ all, pages }) {
    this.element.hidden = pages === 1;
    const options = Array.from({ length: pages > 1 ? pages : 0 }, (_, page) =>
      make("option", {}, this.strings.folded(page + 1, pages, all)),
    );
    this.select.replaceChildren(...options);
  }
}
