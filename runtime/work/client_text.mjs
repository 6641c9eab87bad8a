// The client's steps as text.
import { parseSteps } from "./steps_text.mjs";

/** @import { Kit } from "../view/kit.mjs" */
/** @typedef {typeof import("#words/steps.mjs").words} Words */

export class ClientText {
  /** @type {Kit["goToLine"]} */
  #goToLine;

  /** @param {Kit} kit @param {string} text @param {Words} words @param {{onChange: () => void}} options */
  constructor({ make, makeArea, goToLine }, text, words, { onChange }) {
    this.area = makeArea(words.editor, text, () => {
      this.#fit();
      onChange();
    });
    this.#goToLine = goToLine;
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

  /** The line on which a step begins. @param {string} client @param {number} step */
  lineOf(client, step) {
    const { lines } = this.parsed;
    return lines.get(`${client}/${step}`) ?? lines.get(`/${step}`);
  }

  /** @param {number} line */
  go(line) {
    this.#goToLine(this.area, line);
  }

  focus() {
    this.area.focus();
  }
}
