// Brings a snapshot of Python's memory back: see runtime/snapshot.mjs, which makes it.

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

/** @param {WebAssembly.Module} image @returns {Config} */
function configOf(image) {
  const [bytes] = WebAssembly.Module.customSections(image, "config");
  return JSON.parse(new TextDecoder().decode(bytes));
}

/**
 * What loadPyodide is to be given beyond its public options. They are private ones, so whatever is
 * not as expected throws, and the page starts Python without a snapshot.
 * @param {Promise<WebAssembly.Module>} coming the snapshot
 * @param {number} length of the memory, in bytes
 * @param {(settings: object) => Promise<any>} createPyodideModule
 * @param {() => WebAssembly.Memory | undefined} memoryOf that of the module, once it is there
 */
export function optionsToRestore(coming, length, createPyodideModule, memoryOf) {
  return {
    _loadSnapshot: Promise.resolve(new Uint8Array(length)), // read only for its length
    createPyodideModule: async (/** @type {object} */ settings) => {
      const [module, image] = await Promise.all([createPyodideModule(settings), coming]);
      module.API.restoreSnapshot = () =>
        restore(image, /** @type {WebAssembly.Memory} */ (memoryOf()));
      return module;
    },
  };
}

/** @param {WebAssembly.Module} image @param {WebAssembly.Memory} memory */
function restore(image, memory) {
  const { state, size, end, sum } = configOf(image);
  const restored = new Uint8Array(memory.buffer);
  restored.fill(0, end);
  new WebAssembly.Instance(image, { env: { memory } }); // writes itself into the memory
  if (restored.length !== size || sumOf(restored, end) !== sum)
    throw new Error("The memory is not as it was in the snapshot");
  return state;
}
