// One client's conversation as a log: like the lines of a play, with the time before and the speaker beside them.
import { make } from "../../view/dom.ts";

import type { Entry } from "./entries.ts";
export type ConsoleStrings = typeof import("#words/console.ts").words;

const same = (one: Entry, other: Entry | undefined) =>
  JSON.stringify(one) === JSON.stringify(other);

export class Log {
  declare strings: ConsoleStrings;
  declare name: string;
  declare element: HTMLDivElement;

  #shown: Entry[] = [];

  /** @param name of the client, as people read it */
  constructor(strings: ConsoleStrings, name: string) {
    this.strings = strings;
    this.name = name;
    this.element = make("div", {
      class: "console-log",
      role: "log",
      tabindex: 0,
      "aria-label": strings.log(name),
    });
  }

  /** Entries that are there already stay, so that only what is new is read out. */
  show(entries: Entry[]) {
    let kept = 0;
    while (kept < entries.length && same(entries[kept], this.#shown[kept])) kept += 1;
    for (const old of [...this.element.children].slice(kept)) old.remove();
    this.element.append(...entries.slice(kept).map((entry) => this.#draw(entry)));
    this.#shown = entries;
    this.element.scrollTop = this.element.scrollHeight;
  }

  #draw({ who, t, kind, text }: Entry) {
    const { strings } = this;
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

  #words(who: Entry["who"], kind: string, text: string) {
    const { kinds, levels } = this.strings;
    if (who === "found") return `${levels[kind as keyof typeof levels]}: ${text}`;
    if (who !== "note") return text;
    return kinds[kind as keyof typeof kinds]?.(text) ?? text;
  }
}
