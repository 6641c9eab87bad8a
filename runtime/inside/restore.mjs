// Brings a snapshot of Python's memory back: see runtime/snapshot.mjs, which makes it.
import { used } from "./memory.mjs";
import { readImage } from "./read_image.mjs";

/** @import { Machine } from "./memory.mjs" */

/**
 * `end` is where the data ends that Pyodide's own module has written.
 * @typedef {{ state: object, size: number, end: number, sum: number }} Config
 */

/**
 * A sum to know a memory by. Only its beginning can be other than it should: the rest is written anew.
 * @param {Uint8Array} memory
 * @param {number} end of that beginning
 */
export function sumOf(memory, end) {
  const words = new Int32Array(memory.buffer, memory.byteOffset, end >> 2);
  let sum = 0;
  for (let at = 0; at < words.length; at++) sum = (sum + words[at]) | 0;
  return sum;
}

/**
 * What loadPyodide is to be given beyond its public options. They are private ones, so whatever is
 * not as expected throws, and the page starts Python without a snapshot.
 * @param {Promise<ArrayBuffer>} coming the snapshot
 * @param {number} length of the memory, in bytes
 * @param {(settings: object) => Promise<any>} createPyodideModule
 * @param {() => Machine} machineOf that of the module, once it is there
 */
export function optionsToRestore(coming, length, createPyodideModule, machineOf) {
  return {
    _loadSnapshot: Promise.resolve(new Uint8Array(length)), // read only for its length
    createPyodideModule: async (/** @type {object} */ settings) => {
      const module = await createPyodideModule(settings);
      const image = await coming;
      module.API.restoreSnapshot = () => restore(image, machineOf());
      return module;
    },
  };
}

/** @param {ArrayBuffer} image @param {Machine} machine */
function restore(image, machine) {
  const { config, segments } = readImage(image);
  const { state, size, end, sum } = /** @type {Config} */ (config);
  const memory = new Uint8Array(machine.memory.buffer);
  for (const [from, to] of used(machine)) memory.fill(0, Math.max(from, end), to);
  for (const [at, bytes] of segments) memory.set(bytes, at);
  if (memory.length !== size || sumOf(memory, end) !== sum)
    throw new Error("The memory is not as it was in the snapshot");
  return state;
}
