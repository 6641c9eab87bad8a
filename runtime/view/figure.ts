// A trace to be seen: the lanes, the controls that step through them, the detail of a step, the findings.
import { language, words } from "#words/figure.ts";
import { Choice } from "./choice.ts";
import { narration, showDetail } from "./detail.ts";
import { make } from "./dom.ts";
import { drawFindings, levelsByStep } from "./findings.ts";
import { Fold } from "./fold.ts";
import { buttonOf, drawLanes, markRow } from "./lanes.ts";
import { onLink } from "./link.ts";
import { makePlan } from "./plan.ts";
import { keepHeight, reveal } from "./place.ts";
import { Stepper } from "./stepper.ts";

import type { Level, Plan, Texts, Trace } from "../types.ts";
import type { Drawn } from "./lanes.ts";
import type { How } from "./stepper.ts";

const MOST_MOMENTS = 2000; // steps that can be told apart on the scale of time

export interface FigureOptions {
  /** of the figure around the demo; empty if it has none */
  id: string;
  /** how the page wants it drawn: "time" or "order" */
  view?: string;
  /** the address of the page that describes every key, if there is one now */
  reference: () => string | undefined;
  /** another step is shown; 0: none */
  onStep: (position: number) => void;
  /** the reader wants to see the line of a finding */
  onLine: (line: number) => void;
}

export class Figure {
  declare options: FigureOptions;
  declare strings: typeof words;
  declare stepper: Stepper;
  declare choice: Choice;
  declare fold: Fold;
  declare lanes: HTMLDivElement;
  declare detail: HTMLDivElement;
  declare findings: HTMLDivElement;
  declare main: HTMLDivElement;

  #drawn: Drawn = { figure: make("div"), list: make("ol"), rows: [] };
  #plan: Plan = { lanes: [], all: 0, pages: 1, rows: [], buffers: [], time: 0 };
  #levels: Map<number, Level> = new Map();
  #current = 0;
  #trace: Trace | undefined;
  /** What the caption describes. */
  #described: HTMLElement | undefined;
  #left = new AbortController();
  /** The lines of the app that the trace belongs to. */
  #source: string[] = [];

  constructor(options: FigureOptions) {
    this.options = options;
    this.strings = words;
    this.stepper = new Stepper(this.strings, (position, how) => this.#step(position, how));
    this.choice = new Choice(this.strings, options, () => void this.#draw());
    this.fold = new Fold(this.strings, (page) => this.#unfold(page));
    this.lanes = make("div", { class: "demo-figure" });
    this.detail = make("div", { class: "demo-detail" });
    this.findings = make("div", { class: "demo-explained" });
    const parts = [this.choice.element, this.fold.element, this.lanes, this.stepper.element];
    this.main = make("div", { class: "demo-main" }, ...parts);
    keepHeight(this.detail, this.#left.signal);
  }

  /** What goes into the page, in order. */
  get elements() {
    return [this.main, this.findings, this.detail];
  }

  /**
   * @param run step: the one to begin with
   * @param demo its name
   */
  show(
    {
      trace,
      texts,
      source,
      step = 0,
    }: { trace: Trace; texts: Texts; source: string; step?: number },
    demo: string,
  ) {
    this.#trace = trace;
    this.#plan = makePlan(trace, language);
    this.fold.show(this.#plan);
    this.#source = source.split("\n");
    this.#levels = levelsByStep(trace);
    this.detail.style.minHeight = "";
    const go = this.goToStep.bind(this);
    this.findings.replaceChildren(...drawFindings(trace, texts, demo, go, this.options.onLine));
    const found = [...this.#levels.keys()].filter(Boolean).sort((a, b) => a - b);
    this.stepper.reset(this.#plan.rows.length, found, step);
    void this.#draw();
  }

  /** Open the step that the address names, now and whenever the reader follows a link to one. */
  followLinks() {
    const { id } = this.options;
    if (id) onLink(id, (step) => this.#open(step), this.#left.signal);
  }

  /** @param step 0: none */
  goToStep(step: number) {
    if (step) this.stepper.go(step);
    else this.stepper.leave();
  }

  /** Other lanes of the same trace. */
  #unfold(page: number) {
    if (!this.#trace) return;
    this.#plan = makePlan(this.#trace, language, page);
    void this.#draw();
  }

  /** Draw the trace in the way that is chosen; where no time passes, or too much happens, there is only one. */
  async #draw() {
    const plan = this.#plan;
    const onlyOne = plan.time === 0 || plan.rows.length > MOST_MOMENTS;
    this.choice.element.hidden = onlyOne;
    if (this.choice.view === "order" || onlyOne) {
      this.#place(drawLanes(plan, this.#levels, this.strings));
      return;
    }
    this.lanes.style.minHeight = this.#drawn.rows.length ? "" : `${plan.lanes.length * 2.5 + 6}em`;
    const time = await import("./time/draw.ts").catch(() => undefined);
    this.lanes.style.minHeight = "";
    if (plan !== this.#plan || this.#left.signal.aborted || this.choice.view !== "time") return;
    if (time) {
      this.#place(time.drawTime(plan, this.#levels, this.strings, language));
      return;
    }
    this.choice.view = "order";
    await this.#draw();
    this.stepper.caption.textContent = this.strings.viewFailed;
  }

  #place(drawn: Drawn) {
    this.#drawn = drawn;
    this.#current = 0;
    const { figure, list, rows } = drawn;
    if (rows[0]) buttonOf(rows[0]).tabIndex = 0;
    list.addEventListener("keydown", (pressed) => this.stepper.key(pressed));
    list.addEventListener("click", (click) => {
      const row = (click.target as Element).closest("li");
      const pointed = click.detail > 0 && drawn.pick; // by a pointer, not by a key or by a screen reader
      const position = pointed
        ? pointed(click, this.#current)
        : rows.findIndex((one) => one === row) + 1;
      if (position) this.stepper.go(position);
    });
    this.lanes.replaceChildren(figure);
    this.stepper.again();
  }

  /** The reader has followed a link to a step. */
  #open(step: number) {
    this.stepper.go(step);
    this.main.closest("figure")?.scrollIntoView({ block: "start", behavior: "instant" });
    const row = this.#drawn.rows[this.stepper.position - 1];
    if (!row) return;
    reveal(row, false);
    buttonOf(row).focus({ preventScroll: true });
  }

  #step(position: number, how: How) {
    const { rows } = this.#drawn;
    const row = this.#plan.rows[position - 1];
    const fromRows = this.lanes.contains(document.activeElement);
    markRow(rows, this.#current, position);
    this.#drawn.mark?.(position);
    this.#current = position;
    this.#explain(position);
    this.options.onStep(position);
    if (how === "shown" || !row || !rows[position - 1]) return;
    const element = rows[position - 1];
    if (fromRows) buttonOf(element).focus({ preventScroll: true });
    else if (how !== "slid") this.#say(position);
    reveal(element, how === "played");
  }

  /** The sentence below the figure, and the detail beside it. */
  #explain(position: number) {
    const { strings, stepper } = this;
    const { id } = this.options;
    const reference = this.options.reference();
    const row = this.#plan.rows[position - 1];
    stepper.caption.textContent = row ? narration(row, strings) : strings.hint;
    this.#described?.removeAttribute("aria-describedby");
    const shown = this.#drawn.rows[position - 1];
    this.#described = shown && buttonOf(shown);
    this.#described?.setAttribute("aria-describedby", stepper.caption.id);
    const plan = this.#plan;
    const told = { row, plan, source: this.#source, strings, language, id, reference };
    showDetail(this.detail, row && told);
  }

  /** For those who listen, when the focus is not on the step itself. */
  #say(position: number) {
    const row = this.#plan.rows[position - 1];
    const step = this.strings.step(position, this.#plan.rows.length);
    const said = [step, narration(row, this.strings), row.label];
    this.stepper.said.textContent = said.join(" ");
  }

  /** The element has left the page. */
  leave() {
    this.#left.abort();
    this.stepper.pause();
    for (const element of this.elements) element.remove();
  }
}
