// Running what the reader has written: one run at a time, and what is said about it.
import { words } from "#words/workbench.ts";
import { loadRunner } from "./prefetch.ts";

import type { ClientProblem } from "../types.ts";
import type { Store } from "./store.ts";

export class Run {
  declare element: HTMLElement;
  declare store: Store;

  #running: AbortController | undefined;

  constructor(element: HTMLElement, store: Store) {
    this.element = element;
    this.store = store;
  }

  /** @returns whether it has been run to its end */
  async start(): Promise<boolean> {
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

  #tell(type: string, detail?: string) {
    this.element.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }

  /** @param error a Failure or ClientFailure of run/failure.ts, or something that should not happen */
  #fail(error: any) {
    if (error?.problem) return this.#refuse(error.problem);
    const { failures } = words;
    const kind = error?.kind as keyof typeof failures;
    const said =
      kind in failures
        ? failures[kind](error.file ?? "", error.detail ?? "")
        : failures.error("", String(error));
    this.store.fail(said);
  }

  /**
   * The client's steps are wrong.
   * @param problem without: they cannot be read
   */
  #refuse(problem?: ClientProblem) {
    this.store.fail(words.clientWrong, false);
    this.store.refuse(problem);
    return false;
  }
}
