// The app's source in the demo: shown as the page has it, or in an editor once the reader wants to edit.
import { make } from "../view/dom.mjs";
import { createTextarea } from "./textarea.mjs";

/** @import { Surface, SurfaceOptions } from "../types.js" */

export class Code {
  /** @type {Surface | undefined} */
  #surface;
  #gone = false;

  /**
   * @param {HTMLElement} shown the page's highlighted code
   * @param {string} source
   * @param {{label: string, onChange(): void, onRun(): void}} options
   */
  constructor(shown, source, options) {
    this.shown = shown;
    this.source = source;
    this.options = options;
    this.place = make("div", { class: "demo-editor highlight" });
  }

  get text() {
    return this.#surface?.text ?? this.source;
  }

  get edited() {
    return this.text !== this.source;
  }

  get editing() {
    return this.#surface !== undefined;
  }

  /**
   * Show the editor. Resolves to false if the plain text field had to stand in for it.
   * @returns {Promise<boolean>}
   */
  async edit() {
    if (this.#surface) {
      this.#surface.focus();
      return true;
    }
    /** @type {SurfaceOptions} */
    const options = { parent: this.place, text: this.source, ...this.options };
    let rich = true;
    let create = createTextarea;
    try {
      create = (await import("../editor/editor.mjs")).createEditor;
    } catch {
      rich = false;
    }
    if (this.#gone || this.#surface) return rich;
    this.shown.after(this.place);
    this.shown.hidden = true;
    this.#surface = create(options);
    this.#surface.focus();
    return rich;
  }

  /** Other code, in the editor: what the page shows stays what it is. @param {string} source */
  open(source) {
    this.source = source;
    if (this.#surface) this.#surface.text = source;
  }

  /** Back to the page's code, as it was. */
  reset() {
    this.#surface?.destroy();
    this.#surface = undefined;
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

  destroy() {
    this.#gone = true;
    this.reset();
  }
}
