// One client of the console: its log, and what the reader can do in its place.
import { make } from "../../view/dom.ts";
import { stateOf } from "./entries.ts";
import { Log } from "./log.ts";

import type { Entry, State } from "./entries.ts";
import type { Step } from "./talk.ts";
export type ConsoleStrings = typeof import("#words/console.ts").words;

const HEX = /^\s*([\da-f]{2}\s*)+$/i;

export interface Actions {
  connect: () => void;
  /** whether it has been done */
  act: (step: Step) => Promise<boolean>;
}

export class Client {
  declare name: string;
  declare strings: ConsoleStrings;
  declare actions: Actions;
  declare log: Log;
  declare state: HTMLSpanElement;
  declare wrong: HTMLParagraphElement;
  declare connect: HTMLButtonElement;
  declare words: HTMLInputElement;
  declare kind: HTMLSelectElement;
  declare code: HTMLInputElement;
  declare say: HTMLFormElement;
  declare leave: HTMLFormElement;
  declare element: HTMLDivElement;

  constructor(
    strings: ConsoleStrings,
    { name, shown, id }: { name: string; shown: string; id: string },
    actions: Actions,
  ) {
    this.name = name;
    this.strings = strings;
    this.actions = actions;
    this.log = new Log(strings, shown);
    this.state = make("span", { class: "console-state" });
    this.wrong = make("p", { class: "console-wrong", id: `${id}-wrong`, role: "alert" });
    this.connect = this.#button("connect", "button", strings.connect);
    this.connect.addEventListener("click", actions.connect);
    const described = { autocomplete: "off", "aria-describedby": this.wrong.id };
    this.words = make("input", {
      ...described,
      class: "console-input",
      "aria-label": strings.message(shown),
      autocapitalize: "off",
      spellcheck: "false",
    });
    this.kind = make(
      "select",
      { class: "console-as", "aria-label": strings.kind },
      make("option", { value: "text" }, strings.text),
      make("option", { value: "bytes" }, strings.bytes),
    );
    this.code = make("input", {
      ...described,
      class: "console-code",
      id: `${id}-code`,
      inputmode: "numeric",
      value: 1000,
    });
    this.say = this.#sayForm();
    this.leave = this.#leaveForm();
    this.element = make(
      "div",
      { class: "console-client", role: "group", "aria-label": shown },
      make("p", { class: "console-head" }, make("strong", {}, shown), " ", this.state),
      this.log.element,
      this.connect,
      this.say,
      this.wrong,
      this.leave,
    );
  }

  #button(name: string, type: "button" | "submit", text: string) {
    return make("button", { type, class: `console-button console-${name}` }, text);
  }

  #sayForm() {
    const send = this.#button("send", "submit", this.strings.send);
    const parts = [this.words, this.kind, send];
    return this.#form("console-say", parts, () => void this.#send());
  }

  #leaveForm() {
    const label = make("label", { for: this.code.id }, this.strings.code);
    const close = this.#button("close", "submit", this.strings.close);
    return this.#form("console-leave", [close, label, this.code], () => this.#close());
  }

  #form(name: string, parts: HTMLElement[], act: () => void) {
    const form = make("form", { class: name }, ...parts);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act();
    });
    return form;
  }

  async #send() {
    const { words, kind } = this;
    const text = words.value;
    const bytes = kind.value === "bytes";
    if (bytes && !HEX.test(text)) return this.#complain(words, this.strings.hexWrong);
    this.#complain(words, "");
    const step = bytes ? { bytes: text.replaceAll(/\s/g, "").toLowerCase() } : { text };
    if (await this.actions.act(step)) words.value = "";
  }

  #close() {
    const code = Number(this.code.value);
    const right = Number.isInteger(code) && code >= 1000 && code <= 4999;
    this.#complain(this.code, right ? "" : this.strings.codeWrong);
    if (right) void this.actions.act({ close: { code } });
  }

  /** @param text empty: all is well */
  #complain(field: HTMLInputElement, text: string) {
    this.wrong.textContent = text;
    if (!text) field.removeAttribute("aria-invalid");
    else {
      field.setAttribute("aria-invalid", "true");
      field.focus();
    }
  }

  /** @param full no message can be added */
  show(entries: Entry[], full: boolean) {
    const state = stateOf(entries);
    const focused = this.element.contains(document.activeElement);
    this.log.show(entries);
    this.state.textContent = this.strings.states[state];
    this.element.dataset.state = state;
    this.connect.hidden = state !== "away";
    this.say.hidden = state !== "open" || full;
    this.leave.hidden = state !== "open";
    if (focused) this.#keepFocus(state);
  }

  /** What had the focus may be gone: stay in the conversation. */
  #keepFocus(state: State) {
    const active = document.activeElement as HTMLElement;
    if (this.element.contains(active) && active.checkVisibility() && active !== this.connect)
      return;
    const next = state === "open" && !this.say.hidden ? this.words : this.log.element;
    next.focus({ preventScroll: true });
  }
}
