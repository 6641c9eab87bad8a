// What a trace says of one client's conversation, entry by entry.

import type { Language, Texts, Trace, TraceEvent } from "../../types.ts";

export interface Entry {
  who: "client" | "app" | "note" | "found";
  /** the event that it belongs to */
  n: number;
  /** virtual seconds */
  t: number;
  /** of the event; of a finding, its level */
  kind: string;
  /** what was said, or what is to be added to the kind */
  text: string;
}

const hex = (text: string) =>
  Array.from(text, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0")).join(" ");

/** @param value marked bytes (asgiscope/trace/values.py), as hexadecimal digits */
function bytesText(value: any) {
  const rest = value?.$length === undefined ? "" : " …";
  if (typeof value?.$base64 === "string") return hex(atob(value.$base64)) + rest;
  const bytes = new TextEncoder().encode(String(value?.$bytes ?? ""));
  return hex(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) + rest;
}

const plainText = (value: any) => (typeof value === "string" ? value : `${value?.$text ?? ""}…`);

const closing = (message: any) => [message?.code, message?.reason].filter(Boolean).join(" ");

const TEXTS: Record<string, (message: any) => string> = {
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

/** @returns none if the event is not part of the conversation */
function entryOf({ n, t, from, to, kind, message }: TraceEvent): Entry[] {
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

export function entriesOf(
  name: string,
  { events, findings }: Trace,
  texts: Texts,
  language: Language,
): Entry[] {
  const entries = events.filter(({ connection }) => connection === name).flatMap(entryOf);
  const found = findings.flatMap((finding, index) => {
    const { connection, event = 0, level, rule } = finding;
    if (connection && connection !== name) return [];
    const text = texts[index]?.[language].title.replaceAll("`", "") ?? rule;
    return [
      {
        who: "found" as const,
        n: event,
        t: events[event - 1]?.t ?? 0,
        kind: level,
        text,
      },
    ];
  });
  return [...entries, ...found].sort((one, other) => one.n - other.n);
}

export type State = "away" | "asking" | "open" | "closed" | "refused";

const STATES: Record<string, State> = {
  connect: "asking",
  accept: "open",
  reject: "refused",
  "client-close": "closed",
  "server-close": "closed",
  disconnect: "closed",
};

export const stateOf = (entries: Entry[]): State =>
  entries.reduce((state, { kind }) => STATES[kind] ?? state, "away" as State);
