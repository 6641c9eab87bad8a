// One client's conversation as a log: like the lines of a play, with the time before and the speaker beside them.

/** @import { Entry } from "./entries.mjs" */
/** @import { Kit } from "../parts.mjs" */
/** @typedef {typeof import("#words/console.mjs").words} ConsoleStrings */

/** @param {Entry} one @param {Entry | undefined} other */
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

export class Log {
  /** @type {Entry[]} */
  #shown = [];

  /** @param {Kit} kit @param {ConsoleStrings} strings @param {string} name of the client, as people read it */
  constructor({ make }, strings, name) {
    this.make = make;
    this.strings = strings;
    this.name = name;
    this.element = make("div", {
      class: "console-log",
      role: "log",
      tabindex: 0,
      "aria-label": strings.log(name),
    });
  }

  /** Entries that are there already stay, so that only what is new is read out. @param {Entry[]} entries */
  show(entries) {
    let kept = 0;
    while (kept < entries.length && same(entries[kept], this.#shown[kept])) kept += 1;
    for (const old of [...this.element.children].slice(kept)) old.remove();
    this.element.append(...entries.slice(kept).map((entry) => this.#draw(entry)));
    this.#shown = entries;
    this.element.scrollTop = this.element.scrollHeight;
  }

  /** @param {Entry} entry */
  #draw({ who, t, kind, text }) {
    const { make, strings } = this;
    const speaker = { client: this.name, app: strings.app, note: "", found: "" }[who];
    return make(
      "p",
      { class: `console-entry console-by-${who} console-kind-${kind}` },
      make("span", { class: "console-when" }, strings.seconds(t)),
      " ",
      make("span", { class: "console-who" }, speaker),
      " ",
      make("span", { class: "console-words" }, this.#words(who, kind, text)),
    );
  }

  /** @param {Entry["who"]} who @param {string} kind @param {string} text */
  #words(who, kind, text) {
    const { kinds, levels } = this.strings;
    if (who === "found") return `${levels[/** @type {keyof typeof levels} */ (kind)]}: ${text}`;
    if (who !== "note") return text;
    return kinds[/** @type {keyof typeof kinds} */ (kind)]?.(text) ?? text;
  }
}
