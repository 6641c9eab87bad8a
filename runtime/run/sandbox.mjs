// One Python: an iframe of opaque origin, without network, with a worker inside. It is used for many
// runs and thrown away as a whole: after Stop, after a crash, after anything that is not as agreed.
import { Failure } from "./failure.mjs";

const BOOT = 60_000; // milliseconds from handing over the bytes to "ready"
const LONGEST = 4_100_000; // characters of one message; the frame lets no longer one pass

/** @typedef {{ page: string, worker: string, files: Record<string, ArrayBuffer>, platform: object }} Parts */
/** @typedef {{ resolve: (text: string) => void, reject: (error: Failure) => void }} Waiting */

export class Sandbox {
  #listening = new AbortController();
  /** @type {Waiting | undefined} */
  #waiting;
  #run = 0;
  #alive = true;
  /** @type {Set<string>} wheels that this Python has */
  wheels = new Set();

  /** @param {Parts} parts @returns {Promise<Sandbox>} a Python that is ready */
  static async start(parts) {
    const sandbox = new Sandbox(parts);
    try {
      await sandbox.#ready();
      return sandbox;
    } catch (error) {
      sandbox.dispose();
      throw error;
    }
  }

  /** @param {Parts} parts */
  constructor(parts) {
    this.parts = parts;
    this.frame = document.createElement("iframe");
    this.frame.setAttribute("sandbox", "allow-scripts");
    this.frame.setAttribute("aria-hidden", "true");
    this.frame.tabIndex = -1;
    this.frame.hidden = true;
    this.frame.src = parts.page;
    window.addEventListener("message", (message) => this.#receive(message), {
      signal: this.#listening.signal,
    });
    document.body.append(this.frame);
  }

  get alive() {
    return this.#alive && this.frame.isConnected;
  }

  /** @param {Parameters<Window["postMessage"]>[0]} message @param {Transferable[]} [transfer] */
  #post(message, transfer = []) {
    this.frame.contentWindow?.postMessage(message, "*", transfer); // an opaque origin has no name
  }

  #ready() {
    return this.#wait(() => {}, BOOT);
  }

  /** @param {() => void} begin @param {number} [limit] @returns {Promise<string>} */
  #wait(begin, limit) {
    return new Promise((resolve, reject) => {
      const timer = limit ? setTimeout(() => this.#fail(new Failure("boot")), limit) : undefined;
      /** @param {(value: any) => void} settle */
      const done = (settle) => (/** @type {any} */ value) => {
        clearTimeout(timer);
        this.#waiting = undefined;
        settle(value);
      };
      this.#waiting = { resolve: done(resolve), reject: done(reject) };
      begin();
    });
  }

  /** @param {MessageEvent} message */
  #receive({ source, data }) {
    if (source !== this.frame.contentWindow || typeof data !== "string" || data.length > LONGEST)
      return;
    if (data === "sandbox:hello") this.#boot();
    else if (data === "sandbox:flood") this.#fail(new Failure("flood"));
    else if (data === "sandbox:crash") this.#fail(new Failure("crash"));
    else if (data.startsWith("worker:")) this.#hear(data.slice("worker:".length));
  }

  #boot() {
    const { worker, files, platform } = this.parts;
    this.#post({ worker, files, platform });
  }

  /** @param {string} text from the worker, that is, perhaps from the reader's code */
  #hear(text) {
    const end = text.indexOf("\n");
    let head;
    try {
      head = JSON.parse(end < 0 ? text : text.slice(0, end));
    } catch {
      return;
    }
    if (head?.type === "ready" && this.#run === 0) this.#waiting?.resolve("");
    else if (head?.run !== this.#run) return;
    else if (head.type === "result" && end > 0) this.#waiting?.resolve(text.slice(end + 1));
    else if (head.type === "too-long") this.#waiting?.reject(new Failure("too-long"));
    else if (head.type === "error")
      this.#fail(new Failure("error", "", String(head.text).slice(-500)));
  }

  /** @param {Failure} failure after which this Python is not to be trusted any more */
  #fail(failure) {
    this.dispose();
    this.#waiting?.reject(failure);
  }

  /**
   * @param {{source: string, client: string, filename: string}} job
   * @param {Record<string, ArrayBuffer>} wheels those that this Python does not have yet
   * @returns {Promise<string>} the text that the engine wrote
   */
  run(job, wheels) {
    this.#run += 1;
    for (const name of Object.keys(wheels)) this.wheels.add(name);
    return this.#wait(() => this.#post({ ...job, run: this.#run, wheels }));
  }

  /** Ends everything at once, a loop without end too. */
  dispose() {
    this.#alive = false;
    this.#listening.abort();
    this.frame.remove();
  }
}
