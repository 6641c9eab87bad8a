// Python's memory as it was: every run begins from the same bytes, so nothing that one has changed (a
// module, a setting, a builtin) reaches the next.

const MOST_GROWN = 128 * 1024 * 1024; // bytes beyond which a fresh Python is better than a large one

export class Checkpoint {
  #bytes;

  /** @param {WebAssembly.Memory} memory @param {Uint8Array} [room] made beforehand, used if it fits */
  constructor(memory, room) {
    const now = new Uint8Array(memory.buffer);
    this.memory = memory;
    this.#bytes = room?.length === now.length ? room : new Uint8Array(now.length);
    this.#bytes.set(now);
  }

  get worthwhile() {
    return this.memory.buffer.byteLength - this.#bytes.length <= MOST_GROWN;
  }

  rewind() {
    const all = new Uint8Array(this.memory.buffer);
    all.set(this.#bytes);
    all.fill(0, this.#bytes.length);
  }
}
