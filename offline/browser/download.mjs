// In place of runtime/run/download.mjs: a file of the folder "python", which is a script with the file in
// it, compressed by gzip, in base64 (offline/python_files.py). The page checks its hash as it does online.
import { Failure } from "../../runtime/run/failure.mjs";
import { readScript } from "./script_file.mjs";

/** @param {string} text in base64 @returns {Promise<ArrayBuffer>} */
async function unpack(text) {
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(plain).arrayBuffer();
}

/**
 * @param {string} url
 * @param {string} name
 * @param {RequestCache} _cache
 * @param {number} _size
 * @param {(length: number) => void} onPart
 * @returns {Promise<ArrayBuffer>}
 */
export async function download(url, name, _cache, _size, onPart) {
  const text = await readScript(`${url}.js`).catch(() => {
    throw new Failure("network", name);
  });
  const bytes = await unpack(text).catch(() => {
    throw new Failure("hash", name);
  });
  onPart(bytes.byteLength);
  return bytes;
}
