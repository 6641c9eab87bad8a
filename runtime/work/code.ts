// The app's source in the demo: shown as the page has it, or in an editor once the reader wants to edit.
import { make } from "../view/dom.ts";
import { lastLine } from "../view/statement.ts";
import { clearMarks, drawMarks } from "./marks.ts";
import { createTextarea } from "./textarea.ts";

import type { LineMark, Surface, SurfaceOptions } from "../types.ts";
import type { Store } from "./store.ts";

export type CodeOptions = Omit<SurfaceOptions, "parent" | "text"> & { keys: string };

export class Code {
  declare shown: HTMLElement;
  declare store: Store;
  declare options: CodeOptions;
  declare surface: HTMLDivElement;
  declare place: HTMLDivElement;

  #surface: Surface | undefined;
  #opening: Promise<boolean> | undefined;
  #gone = false;
  #marks: LineMark[] = [];

  /** @param shown the page's highlighted code */
  constructor(shown: HTMLElement, store: Store, options: CodeOptions) {
    this.shown = shown;
    this.store = store;
    this.options = options;
    this.surface = make("div", { class: "demo-surface" });
    this.place = make(
      "div",
      { class: "demo-editor highlight" },
      this.surface,
      make("p", { class: "demo-hint" }, options.keys),
    );
  }

  /** The code to begin from. */
  get #source() {
    return this.store.data.value.source;
  }

  /** Show the editor. Resolves to false if the plain text field had to stand in for it. */
  async edit() {
    this.#opening ??= this.#open();
    const rich = await this.#opening;
    this.#surface?.focus();
    return rich;
  }

  /** Put a text into the editor. */
  async write(text: string) {
    this.#opening ??= this.#open();
    const rich = await this.#opening;
    if (this.#surface && this.#surface.text !== text) {
      this.showMarks([]); // they were about other lines
      this.#surface.text = text;
    }
    return rich;
  }

  async #open() {
    this.store.editing.value = true;
    const editor = await import("../editor/editor.ts").catch(() => undefined);
    const rich = editor !== undefined;
    if (this.#gone) return rich;
    this.shown.after(this.place);
    this.shown.hidden = true;
    const text = this.store.code.value;
    const options = {
      parent: this.surface,
      text,
      ...this.options,
      onChange: () => this.#changed(),
    };
    this.#surface = editor ? editor.createEditor(options) : createTextarea(options);
    this.showMarks(this.#marks);
    return rich;
  }

  #changed() {
    if (this.#surface) this.store.code.value = this.#surface.text;
    this.options.onChange();
  }

  /** Other code to begin from, which the page shows now. */
  async open() {
    if (this.#opening) await this.write(this.#source);
    else this.store.code.value = this.#source;
  }

  /** Back to the code that was opened. */
  reset() {
    this.#close();
  }

  #close() {
    this.#surface?.destroy();
    this.#surface = this.#opening = undefined;
    this.place.remove();
    this.shown.hidden = false;
    this.store.editing.value = false;
    this.store.code.value = this.#source;
  }

  /** @param line of the code that is running; undefined: none */
  mark(line: number | undefined) {
    const last = line && lastLine(this.store.code.value.split("\n"), line);
    for (const element of this.shown.querySelectorAll(".demo-line")) {
      const number = Number(element.getAttribute("data-line"));
      const here = line !== undefined && last !== undefined && line <= number && number <= last;
      element.classList.toggle("demo-line-current", here);
    }
    this.#surface?.mark(line);
  }

  /** Mark the lines that findings are about. */
  showMarks(marks: LineMark[]) {
    this.#marks = marks;
    drawMarks(this.shown, marks, this.options.onMark);
    this.#surface?.showMarks(marks);
  }

  go(line: number) {
    if (this.#surface) return this.#surface.go(line);
    const element = this.shown.querySelector(`.demo-line[data-line="${line}"]`);
    element?.scrollIntoView({ block: "center" });
    const mark = element?.querySelector("button") as HTMLElement | null | undefined;
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
