// Brings a snapshot of Python's memory back: see runtime/snapshot.mjs, which makes it.

/**
 * `end` is where the data ends that Pyodide's own module has written.
 * @typedef {{ state: object, size: number, end: number, sum: number }} Config
 */

/** @param {Uint8Array} memory @returns {number} a sum over all of it, to know it by */
export function sumOf(memory) {
  const words = new Int32Array(memory.buffer, memory.byteOffset, memory.byteLength >> 2);
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
 * @param {WebAssembly.Module} image
 * @param {(settings: object) => Promise<any>} createPyodideModule
 * @param {() => WebAssembly.Memory | undefined} memoryOf that of the module, once it is there
 */
export function optionsToRestore(image, createPyodideModule, memoryOf) {
  const { state, size, end, sum } = configOf(image);
  return {
    _loadSnapshot: Promise.resolve(new Uint8Array(size)), // read only for its length
    createPyodideModule: async (/** @type {object} */ settings) => {
      const module = await createPyodideModule(settings);
      module.API.restoreSnapshot = () => {
        const memory = /** @type {WebAssembly.Memory} */ (memoryOf());
        const restored = new Uint8Array(memory.buffer);
        restored.fill(0, end);
        new WebAssembly.Instance(image, { env: { memory } }); // writes itself into the memory
        if (restored.length !== size || sumOf(restored) !== sum)
          throw new Error("The memory is not as it was in the snapshot");
        return state;
      };
      return module;
    },
  };
}
