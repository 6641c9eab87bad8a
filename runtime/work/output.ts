// What a terminal would show of the run in the figure: what was printed, logged, and warned of.
import { make } from "../view/dom.ts";

import type { Trace } from "../types.ts";
import type { Store, Strings } from "./store.ts";

const MOST = 20_000; // characters shown
const KEPT = 65_536; // characters that the engine keeps (asgiscope/trace/output.py)

/** What stands before the text, by the kind of event. */
const BEFORE: Record<string, (message: any) => string> = {
  print: () => "",
  stderr: () => "",
  log: (message) => `${textOf(message?.level)}:${textOf(message?.logger)}: `,
  warning: (message) => `${textOf(message?.category)}: `,
};

/** What a run says may be anything. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** @param event whose long text is cut, and its length told (asgiscope/trace/values.py) */
function printed({ kind, message }: { kind: string; message?: any }): {
  text: string;
  length: number;
} {
  const value = message?.text;
  const before = BEFORE[kind](message);
  if (typeof value?.$text === "string")
    return {
      text: `${before}${value.$text}…`,
      length: typeof value.$length === "number" ? value.$length : 0,
    };
  const error = textOf(message?.exception);
  const text = `${before}${textOf(value)}${error && `\n${error}`}`;
  return { text, length: text.length };
}

export class Output {
  declare strings: Strings;
  declare label: HTMLParagraphElement;
  declare text: HTMLPreElement;
  declare rest: HTMLParagraphElement;
  declare element: HTMLDivElement;

  constructor(store: Store, strings: Strings) {
    this.strings = strings;
    this.label = make("p", { class: "demo-label", role: "status" });
    this.text = make("pre", { tabindex: 0 });
    this.rest = make("p", { class: "demo-hint", hidden: true });
    const parts = [this.label, this.text, this.rest];
    this.element = make("div", { class: "demo-output", role: "group", hidden: true }, ...parts);
    store.on(store.shown, ({ trace }) => this.#show(trace));
  }

  #show({ events }: Trace) {
    const all = events.filter(({ kind }) => Object.hasOwn(BEFORE, kind)).map(printed);
    this.element.hidden = all.length === 0;
    const text = all.map((each) => each.text).join("\n");
    const label = all.length ? this.strings.printed(text.split("\n").length) : "";
    this.label.textContent = label;
    this.element.setAttribute("aria-label", label);
    this.text.textContent = text.slice(0, MOST);
    const length = all.reduce((sum, each) => sum + each.length + 1, 0);
    this.#tellRest(length - 1 - Math.min(MOST, text.length), length >= KEPT);
  }

  /**
   * @param cut characters that are not shown
   * @param full whether the run printed more than is kept
   */
  #tellRest(cut: number, full: boolean) {
    const { strings } = this;
    const rest = [cut > 0 && strings.cut(cut), full && strings.engineCut].filter(Boolean);
    this.rest.textContent = rest.join(" ");
    this.rest.hidden = rest.length === 0;
  }
}
