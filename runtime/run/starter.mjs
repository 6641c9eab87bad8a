// Keeps one Python of the page: starts it, by the fast way where it fits, and replaces it when it is not
// to be used any more. Whoever needs it while it is on its way waits for the same one, and is told how far it is.
import { Failure } from "./failure.mjs";
import { Parts } from "./hand_over.mjs";
import { FRAME, kitFor, lacking } from "./kit.mjs";
import { Sandbox } from "./sandbox.mjs";

/** @import { Kit, Manifest, Stage } from "../types.js" */
/** @import { Loader } from "./loader.mjs" */
/** @typedef {(stage: Stage) => void} Tell */

export class Starter {
  /** @type {"idle" | "loading" | "starting" | "ready"} */
  state = "idle";
  /** @type {Sandbox | undefined} the newest, on its way or ready */
  #sandbox;
  /** @type {Promise<Sandbox> | undefined} */
  #starting;
  /** @type {Set<Tell>} */
  #listeners = new Set();
  /** @type {Stage | undefined} */
  #stage;
  #source = ""; // what the newest was started for
  #snapshots = true; // until one has failed
  #badFrames = 0;

  /** @param {Loader} loader */
  constructor(loader) {
    this.loader = loader;
  }

  /** @param {string} source that is to be run @param {Tell} tell @returns {Promise<Sandbox>} */
  async ready(source, tell) {
    const dead = this.state === "ready" && !this.#sandbox?.alive;
    if (dead || this.#sandbox?.lost) this.#forget();
    if (this.state === "ready" && this.#sandbox) return this.#sandbox;
    if (!this.#starting) this.#begin(source);
    else if (this.#stage) tell(this.#stage);
    this.#listeners.add(tell);
    try {
      return await /** @type {Promise<Sandbox>} */ (this.#starting);
    } finally {
      this.#listeners.delete(tell);
    }
  }

  /** End Python at once, and have a fresh one ready in the background. @param {string} [source] for this */
  replace(source = this.#source) {
    this.#forget();
    this.ready(source, () => {}).catch(() => {}); // the next run tries again and says what is wrong
  }

  #forget() {
    this.state = "idle";
    this.#sandbox?.dispose();
    this.#sandbox = undefined;
    this.#starting = undefined;
    this.#stage = undefined;
  }

  /** @param {string} source */
  #begin(source) {
    this.#source = source;
    const starting = this.#start(source);
    this.#starting = starting;
    const over = (/** @type {() => void} */ then) => () => {
      if (this.#starting === starting) then(); // unless it has been forgotten meanwhile
    };
    starting.then(
      over(() => (this.state = "ready")),
      over(() => this.#forget()),
    );
  }

  /** @param {string} source */
  async #start(source) {
    this.state = "loading";
    const manifest = await this.loader.manifest();
    const kit = kitFor(source, manifest, this.#snapshots);
    if (!kit.snapshot) return this.#boot(source, kit, manifest);
    try {
      return await this.#boot(source, kit, manifest);
    } catch (error) {
      if (!isOf(kit.snapshot.file, error)) throw error;
      this.#snapshots = false;
      return this.#boot(source, kitFor(source, manifest, false), manifest);
    }
  }

  /** @param {string} source @param {Kit} kit @param {Manifest} manifest */
  #boot(source, kit, manifest) {
    const page = new URL(manifest.files[FRAME].url, this.loader.url);
    if (this.#badFrames) page.search = String(this.#badFrames); // past what the browser has kept
    const parts = new Parts(this.loader, kit, (received, total) =>
      this.#tell({ stage: "loading", received, total }),
    );
    parts.all.then(
      () => {
        this.#tell({ stage: "starting" });
        const more = lacking(source, manifest, new Set(kit.has), kit.modules);
        this.loader.files(more, () => {}).catch(() => {}); // it will be wanted next
      },
      () => {},
    );
    this.#sandbox = new Sandbox(page.href, manifest.platform, parts);
    this.#sandbox.ready.catch(({ file }) => (this.#badFrames += Number(file === FRAME)));
    return this.#sandbox.ready;
  }

  /** @param {Stage} stage */
  #tell(stage) {
    this.#stage = stage;
    this.state = stage.stage === "loading" ? "loading" : "starting";
    for (const tell of this.#listeners) tell(stage);
  }
}

/**
 * Whether the way without a snapshot may succeed after this.
 * @param {string} snapshot name of its file
 * @param {unknown} error
 */
function isOf(snapshot, error) {
  if (!(error instanceof Failure)) return true;
  return error.file ? error.file === snapshot : error.kind !== "boot";
}
