// A demo that the reader works with: the code, the client, the tools, and the figure that shows the newest
// run. To be used from outside: open(data), write(code, steps), run(), stop(), reset(), `client` (the steps,
// to read and to set), and the event "demo-played" on the element, which carries the run's JSON.
import { language } from "#words/figure.mjs";
import { words as strings } from "#words/workbench.mjs";
import { make } from "../view/dom.mjs";
import { Figure } from "../view/figure.mjs";
import { Client, same } from "./client.mjs";
import { copyCode, shareLink } from "./clipboard.mjs";
import { Code } from "./code.mjs";
import { layOut } from "./layout.mjs";
import { linkLines } from "./marks.mjs";
import { Origin } from "./origin.mjs";
import { Output } from "./output.mjs";
import { prefetchOn } from "./prefetch.mjs";
import { Run } from "./run.mjs";
import { runOnKey } from "./run_key.mjs";
import { Tools } from "./tools.mjs";

/** @import { DemoData, Texts, Trace } from "../types.js" */

export class Workbench {
  #left = new AbortController();
  #run = new Run(this);
  /** The client's steps of the run that the figure shows; undefined: it is the recorded one. @type {unknown} */
  #played;
  /** What of a run is shown: all of it, unless the console leaves out what lies ahead. */
  seen = (/** @type {Trace} */ trace, /** @type {Texts} */ texts) => ({ trace, texts });
  side = make("div", { class: "demo-side" });

  /** @param {HTMLElement} element @param {DemoData} data @param {HTMLElement} shown the page's code */
  constructor(element, data, shown) {
    this.element = element;
    this.data = data;
    this.language = language;
    this.strings = strings;
    this.code = new Code(shown, data.source, {
      label: strings.editor,
      keys: strings.keys,
      onChange: () => this.#changed(),
      onMark: ([id]) => document.getElementById(id)?.focus(),
    });
    this.script = new Client(element.querySelector(".demo-client"), data, {
      strings,
      onEdit: () => void this.editClient(),
      onChange: () => this.#changed(),
    });
    this.tools = new Tools(strings, {
      run: () => void this.run(),
      edit: () => void this.edit(),
      reset: () => void this.reset(),
      stop: () => this.stop(),
      copy: () => void copyCode(this),
      share: () => void shareLink(this),
    });
    this.figure = new Figure({ language, onLine: (line) => this.#mark(line) });
    this.output = new Output(strings);
    this.origin = new Origin(this, this.#left.signal);
    this.giveBack = layOut(this);
    this.#listen();
    this.show(this.recorded, this.data.texts, this.data.source);
    void this.origin.begin();
  }

  #listen() {
    const { signal } = this.#left;
    const { element, tools, code } = this;
    runOnKey(element, () => void this.run(), signal);
    prefetchOn(tools.run, element, () => code.text, signal);
  }

  /** The page's own run. */
  get recorded() {
    return { ...this.data.trace, labels: this.data.labels };
  }

  /** What the client does: the newest steps that could be read. */
  get client() {
    return this.script.steps;
  }

  /** @param {unknown} steps */
  set client(steps) {
    this.script.steps = steps;
    this.#changed();
  }

  /**
   * Show a run. @param {Trace} whole @param {Texts} wholeTexts @param {string} source
   * @param {unknown} [client] the steps of a run of the reader's; undefined: this is the recorded one
   */
  show(whole, wholeTexts, source, client) {
    const { trace, texts } = this.seen(whole, wholeTexts);
    const { data, code } = this;
    this.#played = client;
    this.figure.show(trace, texts, source);
    const run = { trace, texts, language, strings, name: data.name };
    const marks = linkLines(this.figure.findings, run, (line) => code.go(line));
    code.showMarks(code.text === source ? marks : []);
    this.output.show(trace);
    this.#changed(false);
    this.element.dispatchEvent(new CustomEvent("demo-shown"));
  }

  /** Work with something else: other code, another client, another recorded run. @param {DemoData} data */
  async open(data) {
    this.stop();
    this.origin.leave();
    this.data = data;
    const opened = this.code.open(data.source);
    this.script.begin(data);
    this.show(this.recorded, this.data.texts, this.data.source);
    await opened;
    await this.origin.restore();
  }

  /**
   * Put code and steps into the editors, as if the reader had written them.
   * @param {string} code @param {unknown} steps @param {string} [text] the steps as they were written
   */
  async write(code, steps, text) {
    try {
      if (text !== undefined || !same(steps, this.script.steps))
        await this.script.write(steps, text);
    } catch {
      this.tools.say(this.strings.partFailed); // the steps are in the page's text all the same
    }
    if (code !== this.code.text) await this.code.write(code);
    this.#changed();
  }

  /** @param {number | undefined} line of the run that the figure shows */
  #mark(line) {
    this.code.mark(this.code.text === this.figure.source ? line : undefined);
  }

  /** @param {boolean} [byReader] */
  #changed(byReader = true) {
    if (byReader) {
      this.code.mark(undefined);
      this.origin.changed();
    }
    if (!this.#run.busy) this.rest();
  }

  /** Nothing runs. @param {string} [text] what to say of it, if not what the figure shows */
  rest(text) {
    const { script, code, figure, data } = this;
    const fresh = this.#played !== undefined;
    const steps = fresh ? this.#played : data.client;
    const played = code.text === figure.source && !script.broken && same(script.steps, steps);
    const shown = fresh ? strings.fresh : strings.recorded;
    const canReset = code.editing || script.editing || script.edited || fresh;
    this.tools.idle(text ?? (played ? shown : strings.edited), canReset);
  }

  async edit() {
    this.tools.reset.hidden = false;
    const rich = await this.code.edit();
    if (!rich) this.tools.say(this.strings.editorFailed);
  }

  async editClient() {
    try {
      await this.script.open();
      this.script.focus();
      this.tools.reset.hidden = false;
    } catch {
      this.tools.say(this.strings.partFailed);
    }
  }

  async reset() {
    const reset = this.code.reset();
    this.script.reset();
    this.origin.forget();
    this.show(this.recorded, this.data.texts, this.data.source);
    this.tools.edit.focus({ preventScroll: true });
    await reset;
  }

  run() {
    return this.#run.start();
  }

  stop() {
    this.#run.stop();
  }

  /** The element has left the page: end what runs, give the page's own nodes back as they were. */
  leave() {
    this.stop();
    this.origin.leave();
    this.#left.abort();
    this.figure.leave();
    this.code.destroy();
    this.script.destroy();
    this.giveBack();
  }
}
