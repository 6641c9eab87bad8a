// How many bytes wait in the send buffer of each connection, as far as the events tell.

import type { Row, TraceEvent } from "../types.ts";

const OVER = ["complete", "closed", "denied", "gone"]; // states in which send() sends nothing
const UNKNOWN = ["http.response.zerocopysend", "http.response.pathsend"]; // nobody can tell how much
const FRAME = 2; // bytes that a WebSocket frame takes beside its content, as the mock server counts

/** @param base64 with two "=" at its end at most */
const bytesIn = (base64: string) =>
  ((base64.length - (base64.slice(-2).split("=").length - 1)) * 3) >> 2;

/**
 * @param value bytes or text of a trace
 * @returns bytes; undefined: the trace holds only the beginning of a long text
 */
function sizeOf(value: any): number | undefined {
  if (typeof value === "string") return new TextEncoder().encode(value).length;
  if (typeof value?.$length === "number" && !("$text" in value)) return value.$length;
  if (typeof value?.$bytes === "string") return new TextEncoder().encode(value.$bytes).length;
  if (typeof value?.$base64 === "string") return bytesIn(value.$base64);
  return value === undefined || value === null ? 0 : undefined;
}

const plus = (one: number | undefined, other: number | undefined) =>
  one === undefined || other === undefined ? undefined : Math.max(0, one + other);

const content = (message: any) => sizeOf(message?.bytes ?? message?.text);

const asNumber = (value: unknown) => (typeof value === "number" ? value : undefined);

/** @returns what send() puts into the buffer */
function put(message: any): number | undefined {
  if (message?.type === "http.response.body") return sizeOf(message.body);
  if (message?.type === "websocket.send") return plus(content(message), FRAME);
  return UNKNOWN.includes(message?.type) ? undefined : 0;
}

const minus = (size: number | undefined) => (size === undefined ? undefined : -size);

function following(
  level: number | undefined,
  { kind, from, message }: TraceEvent,
  ignored: boolean,
) {
  const told: any = message;
  if (kind === "pause" || kind === "resume") return asNumber(told?.buffered);
  if (["request", "connect", "disconnect", "close", "complete"].includes(kind)) return 0;
  if (kind === "send") return ignored ? level : plus(level, put(message));
  if (from !== "server") return level;
  if (kind === "data") return plus(level, minus(sizeOf(told?.body)));
  if (kind === "text" || kind === "bytes") return plus(level, minus(plus(content(told), FRAME)));
  return level;
}

/** Nothing enters the buffer: the message is refused, comes after the end, or answers a HEAD. */
/** @param state before it */
function isIgnored(rows: Row[], index: number, request: any, state: string | undefined) {
  const { event } = rows[index];
  const next = rows[index + 1]?.event;
  const refused = next?.kind === "refuse" && next.connection === event.connection;
  return refused || OVER.includes(state ?? "") || request?.method === "HEAD";
}

/**
 * Notes in each row what its connection's buffer holds after the event.
 * @returns the connections whose buffer held something while time passed, or was full
 */
export function fillBuffers(rows: Row[]): string[] {
  const levels: Map<string, number | undefined> = new Map();
  const requests: Map<string, unknown> = new Map();
  const states: Map<string, string> = new Map();
  const used: Set<string> = new Set();
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
