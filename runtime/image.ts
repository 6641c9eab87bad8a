// Writes a memory as a WebAssembly module of data segments: runs of zeros take no room, and servers
// compress it as they do any other module. inside/read_image.ts reads it.
import { MAGIC, section, unsigned } from "./wasm.ts";

const PAGE = 65536;
const GAP = 128; // equal bytes between two segments that cost less than a segment of their own
const SECTION = { custom: 0, import: 2, data: 11 };

/** @returns LEB128, signed, of a number that is not negative */
function signed(value: number): number[] {
  const bytes = unsigned(value);
  const last = bytes.length - 1;
  if (bytes[last] & 64) bytes.splice(last, 1, bytes[last] | 128, 0);
  return bytes;
}

function name(text: string) {
  const bytes = Buffer.from(text);
  return Buffer.concat([Buffer.from(unsigned(bytes.length)), bytes]);
}

/**
 * @param differs whether the byte has to be written
 * @returns beginnings and ends of what is to be written
 */
function segments(memory: Uint8Array, differs: (at: number) => boolean): [number, number][] {
  const found: [number, number][] = [];
  for (let at = 0; at < memory.length; at++) {
    if (!differs(at)) continue;
    const last = found.at(-1);
    if (last && at - last[1] < GAP) last[1] = at + 1;
    else found.push([at, at + 1]);
  }
  return found;
}

/**
 * @param config kept in a custom section named "config"
 * @returns the module
 */
export function imageOf(
  memory: Uint8Array,
  differs: (at: number) => boolean,
  config: object,
): Buffer {
  const data = segments(memory, differs).map(([begin, end]) =>
    Buffer.concat([
      Buffer.from([0, 0x41, ...signed(begin), 0x0b, ...unsigned(end - begin)]),
      memory.subarray(begin, end),
    ]),
  );
  const pages = unsigned(memory.length / PAGE);
  return Buffer.concat([
    MAGIC,
    section(SECTION.custom, [name("config"), Buffer.from(JSON.stringify(config))]),
    section(SECTION.import, [
      Buffer.from([1]),
      name("env"),
      name("memory"),
      Buffer.from([2, 0, ...pages]),
    ]),
    section(SECTION.data, [Buffer.from(unsigned(data.length)), ...data]),
  ]);
}
