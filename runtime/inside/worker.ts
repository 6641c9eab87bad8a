// Python, in a module worker without network. The page hands over every byte that is needed.
// Messages in:  {platform, snapshot?: {file, memory}}                once, to start
//               {files: {name: ArrayBuffer}}                        for the start, as they come
//               {archives: {name: ArrayBuffer}, source, packages}   to import ahead of a run
//               {run, key, source, client, filename}
// Messages out: a head, which is one line of JSON ({type, ...}), and what follows it: after a result the
// modules that were looked for in vain and, on the next line, the answer; after an error its text.
// `key` is known to the page and to this module only: what Python sends by itself does not have it.
//
// Once the reader's code has reached JavaScript, every object, prototype and function here may be its own.
// So nothing is built or judged after that: the heads of a run are texts made before it, and only joined to
// what Python has returned; that a run has reached out is told before it does (watch.ts), and what is told
// cannot be taken back; what is called after a run was taken from the globals once, at the start.
import { answer, file, files, importModule, INDEX } from "./files.ts";
import { Checkpoint } from "./memory.ts";
import SETUP from "./play.py";
import { optionsToRestore } from "./restore.ts";
import { Watch } from "./watch.ts";

import type { Machine } from "./memory.ts";
export type Files = Record<string, ArrayBuffer>;
export type Snapshot = { file: string; memory: number };

const LIBRARY = "python_stdlib.zip";
const LIBRARY_PATH = "/lib/python314.zip"; // where Pyodide puts it
const EMPTY_ZIP = new Uint8Array([80, 75, 5, 6, ...new Array(18).fill(0)]).buffer;
const LONGEST = 3_000_000; // characters of a result
const LONGEST_ERROR = 2000;
const IDLE = 30; // milliseconds without a run

const post: (text: string) => void = self.postMessage.bind(self);
const cut: (text: string, begin: number) => string = Function.prototype.call.bind(
  String.prototype.slice,
);
const { stringify } = JSON;
const watch = new Watch(post);
let python: any;
let calls: Record<"play" | "mount" | "import_ahead", (...texts: string[]) => any>;
/** what a run begins from; undefined when that has changed */
let checkpoint: Checkpoint | undefined;

const machine = () => watch.machine as Machine;

/** @returns options for loadPyodide */
async function beginning(snapshot?: Snapshot): Promise<object> {
  const { default: create } = await importModule("pyodide.asm.mjs");
  if (!snapshot) return { createPyodideModule: create };
  const image = file(snapshot.file).promise;
  return optionsToRestore(image, snapshot.memory, create, machine);
}

async function start(platform: object, snapshot?: Snapshot) {
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
  // Has Python call a function of JavaScript's now and then. In WebKit, a worker that has been ended goes on
  // until it comes to one: without that, a loop in Python would keep a processor busy without end.
  python.setInterruptBuffer(new Uint8Array(1));
  files.clear();
  const names = ["play", "mount", "import_ahead"] as const;
  calls = Object.fromEntries(names.map((name) => [name, python.globals.get(name)])) as any;
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

function prepare({
  archives,
  source,
  packages,
}: {
  archives: Files;
  source: string;
  packages: string;
}) {
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

/** The heads of a run, which nothing can change any more. */
function headsOf(number: number, key: string) {
  const head = (type: string) => `${stringify({ type, run: number, key })}\n`;
  return Object.freeze({
    touched: head("touched"),
    result: head("result"),
    tooLong: head("too-long"),
    error: head("error"),
  });
}

function wordsFor(error: any): string {
  try {
    return cut(`${error}`, -LONGEST_ERROR);
  } catch {
    return ""; // an error that is not to be put into words
  }
}

function run({
  run: number,
  key,
  source,
  client,
  filename,
}: {
  run: number;
  key: string;
  source: string;
  client: string;
  filename: string;
}) {
  const heads = headsOf(number, key);
  try {
    const before = putAside();
    watch.begin(heads.touched);
    const told = calls.play(source, client, filename);
    const clean = watch.end(before);
    if (typeof told !== "string") post(heads.error);
    else if (told.length > LONGEST) post(heads.tooLong);
    else post(heads.result + told);
    if (clean) before.rewind();
  } catch (error) {
    post(heads.error + wordsFor(error));
  }
}

function receive(data: any): Promise<void> | void {
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
    post(`${stringify({ type: "error" })}\n${wordsFor(error)}`); // no code of the reader's has run yet
  }
};
