// What the engine says of wrong steps, in the language of the page: it gives the code of the mistake and the
// values that the sentence names. How a sentence is made is written in asgiscope/client/steps.py.
import mistakes from "asgi-spec/mistakes.json";

import type { ClientProblem } from "../types.ts";
export type Values = Record<string, string | null>;

const fill = (sentence: string, values: Values) =>
  sentence.replace(/\{\{|\}\}|\{(\w+)\}/g, (found, name) =>
    name ? (values[name] ?? mistakes.nothing) : found[0],
  );

export function tellMistake({ code, values }: Pick<ClientProblem, "code" | "values">) {
  if (!Object.hasOwn(mistakes.sentences, code)) return code; // by a run that went astray
  const known = { ...values };
  for (const [name, sentence] of Object.entries(mistakes.added))
    known[`and_${name}`] = Object.hasOwn(values, name) ? fill(sentence, values) : "";
  const text = fill(mistakes.sentences[code], known);
  return /[.!?。？！]$/.test(text) ? text : `${text}.`;
}
