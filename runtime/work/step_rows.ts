// The steps as the form holds them: clients with names, each with rows; and back to what the engine takes.
import { FIRST, KINDS } from "./step_fields.ts";
import { parseValue, TextError, writeValue } from "./steps_text.ts";

import type { Fields } from "./step_fields.ts";

export interface Row {
  /** one of KINDS; "" for a step that is kept as text */
  kind: string;
  fields: Fields;
  text: string;
}
export type Script = { name: string; rows: Row[] };
/** named: more than one client, each with a name */
export type Form = { named: boolean; scripts: Script[] };

export const MOST_ROWS = 60; // more steps than that are easier to see as text

export function readRow(step: unknown): Row {
  const entries = typeof step === "object" && step !== null ? Object.entries(step) : [];
  if (!Array.isArray(step) && entries.length === 1) {
    const [[kind, value]] = entries;
    const fields = Object.hasOwn(KINDS, kind) ? KINDS[kind].read(value) : undefined;
    if (fields) return { kind, fields, text: "" };
  }
  return { kind: "", fields: {}, text: writeValue(step) };
}

export const newRow = (kind: string): Row => ({ kind, fields: { ...FIRST[kind] }, text: "" });

/** @returns throws TextError where the text of a step cannot be read */
export const writeRow = ({ kind, fields, text }: Row): unknown =>
  kind ? { [kind]: KINDS[kind].write(fields) } : parseValue(text);

/** @returns undefined: this cannot be shown as a form */
export function readForm(steps: unknown): Form | undefined {
  const named = !Array.isArray(steps);
  if (typeof steps !== "object" || steps === null) return undefined;
  const lists = Array.isArray(steps) ? [["", steps]] : Object.entries(steps);
  if (!lists.every(([, list]) => Array.isArray(list))) return undefined;
  const count = lists.reduce((sum, [, list]) => sum + list.length, 0);
  if (count > MOST_ROWS) return undefined;
  return {
    named,
    scripts: lists.map(([name, list]) => ({ name: String(name), rows: list.map(readRow) })),
  };
}

/** @returns throws TextError where a part of it cannot be read */
export function writeForm({ named, scripts }: Form): unknown {
  if (!named) return scripts[0]?.rows.map(writeRow) ?? [];
  const names = new Set(scripts.map(({ name }) => name));
  if (names.size < scripts.length) throw new TextError("sameName", 0);
  return Object.fromEntries(scripts.map(({ name, rows }) => [name, rows.map(writeRow)]));
}
