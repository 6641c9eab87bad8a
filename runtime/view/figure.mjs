// A trace to be seen: the lanes, the controls that step through them, the detail of a step, the findings.
import { narration, showDetail, tallest } from "./detail.mjs";
import { make } from "./dom.mjs";
import { drawFindings, linkFindings } from "./findings.mjs";
import { drawLanes, markRow } from "./lanes.mjs";
import { makePlan } from "./plan.mjs";
import { Stepper } from "./stepper.mjs";
import { stringsFor } from "./strings.mjs";

/** @import { Language, Plan, Texts, Trace } from "../types.js" */

/**
 * @typedef {object} FigureOptions
 * @property {Language} language
 * @property {(line: number | undefined) => void} onLine the app's line of the step that is shown
 */

export class Figure {
  /** @type {HTMLElement[]} */
  #rows = [];
  /** @type {Plan} */
  #plan = { lanes: [], rows: [] };
  /** The source that the trace belongs to. */
  source = "";

  /** @param {FigureOptions} options */
  constructor({ language, onLine }) {
    this.language = language;
    this.onLine = onLine;
    this.strings = stringsFor(language);
    this.stepper = new Stepper(this.strings, (position, moved) => this.#step(position, moved));
    this.lanes = make("div", { class: "demo-figure" });
    this.detail = make("div", { class: "demo-detail" });
    this.findings = make("div", { class: "demo-explained" });
    this.main = make("div", { class: "demo-main" }, this.lanes, this.stepper.element);
  }

  /** What goes into the page, in order. */
  get elements() {
    return [this.main, this.findings, this.detail];
  }

  /** @param {Trace} trace @param {Texts} texts @param {string} source */
  show(trace, texts, source) {
    this.#plan = makePlan(trace);
    this.source = source;
    const { figure, list, rows } = drawLanes(this.#plan, trace, this.strings, this.language);
    this.#rows = rows;
    this.lanes.replaceChildren(figure);
    rows.forEach((row, index) => {
      row.querySelector("button")?.addEventListener("click", () => this.stepper.go(index + 1));
    });
    list.addEventListener("keydown", (pressed) => this.stepper.key(pressed));
    this.detail.style.setProperty("--lines", String(tallest(this.#plan)));
    const findings = drawFindings(trace, texts, this.language);
    linkFindings(findings, this.strings, (position) => this.stepper.go(position));
    this.findings.replaceChildren(...(trace.findings.length ? [findings] : []));
    this.stepper.reset(rows.length);
  }

  /** @param {number} position @param {boolean} moved */
  #step(position, moved) {
    const row = this.#plan.rows[position - 1];
    const focusedRow = this.lanes.contains(document.activeElement);
    markRow(this.#rows, position);
    showDetail(this.detail, row, this.#plan, this.strings, this.source);
    this.stepper.caption.textContent = row ? narration(row, this.strings) : this.strings.hint;
    this.onLine(row?.event.line);
    if (!moved || !row) return;
    const element = this.#rows[position - 1];
    if (focusedRow) element.querySelector("button")?.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }

  /** The element has left the page. */
  leave() {
    this.stepper.pause();
    for (const element of this.elements) element.remove();
  }
}
