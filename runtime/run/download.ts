// One download: how far it is, and a limit on silence.
import { Failure } from "./failure.ts";

const SILENCE = 20_000; // milliseconds without a byte before a download counts as stalled

/**
 * @param name what the reader is told if it fails
 * @param size in bytes, as far as it is known: no more room than that is made beforehand
 * @param onPart told of the bytes that have come
 */
export async function download(
  url: string,
  name: string,
  cache: RequestCache,
  size: number,
  onPart: (length: number) => void,
): Promise<ArrayBuffer> {
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

async function readBody(response: Response, size: number, onPart: (length: number) => void) {
  const reader = (response.body as ReadableStream<Uint8Array>).getReader();
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

function withRoom(bytes: Uint8Array<ArrayBuffer>, needed: number) {
  const larger = new Uint8Array(Math.max(needed, bytes.length * 2));
  larger.set(bytes);
  return larger;
}
