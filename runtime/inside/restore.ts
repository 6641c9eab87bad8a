// Brings a snapshot of Python's memory back: see runtime/snapshot.ts, which makes it.
import { used } from "./memory.ts";
import { readImage } from "./read_image.ts";

import type { Machine } from "./memory.ts";

/** `end` is where the data ends that Pyodide's own module has written. */
export type Config = { state: object; size: number; end: number; sum: number };

/**
 * A sum to know a memory by. Only its beginning can be other than it should: the rest is written anew.
 * @param end of that beginning
 */
export function sumOf(memory: Uint8Array, end: number) {
  const words = new Int32Array(memory.buffer, memory.byteOffset, end >> 2);
  let sum = 0;
  for (let at = 0; at < words.length; at++) sum = (sum + words[at]) | 0;
  return sum;
}

/**
 * What loadPyodide is to be given beyond its public options. They are private ones, so whatever is
 * not as expected throws, and the page starts Python without a snapshot.
 * @param coming the snapshot
 * @param length of the memory, in bytes
 * @param machineOf that of the module, once it is there
 */
export function optionsToRestore(
  coming: Promise<ArrayBuffer>,
  length: number,
  createPyodideModule: (settings: object) => Promise<any>,
  machineOf: () => Machine,
) {
  return {
    _loadSnapshot: Promise.resolve(new Uint8Array(length)), // read only for its length
    createPyodideModule: async (settings: object) => {
      const module = await createPyodideModule(settings);
      const image = await coming;
      module.API.restoreSnapshot = () => restore(image, machineOf());
      return module;
    },
  };
}

function restore(image: ArrayBuffer, machine: Machine) {
  const { config, segments } = readImage(image);
  const { state, size, end, sum } = config as Config;
  const memory = new Uint8Array(machine.memory.buffer);
  for (const [from, to] of used(machine)) memory.fill(0, Math.max(from, end), to);
  for (const [at, bytes] of segments) memory.set(bytes, at);
  if (memory.length !== size || sumOf(memory, end) !== sum)
    throw new Error("The memory is not as it was in the snapshot");
  return state;
}
