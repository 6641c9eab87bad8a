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

export class RowDrawing {
  /** @param {Kit} kit @param {Words} words */
  constructor({ make }, words) {
    this.make = make;
    this.words = words;
  }

  /** @param {string} name @param {Node} control @param {string} [className] */
  labelled(name, control, className = "") {
    const { make } = this;
    return make("label", { class: `demo-field ${className}` }, make("span", {}, name), control);
  }

  /** @param {string} value @param {(value: string) => void} onInput */
  line(value, onInput) {
    const control = this.make("input", { type: "text", ...PLAIN });
    control.value = value;
    control.addEventListener("input", () => onInput(control.value));
    return control;
  }

  /** @param {string} value @param {(value: string) => void} onInput */
  #area(value, onInput) {
    const control = this.make("textarea", { rows: rowsOf(value), ...PLAIN });
    control.value = value;
    control.addEventListener("input", () => {
      control.rows = rowsOf(control.value);
      onInput(control.value);
    });
    return control;
  }

  /** @param {Row} row @param {() => void} onKind */
  #kind(row, onKind) {
    const { make, words } = this;
    const select = make("select", { class: "demo-kind" });
    /** @type {Record<string, string>} */
    const names = row.kind ? words.kinds : { "": words.asText, ...words.kinds };
    for (const [kind, text] of Object.entries(names))
      select.append(make("option", { value: kind }, text));
    select.value = row.kind;
    select.addEventListener("change", () => {
      Object.assign(row, newRow(select.value));
      onKind();
    });
    return this.labelled(words.kind, select, "demo-field-kind");
  }

  /** @param {Row} row @param {Field} field @param {() => void} onInput */
  #value(row, { name: key, area, narrow }, onInput) {
    const set = (/** @type {string} */ value) => {
      row.fields[key] = value;
      onInput();
    };
    const value = row.fields[key] ?? "";
    const control = area ? this.#area(value, set) : this.line(value, set);
    const label = this.words.fields[/** @type {keyof Words["fields"]} */ (key)];
    return this.labelled(label, control, narrow ? "demo-field-narrow" : "");
  }

  /** @param {Row} row @param {() => void} onInput */
  #text(row, onInput) {
    const control = this.line(row.text, (value) => {
      row.text = value;
      onInput();
    });
    return this.labelled(this.words.fields.raw, control);
  }

  /** @param {Row} row @param {() => void} onInput */
  #values(row, onInput) {
    if (!row.kind) return [this.#text(row, onInput)];
    const { make, words } = this;
    const { fields } = KINDS[row.kind];
    const draw = (/** @type {Field} */ field) => this.#value(row, field, onInput);
    const first = fields.filter(({ more }) => !more).map(draw);
    const rest = fields.filter(({ more }) => more);
    if (!rest.length) return first;
    const open = rest.some(({ name: key }) => row.fields[key]);
    const title = words.more[/** @type {keyof Words["more"]} */ (row.kind)];
    const more = make("details", { class: "demo-more", open }, make("summary", {}, title));
    more.append(make("div", { class: "demo-fields" }, ...rest.map(draw)));
    return [...first, more];
  }

  /** @param {Move} move @param {number} number @param {boolean} can @param {() => void} act */
  #button(move, number, can, act) {
    const label = this.words[move](number);
    const looks = { class: `demo-tool demo-step-${move}`, title: label };
    const state = { type: "button", "aria-label": label, disabled: !can };
    const button = this.make("button", { ...state, ...looks }, GLYPHS[move]);
    button.addEventListener("click", act);
    return button;
  }

  /**
   * @param {Row} row
   * @param {number} number from 1
   * @param {number} count how many steps there are
   * @param {RowActions} actions
   */
  draw(row, number, count, { onInput, onKind, onMove }) {
    const { make, words } = this;
    const fields = [this.#kind(row, onKind), ...this.#values(row, onInput)];
    return make(
      "li",
      { class: "demo-step-row" },
      make("span", { class: "demo-step-number", "aria-hidden": "true" }, String(number)),
      make(
        "div",
        { class: "demo-fields", role: "group", "aria-label": words.step(number) },
        ...fields,
      ),
      make(
        "div",
        { class: "demo-step-tools" },
        this.#button("up", number, number > 1, () => onMove("up")),
        this.#button("down", number, number < count, () => onMove("down")),
        this.#button("remove", number, true, () => onMove("remove")),
      ),
    );
  }
}
