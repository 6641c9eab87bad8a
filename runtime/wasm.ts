// Writes the binary format of WebAssembly modules.
import { MAGIC as BEGINNING } from "./inside/wasm_reader.ts";

export const MAGIC = Buffer.from(BEGINNING, "latin1");

/** @returns LEB128, unsigned */
export function unsigned(value: number): number[] {
  const bytes = [];
  do {
    const rest = Math.floor(value / 128);
    bytes.push((value % 128) + (rest ? 128 : 0));
    value = rest;
  } while (value);
  return bytes;
}

export function section(id: number, parts: Uint8Array[]) {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([id, ...unsigned(body.length)]), body]);
}
