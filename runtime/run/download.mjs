// One download: how far it is, and a limit on silence.
import { Failure } from "./failure.mjs";

const SILENCE = 20_000; // milliseconds without a byte before a download counts as stalled

/**
 * @param {string} url
 * @param {string} name what the reader is told if it fails
 * @param {RequestCache} cache
 * @param {number} size in bytes, as far as it is known: no more room than that is made beforehand
 * @param {(length: number) => void} onPart told of the bytes that have come
 * @returns {Promise<ArrayBuffer>}
 */
export async function download(url, name, cache, size, onPart) {
  const stalled = new AbortController();
  let heard = performance.now();
  const timer = setInterval(() => {
    if (performance.now() - heard >= SILENCE) stalled.abort();
  }, SILENCE / 20);
  try {
    const response = await fetch(url, {
      cache,
      credentials: "same-origin",
      signal: stalled.signal,
    });
    if (!response.ok) throw new Failure("http", name, String(response.status));
    return await readBody(response, size, (length) => {
      heard = performance.now();
      onPart(length);
    });
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure(stalled.signal.aborted ? "timeout" : "network", name);
  } finally {
    clearInterval(timer);
    if (!stalled.signal.aborted) stalled.abort();
  }
}

/** @param {Response} response @param {number} size @param {(length: number) => void} onPart */
async function readBody(response, size, onPart) {
  const reader = /** @type {ReadableStream<Uint8Array>} */ (response.body).getReader();
  let bytes = new Uint8Array(size);
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return length === bytes.length ? bytes.buffer : bytes.slice(0, length).buffer;
    if (length + value.length > bytes.length) bytes = withRoom(bytes, length + value.length);
    bytes.set(value, length);
    length += value.length;
    onPart(value.length);
  }
}

/** @param {Uint8Array<ArrayBuffer>} bytes @param {number} needed */
function withRoom(bytes, needed) {
  const larger = new Uint8Array(Math.max(needed, bytes.length * 2));
  larger.set(bytes);
  return larger;
}
