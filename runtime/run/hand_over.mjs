// Gives a frame what Python is made of, each file as soon as it is here and its hash was found right.

import { GLUE, LIBRARY, MACHINE } from "./kit.mjs";

/** @import { Kit, Manifest } from "../types.js" */
/** @import { Loader } from "./loader.mjs" */
/** With the key of what is bytes. @typedef {(message: Record<string, any>, kind?: string) => void} Post */

/**
 * Bytes are copied once and then moved: to clone them between processes takes several copies.
 * @param {MessagePort} line
 * @param {Record<string, any>} message
 * @param {string} [kind] the key of what is bytes, by names
 */
export function send(line, message, kind) {
  if (!kind) return line.postMessage(message);
  /** @type {[string, ArrayBuffer][]} */
  const copies = Object.entries(message[kind]).map(([name, bytes]) => [name, bytes.slice()]);
  const moved = copies.map(([, bytes]) => bytes);
  line.postMessage({ ...message, [kind]: Object.fromEntries(copies) }, moved);
}

export class Parts {
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
    this.#files = loader.each(kit.files, onProgress, kit.snapshot?.file ?? LIBRARY);
    this.all = this.#files.then((files) => Promise.all(Object.values(files)));
    this.all.catch(() => {});
  }

  /** @param {Manifest["platform"]} platform @param {Post} post */
  async give(platform, post) {
    const files = await this.#files;
    const source = new TextDecoder().decode(await files["worker.mjs"]);
    post({ worker: source, platform, snapshot: this.kit.snapshot });
    for (const [name, coming] of Object.entries(files)) {
      if (GLUE.includes(name)) continue;
      const kind = name === MACHINE ? "compile" : "files";
      coming.then((bytes) => post({ [kind]: { [name]: bytes } }, kind)).catch(() => {}); // `all` tells of it
    }
  }
}
