// Makes a snapshot of Python's memory: `node runtime/snapshot.ts JOB.json`, which is
// {release, script, machine, stdlib, archives: {path in Python: file}, code, output}. `code` is Python that imports
// what the snapshot is to have; its value, a JSON text, is printed with the memory's size in bytes.
import "./steady.ts";
import { readFile, writeFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";
import { loadPyodide } from "pyodide";
import { sumOf } from "./inside/restore.ts";
import { imageOf } from "./image.ts";

const HEADER = { offset: 1, json: 2, begin: 48 }; // two of 32-bit words, and one of bytes
const [LARGE, SMALL] = [2 ** 20, 16]; // bytes
const BLOCK = 10; // bits: what is near a byte is within the same 1024 bytes

const job = JSON.parse(await readFile(process.argv[2], "utf8"));
const machine = await readFile(job.machine);
const { default: createPyodideModule } = await import(pathToFileURL(job.script).href);
const { instantiate } = WebAssembly;
/** what the newest instance exports */
let exported: any;
let fresh = new Uint8Array(); // the memory as the module itself fills it
let constructed = new Uint8Array(); // the same, after the module's constructors have run

WebAssembly.instantiate = (async (source: any, imports: any) => {
  if (!imports?.["GOT.mem"]) return instantiate(source, imports); // not Python itself
  const result = await instantiate(machine, imports);
  exported = result.instance.exports;
  if (!fresh.length) fresh = new Uint8Array(exported.memory.buffer.slice(0));
  return result;
}) as any;

/** Write zeros over what Python has given back: it would only make the snapshot larger. */
function clearFreeMemory() {
  const { memory, malloc, free, emscripten_stack_get_end, emscripten_stack_get_current } = exported;
  const clear = (begin: number, end: number) => new Uint8Array(memory.buffer).fill(0, begin, end);
  clear(emscripten_stack_get_end(), emscripten_stack_get_current());
  const beyond = malloc(LARGE); // too large for any gap: the memory behind it has never been used
  free(beyond);
  const held = [];
  for (let size = LARGE / 2; size >= SMALL; size /= 2) {
    let at;
    while ((at = malloc(size)) < beyond) {
      clear(at, at + size);
      held.push(at);
    }
    free(at);
  }
  held.forEach((at) => free(at));
}

const load = (options: object) =>
  loadPyodide({
    stdLibURL: job.stdlib,
    lockFileContents: { info: job.platform, packages: {} },
    env: { PYTHONHASHSEED: "0" },
    createPyodideModule,
    ...options,
  } as any);

const python = (await load({ _makeSnapshot: true })) as any;
for (const [path, file] of Object.entries<string>(job.archives))
  python.FS.writeFile(path, await readFile(file));
const told = python.runPython(job.code);
for (const path of Object.keys(job.archives)) python.FS.unlink(path);
clearFreeMemory();
const made = python.makeMemorySnapshot();
const words = new Uint32Array(made.buffer, made.byteOffset, 12);
const memory = made.subarray(words[HEADER.offset]);
const state = JSON.parse(
  new TextDecoder().decode(made.subarray(HEADER.begin, HEADER.begin + words[HEADER.json])),
);

// Restored once here, too: it must work, and what the constructors write has to be overwritten.
await load({
  _loadSnapshot: Promise.resolve(made),
  createPyodideModule: async (settings: object) => {
    const module = await createPyodideModule(settings);
    constructed = module.HEAPU8.slice();
    return module;
  },
});
// What constructors write is not quite the same in every browser, so whatever is near it is written
// again; and all that lies beyond the module's own data is first filled with zeros.
const end = fresh.findLastIndex((byte) => byte) + 1;
const touched = new Set();
for (let at = 0; at < end; at++) if (constructed[at] !== fresh[at]) touched.add(at >> BLOCK);
const differs = (at: number) => memory[at] !== fresh[at] || touched.has(at >> BLOCK);
const config = { state, size: memory.length, end, sum: sumOf(memory, end) };
await writeFile(job.output, imageOf(memory, differs, config));
process.stdout.write(JSON.stringify({ ...JSON.parse(told), memory: memory.length }));
process.exit(0); // Pyodide may keep Node waiting
