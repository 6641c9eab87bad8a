// The keys of a message or a scope, explained: type, required or default, version, meaning, and where it is written.
import { make } from "./dom.ts";
import { words } from "#words/keys.ts";

import type { KeyMeaning, Meanings, TraceEvent, TypeMeaning } from "../types.ts";

/**
 * Where a key is described: in this site's reference if it has one, else in the specification.
 * The reference's anchors are made of the type's name and the key's: #http-response-start-status.
 * @param type of the message or of the scope
 * @param key "" for the type itself
 * @param url the section of the specification
 * @param reference the address of the reference page
 */
export function describedAt(type: string, key: string, url: string, reference: string | undefined) {
  if (reference === undefined) return url;
  const anchor = [type, key]
    .filter(Boolean)
    .join("-")
    .replace(/[^a-z0-9]+/g, "-");
  return `${reference}#${anchor}`;
}

const link = (href: string, text: string) => make("a", { href }, make("code", {}, text));

function drawKey(key: KeyMeaning, given: boolean, href: string) {
  const value = key.default === undefined ? [] : [" ", make("code", {}, key.default)];
  const facts = [
    [make("code", {}, key.type)],
    [key.default === undefined ? words.required : words.default, ...value],
    ...(key.since ? [[words.since(key.since)]] : []),
    ...(given ? [] : [[words.missing]]),
  ];
  return make(
    "div",
    { class: given ? "demo-key" : "demo-key demo-key-missing" },
    make("dt", {}, link(href, key.name)),
    make(
      "dd",
      { class: "demo-key-facts" },
      ...facts.flatMap((fact) => [...fact, " · "]).slice(0, -1),
    ),
    make("dd", {}, key.meaning),
  );
}

const drawUnknown = (name: string) =>
  make(
    "div",
    { class: "demo-key demo-key-unknown" },
    make("dt", {}, make("code", {}, name)),
    make("dd", {}, words.unknown),
  );

function meaningOf({ kind, message }: TraceEvent, meanings: Meanings): TypeMeaning | undefined {
  const told: any = message;
  if (!["call", "event", "send"].includes(kind) || typeof told?.type !== "string") return undefined;
  const table = kind === "call" ? meanings.scopes : meanings.messages;
  return Object.hasOwn(table, told.type) ? table[told.type] : undefined;
}

/** @returns undefined: the event carries nothing that the specification describes */
export function drawKeys(
  event: TraceEvent,
  meanings: Meanings,
  reference: string | undefined,
): HTMLElement | undefined {
  const meaning = meaningOf(event, meanings);
  if (!meaning) return undefined;
  const message = event.message as Record<string, unknown>;
  const type = String(message.type);
  const names = meaning.keys.map(({ name }) => name);
  const extra = Object.keys(message).filter((name) => name !== "type" && !names.includes(name));
  const at = (key: string) => describedAt(type, key, meaning.url, reference);
  const [before, after] = words.keys("`").split("`");
  const items = [
    ...meaning.keys.map((key) => drawKey(key, key.name in message, at(key.name))),
    ...extra.map((name) => drawUnknown(name)),
  ];
  const title = event.kind === "call" ? [words.scope] : [before, link(at(""), type), after];
  return make(
    "section",
    { class: "demo-keys" },
    make("p", { class: "demo-keys-title" }, ...title),
    ...(meaning.meaning ? [make("p", {}, meaning.meaning)] : []),
    items.length ? make("dl", {}, ...items) : make("p", { class: "demo-none" }, words.none),
  );
}

/** What a state of a connection means. */
export function meaningOfState(state: string, meanings: Meanings) {
  const table = Object.values(meanings.states).find((states) => Object.hasOwn(states, state));
  return table?.[state];
}
