// One step in the form: what it does, its values, and the buttons that move or remove it.
import { KINDS } from "./step_fields.mjs";
import { newRow } from "./step_rows.mjs";

/** @import { Kit } from "../view/kit.mjs" */
/** @typedef {typeof import("#words/steps.mjs").words} Words */
/** @import { Field } from "./step_fields.mjs" */
/** @import { Row } from "./step_rows.mjs" */

/** @typedef {"up" | "down" | "remove"} Move */
/**
 * @typedef {object} RowActions
 * @property {() => void} onInput a value has changed
 * @property {() => void} onKind the step has become another
 * @property {(move: Move) => void} onMove
 */

const GLYPHS = { up: "↑", down: "↓", remove: "×" };
const PLAIN = { spellcheck: "false", autocapitalize: "off", autocomplete: "off" };

/** @param {string} text */
const rowsOf = (text) => Math.min(6, text.split("\n").length);

/** A control with its name. @param {Kit} kit @param {string} name @param {Node} control @param {string} [className] */
export const drawLabelled = ({ make }, name, control, className = "") =>
  make("label", { class: `demo-field ${className}` }, make("span", {}, name), control);

/** A field for one line. @param {Kit} kit @param {string} value @param {(value: string) => void} onInput */
export function drawLine({ make }, value, onInput) {
  const control = make("input", { type: "text", ...PLAIN });
  control.value = value;
  control.addEventListener("input", () => onInput(control.value));
  return control;
}

/** A field for several lines. @param {Kit} kit @param {string} value @param {(value: string) => void} onInput */
function drawArea({ make }, value, onInput) {
  const control = make("textarea", { rows: rowsOf(value), ...PLAIN });
  control.value = value;
  control.addEventListener("input", () => {
    control.rows = rowsOf(control.value);
    onInput(control.value);
  });
  return control;
}

export class StepRow {
  /** @param {Kit} kit @param {Words} words @param {Row} row @param {RowActions} actions */
  constructor(kit, words, row, actions) {
    const { make } = kit;
    this.kit = kit;
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

  /** @param {Move} move */
  #button(move) {
    const looks = { class: `demo-tool demo-step-${move}` };
    const button = this.kit.make("button", { type: "button", ...looks }, GLYPHS[move]);
    button.addEventListener("click", () => this.actions.onMove(move));
    return button;
  }

  /** Where it stands. @param {number} number from 1 @param {number} count how many steps there are */
  place(number, count) {
    const { up, down } = this.buttons;
    this.number.textContent = String(number);
    this.fields.setAttribute("aria-label", this.words.step(number));
    for (const [move, button] of Object.entries(this.buttons)) {
      button.title = this.words[/** @type {Move} */ (move)](number);
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
    const { kit, words, row } = this;
    /** @type {Record<string, string>} */
    const names = row.kind ? words.kinds : { "": words.asText, ...words.kinds };
    this.kind.replaceChildren(
      ...Object.entries(names).map(([kind, text]) => kit.make("option", { value: kind }, text)),
    );
    this.kind.value = row.kind;
    const kind = drawLabelled(kit, words.kind, this.kind, "demo-field-kind");
    this.fields.replaceChildren(kind, ...this.#values());
  }

  #values() {
    const { kit, words, row } = this;
    if (!row.kind) return [this.#text()];
    const { fields } = KINDS[row.kind];
    const draw = (/** @type {Field} */ field) => this.#value(field);
    const first = fields.filter(({ more }) => !more).map(draw);
    const rest = fields.filter(({ more }) => more);
    if (!rest.length) return first;
    const open = rest.some(({ name: key }) => row.fields[key]);
    const title = words.more[/** @type {keyof Words["more"]} */ (row.kind)];
    const more = kit.make("details", { class: "demo-more", open }, kit.make("summary", {}, title));
    more.append(kit.make("div", { class: "demo-fields" }, ...rest.map(draw)));
    return [...first, more];
  }

  /** @param {Field} field */
  #value({ name: key, area, narrow }) {
    const { kit, row } = this;
    const set = (/** @type {string} */ value) => {
      row.fields[key] = value;
      this.actions.onInput();
    };
    const value = row.fields[key] ?? "";
    const control = area ? drawArea(kit, value, set) : drawLine(kit, value, set);
    const label = this.words.fields[/** @type {keyof Words["fields"]} */ (key)];
    return drawLabelled(kit, label, control, narrow ? "demo-field-narrow" : "");
  }

  #text() {
    const control = drawLine(this.kit, this.row.text, (value) => {
      this.row.text = value;
      this.actions.onInput();
    });
    return drawLabelled(this.kit, this.words.fields.raw, control);
  }
}
