// A demo that the reader works with: the code, the tools, and the figure that shows the newest run.
import { make } from "../view/dom.mjs";
import { Figure } from "../view/figure.mjs";
import { languageOf } from "../view/strings.mjs";
import { Code } from "./code.mjs";
import { stringsFor } from "./strings.mjs";
import { Tools } from "./tools.mjs";

/** @import { DemoData, Texts, Trace } from "../types.js" */

export class Workbench {
  /** @type {AbortController | undefined} */
  #running;
  #fresh = false; // the figure shows a run of the reader's, not the recorded one

  /** @param {HTMLElement} element @param {DemoData} data @param {HTMLElement} shown */
  constructor(element, data, shown) {
    this.element = element;
    this.data = data;
    const language = languageOf(element);
    this.strings = stringsFor(language);
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
    this.figure = new Figure({ language, onLine: (line) => this.#mark(line) });
    this.side = make("div", { class: "demo-side" });
    this.#build(shown);
    this.show(data.trace, data.texts, data.source, false);
  }

  /** @param {HTMLElement} shown */
  #build(shown) {
    const { element, side } = this;
    shown.before(side);
    side.append(shown, this.tools.element);
    side.after(...this.figure.elements);
    const client = element.querySelector(".demo-client");
    if (client) side.insertBefore(client, this.tools.element);
    if (this.steps) this.steps.hidden = true;
    this.recordedFindings?.remove();
    element.classList.add("demo-is-live");
  }

  /** @param {Trace} trace @param {Texts} texts @param {string} source @param {boolean} fresh */
  show(trace, texts, source, fresh) {
    this.#fresh = fresh;
    this.figure.show(trace, texts, source);
    this.tools.idle(fresh ? this.strings.fresh : this.strings.recorded, this.#canReset());
  }

  /** Work with something else: other code, another client, another recorded run. @param {DemoData} data */
  open(data) {
    this.stop();
    this.data = data;
    this.code.open(data.source);
    this.show(data.trace, data.texts, data.source, false);
  }

  /** @param {number | undefined} line of the run that the figure shows */
  #mark(line) {
    this.code.mark(this.code.text === this.figure.source ? line : undefined);
  }

  #canReset() {
    return this.code.editing || this.#fresh;
  }

  #changed() {
    this.code.mark(undefined);
    const same = this.code.text === this.figure.source;
    if (!this.#running) this.tools.idle(same ? this.strings.fresh : this.strings.edited, true);
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
    this.figure.leave();
    this.code.destroy();
    const { element } = this;
    const client = element.querySelector(".demo-client");
    element.prepend(this.code.shown, ...(client ? [client] : []));
    this.side.remove();
    if (this.steps) this.steps.hidden = false;
    if (this.recordedFindings) this.steps?.after(this.recordedFindings);
    element.classList.remove("demo-is-live");
  }
}
