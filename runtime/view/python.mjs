// Shows values of a trace as Python would write them. Bytes and the like come marked: {"$bytes": "Hi"}.

/** @typedef {[kind: "" | "key" | "text" | "bytes" | "number" | "word", text: string]} Token */

const WIDTH = 52;

/** @param {string} text */
function escapeBytes(text) {
  const bytes = new TextEncoder().encode(text);
  return Array.from(bytes, (byte) => byteText(byte)).join("");
}

/** @param {number} byte */
function byteText(byte) {
  if (byte === 9) return "\\t";
  if (byte === 10) return "\\n";
  if (byte === 13) return "\\r";
  if (byte === 34 || byte === 92) return `\\${String.fromCharCode(byte)}`;
  if (byte >= 32 && byte < 127) return String.fromCharCode(byte);
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}

/** @param {string} base64 */
function decodeBase64(base64) {
  try {
    return Array.from(atob(base64), (character) => byteText(character.charCodeAt(0))).join("");
  } catch {
    return base64;
  }
}

/**
 * The text of marked bytes as a Python literal, or undefined if the value is not marked bytes.
 * @param {Record<string, unknown>} value
 */
function bytesLiteral(value) {
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

/** @param {unknown} value @returns {value is Record<string, unknown>} */
function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/**
 * @param {unknown} value
 * @returns {Token | undefined} undefined: a list or a dict
 */
function scalar(value) {
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

/**
 * @param {unknown} value
 * @returns {Token[]} on one line
 */
function flat(value) {
  const single = scalar(value);
  if (single) return [single];
  /** @type {Token[][]} */
  const parts = isRecord(value)
    ? Object.entries(value).map(([key, item]) => [
        ["key", JSON.stringify(key)],
        ["", ": "],
        ...flat(item),
      ])
    : /** @type {unknown[]} */ (value).map(flat);
  const [open, close] = isRecord(value) ? "{}" : "[]";
  return [
    ["", open],
    ...parts.flatMap((part, index) =>
      index ? [/** @type {Token} */ (["", ", "]), ...part] : part,
    ),
    ["", close],
  ];
}

/** @param {Token[]} tokens */
const widthOf = (tokens) => tokens.reduce((sum, [, text]) => sum + text.length, 0);

/**
 * A value as Python source, broken over lines where it is wide.
 * @param {unknown} value
 * @param {string} [indent]
 * @returns {Token[]}
 */
export function python(value, indent = "") {
  const line = flat(value);
  if (line.length === 1 || widthOf(line) + indent.length <= WIDTH) return line;
  const deeper = `${indent}    `;
  const dict = isRecord(value);
  const entries = Object.entries(/** @type {object} */ (value));
  return [
    ["", dict ? "{\n" : "[\n"],
    ...entries.flatMap(([key, item]) => {
      /** @type {Token[]} */
      const start = dict
        ? [
            ["", deeper],
            ["key", JSON.stringify(key)],
            ["", ": "],
          ]
        : [["", deeper]];
      return [...start, ...python(item, deeper), /** @type {Token} */ (["", ",\n"])];
    }),
    ["", `${indent}${dict ? "}" : "]"}`],
  ];
}
