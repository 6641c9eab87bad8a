// The app's source in the demo: shown as the page has it, or in an editor once the reader wants to edit.
import { make } from "../view/dom.mjs";
import { clearMarks, drawMarks } from "./marks.mjs";
import { createTextarea } from "./textarea.mjs";

/** @import { LineMark, Surface, SurfaceOptions } from "../types.js" */

/** @typedef {Omit<SurfaceOptions, "parent" | "text"> & {keys: string}} CodeOptions */

export class Code {
  /** @type {Surface | undefined} */
  #surface;
  /** @type {Promise<boolean> | undefined} */
  #opening;
  #gone = false;
  /** @type {LineMark[]} */
  #marks = [];

  /** @param {HTMLElement} shown the page's highlighted code @param {string} source @param {CodeOptions} options */
  constructor(shown, source, options) {
    this.shown = shown;
    this.shownSource = source;
    this.source = source;
    this.options = options;
    this.surface = make("div", { class: "demo-surface" });
    this.place = make(
      "div",
      { class: "demo-editor highlight" },
      this.surface,
      make("p", { class: "demo-hint" }, options.keys),
    );
  }

  get text() {
    return this.#surface?.text ?? this.source;
  }

  get editing() {
    return this.#surface !== undefined;
  }

  /** Show the editor. Resolves to false if the plain text field had to stand in for it. */
  async edit() {
    this.#opening ??= this.#open();
    const rich = await this.#opening;
    this.#surface?.focus();
    return rich;
  }

  /** Put a text into the editor. @param {string} text */
  async write(text) {
    this.#opening ??= this.#open();
    const rich = await this.#opening;
    if (this.#surface && this.#surface.text !== text) {
      this.showMarks([]); // they were about other lines
      this.#surface.text = text;
    }
    return rich;
  }

  async #open() {
    const editor = await import("../editor/editor.mjs").catch(() => undefined);
    const rich = editor !== undefined;
    if (this.#gone) return rich;
    this.shown.after(this.place);
    this.shown.hidden = true;
    const options = { parent: this.surface, text: this.source, ...this.options };
    this.#surface = editor ? editor.createEditor(options) : createTextarea(options);
    this.showMarks(this.#marks);
    return rich;
  }

  /** Other code to work with. Where it is not what the page shows, it needs the editor. @param {string} source */
  async open(source) {
    this.source = source;
    if (this.#opening || source !== this.shownSource) await this.write(source);
  }

  /** Back to the code that was opened, as it was. */
  async reset() {
    this.#close();
    if (this.source !== this.shownSource) await this.write(this.source);
  }

  #close() {
    this.#surface?.destroy();
    this.#surface = this.#opening = undefined;
    this.place.remove();
    this.shown.hidden = false;
  }

  /** @param {number | undefined} line of the code that is running; undefined: none */
  mark(line) {
    for (const element of this.shown.querySelectorAll(".demo-line")) {
      const here = line !== undefined && element.getAttribute("data-line") === String(line);
      element.classList.toggle("demo-line-current", here);
    }
    this.#surface?.mark(line);
  }

  /** Mark the lines that findings are about. @param {LineMark[]} marks */
  showMarks(marks) {
    this.#marks = marks;
    drawMarks(this.shown, marks, this.options.onMark);
    this.#surface?.showMarks(marks);
  }

  /** @param {number} line */
  go(line) {
    if (this.#surface) return this.#surface.go(line);
    const element = this.shown.querySelector(`.demo-line[data-line="${line}"]`);
    element?.scrollIntoView({ block: "center" });
    const mark = /** @type {HTMLElement | null | undefined} */ (element?.querySelector("button"));
    (mark ?? this.shown.querySelector("pre"))?.focus({ preventScroll: true });
  }

  /** Select all of it, so that the reader can copy it. */
  select() {
    if (this.#surface) return this.#surface.select();
    const code = this.shown.querySelector("pre code");
    if (code) document.getSelection()?.selectAllChildren(code);
  }

  destroy() {
    this.#gone = true;
    this.mark(undefined);
    clearMarks(this.shown);
    this.#close();
  }
}
