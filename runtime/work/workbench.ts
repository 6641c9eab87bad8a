// A demo that the reader works with: the code, the client, the tools, and the figure that shows the newest run.
// What they know is in the store; here is what can be done.
import { batch } from "@preact/signals-core";
import { language } from "#words/figure.ts";
import { words as strings } from "#words/workbench.ts";
import { make } from "../view/dom.ts";
import { Figure } from "../view/figure.ts";
import { Client } from "./client.ts";
import { copyCode, shareLink } from "./clipboard.ts";
import { Code } from "./code.ts";
import { layOut } from "./layout.ts";
import { marksOf } from "./marks.ts";
import { Origin } from "./origin.ts";
import { Output } from "./output.ts";
import { prefetchOn } from "./prefetch.ts";
import { Run } from "./run.ts";
import { runOnKey } from "./run_key.ts";
import { same, Store } from "./store.ts";
import { Tools } from "./tools.ts";

import type { ReadonlySignal } from "@preact/signals-core";
import type { DemoData } from "../types.ts";

export class Workbench {
  declare element: HTMLElement;
  declare store: Store;
  declare runner: Run;
  declare code: Code;
  declare script: Client;
  declare tools: Tools;
  declare figure: Figure;
  declare output: Output;
  declare origin: Origin;
  declare giveBack: () => void;

  #left = new AbortController();
  side = make("div", { class: "demo-side" });

  /** @param shown the page's code */
  constructor(element: HTMLElement, data: DemoData, shown: HTMLElement) {
    const store = new Store(data, strings);
    const { signal } = this.#left;
    this.element = element;
    this.store = store;
    this.runner = new Run(element, store);
    this.code = new Code(shown, store, {
      label: strings.editor,
      keys: strings.keys,
      onChange: () => this.#changed(),
      onMark: ([id]) => document.getElementById(id)?.focus(),
    });
    this.script = new Client(element.querySelector(".demo-client"), store, {
      strings,
      onEdit: () => void this.editClient(),
      onChange: () => this.#changed(),
    });
    this.tools = new Tools(store, strings, {
      run: () => void this.run(),
      edit: () => void this.edit(),
      reset: () => this.reset(),
      stop: () => this.stop(),
      copy: () => void copyCode(store, strings, () => this.code.select()),
      share: () => void shareLink(store, strings),
    });
    this.figure = new Figure({
      id: element.closest("figure")?.id ?? "",
      view: element.dataset.view,
      reference: () => element.dataset.reference,
      onStep: (position) => (store.step.value = position),
      onLine: (line) => this.code.go(line),
    });
    this.output = new Output(store, strings);
    const actions = {
      write: this.write.bind(this),
      reset: this.reset.bind(this),
      stop: this.stop.bind(this),
      focus: () => this.tools.focus(),
    };
    this.origin = new Origin(element, store, strings, actions, signal);
    this.giveBack = layOut(this);
    runOnKey(element, () => void this.run(), signal);
    prefetchOn(this.tools.run, element, () => store.code.value, signal);
    store.on(store.shown, () => this.#show());
    store.on(store.line, (line) => this.code.mark(line));
    store.on(store.stale, (stale) => element.classList.toggle("demo-is-stale", stale));
    this.#tell("step", store.step);
    this.#tell("edit", store.draft);
    this.figure.followLinks();
    void this.follow();
  }

  #show() {
    const { figure, code, store } = this;
    const { name } = store.data.value;
    const shown = store.shown.value;
    figure.show(shown, name);
    const isCode = store.code.value === shown.source;
    code.showMarks(isCode ? marksOf(shown, name, language, strings) : []);
  }

  /** An event of the element, whenever something is another. */
  #tell(type: string, source: ReadonlySignal<unknown>) {
    let first = true;
    this.store.on(source, () => {
      if (!first) this.element.dispatchEvent(new CustomEvent(type, { bubbles: true }));
      first = false;
    });
  }

  /** Open what the address holds, or a draft. */
  follow() {
    return this.origin.begin();
  }

  /** Work with something else: other code, another client, another recorded run. */
  /** @param data whose code the page shows now */
  async open(data: DemoData) {
    const { store, code, script, origin } = this;
    this.stop();
    origin.leave();
    store.data.value = data;
    const opened = code.open();
    script.reset();
    store.showRecorded();
    await opened;
    await origin.restore();
  }

  /**
   * Put code and steps into the editors, as if the reader had written them.
   * @param text the steps as they were written
   */
  async write(code: string, steps: unknown, text?: string) {
    const { store } = this;
    try {
      if (text !== undefined || !same(steps, store.steps.value))
        await this.script.write(steps, text);
    } catch {
      store.notice.value = strings.partFailed; // the steps are in the page's text all the same
    }
    if (code !== store.code.value) await this.code.write(code);
    this.#changed();
  }

  /** Other steps for the client. */
  setClient(steps: unknown) {
    this.script.show(steps);
    this.#changed();
  }

  #changed() {
    this.store.change();
    this.origin.changed();
  }

  async edit() {
    const rich = await this.code.edit();
    if (!rich) this.store.notice.value = strings.editorFailed;
  }

  async editClient() {
    try {
      await this.script.open();
      this.script.focus();
    } catch {
      this.store.notice.value = strings.partFailed;
    }
  }

  reset() {
    batch(() => {
      this.code.reset();
      this.script.reset();
      this.origin.forget();
      this.store.showRecorded();
    });
    this.tools.focus();
  }

  /** @returns whether it has been run to its end */
  run(): Promise<boolean> {
    return this.runner.start();
  }

  /** Run with other steps; where that fails, those before are back. */
  async runWith(steps: unknown) {
    const { steps: now, data } = this.store;
    const [before, demo] = [now.value, data.value];
    this.setClient(steps);
    const done = await this.run();
    const isHere = data.value === demo && !this.#left.signal.aborted;
    if (!done && isHere) this.script.show(before);
    return done;
  }

  stop() {
    this.runner.stop();
  }

  /** The element has left the page: end what runs, give the page's own nodes back as they were. */
  leave() {
    this.stop();
    this.origin.leave();
    this.#left.abort();
    this.store.leave();
    this.figure.leave();
    this.code.destroy();
    this.script.destroy();
    this.giveBack();
  }
}
