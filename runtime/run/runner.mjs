// Runs demos, one after the other, in one Python a page. States: idle, loading, starting, ready, running.
import { Failure } from "./failure.mjs";
import { hasOthers, lacking, packagesOf, partsWith } from "./kit.mjs";
import { Loader } from "./loader.mjs";
import { readPlayed } from "./played.mjs";
import { Starter } from "./starter.mjs";
import { unlessAborted } from "./waiting.mjs";

/** @import { Job, Played, Stage } from "../types.js" */
/** @import { Sandbox } from "./sandbox.mjs" */
/** @typedef {(stage: Stage) => void} Tell */

export class Runner {
  /** The last run, done or not: the next one begins after it. @type {Promise<unknown>} */
  #last = Promise.resolve();
  #running = false;
  #unlucky = false; // something could not be had ahead: it is not asked for again and again

  /** @param {Loader} loader */
  constructor(loader) {
    this.loader = loader;
    this.starter = new Starter(loader);
  }

  get state() {
    return this.#running ? "running" : this.starter.state;
  }

  /**
   * Have Python ready for a run of this source. Nothing is shown, and nothing is said when it fails:
   * the run will say it.
   * @param {string} source
   */
  async prefetch(source) {
    if (this.#running || this.#unlucky || typeof WebAssembly !== "object" || savesData()) return;
    try {
      const sandbox = await this.starter.ready(source, () => {});
      await this.#inTurn(() => this.#equip(sandbox, source, [], () => {}));
    } catch {
      this.#unlucky = true;
    }
  }

  /**
   * @param {Job} job
   * @param {AbortSignal} signal Stop
   * @param {Tell} onStage
   * @returns {Promise<Played>}
   */
  run(job, signal, onStage) {
    if (typeof WebAssembly !== "object") return Promise.reject(new Failure("unsupported"));
    let over = false;
    /** @type {Tell} */
    const tell = (stage) => {
      if (!over && !signal.aborted) onStage(stage); // other downloads may go on after one has failed
    };
    if (this.#running) tell({ stage: "queued" });
    const turn = this.#inTurn(() => this.#take(job, signal, tell));
    return unlessAborted(turn, signal).finally(() => (over = true));
  }

  /** @template Value @param {() => Promise<Value>} begin @returns {Promise<Value>} */
  #inTurn(begin) {
    const turn = this.#last.catch(() => {}).then(begin);
    this.#last = turn;
    return turn;
  }

  /** @param {Job} job @param {AbortSignal} signal @param {Tell} tell */
  async #take(job, signal, tell) {
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

  /** @param {string} source @param {Tell} tell @returns {Promise<Sandbox>} one that fits the source */
  async #python(source, tell) {
    const python = await this.starter.ready(source, tell);
    if (!hasOthers(source, await this.loader.manifest(), python)) return python;
    this.starter.replace(source);
    return this.starter.ready(source, tell);
  }

  /** @param {Sandbox} sandbox @param {Job} job @param {Tell} tell @returns {Promise<Played>} */
  async #play(sandbox, job, tell) {
    const text = { ...job, client: JSON.stringify(job.client) };
    const manifest = await this.loader.manifest();
    /** @type {string[]} */
    let parts = [];
    for (;;) {
      await this.#equip(sandbox, job.source, parts, tell);
      tell({ stage: "running" });
      const answer = await sandbox.run(text);
      parts = partsWith(answer.absent, manifest, sandbox.has);
      if (!parts.length) return readPlayed(answer.text);
      if (!sandbox.alive) sandbox = await this.starter.ready(job.source, tell);
    }
  }

  /**
   * Give a Python what it lacks for a source, and these parts of the standard library.
   * @param {Sandbox} sandbox
   * @param {string} source
   * @param {string[]} parts
   * @param {Tell} tell
   */
  async #equip(sandbox, source, parts, tell) {
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
  const { connection } = /** @type {Navigator & { connection?: { saveData?: boolean } }} */ (
    navigator
  );
  return connection?.saveData === true;
}

/** @type {Map<string, Runner>} */
const runners = new Map();

/** The page's runner; all demos of a page share it. @param {string} manifest address of the manifest */
export function runnerFor(manifest) {
  let runner = runners.get(manifest);
  if (!runner) runners.set(manifest, (runner = new Runner(new Loader(manifest))));
  return runner;
}
