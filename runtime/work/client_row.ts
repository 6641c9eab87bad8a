// One step in the form: what it does, its values, and the buttons that move or remove it.
import { make } from "../view/dom.ts";
import { KINDS } from "./step_fields.ts";
import { newRow } from "./step_rows.ts";

export type Words = typeof import("#words/steps.ts").words;
import type { Field } from "./step_fields.ts";
import type { Row } from "./step_rows.ts";

export type Move = "up" | "down" | "remove";
export interface RowActions {
  /** a value has changed */
  onInput: () => void;
  /** the step has become another */
  onKind: () => void;
  onMove: (move: Move) => void;
}

const GLYPHS = { up: "↑", down: "↓", remove: "×" };
const PLAIN = { spellcheck: "false", autocapitalize: "off", autocomplete: "off" };

const rowsOf = (text: string) => Math.min(6, text.split("\n").length);

/** A control with its name. */
export const drawLabelled = (name: string, control: Node, className: string = "") =>
  make("label", { class: `demo-field ${className}` }, make("span", {}, name), control);

/** A field for one line. */
export function drawLine(value: string, onInput: (value: string) => void) {
  const control = make("input", { type: "text", ...PLAIN });
  control.value = value;
  control.addEventListener("input", () => onInput(control.value));
  return control;
}

/** A field for several lines. */
function drawArea(value: string, onInput: (value: string) => void) {
  const control = make("textarea", { rows: rowsOf(value), ...PLAIN });
  control.value = value;
  control.addEventListener("input", () => {
    control.rows = rowsOf(control.value);
    onInput(control.value);
  });
  return control;
}

export class StepRow {
  declare words: Words;
  declare row: Row;
  declare actions: RowActions;
  declare kind: HTMLSelectElement;
  declare fields: HTMLDivElement;
  declare number: HTMLSpanElement;
  declare buttons: Record<Move, HTMLButtonElement>;
  declare element: HTMLLIElement;

  constructor(words: Words, row: Row, actions: RowActions) {
    this.words = words;
    this.row = row;
    this.actions = actions;
    this.kind = make("select", { class: "demo-kind" });
    this.fields = make("div", { class: "demo-fields", role: "group" });
    this.number = make("span", { class: "demo-step-number", "aria-hidden": "true" });
    this.buttons = {
      up: this.#button("up"),
      down: this.#button("down"),
      remove: this.#button("remove"),
    };
    this.element = make(
      "li",
      { class: "demo-step-row" },
      this.number,
      this.fields,
      make("div", { class: "demo-step-tools" }, ...Object.values(this.buttons)),
    );
    this.kind.addEventListener("change", () => this.#choose());
    this.#draw();
  }

  #button(move: Move) {
    const looks = { class: `demo-tool demo-step-${move}` };
    const button = make("button", { type: "button", ...looks }, GLYPHS[move]);
    button.addEventListener("click", () => this.actions.onMove(move));
    return button;
  }

  /**
   * Where it stands.
   * @param number from 1
   * @param count how many steps there are
   */
  place(number: number, count: number) {
    const { up, down } = this.buttons;
    this.number.textContent = String(number);
    this.fields.setAttribute("aria-label", this.words.step(number));
    for (const [move, button] of Object.entries(this.buttons)) {
      button.title = this.words[move as Move](number);
      button.setAttribute("aria-label", button.title);
    }
    up.disabled = number === 1;
    down.disabled = number === count;
  }

  /** What the step does is chosen anew. */
  #choose() {
    Object.assign(this.row, newRow(this.kind.value));
    this.#draw();
    this.actions.onKind();
    this.kind.focus();
  }

  #draw() {
    const { words, row } = this;
    const names: Record<string, string> = row.kind
      ? words.kinds
      : { "": words.asText, ...words.kinds };
    this.kind.replaceChildren(
      ...Object.entries(names).map(([kind, text]) => make("option", { value: kind }, text)),
    );
    this.kind.value = row.kind;
    const kind = drawLabelled(words.kind, this.kind, "demo-field-kind");
    this.fields.replaceChildren(kind, ...this.#values());
  }

  #values() {
    const { words, row } = this;
    if (!row.kind) return [this.#text()];
    const { fields } = KINDS[row.kind];
    const draw = (field: Field) => this.#value(field);
    const first = fields.filter(({ more }) => !more).map(draw);
    const rest = fields.filter(({ more }) => more);
    if (!rest.length) return first;
    const open = rest.some(({ name: key }) => row.fields[key]);
    const title = words.more[row.kind as keyof Words["more"]];
    const more = make("details", { class: "demo-more", open }, make("summary", {}, title));
    more.append(make("div", { class: "demo-fields" }, ...rest.map(draw)));
    return [...first, more];
  }

  #value({ name: key, area, narrow }: Field) {
    const { row } = this;
    const set = (value: string) => {
      row.fields[key] = value;
      this.actions.onInput();
    };
    const value = row.fields[key] ?? "";
    const control = area ? drawArea(value, set) : drawLine(value, set);
    const label = this.words.fields[key as keyof Words["fields"]];
    return drawLabelled(label, control, narrow ? "demo-field-narrow" : "");
  }

  #text() {
    const control = drawLine(this.row.text, (value) => {
      this.row.text = value;
      this.actions.onInput();
    });
    return drawLabelled(this.words.fields.raw, control);
  }
}
