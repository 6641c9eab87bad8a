// Brings a snapshot of Python's memory back: see runtime/snapshot.mjs, which makes it.
import { readImage } from "./read_image.mjs";

const PAGE = 4096; // bytes, at most, that a system gives memory out by

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
 * The first touch of memory takes longest; while the snapshot is on its way there is time for it.
 * @param {Uint8Array} memory
 */
export function touch(memory) {
  for (let at = 0; at < memory.length; at += PAGE) memory[at] += 0;
  return memory;
}

/**
 * What loadPyodide is to be given beyond its public options. They are private ones, so whatever is
 * not as expected throws, and the page starts Python without a snapshot.
 * @param {Promise<ArrayBuffer>} coming the snapshot
 * @param {number} length of the memory, in bytes
 * @param {(settings: object) => Promise<any>} createPyodideModule
 * @param {() => WebAssembly.Memory | undefined} memoryOf that of the module, once it is there
 */
export function optionsToRestore(coming, length, createPyodideModule, memoryOf) {
  return {
    _loadSnapshot: Promise.resolve(new Uint8Array(length)), // read only for its length
    createPyodideModule: async (/** @type {object} */ settings) => {
      const module = await createPyodideModule(settings);
      const memory = new Uint8Array(/** @type {WebAssembly.Memory} */ (memoryOf()).buffer);
      touch(memory);
      const image = await coming;
      module.API.restoreSnapshot = () => restore(image, memory);
      return module;
    },
  };
}

/** @param {ArrayBuffer} image @param {Uint8Array} memory */
function restore(image, memory) {
  const { config, segments } = readImage(image);
  const { state, size, end, sum } = /** @type {Config} */ (config);
  memory.fill(0, end);
  for (const [at, bytes] of segments) memory.set(bytes, at);
  if (memory.length !== size || sumOf(memory, end) !== sum)
    throw new Error("The memory is not as it was in the snapshot");
  return state;
}
