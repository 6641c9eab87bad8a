// In place of runtime/run/download.ts: a file of the folder "python", which is a script with the file in
// it, compressed by gzip, in base64 (offline/python_files.py). The page checks its hash as it does online.
import { Failure } from "../../runtime/run/failure.ts";
import { readScript } from "./script_file.ts";

/** @param text in base64 */
async function unpack(text: string): Promise<ArrayBuffer> {
  const packed = atob(text);
  const bytes = new Uint8Array(packed.length);
  for (let at = 0; at < packed.length; at += 1) bytes[at] = packed.charCodeAt(at);
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(plain).arrayBuffer();
}

export async function download(
  url: string,
  name: string,
  _cache: RequestCache,
  _size: number,
  onPart: (length: number) => void,
): Promise<ArrayBuffer> {
  const text = await readScript(`${url}.js`).catch(() => {
    throw new Failure("network", name);
  });
  const bytes = await unpack(text).catch(() => {
    throw new Failure("hash", name);
  });
  onPart(bytes.byteLength);
  return bytes;
}
