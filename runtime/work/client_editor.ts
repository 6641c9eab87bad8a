// The editor of the client's steps: a form or a text, whichever the reader likes, of the same steps.
import { make } from "../view/dom.ts";
import { words } from "#words/steps.ts";
import { ClientForm } from "./client_form.ts";
import { ClientText } from "./client_text.ts";
import { tellMistake } from "./mistake.ts";
import { Problem } from "./problem.ts";
import { readForm, writeForm } from "./step_rows.ts";
import { TextError, writeSteps } from "./steps_text.ts";
import { seen } from "./unseen.ts";

import type { ClientProblem } from "../types.ts";
export type Place = Pick<ClientProblem, "client" | "step">;
import type { Form } from "./step_rows.ts";
import type { Parsed } from "./steps_text.ts";

const PATIENCE = 700; // milliseconds without a key before a mistake is told
const FIELDS = "input, textarea, select";

export interface ClientEditorOptions {
  steps: unknown;
  /** the steps as they were written, right or wrong */
  text?: string;
  /** undefined: they cannot be read as they are */
  onChange: (steps: unknown) => void;
  /** where the steps are edited as text, before onChange */
  onWritten: (text: string | undefined) => void;
}

export class ClientEditor {
  declare onChange: (steps: unknown) => void;
  declare onWritten: (text: string | undefined) => void;
  declare modes: Record<"form" | "text", HTMLButtonElement>;
  declare panel: HTMLDivElement;
  declare said: HTMLParagraphElement;
  declare element: HTMLDivElement;
  declare problem: Problem;

  #form: ClientForm | undefined;
  #text: ClientText | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor({ steps, text, onChange, onWritten }: ClientEditorOptions) {
    this.onChange = onChange;
    this.onWritten = onWritten;
    this.modes = { form: this.#mode("form"), text: this.#mode("text") };
    this.panel = make("div", { class: "demo-client-panel" });
    this.said = make("p", { class: "demo-heard", role: "status" });
    this.element = make(
      "div",
      { class: "demo-client-editor", role: "group", "aria-label": words.editor },
      make("div", { class: "demo-modes" }, this.modes.form, this.modes.text),
      this.panel,
      this.said,
    );
    this.problem = new Problem(this.element);
    this.open(steps, text);
  }

  #mode(mode: "form" | "text") {
    const button = make("button", { type: "button", class: "demo-mode" }, words[mode]);
    button.addEventListener("click", () => this.#choose(mode));
    return button;
  }

  /** Show other steps. */
  open(steps: unknown, text?: string) {
    const form = text === undefined ? readForm(steps) : undefined;
    if (form) this.#showForm(form);
    else this.#showText(text ?? writeSteps(steps));
  }

  #choose(mode: "form" | "text") {
    if (mode === (this.#form ? "form" : "text")) return;
    const { steps } = this.#read();
    if (mode === "text")
      return steps === undefined ? this.check() : this.#showText(writeSteps(steps));
    const form = steps === undefined ? undefined : readForm(steps);
    if (form) this.#showForm(form);
    else if (steps === undefined) this.check();
    else this.#say([words.formImpossible], this.panel);
  }

  #showForm(form: Form) {
    this.#form = new ClientForm(form, words, {
      onChange: () => this.#changed(),
      say: (text) => this.#tell(text),
    });
    this.#text = undefined;
    this.#show(this.#form.element, "form");
  }

  #showText(text: string) {
    this.#text = new ClientText(text, words, { onChange: () => this.#changed() });
    this.#form = undefined;
    this.#show(this.#text.element, "text");
  }

  #show(element: HTMLElement, mode: "form" | "text") {
    this.problem.clear();
    this.onWritten(this.#text?.text);
    this.panel.replaceChildren(element);
    for (const [each, button] of Object.entries(this.modes))
      button.setAttribute("aria-pressed", String(each === mode));
  }

  #read(): { steps?: unknown; error?: Parsed["error"]; problem?: Place & { text: string } } {
    if (this.#text) {
      const { value, error } = this.#text.parsed;
      return error ? { error } : { steps: value };
    }
    const form = this.#form as ClientForm;
    try {
      return { steps: writeForm(form.form) };
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      return { problem: { ...form.firstMistake(), text: words.mistakes[error.mistake] } };
    }
  }

  #changed() {
    clearTimeout(this.#timer);
    this.problem.clear();
    const { steps } = this.#read();
    this.onWritten(this.#text?.text);
    this.onChange(steps);
    if (steps === undefined) this.#timer = setTimeout(() => this.check(), PATIENCE);
  }

  /**
   * Say what keeps the steps from being read, if anything does.
   * @returns whether they can be
   */
  check(): boolean {
    const { error, problem } = this.#read();
    if (error) this.#sayAtLine(error.line, words.mistakes[error.mistake]);
    else if (problem) this.#sayAtStep(problem, problem.text);
    return !error && !problem;
  }

  /** Show what the engine says about a step, at the step. */
  explain(problem: ClientProblem) {
    const text = seen(tellMistake(problem));
    const line = this.#text?.lineOf(problem.client, problem.step);
    if (line) this.#sayAtLine(line, text);
    else this.#sayAtStep(problem, text);
  }

  #sayAtStep({ client, step }: Place, text: string) {
    const place = this.#form?.place(client, step) ?? this.panel;
    this.#say(
      [words.wrong(words.at(seen(client), step), text)],
      place,
      place.matches("li") ? FIELDS : "",
    );
  }

  #sayAtLine(line: number, text: string) {
    const button = make("button", { type: "button", class: "demo-see" }, words.line(line));
    button.addEventListener("click", () => this.#text?.go(line));
    this.#say([button, " ", text], this.panel, "textarea");
  }

  /** @param fields the wrong ones, by selector */
  #say(content: (Node | string)[], place: Element, fields?: string) {
    this.problem.show(content, place, fields);
    this.#tell(this.problem.element.textContent ?? "");
  }

  /** @param text for those who do not see it */
  #tell(text: string) {
    this.said.textContent = text;
  }

  focus() {
    (this.#form ?? this.#text)?.focus();
  }

  destroy() {
    clearTimeout(this.#timer);
    this.element.remove();
  }
}
