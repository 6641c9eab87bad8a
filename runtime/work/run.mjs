// Running what the reader has written: one run at a time, and what is said about it.
import { words } from "#words/workbench.mjs";
import { loadRunner } from "./prefetch.mjs";

/** @import { Store } from "./store.mjs" */

export class Run {
  /** @type {AbortController | undefined} */
  #running;

  /** @param {HTMLElement} element @param {Store} store */
  constructor(element, store) {
    this.element = element;
    this.store = store;
  }

  /** @returns {Promise<boolean>} whether it has been run to its end */
  async start() {
    if (this.#running) return false;
    const { element, store } = this;
    if (store.broken.value) return this.#refuse();
    const running = new AbortController();
    this.#running = running;
    store.begin({ stage: "preparing" });
    this.#tell("run");
    const source = store.code.value;
    const client = store.steps.value;
    const job = { source, client, filename: store.data.value.app };
    try {
      const runner = await loadRunner(element);
      running.signal.throwIfAborted();
      const played = await runner.run(job, running.signal, (stage) => store.begin(stage));
      this.#running = undefined;
      const { trace, texts, json } = played;
      store.end({ trace, texts, source, client, recorded: false });
      this.#tell("trace", json);
      return true;
    } catch (error) {
      this.#running = undefined;
      if (running.signal.aborted) store.end(words.stopped);
      else this.#fail(error);
      return false;
    }
  }

  stop() {
    this.#running?.abort();
  }

  /** @param {string} type @param {string} [detail] */
  #tell(type, detail) {
    this.element.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }

  /** @param {any} error a Failure or ClientFailure of run/failure.mjs, or something that should not happen */
  #fail(error) {
    if (error?.problem) return this.#refuse(error.problem);
    const { failures } = words;
    const kind = /** @type {keyof typeof failures} */ (error?.kind);
    const said =
      kind in failures
        ? failures[kind](error.file ?? "", error.detail ?? "")
        : failures.error("", String(error));
    this.store.fail(said);
  }

  /** The client's steps are wrong. @param {import("../types.js").ClientProblem} [problem] without: they cannot be read */
  #refuse(problem) {
    this.store.fail(words.clientWrong, false);
    this.store.refuse(problem);
    return false;
  }
}
