// Reads what runtime/image.mjs writes: the data segments of a WebAssembly module. Copying them takes a
// fraction of the time that a browser needs to compile the module and to instantiate it.

const MAGIC = "\0asm\x01\0\0\0";
const SECTION = { custom: 0, data: 11 };

class Reader {
  #bytes;
  #at = 0;

  /** @param {Uint8Array} bytes */
  constructor(bytes) {
    this.#bytes = bytes;
  }

  get more() {
    return this.#at < this.#bytes.length;
  }

  /** LEB128 of a number that is not negative: of those, signed and unsigned ones are read alike. */
  number() {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.#bytes[this.#at++];
      value += (byte & 127) * factor;
      if (byte < 128) return value;
      if (this.#at > this.#bytes.length) throw new Error("The snapshot ends too early");
    }
  }

  /** @param {number} length */
  take(length) {
    if (length > this.#bytes.length - this.#at) throw new Error("The snapshot ends too early");
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  /** @param {number} [length] */
  text(length = this.#bytes.length - this.#at) {
    return new TextDecoder().decode(this.take(length));
  }
}

/** @param {Reader} data @returns {Generator<[number, Uint8Array]>} where to write, and what */
function* segmentsOf(data) {
  for (let count = data.number(); count; count--) {
    data.take(2); // of an active segment: its kind, and the instruction before its offset
    const at = data.number();
    data.take(1); // the end of that expression
    yield [at, data.take(data.number())];
  }
}

/**
 * @param {ArrayBuffer} image
 * @returns {{ config: any, segments: Iterable<[number, Uint8Array]> }}
 */
export function readImage(image) {
  const reader = new Reader(new Uint8Array(image));
  if (reader.text(MAGIC.length) !== MAGIC) throw new Error("This is no snapshot");
  let config;
  /** @type {Iterable<[number, Uint8Array]>} */
  let segments = [];
  while (reader.more) {
    const [id] = reader.take(1);
    const section = new Reader(reader.take(reader.number()));
    if (id === SECTION.data) segments = segmentsOf(section);
    if (id !== SECTION.custom) continue;
    section.take(section.number()); // its name: there is only one
    config = JSON.parse(section.text());
  }
  return { config, segments };
}
