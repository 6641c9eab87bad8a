// What the client does: the page's text of it, or, once the reader wants to edit, an editor of the steps.
import { make } from "../view/dom.ts";

import type { ClientProblem } from "../types.ts";
import type { ClientEditor } from "./client_editor.ts";
import type { Store, Strings } from "./store.ts";

export type ClientOptions = { strings: Strings; onEdit: () => void; onChange: () => void };

const drawClient = (label: string) =>
  make(
    "div",
    { class: "demo-client" },
    make("p", { class: "demo-label" }, label),
    make("pre", { tabindex: 0 }, make("code")),
  );

export class Client {
  declare store: Store;
  declare options: ClientOptions;
  declare shown: HTMLElement;
  declare text: HTMLElement;
  declare code: HTMLElement;
  declare pageText: string;
  declare button: HTMLButtonElement;

  #editor: ClientEditor | undefined;
  #opening: Promise<void> | undefined;
  #gone = false;

  /** @param shown the page's block of steps */
  constructor(shown: Element | null, store: Store, options: ClientOptions) {
    this.store = store;
    this.options = options;
    this.shown = (shown ?? drawClient(options.strings.clientSteps)) as HTMLElement;
    this.text = this.shown.querySelector("pre") as HTMLElement;
    this.code = this.text.querySelector("code") as HTMLElement;
    this.pageText = this.code.textContent ?? "";
    this.button = make(
      "button",
      { type: "button", class: "demo-tool demo-tool-client" },
      options.strings.editClient,
    );
    this.button.addEventListener("click", options.onEdit);
    this.text.before(this.button);
    store.on(store.wrong, (wrong) => wrong && void this.#explain(wrong.problem));
  }

  /** Show other steps, in the editor if it is open, else in the page's text. */
  show(steps: unknown) {
    this.store.steps.value = steps;
    this.store.broken.value = false;
    if (this.#editor) this.#editor.open(steps);
    else void this.#showText();
  }

  async #showText() {
    const { stepsEdited, steps, data } = this.store;
    if (!stepsEdited.value) {
      this.code.textContent = data.value.clientText ?? this.pageText;
      return;
    }
    const { writeSteps } = await import("./steps_text.ts");
    if (!this.#gone) this.code.textContent = writeSteps(steps.value);
  }

  /**
   * Show the editor. Rejects if it cannot be downloaded.
   * @param text the steps as they were written
   */
  async open(text?: string) {
    this.#opening ??= this.#open(text);
    try {
      await this.#opening;
    } catch (error) {
      this.#opening = undefined;
      throw error;
    }
  }

  async #open(text?: string) {
    const module = await import("./client_editor.ts");
    if (this.#gone) return;
    this.#editor = new module.ClientEditor({
      steps: this.store.steps.value,
      text,
      onChange: (steps) => this.#changed(steps),
      onWritten: (written) => (this.store.written.value = written),
    });
    this.store.editingSteps.value = true;
    this.text.hidden = this.button.hidden = true;
    this.shown.append(this.#editor.element);
    if (text !== undefined) this.store.broken.value = !this.#editor.check();
  }

  #changed(steps: unknown) {
    const broken = steps === undefined;
    this.store.broken.value = broken;
    if (!broken) this.store.steps.value = steps;
    this.options.onChange();
  }

  focus() {
    this.#editor?.focus();
  }

  /** Put steps into the editor. */
  async write(steps: unknown, text?: string) {
    this.show(steps);
    if (this.#editor && text !== undefined) this.#editor.open(steps, text);
    await this.open(text);
  }

  /**
   * Show what is wrong with the steps, at the step.
   * @param problem without: what keeps them from being read
   */
  async #explain(problem?: ClientProblem) {
    try {
      await this.open();
    } catch {
      this.store.fail(this.options.strings.partFailed, false); // without the editor there is no place for it
      return;
    }
    if (problem) this.#editor?.explain(problem);
    else this.#editor?.check();
  }

  /** Back to the steps that were opened. */
  reset() {
    this.#close();
    this.show(this.store.data.value.client);
  }

  #close() {
    this.#editor?.destroy();
    this.#editor = this.#opening = undefined;
    this.text.hidden = this.button.hidden = false;
    this.store.editingSteps.value = false;
    this.store.written.value = undefined;
  }

  /** Give the page's block back as it was. */
  destroy() {
    this.#gone = true;
    this.#close();
    this.button.remove();
    this.code.textContent = this.pageText;
  }
}
