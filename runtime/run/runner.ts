// Runs demos, one after the other, in one Python a page. States: idle, loading, starting, ready, running.
import { Failure } from "./failure.ts";
import { hasOthers, lacking, packagesOf, partsWith } from "./kit.ts";
import { Loader } from "./loader.ts";
import { readPlayed } from "./played.ts";
import { Starter } from "./starter.ts";
import { unlessAborted } from "./waiting.ts";

import type { Job, Played, Stage } from "../types.ts";
import type { Sandbox } from "./sandbox.ts";
export type Tell = (stage: Stage) => void;

export class Runner {
  declare loader: Loader;
  declare starter: Starter;

  /** The last run, done or not: the next one begins after it. */
  #last: Promise<unknown> = Promise.resolve();
  #running = false;
  #unlucky = false; // something could not be had ahead: it is not asked for again and again

  constructor(loader: Loader) {
    this.loader = loader;
    this.starter = new Starter(loader);
  }

  get state() {
    return this.#running ? "running" : this.starter.state;
  }

  /**
   * Have Python ready for a run of this source. Nothing is shown, and nothing is said when it fails:
   * the run will say it.
   */
  async prefetch(source: string) {
    if (this.#running || this.#unlucky || typeof WebAssembly !== "object" || savesData()) return;
    try {
      const sandbox = await this.starter.ready(source, () => {});
      await this.#inTurn(() => this.#equip(sandbox, source, [], () => {}));
    } catch {
      this.#unlucky = true;
    }
  }

  /** @param signal Stop */
  run(job: Job, signal: AbortSignal, onStage: Tell): Promise<Played> {
    if (typeof WebAssembly !== "object") return Promise.reject(new Failure("unsupported"));
    let over = false;
    const tell: Tell = (stage) => {
      if (!over && !signal.aborted) onStage(stage); // other downloads may go on after one has failed
    };
    if (this.#running) tell({ stage: "queued" });
    const turn = this.#inTurn(() => this.#take(job, signal, tell));
    return unlessAborted(turn, signal).finally(() => (over = true));
  }

  #inTurn<Value>(begin: () => Promise<Value>): Promise<Value> {
    const turn = this.#last.catch(() => {}).then(begin);
    this.#last = turn;
    return turn;
  }

  async #take(job: Job, signal: AbortSignal, tell: Tell) {
    signal.throwIfAborted();
    const sandbox = await unlessAborted(this.#python(job.source, tell), signal);
    const onStop = () => this.starter.replace(); // ends the run at once, whatever it does
    signal.addEventListener("abort", onStop, { once: true });
    this.#running = true;
    try {
      return await unlessAborted(this.#play(sandbox, job, tell), signal);
    } finally {
      this.#running = false;
      signal.removeEventListener("abort", onStop);
      if (!sandbox.alive && !signal.aborted) this.starter.replace();
    }
  }

  /** @returns one that fits the source */
  async #python(source: string, tell: Tell): Promise<Sandbox> {
    const python = await this.starter.ready(source, tell);
    if (!hasOthers(source, await this.loader.manifest(), python)) return python;
    this.starter.replace(source);
    return this.starter.ready(source, tell);
  }

  async #play(sandbox: Sandbox, job: Job, tell: Tell): Promise<Played> {
    const text = { ...job, client: JSON.stringify(job.client) };
    const manifest = await this.loader.manifest();
    let parts: string[] = [];
    for (;;) {
      await this.#equip(sandbox, job.source, parts, tell);
      tell({ stage: "running" });
      const answer = await sandbox.run(text);
      parts = partsWith(answer.absent, manifest, sandbox.has);
      if (!parts.length) return readPlayed(answer.text);
      if (!sandbox.alive) sandbox = await this.starter.ready(job.source, tell);
    }
  }

  /** Give a Python what it lacks for a source, and these parts of the standard library. */
  async #equip(sandbox: Sandbox, source: string, parts: string[], tell: Tell) {
    if (!sandbox.alive) return;
    const manifest = await this.loader.manifest();
    const names = lacking(source, manifest, sandbox.has, sandbox.kit.modules, parts);
    const { tops, modules } = packagesOf(source, manifest.packages);
    if (!names.length && modules.every((module) => sandbox.ahead.has(module))) return;
    const archives = await this.loader.files(names, (received, total) =>
      tell({ stage: "loading", received, total }),
    );
    tell({ stage: "starting" });
    for (const module of modules) sandbox.ahead.add(module);
    await sandbox.prepare(archives, source, tops);
  }
}

/** Whether the reader has asked for few bytes: then nothing is fetched before Run. */
function savesData() {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return connection?.saveData === true;
}

const runners: Map<string, Runner> = new Map();

/**
 * The page's runner; all demos of a page share it.
 * @param manifest address of the manifest
 */
export function runnerFor(manifest: string) {
  let runner = runners.get(manifest);
  if (!runner) runners.set(manifest, (runner = new Runner(new Loader(manifest))));
  return runner;
}
