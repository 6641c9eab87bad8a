// <asgi-demo>: takes the recorded demo that the page shows as a list, draws it, steps through it, runs it anew.
import { Code } from "./code.mjs";
import { narration, showDetail, tallest } from "./detail.mjs";
import { make } from "./dom.mjs";
import { drawFindings, linkFindings } from "./findings.mjs";
import { drawLanes, markRow } from "./lanes.mjs";
import { makePlan } from "./plan.mjs";
import { Stepper } from "./stepper.mjs";
import { languageOf, stringsFor } from "./strings.mjs";
import { Tools } from "./tools.mjs";

/** @import { DemoData, Plan, Texts, Trace } from "../types.js" */

export class AsgiDemo extends HTMLElement {
  /** @type {Demo | undefined} */
  #demo;

  connectedCallback() {
    if (this.#demo) return;
    const data = this.querySelector("script.demo-data")?.textContent;
    const code = /** @type {HTMLElement | null} */ (this.querySelector(".demo-code"));
    if (data && code) this.#demo = new Demo(this, JSON.parse(data), code);
  }

  disconnectedCallback() {
    this.#demo?.leave();
    this.#demo = undefined;
  }
}

class Demo {
  /** @type {AbortController | undefined} */
  #running;
  /** @type {HTMLElement[]} */
  #rows = [];
  /** @type {Plan} */
  #plan = { lanes: [], rows: [] };
  #ran = ""; // the source that the figure shows
  #fresh = false;

  /** @param {HTMLElement} element @param {DemoData} data @param {HTMLElement} shown */
  constructor(element, data, shown) {
    this.element = element;
    this.data = data;
    this.language = languageOf(element);
    this.strings = stringsFor(this.language);
    this.steps = /** @type {HTMLElement | null} */ (element.querySelector(".demo-steps"));
    this.recordedFindings = element.querySelector(".demo-findings");
    this.code = new Code(shown, data.source, {
      label: this.strings.editor,
      onChange: () => this.#changed(),
      onRun: () => void this.run(),
    });
    this.tools = new Tools(this.strings, {
      run: () => void this.run(),
      edit: () => void this.edit(),
      reset: () => this.reset(),
      stop: () => this.stop(),
    });
    this.stepper = new Stepper(this.strings, (position, moved) => this.#step(position, moved));
    this.figure = make("div", { class: "demo-figure" });
    this.detail = make("div", { class: "demo-detail" });
    this.findings = make("div", { class: "demo-explained" });
    this.#build(shown);
    this.show(data.trace, data.texts, data.source, false);
  }

  /** @param {HTMLElement} shown */
  #build(shown) {
    const { element } = this;
    const side = make("div", { class: "demo-side" });
    shown.before(side);
    side.append(shown, this.tools.element);
    const main = make("div", { class: "demo-main" }, this.figure, this.stepper.element);
    side.after(main);
    main.after(this.findings, this.detail);
    const client = element.querySelector(".demo-client");
    if (client) side.insertBefore(client, this.tools.element);
    if (this.steps) this.steps.hidden = true;
    this.recordedFindings?.remove();
    element.classList.add("demo-is-live");
  }

  /** @param {Trace} trace @param {Texts} texts @param {string} source @param {boolean} fresh */
  show(trace, texts, source, fresh) {
    this.#plan = makePlan(trace);
    this.#ran = source;
    this.#fresh = fresh;
    const { figure, list, rows } = drawLanes(this.#plan, trace, this.strings, this.language);
    this.#rows = rows;
    this.figure.replaceChildren(figure);
    rows.forEach((row, index) => {
      row.querySelector("button")?.addEventListener("click", () => this.stepper.go(index + 1));
    });
    list.addEventListener("keydown", (pressed) => this.stepper.key(pressed));
    this.detail.style.setProperty("--lines", String(tallest(this.#plan)));
    const findings = drawFindings(trace, texts, this.language);
    linkFindings(findings, this.strings, (position) => this.stepper.go(position));
    this.findings.replaceChildren(...(trace.findings.length ? [findings] : []));
    this.stepper.reset(rows.length);
    this.tools.idle(fresh ? this.strings.fresh : this.strings.recorded, this.#canReset());
  }

  #canReset() {
    return this.code.editing || this.#fresh;
  }

  /** @param {number} position @param {boolean} moved */
  #step(position, moved) {
    const row = this.#plan.rows[position - 1];
    const focusedRow = this.figure.contains(document.activeElement);
    markRow(this.#rows, position);
    showDetail(this.detail, row, this.#plan, this.strings, this.#ran);
    this.stepper.caption.textContent = row ? narration(row, this.strings) : this.strings.hint;
    this.code.mark(this.code.text === this.#ran ? row?.event.line : undefined);
    if (!moved || !row) return;
    const element = this.#rows[position - 1];
    if (focusedRow) element.querySelector("button")?.focus({ preventScroll: true });
    element.scrollIntoView({ block: "nearest" });
  }

  #changed() {
    this.code.mark(undefined);
    const text = this.code.text === this.#ran ? this.strings.fresh : this.strings.edited;
    if (!this.#running) this.tools.idle(text, true);
  }

  async edit() {
    this.tools.reset.hidden = false;
    const rich = await this.code.edit();
    if (!rich) this.tools.say(this.strings.editorFailed);
  }

  reset() {
    this.code.reset();
    this.show(this.data.trace, this.data.texts, this.data.source, false);
    this.tools.edit.focus({ preventScroll: true });
  }

  async run() {
    if (this.#running) return;
    const running = new AbortController();
    this.#running = running;
    this.tools.busy({ stage: "preparing" });
    const source = this.code.text;
    const job = { source, client: this.data.client, filename: this.data.app };
    try {
      const runner = await this.#runner();
      const played = await runner.run(job, running.signal, (stage) => this.tools.busy(stage));
      this.#running = undefined;
      this.show(played.trace, played.texts, source, true);
      this.element.dispatchEvent(
        new CustomEvent("demo-played", { bubbles: true, detail: played.json }),
      );
    } catch (error) {
      this.#running = undefined;
      if (running.signal.aborted) this.tools.idle(this.strings.stopped, this.#canReset());
      else this.tools.fail(this.#explain(error));
    }
  }

  /** The part that runs Python, fetched when it is first needed. */
  async #runner() {
    const manifest = new URL(this.element.dataset.runtime ?? "", document.baseURI).href;
    const { runnerFor } = await import("../run/runner.mjs").catch(() => {
      throw Object.assign(new Error("network"), { kind: "network", file: "runner.mjs" });
    });
    return runnerFor(manifest);
  }

  /** @param {any} error a Failure of run/failure.mjs, or something that should not happen */
  #explain(error) {
    const { failures } = this.strings;
    const kind = /** @type {keyof typeof failures} */ (error?.kind);
    if (kind in failures) return failures[kind](error.file ?? "", error.detail ?? "");
    return failures.error("", String(error));
  }

  stop() {
    this.#running?.abort();
  }

  /** The element has left the page: end what runs, give the page's own nodes back as they were. */
  leave() {
    this.stop();
    this.stepper.pause();
    this.code.destroy();
    const { element } = this;
    const client = element.querySelector(".demo-client");
    element.prepend(this.code.shown, ...(client ? [client] : []));
    for (const part of element.querySelectorAll(
      ".demo-side, .demo-main, .demo-detail, .demo-explained",
    ))
      part.remove();
    if (this.steps) this.steps.hidden = false;
    if (this.recordedFindings) this.steps?.after(this.recordedFindings);
    element.classList.remove("demo-is-live");
  }
}
