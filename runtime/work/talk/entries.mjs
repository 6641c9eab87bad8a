// What a trace says of one client's conversation, entry by entry.

/** @import { Language, Texts, Trace, TraceEvent } from "../../types.js" */

/**
 * @typedef {object} Entry
 * @property {"client" | "app" | "note" | "found"} who
 * @property {number} n the event that it belongs to
 * @property {number} t virtual seconds
 * @property {string} kind of the event; of a finding, its level
 * @property {string} text what was said, or what is to be added to the kind
 */

/** @param {string} text */
const hex = (text) =>
  Array.from(text, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join(" ");

/** @param {any} value marked bytes (asgiscope/trace/values.py), as hexadecimal digits */
function bytesText(value) {
  const rest = value?.$length === undefined ? "" : " …";
  if (typeof value?.$base64 === "string") return hex(atob(value.$base64)) + rest;
  const bytes = new TextEncoder().encode(String(value?.$bytes ?? ""));
  return hex(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) + rest;
}

/** @param {any} value */
const plainText = (value) => (typeof value === "string" ? value : `${value?.$text ?? ""}…`);

/** @param {any} message */
const closing = (message) => [message?.code, message?.reason].filter(Boolean).join(" ");

/** @type {Record<string, (message: any) => string>} */
const TEXTS = {
  connect: ({ target }) => target,
  accept: ({ subprotocol }) => subprotocol ?? "",
  reject: ({ status }) => String(status),
  text: ({ text }) => plainText(text),
  bytes: ({ bytes }) => bytesText(bytes),
  data: ({ body }) => plainText(body?.$bytes ?? ""),
  close: closing,
  disconnect: () => "",
  raise: ({ exception, text }) => [exception, plainText(text)].filter(Boolean).join(": "),
};

const SAID = new Set(["text", "bytes"]);

/** @param {TraceEvent} event @returns {Entry[]} none if the event is not part of the conversation */
function entryOf({ n, t, from, to, kind, message }) {
  const outside = from === "client" || to === "client" || kind === "raise";
  if (!outside || !(kind in TEXTS)) return [];
  let text = "";
  try {
    text = TEXTS[kind](message ?? {});
  } catch {
    // a message that is not as the schema says, from a run that went astray
  }
  const who = SAID.has(kind) ? (from === "client" ? "client" : "app") : "note";
  return [{ who, n, t, kind: kind === "close" ? `${from}-close` : kind, text }];
}

/**
 * @param {string} name
 * @param {Trace} trace
 * @param {Texts} texts
 * @param {Language} language
 * @returns {Entry[]}
 */
export function entriesOf(name, { events, findings }, texts, language) {
  const entries = events.filter(({ connection }) => connection === name).flatMap(entryOf);
  const found = findings.flatMap((finding, index) => {
    const { connection, event = 0, level, rule } = finding;
    if (connection && connection !== name) return [];
    const text = texts[index]?.[language].title.replaceAll("`", "") ?? rule;
    return [
      {
        who: /** @type {const} */ ("found"),
        n: event,
        t: events[event - 1]?.t ?? 0,
        kind: level,
        text,
      },
    ];
  });
  return [...entries, ...found].sort((one, other) => one.n - other.n);
}

/** @typedef {"away" | "asking" | "open" | "closed" | "refused"} State */

/** @type {Record<string, State>} */
const STATES = {
  connect: "asking",
  accept: "open",
  reject: "refused",
  "client-close": "closed",
  "server-close": "closed",
  disconnect: "closed",
};

/** @param {Entry[]} entries @returns {State} */
export const stateOf = (entries) =>
  entries.reduce((state, { kind }) => STATES[kind] ?? state, /** @type {State} */ ("away"));
