// One Python: an iframe of opaque origin, without network, with a worker inside. It is used for many
// runs and thrown away as a whole: after Stop, after a crash, after anything that is not as agreed.
import { Failure } from "./failure.ts";
import { makeFrame } from "./frame.ts";
import { send } from "./hand_over.ts";
import { divided, readHead } from "./heads.ts";
import { FRAME } from "./kit.ts";

const BOOT = 60_000; // milliseconds from handing over the bytes to "ready"
const GREETING = 10_000; // milliseconds more for a frame that is not there when the bytes are
const LONGEST = 4_100_000; // characters of one message; the frame lets no longer one pass

import type { Answer, Kit } from "../types.ts";
import type { Parts } from "./hand_over.ts";
export type Waiting = { resolve: (answer: Answer) => void; reject: (error: Failure) => void };

export class Sandbox {
  declare kit: Kit;
  declare has: Set<string>;
  declare ahead: Set<string>;
  declare frame: HTMLIFrameElement;
  declare ready: Promise<this>;

  #listening = new AbortController();
  #waiting: Waiting | undefined;
  #run = 0;
  #key = "";
  #touched = false; // this run has reached beyond its memory; it said so before it did
  #preparing = true; // no code of the reader's runs
  #alive = true;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #greet = () => {};
  #greeted: Promise<void> = new Promise((resolve) => {
    this.#greet = resolve;
  });
  /** to the frame */
  #line: MessagePort | undefined;

  /**
   * The frame loads while its parts are still on their way.
   * @param page address of sandbox.html
   * @param parts what this Python begins with
   */
  constructor(page: string, platform: object, parts: Parts) {
    this.kit = parts.kit;
    this.has = new Set(this.kit.has);
    this.ahead = new Set(this.kit.modules);
    this.frame = makeFrame(page);
    window.addEventListener("message", (message) => this.#receive(message), {
      signal: this.#listening.signal,
    });
    document.body.append(this.frame);
    this.ready = this.#start(parts, platform).catch((error) => {
      this.dispose();
      throw error;
    });
  }

  async #start(parts: Parts, platform: object) {
    const give = () => parts.give(platform, (message, kind) => this.#post(message, kind));
    const ready = this.#wait(() => void this.#greeted.then(give).catch(() => {})); // `all` tells of it
    await Promise.race([ready, parts.all.then(() => this.#late())]);
    return this;
  }

  /** @returns rejects when the frame or Python takes too long to start */
  async #late(): Promise<never> {
    if (!this.#line) await this.#pause(GREETING);
    if (!this.#line) throw new Failure("refused", FRAME);
    await this.#pause(BOOT);
    throw new Failure("boot");
  }

  /** @returns never resolves when what is waited for has come */
  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      this.#timer = setTimeout(resolve, milliseconds);
    });
  }

  get alive() {
    return this.#alive && this.frame.isConnected;
  }

  /** Whether somebody else has taken the frame out of the page: it will never be heard of again. */
  get lost() {
    return this.#alive && !this.frame.isConnected;
  }

  #post(message: Record<string, any>, kind?: string) {
    if (this.#line) send(this.#line, message, kind);
  }

  #wait(begin: () => void): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const done = (settle: (value: any) => void) => (value: any) => {
        clearTimeout(this.#timer);
        this.#waiting = undefined;
        settle(value);
      };
      this.#waiting = { resolve: done(resolve), reject: done(reject) };
      begin();
    });
  }

  #receive({ source, data }: MessageEvent) {
    if (source !== this.frame.contentWindow || typeof data !== "string" || data.length > LONGEST)
      return;
    if (data === "sandbox:hello") this.#answer();
    else if (data === "sandbox:flood") this.#fail(new Failure("flood"));
    else if (data === "sandbox:modules") this.#fail(new Failure("modules"));
    else if (data === "sandbox:crash") this.#fail(new Failure("crash"));
    else if (data.startsWith("worker:")) this.#hear(data.slice("worker:".length));
  }

  /** Gives the frame a line of its own: what is posted to a window takes a detour by the browser. */
  #answer() {
    if (this.#line) return;
    const { port1, port2 } = new MessageChannel();
    this.#line = port1;
    this.frame.contentWindow?.postMessage("sandbox:line", "*", [port2]); // an opaque origin has no name
    this.#greet();
  }

  /** @param text from the worker, that is, perhaps from the reader's code */
  #hear(text: string) {
    const { head, rest } = readHead(text);
    if (!head) return;
    if (this.#preparing) this.#hearStart(head.type, rest);
    else if (head.run === this.#run) this.#hearRun(head, rest);
  }

  /** @param type of a message about what is done before a run */
  #hearStart(type: unknown, text: string) {
    if (type === "ready" || type === "prepared") this.#waiting?.resolve({ text: "", absent: [] });
    else if (type === "error") this.#fail(new Failure("error", "", text.slice(-500)));
  }

  /**
   * @param head of a message about the run
   * @param text what follows it
   */
  #hearRun({ type, key }: any, text: string) {
    if (key !== this.#key)
      this.#fail(new Failure("unreadable")); // Python sent it by itself
    else if (type === "touched") this.#touched = true;
    else if (type === "error") this.#fail(new Failure("error", "", text.slice(-500)));
    else if (type === "result" || type === "too-long") this.#end(type, text);
  }

  /** A run is over. A Python that it has touched is of no further use. */
  #end(type: "result" | "too-long", text: string) {
    if (this.#touched) this.dispose();
    const [absent, answer] = divided(text);
    if (type === "too-long") this.#waiting?.reject(new Failure("too-long"));
    else this.#waiting?.resolve({ text: answer, absent: absent.split(" ").filter(Boolean) });
  }

  /** @param failure after which this Python is not to be trusted any more */
  #fail(failure: Failure) {
    this.dispose();
    this.#waiting?.reject(failure);
  }

  /**
   * Mount archives, and import what a source imports of packages.
   * @param archives those that this Python does not have yet
   * @param packages names of top-level modules
   */
  prepare(archives: Record<string, ArrayBuffer>, source: string, packages: string[]) {
    this.#preparing = true;
    for (const name of Object.keys(archives)) this.has.add(name);
    return this.#wait(() =>
      this.#post({ archives, source, packages: packages.join(" ") }, "archives"),
    );
  }

  run(job: { source: string; client: string; filename: string }): Promise<Answer> {
    this.#preparing = this.#touched = false;
    this.#run += 1;
    this.#key = Array.from(crypto.getRandomValues(new Uint32Array(4))).join("-");
    return this.#wait(() => this.#post({ ...job, run: this.#run, key: this.#key }));
  }

  /** Ends everything at once, a loop without end too. */
  dispose() {
    this.#alive = false;
    clearTimeout(this.#timer);
    this.#listening.abort();
    this.#line?.close();
    this.frame.remove();
  }
}
