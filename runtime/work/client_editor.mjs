// The editor of the client's steps: a form or a text, whichever the reader likes, of the same steps.
import { words } from "#words/steps.mjs";
import { ClientForm } from "./client_form.mjs";
import { ClientText } from "./client_text.mjs";
import { tellMistake } from "./mistake.mjs";
import { Problem } from "./problem.mjs";
import { readForm, writeForm } from "./step_rows.mjs";
import { TextError, writeSteps } from "./steps_text.mjs";
import { seen } from "./unseen.mjs";

/** @import { ClientProblem } from "../types.js" */
/** @typedef {Pick<ClientProblem, "client" | "step">} Place */
/** @import { Kit } from "../view/kit.mjs" */
/** @import { Parsed } from "./steps_text.mjs" */

const PATIENCE = 700; // milliseconds without a key before a mistake is told
const FIELDS = "input, textarea, select";

/**
 * @typedef {object} ClientEditorOptions
 * @property {Kit} kit
 * @property {unknown} steps
 * @property {string} [text] the steps as they were written, right or wrong
 * @property {(steps: unknown) => void} onChange undefined: they cannot be read as they are
 * @property {(text: string | undefined) => void} onWritten where the steps are edited as text, before onChange
 */

export class ClientEditor {
  /** @type {ClientForm | undefined} */
  #form;
  /** @type {ClientText | undefined} */
  #text;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {ClientEditorOptions} options */
  constructor({ kit, steps, text, onChange, onWritten }) {
    const { make } = kit;
    this.kit = kit;
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
    this.problem = new Problem(kit, this.element);
    this.open(steps, text);
  }

  /** @param {"form" | "text"} mode */
  #mode(mode) {
    const button = this.kit.make("button", { type: "button", class: "demo-mode" }, words[mode]);
    button.addEventListener("click", () => this.#choose(mode));
    return button;
  }

  /** Show other steps. @param {unknown} steps @param {string} [text] */
  open(steps, text) {
    const form = text === undefined ? readForm(steps) : undefined;
    if (form) this.#showForm(form);
    else this.#showText(text ?? writeSteps(steps));
  }

  /** @param {"form" | "text"} mode */
  #choose(mode) {
    if (mode === (this.#form ? "form" : "text")) return;
    const { steps } = this.#read();
    if (mode === "text")
      return steps === undefined ? this.check() : this.#showText(writeSteps(steps));
    const form = steps === undefined ? undefined : readForm(steps);
    if (form) this.#showForm(form);
    else if (steps === undefined) this.check();
    else this.#say([words.formImpossible], this.panel);
  }

  /** @param {import("./step_rows.mjs").Form} form */
  #showForm(form) {
    this.#form = new ClientForm(this.kit, form, words, {
      onChange: () => this.#changed(),
      say: (text) => this.#tell(text),
    });
    this.#text = undefined;
    this.#show(this.#form.element, "form");
  }

  /** @param {string} text */
  #showText(text) {
    this.#text = new ClientText(this.kit, text, words, { onChange: () => this.#changed() });
    this.#form = undefined;
    this.#show(this.#text.element, "text");
  }

  /** @param {HTMLElement} element @param {"form" | "text"} mode */
  #show(element, mode) {
    this.problem.clear();
    this.onWritten(this.#text?.text);
    this.panel.replaceChildren(element);
    for (const [each, button] of Object.entries(this.modes))
      button.setAttribute("aria-pressed", String(each === mode));
  }

  /** @returns {{steps?: unknown, error?: Parsed["error"], problem?: Place & {text: string}}} */
  #read() {
    if (this.#text) {
      const { value, error } = this.#text.parsed;
      return error ? { error } : { steps: value };
    }
    const form = /** @type {ClientForm} */ (this.#form);
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

  /** Say what keeps the steps from being read, if anything does. @returns {boolean} whether they can be */
  check() {
    const { error, problem } = this.#read();
    if (error) this.#sayAtLine(error.line, words.mistakes[error.mistake]);
    else if (problem) this.#sayAtStep(problem, problem.text);
    return !error && !problem;
  }

  /** Show what the engine says about a step, at the step. @param {ClientProblem} problem */
  explain(problem) {
    const text = seen(tellMistake(problem));
    const line = this.#text?.lineOf(problem.client, problem.step);
    if (line) this.#sayAtLine(line, text);
    else this.#sayAtStep(problem, text);
  }

  /** @param {Place} place @param {string} text */
  #sayAtStep({ client, step }, text) {
    const place = this.#form?.place(client, step) ?? this.panel;
    this.#say(
      [words.wrong(words.at(seen(client), step), text)],
      place,
      place.matches("li") ? FIELDS : "",
    );
  }

  /** @param {number} line @param {string} text */
  #sayAtLine(line, text) {
    const button = this.kit.make("button", { type: "button", class: "demo-see" }, words.line(line));
    button.addEventListener("click", () => this.#text?.go(line));
    this.#say([button, " ", text], this.panel, "textarea");
  }

  /** @param {(Node | string)[]} content @param {Element} place @param {string} [fields] the wrong ones, by selector */
  #say(content, place, fields) {
    this.problem.show(content, place, fields);
    this.#tell(this.problem.element.textContent ?? "");
  }

  /** @param {string} text for those who do not see it */
  #tell(text) {
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
