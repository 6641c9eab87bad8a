// Fetches the files of the runtime, once a page: progress in bytes, SHA-256 of each file.
import { download } from "./download.ts";
import { Failure } from "./failure.ts";
import { sha256 } from "./sum.ts";

import type { Manifest, ManifestFile } from "../types.ts";

const OFTEN = 50; // milliseconds between two reports of progress
const HASH_IN_NAME = /\.([0-9a-f]{16})\.json$/;

export class Loader {
  declare url: string;

  #manifest: Promise<Manifest> | undefined;
  #files: Map<string, Promise<ArrayBuffer>> = new Map();
  /** what came wrong once is asked for past the cache */
  #suspect: Set<string> = new Set();
  /** bytes that have come, of the files that are still coming */
  #coming: Map<string, number> = new Map();
  #listeners: Set<() => void> = new Set();

  /** @param url of the manifest */
  constructor(url: string) {
    this.url = url;
  }

  manifest(): Promise<Manifest> {
    this.#manifest ??= this.#readManifest().catch((error) => {
      this.#manifest = undefined;
      throw error;
    });
    return this.#manifest;
  }

  async #readManifest() {
    const name = new URL(this.url).pathname.split("/").pop() ?? "";
    const bytes = await this.#get(this.url, name, 0, () => {});
    const expected = HASH_IN_NAME.exec(name)?.[1];
    if (!expected || !(await sha256(bytes)).startsWith(expected)) this.#refuse("hash", name);
    return JSON.parse(new TextDecoder().decode(bytes));
  }

  async #get(url: string, name: string, size: number, onPart: (length: number) => void) {
    const cache = this.#suspect.has(name) ? "reload" : "default";
    try {
      return await download(url, name, cache, size, onPart);
    } catch (error) {
      this.#suspect.add(name);
      throw error;
    }
  }

  #refuse(kind: "hash", name: string): never {
    this.#suspect.add(name);
    throw new Failure(kind, name);
  }

  /**
   * The bytes of some files of the manifest; what is here or on its way is not asked for again.
   * @param onProgress in bytes of the files as they are on disk, whatever the server makes of them on the way
   */
  async files(
    names: string[],
    onProgress: (received: number, total: number) => void,
  ): Promise<Record<string, ArrayBuffer>> {
    const coming = await this.each(names, onProgress);
    const bytes = await Promise.all(names.map((name) => coming[name]));
    return Object.fromEntries(names.map((name, index) => [name, bytes[index]]));
  }

  /**
   * The same, one by one as they come.
   * @param last of the names: it is asked for when the others are here, so that they come sooner
   */
  async each(
    names: string[],
    onProgress: (received: number, total: number) => void,
    last?: string,
  ): Promise<Record<string, Promise<ArrayBuffer>>> {
    const { files } = await this.manifest();
    const coming: Record<string, Promise<ArrayBuffer>> = {};
    for (const name of [...names].sort((one, other) => +(one === last) - +(other === last))) {
      const before = name === last ? Object.values(coming) : [];
      coming[name] = this.#files.get(name) ?? this.#load(name, files[name], before);
      this.#files.set(name, coming[name]);
    }
    const stop = this.#follow(names, files, onProgress);
    void Promise.allSettled(Object.values(coming)).then(stop);
    return coming;
  }

  /** @returns to call in the end */
  #follow(
    names: string[],
    files: Record<string, ManifestFile>,
    onProgress: (received: number, total: number) => void,
  ): () => void {
    const coming = names.filter((name) => this.#coming.has(name));
    if (!coming.length) return () => {};
    const total = coming.reduce((sum, name) => sum + files[name].size, 0);
    let last = -Infinity;
    const report = () => {
      const received = coming.map((name) => this.#coming.get(name) ?? files[name].size);
      onProgress(
        received.reduce((sum, bytes) => sum + bytes, 0),
        total,
      );
    };
    const often = () => {
      if (performance.now() - last < OFTEN) return;
      last = performance.now();
      report();
    };
    often();
    this.#listeners.add(often);
    return () => {
      this.#listeners.delete(often);
      report();
    };
  }

  async #load(
    name: string,
    { url, sha256: expected, size }: ManifestFile,
    before: Promise<unknown>[],
  ) {
    this.#coming.set(name, 0);
    try {
      await Promise.all(before);
      const bytes = await this.#get(new URL(url, this.url).href, name, size, (length) => {
        this.#coming.set(name, (this.#coming.get(name) ?? 0) + length);
        for (const report of this.#listeners) report();
      });
      if (bytes.byteLength !== size || (await sha256(bytes)) !== expected)
        this.#refuse("hash", name);
      return bytes;
    } catch (error) {
      this.#files.delete(name);
      throw error;
    } finally {
      this.#coming.delete(name);
    }
  }
}
