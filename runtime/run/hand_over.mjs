// Gives a frame what Python is made of, as it comes. WebAssembly goes there in parts, so that it is
// compiled while it is downloaded; it is used only once its hash was found right.

import { GLUE } from "./kit.mjs";

/** @import { Kit, Manifest } from "../types.js" */
/** @import { Loader } from "./loader.mjs" */
/** @typedef {(message: object) => void} Post */

export class Parts {
  /** @type {object[]} parts that came before the frame was there */
  #early = [];
  /** @type {Post} */
  #post = (message) => this.#early.push(message);
  /** @type {Set<string>} files of which parts have been given */
  #flowing = new Set();
  /** @type {Promise<Record<string, Promise<ArrayBuffer>>>} */
  #files;
  /** @type {Promise<unknown>} when everything is here; rejects with what cannot be had */
  all;

  /**
   * @param {Loader} loader
   * @param {Kit} kit
   * @param {(received: number, total: number) => void} onProgress
   */
  constructor(loader, kit, onProgress) {
    this.kit = kit;
    this.#files = loader.each(kit.files, onProgress, (name, bytes) => this.#flow(name, bytes));
    this.all = this.#files.then((files) => Promise.all(Object.values(files)));
    this.all.catch(() => {});
  }

  /** @param {string} name @param {Uint8Array} [bytes] none at the end */
  #flow(name, bytes) {
    if (!name.endsWith(".wasm")) return;
    this.#flowing.add(name);
    this.#post({ part: name, bytes });
  }

  /** @param {Manifest["platform"]} platform @param {Post} post */
  async give(platform, post) {
    const files = await this.#files;
    const source = new TextDecoder().decode(await files["worker.mjs"]);
    post({ worker: source, platform, snapshot: this.kit.snapshot });
    this.#early.forEach(post);
    this.#post = post;
    for (const [name, coming] of Object.entries(files)) {
      if (GLUE.includes(name)) continue;
      coming.then((bytes) => this.#whole(name, bytes)).catch(() => {}); // `all` tells of it
    }
  }

  /** @param {string} name @param {ArrayBuffer} bytes whose hash is right */
  #whole(name, bytes) {
    if (!name.endsWith(".wasm")) return this.#post({ files: { [name]: bytes } });
    if (!this.#flowing.has(name)) {
      this.#post({ part: name, bytes: new Uint8Array(bytes) }); // it was here before
      this.#post({ part: name });
    }
    this.#post({ whole: name });
  }
}
