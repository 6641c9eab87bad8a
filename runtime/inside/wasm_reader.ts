// Reads the binary format of WebAssembly modules.

export const MAGIC = "\0asm\x01\0\0\0";

export class Reader {
  #bytes;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get more() {
    return this.at < this.#bytes.length;
  }

  /** LEB128 of a number that is not negative: of those, signed and unsigned ones are read alike. */
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      if (this.at > this.#bytes.length) throw new Error("This WebAssembly module ends too early");
    }
  }

  take(length: number) {
    if (length > this.#bytes.length - this.at)
      throw new Error("This WebAssembly module ends too early");
    this.at += length;
    return this.#bytes.subarray(this.at - length, this.at);
  }

  text(length: number = this.#bytes.length - this.at) {
    return new TextDecoder().decode(this.take(length));
  }
}

/** @returns the number and the content of each section */
export function* sectionsOf(module: Uint8Array): Generator<[number, Uint8Array]> {
  const reader = new Reader(module);
  if (reader.text(MAGIC.length) !== MAGIC) throw new Error("This is no WebAssembly module");
  while (reader.more) {
    const [id] = reader.take(1);
    yield [id, reader.take(reader.number())];
  }
}
