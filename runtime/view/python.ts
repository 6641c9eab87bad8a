// Shows values of a trace as Python would write them. Bytes and the like come marked: {"$bytes": "Hi"}.

export type Token = [kind: "" | "key" | "text" | "bytes" | "number" | "word", text: string];

const WIDTH = 52;

function escapeBytes(text: string) {
  const bytes = new TextEncoder().encode(text);
  return Array.from(bytes, (byte) => byteText(byte)).join("");
}

function byteText(byte: number) {
  if (byte === 9) return "\\t";
  if (byte === 10) return "\\n";
  if (byte === 13) return "\\r";
  if (byte === 34 || byte === 92) return `\\${String.fromCharCode(byte)}`;
  if (byte >= 32 && byte < 127) return String.fromCharCode(byte);
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}

function decodeBase64(base64: string) {
  try {
    return Array.from(atob(base64), (character) => byteText(character.charCodeAt(0))).join("");
  } catch {
    return base64;
  }
}

/** The text of marked bytes as a Python literal, or undefined if the value is not marked bytes. */
function bytesLiteral(value: Record<string, unknown>) {
  const text =
    typeof value.$bytes === "string"
      ? escapeBytes(value.$bytes)
      : typeof value.$base64 === "string"
        ? decodeBase64(value.$base64)
        : undefined;
  if (text === undefined) return undefined;
  const length = value.$length;
  return length === undefined ? `b"${text}"` : `b"${text}"… (${length} bytes)`;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @returns undefined: a list or a dict */
function scalar(value: unknown): Token | undefined {
  if (value === null) return ["word", "None"];
  if (value === true) return ["word", "True"];
  if (value === false) return ["word", "False"];
  if (typeof value === "number") return ["number", String(value)];
  if (typeof value === "string") return ["text", JSON.stringify(value)];
  if (!isRecord(value)) return undefined;
  const bytes = bytesLiteral(value);
  if (bytes !== undefined) return ["bytes", bytes];
  return typeof value.$repr === "string" ? ["", value.$repr] : undefined;
}

/** @returns on one line */
function flat(value: unknown): Token[] {
  const single = scalar(value);
  if (single) return [single];
  const parts: Token[][] = isRecord(value)
    ? Object.entries(value).map(([key, item]) => [
        ["key", JSON.stringify(key)],
        ["", ": "],
        ...flat(item),
      ])
    : (value as unknown[]).map(flat);
  const [open, close] = isRecord(value) ? "{}" : "[]";
  return [
    ["", open],
    ...parts.flatMap((part, index) => (index ? [["", ", "] as Token, ...part] : part)),
    ["", close],
  ];
}

const widthOf = (tokens: Token[]) => tokens.reduce((sum, [, text]) => sum + text.length, 0);

/** A value as Python source, broken over lines where it is wide. */
export function python(value: unknown, indent: string = ""): Token[] {
  const line = flat(value);
  if (line.length === 1 || widthOf(line) + indent.length <= WIDTH) return line;
  const deeper = `${indent}    `;
  const dict = isRecord(value);
  const entries = Object.entries(value as object);
  return [
    ["", dict ? "{\n" : "[\n"],
    ...entries.flatMap(([key, item]) => {
      const start: Token[] = dict
        ? [
            ["", deeper],
            ["key", JSON.stringify(key)],
            ["", ": "],
          ]
        : [["", deeper]];
      return [...start, ...python(item, deeper), ["", ",\n"] as Token];
    }),
    ["", `${indent}${dict ? "}" : "]"}`],
  ];
}
