// Reads what runtime/image.ts writes: the data segments of a WebAssembly module. Copying them takes a
// fraction of the time that a browser needs to compile the module and to instantiate it.
import { Reader, sectionsOf } from "./wasm_reader.ts";

const SECTION = { custom: 0, data: 11 };

/** @returns where to write, and what */
function* segmentsOf(data: Reader): Generator<[number, Uint8Array]> {
  for (let count = data.number(); count; count--) {
    data.take(2); // of an active segment: its kind, and the instruction before its offset
    const at = data.number();
    data.take(1); // the end of that expression
    yield [at, data.take(data.number())];
  }
}

export function readImage(image: ArrayBuffer): {
  config: any;
  segments: Iterable<[number, Uint8Array]>;
} {
  let config;
  let segments: Iterable<[number, Uint8Array]> = [];
  for (const [id, content] of sectionsOf(new Uint8Array(image))) {
    const section = new Reader(content);
    if (id === SECTION.data) segments = segmentsOf(section);
    if (id !== SECTION.custom) continue;
    section.take(section.number()); // its name: there is only one
    config = JSON.parse(section.text());
  }
  return { config, segments };
}
