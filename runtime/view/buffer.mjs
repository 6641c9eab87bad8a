// How many bytes wait in the send buffer of each connection, as far as the events tell.

/** @import { Row, TraceEvent } from "../types.js" */

const OVER = ["complete", "closed", "denied", "gone"]; // states in which send() sends nothing
const UNKNOWN = ["http.response.zerocopysend", "http.response.pathsend"]; // nobody can tell how much
const FRAME = 2; // bytes that a WebSocket frame takes beside its content, as the mock server counts

/** @param {string} base64 with two "=" at its end at most */
const bytesIn = (base64) => ((base64.length - (base64.slice(-2).split("=").length - 1)) * 3) >> 2;

/**
 * @param {any} value bytes or text of a trace
 * @returns {number | undefined} bytes; undefined: the trace holds only the beginning of a long text
 */
function sizeOf(value) {
  if (typeof value === "string") return new TextEncoder().encode(value).length;
  if (typeof value?.$length === "number" && !("$text" in value)) return value.$length;
  if (typeof value?.$bytes === "string") return new TextEncoder().encode(value.$bytes).length;
  if (typeof value?.$base64 === "string") return bytesIn(value.$base64);
  return value === undefined || value === null ? 0 : undefined;
}

/** @param {number | undefined} one @param {number | undefined} other */
const plus = (one, other) =>
  one === undefined || other === undefined ? undefined : Math.max(0, one + other);

/** @param {any} message */
const content = (message) => sizeOf(message?.bytes ?? message?.text);

/** @param {unknown} value */
const asNumber = (value) => (typeof value === "number" ? value : undefined);

/** @param {any} message @returns {number | undefined} what send() puts into the buffer */
function put(message) {
  if (message?.type === "http.response.body") return sizeOf(message.body);
  if (message?.type === "websocket.send") return plus(content(message), FRAME);
  return UNKNOWN.includes(message?.type) ? undefined : 0;
}

/** @param {number | undefined} size */
const minus = (size) => (size === undefined ? undefined : -size);

/** @param {number | undefined} level @param {TraceEvent} event @param {boolean} ignored */
function following(level, { kind, from, message }, ignored) {
  /** @type {any} */
  const told = message;
  if (kind === "pause" || kind === "resume") return asNumber(told?.buffered);
  if (["request", "connect", "disconnect", "close", "complete"].includes(kind)) return 0;
  if (kind === "send") return ignored ? level : plus(level, put(message));
  if (from !== "server") return level;
  if (kind === "data") return plus(level, minus(sizeOf(told?.body)));
  if (kind === "text" || kind === "bytes") return plus(level, minus(plus(content(told), FRAME)));
  return level;
}

/** Nothing enters the buffer: the message is refused, comes after the end, or answers a HEAD. */
/** @param {Row[]} rows @param {number} index @param {any} request @param {string | undefined} state before it */
function isIgnored(rows, index, request, state) {
  const { event } = rows[index];
  const next = rows[index + 1]?.event;
  const refused = next?.kind === "refuse" && next.connection === event.connection;
  return refused || OVER.includes(state ?? "") || request?.method === "HEAD";
}

/**
 * Notes in each row what its connection's buffer holds after the event.
 * @param {Row[]} rows
 * @returns {string[]} the connections whose buffer held something while time passed, or was full
 */
export function fillBuffers(rows) {
  /** @type {Map<string, number | undefined>} */
  const levels = new Map();
  /** @type {Map<string, unknown>} */
  const requests = new Map();
  /** @type {Map<string, string>} */
  const states = new Map();
  /** @type {Set<string>} */
  const used = new Set();
  rows.forEach((row, index) => {
    const { event, gap } = row;
    if (gap > 0) for (const [connection, level] of levels) if (level) used.add(connection);
    if (event.kind === "pause") used.add(event.connection);
    const { connection } = event;
    if (event.kind === "request") requests.set(connection, event.message);
    const ignored = isIgnored(rows, index, requests.get(connection), states.get(connection));
    row.buffered = following(levels.has(connection) ? levels.get(connection) : 0, event, ignored);
    levels.set(connection, row.buffered);
    if (event.state) states.set(connection, event.state);
  });
  return [...used];
}
