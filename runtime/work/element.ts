// <asgi-demo>: takes the recorded demo that the page shows as a list, draws it, steps through it, runs it anew.
// What pages may use of it is in CONTRIBUTING.md: attributes, properties, events.
import { inTurn } from "./in_turn.ts";
import { Parts } from "./parts.ts";
import { Workbench } from "./workbench.ts";

export class AsgiDemo extends HTMLElement {
  #workbench: Workbench | undefined;
  #parts: Parts | undefined;
  #drawn = () => {};
  /** Fulfilled once it is drawn; before that, the properties below have nothing to be about. */
  ready = new Promise((done: (value?: undefined) => void) => {
    this.#drawn = done;
  });

  get #bench() {
    if (!this.#workbench) throw new DOMException("asgi-demo.ready", "InvalidStateError");
    return this.#workbench;
  }

  /** The app's source, as it stands in the editor. */
  get code() {
    return this.#bench.store.code.value;
  }

  set code(code: string) {
    const { store } = this.#bench;
    void this.#bench.write(code, store.steps.value);
  }

  /** What the client does: the newest steps that could be read. */
  get client() {
    return this.#bench.store.steps.value;
  }

  set client(steps: unknown) {
    this.#bench.setClient(steps);
  }

  /** The step that is shown, from 1; 0: none. */
  get step() {
    return this.#bench.store.step.value;
  }

  set step(step: number) {
    this.#bench.figure.goToStep(step);
  }

  /** The run that is shown. */
  get trace() {
    return this.#bench.store.shown.value.trace;
  }

  get running() {
    return this.#bench.store.running.value;
  }

  /** Whether code or steps differ from the page's. */
  get edited() {
    return this.#bench.store.edited.value;
  }

  /** Where code and steps come from: "page", "draft" or "link". */
  get origin() {
    return this.#bench.store.origin.value.from;
  }

  /** Fulfilled when nothing runs any more: with true if there is a new trace. */
  run(): Promise<boolean> {
    return this.#bench.run();
  }

  stop() {
    this.#bench.stop();
  }

  /** The page's own code, steps and trace again. */
  reset() {
    this.#bench.reset();
  }

  connectedCallback() {
    inTurn(() => this.#draw());
  }

  #draw() {
    if (this.#workbench || !this.isConnected) return;
    const data = this.querySelector("script.demo-data")?.textContent;
    const code = this.querySelector(".demo-code") as HTMLElement | null;
    if (!data || !code) return;
    this.#workbench = new Workbench(this, JSON.parse(data), code);
    this.#parts = new Parts(this.#workbench);
    this.#drawn();
  }

  disconnectedCallback() {
    this.#workbench?.leave();
    this.#parts?.leave();
    this.#parts = this.#workbench = undefined;
  }
}
