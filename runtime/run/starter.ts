// Keeps one Python of the page: starts it, by the fast way where it fits, and replaces it when it is not
// to be used any more. Whoever needs it while it is on its way waits for the same one, and is told how far it is.
import { Failure } from "./failure.ts";
import { Parts } from "./hand_over.ts";
import { FRAME, kitFor, lacking } from "./kit.ts";
import { Sandbox } from "./sandbox.ts";

import type { Kit, Manifest, Stage } from "../types.ts";
import type { Loader } from "./loader.ts";
export type Tell = (stage: Stage) => void;

export class Starter {
  declare loader: Loader;

  state: "idle" | "loading" | "starting" | "ready" = "idle";
  /** the newest, on its way or ready */
  #sandbox: Sandbox | undefined;
  #starting: Promise<Sandbox> | undefined;
  #listeners: Set<Tell> = new Set();
  #stage: Stage | undefined;
  #source = ""; // what the newest was started for
  #snapshots = true; // until one has failed
  #badFrames = 0;

  constructor(loader: Loader) {
    this.loader = loader;
  }

  /** @param source that is to be run */
  async ready(source: string, tell: Tell): Promise<Sandbox> {
    const dead = this.state === "ready" && !this.#sandbox?.alive;
    if (dead || this.#sandbox?.lost) this.#forget();
    if (this.state === "ready" && this.#sandbox) return this.#sandbox;
    if (!this.#starting) this.#begin(source);
    else if (this.#stage) tell(this.#stage);
    this.#listeners.add(tell);
    try {
      return await (this.#starting as Promise<Sandbox>);
    } finally {
      this.#listeners.delete(tell);
    }
  }

  /**
   * End Python at once, and have a fresh one ready in the background.
   * @param source for this
   */
  replace(source: string = this.#source) {
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

  #begin(source: string) {
    this.#source = source;
    const starting = this.#start(source);
    this.#starting = starting;
    const over = (then: () => void) => () => {
      if (this.#starting === starting) then(); // unless it has been forgotten meanwhile
    };
    starting.then(
      over(() => (this.state = "ready")),
      over(() => this.#forget()),
    );
  }

  async #start(source: string) {
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

  #boot(source: string, kit: Kit, manifest: Manifest) {
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

  #tell(stage: Stage) {
    this.#stage = stage;
    this.state = stage.stage === "loading" ? "loading" : "starting";
    for (const tell of this.#listeners) tell(stage);
  }
}

/**
 * Whether the way without a snapshot may succeed after this.
 * @param snapshot name of its file
 */
function isOf(snapshot: string, error: unknown) {
  if (!(error instanceof Failure)) return true;
  return error.file ? error.file === snapshot : error.kind !== "boot";
}
