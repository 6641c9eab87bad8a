// The client's steps as text.
import { make } from "../view/dom.ts";
import { goToLine, makeArea } from "../view/text_area.ts";
import { parseSteps } from "./steps_text.ts";

export type Words = typeof import("#words/steps.ts").words;

export class ClientText {
  declare area: HTMLTextAreaElement;
  declare element: HTMLDivElement;

  constructor(text: string, words: Words, { onChange }: { onChange: () => void }) {
    this.area = makeArea(words.editor, text, () => {
      this.#fit();
      onChange();
    });
    this.#fit();
    this.element = make("div", {}, this.area, make("p", { class: "demo-hint" }, words.hint));
  }

  #fit() {
    this.area.rows = Math.min(16, Math.max(3, this.area.value.split("\n").length));
  }

  /** As it was written. */
  get text() {
    return this.area.value;
  }

  get parsed() {
    return parseSteps(this.text);
  }

  /** The line on which a step begins. */
  lineOf(client: string, step: number) {
    const { lines } = this.parsed;
    return lines.get(`${client}/${step}`) ?? lines.get(`/${step}`);
  }

  go(line: number) {
    goToLine(this.area, line);
  }

  focus() {
    this.area.focus();
  }
}
