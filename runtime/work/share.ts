// Code and steps in the fragment of a URL: "#try=", a version, and base64url of deflated JSON
// {c: code, s: steps, d: demo}. What comes out of a link may be anything, and is only ever text.

export type Shared = { code: string; steps: unknown; demo: string };
export type LinkProblem = "corrupt" | "large" | "version" | "unsupported" | "long";

const VERSION = "1";
const LONGEST = 8192; // characters of a fragment
const LARGEST = 65_536; // bytes of what is in it
const MOST_STEPS = 500;
const DEEPEST = 10;

export class LinkError extends Error {
  declare problem: LinkProblem;

  constructor(problem: LinkProblem) {
    super(problem);
    this.problem = problem;
  }
}

function toBase64Url(bytes: Uint8Array) {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64Url(text: string) {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

/** @param most bytes to come out; more is an error, found before it fills the memory */
async function pass(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
) {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: Uint8Array[] = [];
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
  return new Uint8Array(await new Blob(parts as BlobPart[]).arrayBuffer());
}

/** @returns the fragment; rejects with LinkError "long" */
export async function encodeLink({ code, steps, demo }: Shared): Promise<string> {
  if (typeof CompressionStream === "undefined") throw new LinkError("unsupported");
  const json = new TextEncoder().encode(JSON.stringify({ c: code, s: steps, d: demo }));
  if (json.length > LARGEST) throw new LinkError("long");
  const bytes = await pass(json, new CompressionStream("deflate-raw"), LARGEST);
  const fragment = `#try=${VERSION}.${toBase64Url(bytes)}`;
  if (fragment.length > LONGEST) throw new LinkError("long");
  return fragment;
}

const isShallow = (value: unknown, depth: number = 0): boolean =>
  typeof value !== "object" ||
  value === null ||
  (depth < DEEPEST && Object.values(value).every((item) => isShallow(item, depth + 1)));

function areSteps(steps: any) {
  if (typeof steps !== "object" || steps === null) return false;
  const lists = Array.isArray(steps) ? [steps] : Object.values<unknown>(steps);
  const count = lists.reduce<number>(
    (sum, list) => sum + (Array.isArray(list) ? list.length : Infinity),
    0,
  );
  return count <= MOST_STEPS && isShallow(steps);
}

function readShared(value: any): Shared {
  const { c: code, s: steps, d: demo } = value ?? {};
  const right =
    typeof code === "string" && typeof demo === "string" && demo.length <= 100 && areSteps(steps);
  if (!right) throw new LinkError("corrupt");
  return { code: code.replaceAll(/\r\n?/g, "\n"), steps, demo };
}

/** @returns rejects with LinkError */
export async function decodeLink(fragment: string): Promise<Shared> {
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
