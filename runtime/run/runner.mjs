// Runs demos, one after the other, in one Python a page. States: idle, loading, starting, ready, running, stopping.
import { Failure } from "./failure.mjs";
import { Loader } from "./loader.mjs";
import { wheelsFor } from "./packages.mjs";
import { readPlayed } from "./played.mjs";
import { Sandbox } from "./sandbox.mjs";

/** @import { Job, Played, Stage } from "../types.js" */

const PYTHON = [
  "pyodide.mjs",
  "pyodide.asm.mjs",
  "pyodide.asm.wasm",
  "python_stdlib.zip",
  "asgiscope.zip",
];
const GLUE = ["worker.mjs", "sandbox.html"];

/** @typedef {"idle" | "loading" | "starting" | "ready" | "running" | "stopping"} State */

export class Runner {
  /** @type {State} */
  state = "idle";
  /** @type {Sandbox | undefined} */
  #sandbox;
  /** @type {Promise<Sandbox> | undefined} */
  #starting;
  /** The last run, done or not: the next one begins after it. @type {Promise<unknown>} */
  #last = Promise.resolve();

  /** @param {Loader} loader */
  constructor(loader) {
    this.loader = loader;
  }

  /**
   * @param {Job} job
   * @param {AbortSignal} signal Stop
   * @param {(stage: Stage) => void} onStage
   * @returns {Promise<Played>}
   */
  run(job, signal, onStage) {
    if (typeof WebAssembly !== "object") return Promise.reject(new Failure("unsupported"));
    let over = false;
    /** @param {Stage} stage */
    const tell = (stage) => {
      if (!over && !signal.aborted) onStage(stage); // other downloads may go on after one has failed
    };
    if (this.state === "running") tell({ stage: "queued" });
    const turn = this.#last.catch(() => {}).then(() => this.#take(job, signal, tell));
    this.#last = turn;
    return unlessAborted(turn, signal).finally(() => (over = true));
  }

  /** @param {Job} job @param {AbortSignal} signal @param {(stage: Stage) => void} tell */
  async #take(job, signal, tell) {
    signal.throwIfAborted();
    const wheels = await this.#wheels(job, tell);
    const sandbox = await this.#ready(tell);
    signal.throwIfAborted();
    this.state = "running";
    tell({ stage: "running" });
    const onStop = () => this.#stop();
    signal.addEventListener("abort", onStop, { once: true });
    try {
      const missing = Object.entries(wheels).filter(([name]) => !sandbox.wheels.has(name));
      const text = { ...job, client: JSON.stringify(job.client) };
      const result = await unlessAborted(sandbox.run(text, Object.fromEntries(missing)), signal);
      this.state = "ready";
      return readPlayed(result);
    } catch (error) {
      if (!sandbox.alive && !signal.aborted) this.#restart();
      throw error;
    } finally {
      signal.removeEventListener("abort", onStop);
    }
  }

  /** @param {Job} job @param {(stage: Stage) => void} onStage */
  async #wheels({ source }, onStage) {
    const { packages } = await this.loader.manifest();
    const names = wheelsFor(source, packages);
    const needed = [...(this.#sandbox?.alive ? [] : [...GLUE, ...PYTHON]), ...names];
    const files = await this.loader.files(needed, (received, total) => {
      if (this.state === "idle") this.state = "loading";
      onStage({ stage: "loading", received, total });
    });
    return Object.fromEntries(names.map((name) => [name, files[name]]));
  }

  /** @param {(stage: Stage) => void} onStage @returns {Promise<Sandbox>} */
  async #ready(onStage) {
    if (this.#sandbox?.alive) return this.#sandbox;
    onStage({ stage: "starting" });
    this.state = "starting";
    try {
      this.#starting ??= this.#start();
      this.#sandbox = await this.#starting;
      this.state = "ready";
      return this.#sandbox;
    } catch (error) {
      this.state = "idle";
      throw error;
    } finally {
      this.#starting = undefined;
    }
  }

  async #start() {
    const { platform, files: listed } = await this.loader.manifest();
    const files = await this.loader.files([...GLUE, ...PYTHON], () => {});
    return Sandbox.start({
      page: new URL(listed["sandbox.html"].url, this.loader.url).href,
      worker: new TextDecoder().decode(files["worker.mjs"]),
      files: Object.fromEntries(PYTHON.map((name) => [name, files[name]])),
      platform,
    });
  }

  /** End the run at once, whatever it does. */
  #stop() {
    this.state = "stopping";
    this.#sandbox?.dispose();
    this.#restart();
  }

  /** Have a fresh Python ready in the background for the next run. */
  #restart() {
    this.#sandbox = undefined;
    this.#ready(() => {}).catch(() => {}); // the next run tries again and says what is wrong
  }
}

/**
 * @template Value
 * @param {Promise<Value>} promise
 * @param {AbortSignal} signal
 * @returns {Promise<Value>} rejects as soon as the signal aborts
 */
function unlessAborted(promise, signal) {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** @type {Map<string, Runner>} */
const runners = new Map();

/** The page's runner; all demos of a page share it. @param {string} manifest address of the manifest */
export function runnerFor(manifest) {
  let runner = runners.get(manifest);
  if (!runner) runners.set(manifest, (runner = new Runner(new Loader(manifest))));
  return runner;
}
