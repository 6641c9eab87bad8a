// Python, in a module worker without network. The page hands over every byte that is needed.
// Messages in:  {platform, snapshot?: {file, memory}}                once, to start
//               {files: {name: ArrayBuffer}}                        for the start, as they come
//               {archives: {name: ArrayBuffer}, source, packages}   to import ahead of a run
//               {run, key, source, client, filename}
// Messages out: one line of JSON ({type, ...}); after a result, a line break and the result's text.
// `key` is known to the page and to this module only: what Python sends by itself does not have it.
import { Checkpoint } from "./memory.mjs";
import SETUP from "./play.py";
import { optionsToRestore } from "./restore.mjs";
import { Watch } from "./watch.mjs";

/** @import { Machine } from "./memory.mjs" */
/** @typedef {Record<string, ArrayBuffer>} Files */
/** @typedef {{ file: string, memory: number }} Snapshot */
/** A file as bytes, Python itself compiled. @typedef {{ promise: Promise<any>, resolve: (file: any) => void }} Coming */

const INDEX = "https://pyodide.invalid/"; // never asked for: every file is handed over
const LIBRARY = "python_stdlib.zip";
const LIBRARY_PATH = "/lib/python314.zip"; // where Pyodide puts it
const EMPTY_ZIP = new Uint8Array([80, 75, 5, 6, ...new Array(18).fill(0)]).buffer;
const LONGEST = 3_000_000;
const IDLE = 30; // milliseconds without a run

/** @type {(text: string) => void} */
const post = self.postMessage.bind(self);
const { stringify } = JSON;
const watch = new Watch();
/** @type {Map<string, Coming>} */
const files = new Map();
/** @type {any} */
let python;
/** @type {Record<"play" | "mount" | "import_ahead", (...texts: string[]) => any>} */
let calls;
/** @type {Checkpoint | undefined} what a run begins from; undefined when that has changed */
let checkpoint;

/** A file that is here or will come. @param {string} name @returns {Coming} */
function file(name) {
  const coming = files.get(name) ?? /** @type {Coming} */ ({});
  coming.promise ??= new Promise((resolve) => {
    coming.resolve = resolve;
  });
  files.set(name, coming);
  return coming;
}

/** @param {string} name */
async function importModule(name) {
  const bytes = await file(name).promise;
  const url = URL.createObjectURL(new Blob([bytes], { type: "text/javascript" }));
  try {
    return await import(url);
  } catch {
    return import(dataUrl(bytes)); // WebKit imports no blob where the origin is opaque
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** @param {ArrayBuffer} bytes of a module */
function dataUrl(bytes) {
  const view = new Uint8Array(bytes);
  let text = "";
  for (let at = 0; at < view.length; at += 32768) {
    text += String.fromCharCode(...view.subarray(at, at + 32768));
  }
  return `data:text/javascript;base64,${btoa(text)}`;
}

/** In place of fetch: what Pyodide asks for is handed over. @param {string | URL | Request} target */
async function answer(target) {
  const name = String(target instanceof Request ? target.url : target).slice(INDEX.length);
  return new Response(name.endsWith(".wasm") ? "" : await file(name).promise);
}

const machine = () => /** @type {Machine} */ (watch.machine);

/** @param {Snapshot} [snapshot] @returns {Promise<object>} options for loadPyodide */
async function beginning(snapshot) {
  const { default: create } = await importModule("pyodide.asm.mjs");
  if (!snapshot) return { createPyodideModule: create };
  const image = file(snapshot.file).promise;
  return optionsToRestore(image, snapshot.memory, create, machine);
}

/** @param {object} platform @param {Snapshot} [snapshot] */
async function start(platform, snapshot) {
  const network = self.fetch;
  const { instantiateStreaming } = WebAssembly;
  self.fetch = answer;
  WebAssembly.instantiateStreaming = watch.instantiating(file("pyodide.asm.wasm").promise);
  try {
    const options = beginning(snapshot);
    const { loadPyodide } = await importModule("pyodide.mjs");
    python = await loadPyodide({
      indexURL: INDEX,
      packageBaseUrl: INDEX,
      lockFileContents: { info: platform, packages: {} },
      env: { PYTHONHASHSEED: "0" },
      stdout: () => {},
      stderr: () => {},
      ...(await options),
    });
  } finally {
    self.fetch = network;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  }
  if (!snapshot) {
    python.FS.writeFile("/asgiscope.zip", new Uint8Array(await file("asgiscope.zip").promise));
    python.runPython(SETUP);
  }
  files.clear();
  const names = /** @type {const} */ (["play", "mount", "import_ahead"]);
  calls = /** @type {any} */ (
    Object.fromEntries(names.map((name) => [name, python.globals.get(name)]))
  );
}

function putAside() {
  checkpoint ??= new Checkpoint(machine());
  return checkpoint;
}

/** Memory has changed for good. It is put aside before the next run, or as soon as there is time. */
function settle() {
  checkpoint = undefined;
  setTimeout(putAside, IDLE);
}

/** @param {{archives: Files, source: string, packages: string}} job */
function prepare({ archives, source, packages }) {
  const paths = Object.entries(archives).map(([name, bytes]) => {
    const path = name === LIBRARY ? LIBRARY_PATH : `/${name}`;
    python.FS.writeFile(path, new Uint8Array(bytes));
    return path;
  });
  calls.mount(paths.join(" "));
  calls.import_ahead(source, packages);
  settle();
  post(stringify({ type: "prepared" }));
}

/** @param {{run: number, key: string, source: string, client: string, filename: string}} job */
function run({ run: number, key, source, client, filename }) {
  const before = putAside();
  watch.begin();
  const told = calls.play(source, client, filename);
  const end = told.indexOf("\n");
  const absent = told.slice(0, end).split(" ").filter(Boolean);
  const clean = watch.clean && before.worthwhile;
  const head = { run: number, key, clean, absent };
  if (told.length - end > LONGEST) post(stringify({ type: "too-long", ...head }));
  else post(`${stringify({ type: "result", ...head })}\n${told.slice(end + 1)}`);
  if (clean) before.rewind();
}

/** @param {any} data @returns {Promise<void> | void} */
function receive(data) {
  if (data.files) {
    for (const [name, bytes] of Object.entries(data.files)) file(name).resolve(bytes);
  } else if (data.platform) {
    if (data.snapshot) file(LIBRARY).resolve(EMPTY_ZIP);
    return start(data.platform, data.snapshot).then(() => {
      post(stringify({ type: "ready" }));
      settle();
    });
  } else if (data.archives) {
    prepare(data);
  } else {
    run(data);
  }
}

self.onmessage = async ({ data }) => {
  try {
    await receive(data);
  } catch (error) {
    const text = String(error).slice(-2000);
    post(stringify({ type: "error", run: data.run ?? 0, key: data.key ?? "", text }));
  }
};
