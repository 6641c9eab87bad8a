// Python, in a module worker without network. The page hands over every byte that is needed.
// Messages in:  {files: {name: ArrayBuffer}, platform}   once, to start
//               {run, source, client, filename, wheels: {name: ArrayBuffer}}
// Messages out: one line of JSON ({type, ...}); after a result, a line break and the result's text.
import SETUP from "./play.py";

/** @typedef {Record<string, ArrayBuffer>} Files */

const INDEX = "https://pyodide.invalid/"; // never asked for: every file is handed over
const LONGEST = 3_000_000;

/** @type {(text: string) => void} */
const post = self.postMessage.bind(self);
const { stringify } = JSON;
/** @type {any} */
let python;
/** @type {any} */
let play;
/** @type {any} */
let addArchive;

/** @param {ArrayBuffer} bytes */
function importModule(bytes) {
  let text = "";
  const view = new Uint8Array(bytes);
  for (let at = 0; at < view.length; at += 32768) {
    text += String.fromCharCode(...view.subarray(at, at + 32768));
  }
  return import(`data:text/javascript;base64,${btoa(text)}`);
}

/** @param {Files} files */
function answerFrom(files) {
  return async (/** @type {string | URL | Request} */ target) => {
    const name = String(target instanceof Request ? target.url : target).slice(INDEX.length);
    if (!(name in files)) return new Response("", { status: 404 });
    const type = name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream";
    return new Response(files[name], { headers: { "content-type": type } });
  };
}

/** @param {Files} files @param {object} platform */
async function start(files, platform) {
  const network = self.fetch;
  self.fetch = answerFrom(files);
  try {
    const { loadPyodide } = await importModule(files["pyodide.mjs"]);
    const { default: createPyodideModule } = await importModule(files["pyodide.asm.mjs"]);
    python = await loadPyodide({
      indexURL: INDEX,
      packageBaseUrl: INDEX,
      lockFileContents: { info: platform, packages: {} },
      createPyodideModule,
      stdout: () => {},
      stderr: () => {},
    });
  } finally {
    self.fetch = network;
  }
  python.FS.writeFile("/asgiscope.zip", new Uint8Array(files["asgiscope.zip"]));
  const functions = python.runPython(SETUP);
  [play, addArchive] = functions;
}

/** @param {{run: number, source: string, client: string, filename: string, wheels: Files}} job */
function run({ run: number, source, client, filename, wheels }) {
  for (const [name, bytes] of Object.entries(wheels)) {
    python.FS.writeFile(`/${name}`, new Uint8Array(bytes));
    addArchive(`/${name}`);
  }
  const text = play(source, client, filename);
  if (text.length > LONGEST) post(stringify({ type: "too-long", run: number }));
  else post(`${stringify({ type: "result", run: number })}\n${text}`);
}

self.onmessage = async ({ data }) => {
  try {
    if (data.files) {
      await start(data.files, data.platform);
      post(stringify({ type: "ready" }));
    } else {
      run(data);
    }
  } catch (error) {
    post(stringify({ type: "error", run: data.run ?? 0, text: String(error).slice(-2000) }));
  }
};
