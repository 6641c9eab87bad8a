// Writes the binary format of WebAssembly modules.
import { MAGIC as BEGINNING } from "./inside/wasm_reader.mjs";

export const MAGIC = Buffer.from(BEGINNING, "latin1");

/** @param {number} value @returns {number[]} LEB128, unsigned */
export function unsigned(value) {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) + (rest ? 128 : 0));
    value = rest;
  } while (value);
  return bytes;
}

/** @param {number} id @param {Uint8Array[]} parts */
export function section(id, parts) {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([id, ...unsigned(body.length)]), body]);
}
