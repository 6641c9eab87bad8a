// Gives a frame what Python is made of, each file as soon as it is here and its hash was found right.

import { GLUE, LIBRARY, MACHINE } from "./kit.ts";

import type { Kit, Manifest } from "../types.ts";
import type { Loader } from "./loader.ts";
/** With the key of what is bytes. */
export type Post = (message: Record<string, any>, kind?: string) => void;

/**
 * Bytes are copied once and then moved: to clone them between processes takes several copies.
 * @param kind the key of what is bytes, by names
 */
export function send(line: MessagePort, message: Record<string, any>, kind?: string) {
  if (!kind) return line.postMessage(message);
  const copies: [string, ArrayBuffer][] = Object.entries<ArrayBuffer>(message[kind]).map(
    ([name, bytes]) => [name, bytes.slice()],
  );
  const moved = copies.map(([, bytes]) => bytes);
  line.postMessage({ ...message, [kind]: Object.fromEntries(copies) }, moved);
}

export class Parts {
  declare kit: Kit;

  #files: Promise<Record<string, Promise<ArrayBuffer>>>;
  /** when everything is here; rejects with what cannot be had */
  all: Promise<unknown>;

  constructor(loader: Loader, kit: Kit, onProgress: (received: number, total: number) => void) {
    this.kit = kit;
    this.#files = loader.each(kit.files, onProgress, kit.snapshot?.file ?? LIBRARY);
    this.all = this.#files.then((files) => Promise.all(Object.values(files)));
    this.all.catch(() => {});
  }

  async give(platform: Manifest["platform"], post: Post) {
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
