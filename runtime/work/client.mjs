// What the client does: the page's text of it, or, once the reader wants to edit, an editor of the steps.
import { make } from "../view/dom.mjs";
import { kit } from "../view/kit.mjs";

/** @import { ClientProblem, DemoData } from "../types.js" */
/** @import { ClientEditor } from "./client_editor.mjs" */
/** @typedef {typeof import("#words/workbench.mjs").words} Strings */

/** @typedef {{strings: Strings, onEdit: () => void, onChange: () => void}} ClientOptions */

/** @param {unknown} one @param {unknown} other */
export const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** @param {string} label */
const drawClient = (label) =>
  make(
    "div",
    { class: "demo-client" },
    make("p", { class: "demo-label" }, label),
    make("pre", { tabindex: 0 }, make("code")),
  );

export class Client {
  /** @type {ClientEditor | undefined} */
  #editor;
  /** @type {Promise<void> | undefined} */
  #opening;
  /** @type {unknown} */
  #steps;
  #gone = false;
  /** The steps, as they are written now, cannot be read. */
  broken = false;

  /** @param {Element | null} shown the page's block of steps @param {DemoData} data @param {ClientOptions} options */
  constructor(shown, data, options) {
    this.options = options;
    this.shown = /** @type {HTMLElement} */ (shown ?? drawClient(options.strings.clientSteps));
    this.text = /** @type {HTMLElement} */ (this.shown.querySelector("pre"));
    this.code = /** @type {HTMLElement} */ (this.text.querySelector("code"));
    this.pageText = this.code.textContent ?? "";
    this.original = this.#steps = data.client;
    this.originalText = data.clientText ?? this.pageText;
    this.button = make(
      "button",
      { type: "button", class: "demo-tool demo-tool-client" },
      options.strings.editClient,
    );
    this.button.addEventListener("click", options.onEdit);
    this.text.before(this.button);
  }

  /** What the client does: the newest steps that could be read. */
  get steps() {
    return this.#steps;
  }

  get edited() {
    return this.broken || !same(this.#steps, this.original);
  }

  get editing() {
    return this.#editor !== undefined;
  }

  /** What a draft keeps of it: the text, too, where the reader writes text. */
  get written() {
    return this.#editor?.text;
  }

  /** Other steps, in the editor if it is open, else in the page's text. @param {unknown} steps */
  set steps(steps) {
    this.#steps = steps;
    this.broken = false;
    if (this.#editor) this.#editor.open(steps);
    else void this.#showText();
  }

  async #showText() {
    if (same(this.#steps, this.original)) {
      this.code.textContent = this.originalText;
      return;
    }
    const { writeSteps } = await import("./steps_text.mjs");
    if (!this.#gone) this.code.textContent = writeSteps(this.#steps);
  }

  /** Show the editor. Rejects if it cannot be downloaded. @param {string} [text] the steps as they were written */
  async open(text) {
    this.#opening ??= this.#open(text);
    try {
      await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  /** @param {string} [text] */
  async #open(text) {
    const module = await import("./client_editor.mjs");
    if (this.#gone) return;
    this.#editor = new module.ClientEditor({
      kit,
      steps: this.#steps,
      text,
      onChange: (steps) => this.#changed(steps),
    });
    this.text.hidden = this.button.hidden = true;
    this.shown.append(this.#editor.element);
    if (text !== undefined) this.broken = !this.#editor.check();
  }

  /** @param {unknown} steps */
  #changed(steps) {
    this.broken = steps === undefined;
    if (!this.broken) this.#steps = steps;
    this.options.onChange();
  }

  focus() {
    this.#editor?.focus();
  }

  /** Put steps into the editor. @param {unknown} steps @param {string} [text] */
  async write(steps, text) {
    this.steps = steps;
    if (this.#editor && text !== undefined) this.#editor.open(steps, text);
    await this.open(text);
  }

  /** Show what is wrong with the steps, at the step. @param {ClientProblem} [problem] without: what keeps them from being read */
  async explain(problem) {
    await this.open();
    if (problem) this.#editor?.explain(problem);
    else this.#editor?.check();
  }

  /** Other steps to begin from. @param {DemoData} data */
  begin(data) {
    this.original = data.client;
    this.originalText = data.clientText ?? this.pageText;
    this.reset();
  }

  /** Back to the steps that were opened. */
  reset() {
    this.#close();
    this.steps = this.original;
  }

  #close() {
    this.#editor?.destroy();
    this.#editor = this.#opening = undefined;
    this.text.hidden = this.button.hidden = false;
  }

  /** Give the page's block back as it was. */
  destroy() {
    this.#gone = true;
    this.#close();
    this.button.remove();
    this.code.textContent = this.pageText;
  }
}
