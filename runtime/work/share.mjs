// Code and steps in the fragment of a URL: "#try=", a version, and base64url of deflated JSON
// {c: code, s: steps, d: demo}. What comes out of a link may be anything, and is only ever text.

/** @typedef {{code: string, steps: unknown, demo: string}} Shared */
/** @typedef {"corrupt" | "large" | "version" | "unsupported" | "long"} LinkProblem */

const VERSION = "1";
const LONGEST = 8192; // characters of a fragment
const LARGEST = 65_536; // bytes of what is in it
const MOST_STEPS = 500;
const DEEPEST = 10;

export class LinkError extends Error {
  /** @param {LinkProblem} problem */
  constructor(problem) {
    super(problem);
    this.problem = problem;
  }
}

/** @param {Uint8Array} bytes */
function toBase64Url(bytes) {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** @param {string} text */
function fromBase64Url(text) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/**
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @param {CompressionStream | DecompressionStream} stream
 * @param {number} most bytes to come out; more is an error, found before it fills the memory
 */
async function pass(bytes, stream, most) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  /** @type {Uint8Array[]} */
  const parts = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > most) {
      reader.cancel().catch(() => {});
      throw new LinkError("large");
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(/** @type {BlobPart[]} */ (parts)).arrayBuffer());
}

/** @param {Shared} shared @returns {Promise<string>} the fragment; rejects with LinkError "long" */
export async function encodeLink({ code, steps, demo }) {
  if (typeof CompressionStream === "undefined") throw new LinkError("unsupported");
  const json = new TextEncoder().encode(JSON.stringify({ c: code, s: steps, d: demo }));
  if (json.length > LARGEST) throw new LinkError("long");
  const bytes = await pass(json, new CompressionStream("deflate-raw"), LARGEST);
  const fragment = `#try=${VERSION}.${toBase64Url(bytes)}`;
  if (fragment.length > LONGEST) throw new LinkError("long");
  return fragment;
}

/** @param {unknown} value @param {number} [depth] @returns {boolean} */
const isShallow = (value, depth = 0) =>
  typeof value !== "object" ||
  value === null ||
  (depth < DEEPEST && Object.values(value).every((item) => isShallow(item, depth + 1)));

/** @param {any} steps */
function areSteps(steps) {
  if (typeof steps !== "object" || steps === null) return false;
  const lists = Array.isArray(steps) ? [steps] : Object.values(steps);
  const count = lists.reduce(
    (sum, list) => sum + (Array.isArray(list) ? list.length : Infinity),
    0,
  );
  return count <= MOST_STEPS && isShallow(steps);
}

/** @param {any} value @returns {Shared} */
function readShared(value) {
  const { c: code, s: steps, d: demo } = value ?? {};
  const right =
    typeof code === "string" && typeof demo === "string" && demo.length <= 100 && areSteps(steps);
  if (!right) throw new LinkError("corrupt");
  return { code: code.replaceAll(/\r\n?/g, "\n"), steps, demo };
}

/** @param {string} fragment @returns {Promise<Shared>} rejects with LinkError */
export async function decodeLink(fragment) {
  if (fragment.length > LONGEST) throw new LinkError("large");
  const [, version, text] = /^#try=(\d{1,9})\.(.*)$/.exec(fragment) ?? [];
  if (version !== undefined && version !== VERSION) throw new LinkError("version");
  if (text === undefined || !/^[\w-]+$/.test(text)) throw new LinkError("corrupt");
  if (typeof DecompressionStream === "undefined") throw new LinkError("unsupported");
  try {
    const bytes = await pass(fromBase64Url(text), new DecompressionStream("deflate-raw"), LARGEST);
    return readShared(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)));
  } catch (error) {
    throw error instanceof LinkError ? error : new LinkError("corrupt");
  }
}
