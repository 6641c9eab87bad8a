// Running what the reader has written: one run at a time, and what is said about it.
import { loadRunner } from "./prefetch.mjs";

/** @import { ClientProblem } from "../types.js" */
/** @import { Workbench } from "./workbench.mjs" */

export class Run {
  /** @type {AbortController | undefined} */
  #running;

  /** @param {Workbench} bench */
  constructor(bench) {
    this.bench = bench;
  }

  get busy() {
    return this.#running !== undefined;
  }

  async start() {
    if (this.#running) return;
    const { bench } = this;
    const { tools, script } = bench;
    if (script.broken) return this.#refuse();
    const running = new AbortController();
    this.#running = running;
    tools.busy({ stage: "preparing" });
    const source = bench.code.text;
    const client = script.steps;
    const job = { source, client, filename: bench.data.app };
    try {
      const runner = await loadRunner(bench.element);
      running.signal.throwIfAborted();
      const played = await runner.run(job, running.signal, (stage) => tools.busy(stage));
      this.#running = undefined;
      bench.show(played.trace, played.texts, source, client);
      const detail = played.json;
      bench.element.dispatchEvent(new CustomEvent("demo-played", { bubbles: true, detail }));
    } catch (error) {
      this.#running = undefined;
      if (running.signal.aborted) bench.rest(bench.strings.stopped);
      else await this.#fail(error);
    }
  }

  stop() {
    this.#running?.abort();
  }

  /** @param {any} error a Failure or ClientFailure of run/failure.mjs, or something that should not happen */
  async #fail(error) {
    if (error?.problem) return this.#refuse(error.problem);
    const { failures } = this.bench.strings;
    const kind = /** @type {keyof typeof failures} */ (error?.kind);
    const said =
      kind in failures
        ? failures[kind](error.file ?? "", error.detail ?? "")
        : failures.error("", String(error));
    this.bench.tools.fail(said);
  }

  /** The client's steps are wrong: nothing has run. @param {ClientProblem} [problem] without: they cannot be read */
  async #refuse(problem) {
    const { tools, strings, script } = this.bench;
    tools.fail(strings.clientWrong, false);
    try {
      await script.explain(problem);
    } catch {
      tools.fail(strings.partFailed, false); // without the editor there is no place for it
    }
  }
}
