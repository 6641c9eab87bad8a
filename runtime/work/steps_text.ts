// The client's steps as text and back, in YAML, of which JSON is a part. The package "yaml" knows the grammar;
// taken is only what is data and stands for itself: no anchors and aliases, no tags, no blocks of free text.
import {
  Composer,
  Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
} from "yaml";
import { hasUnseen, seen } from "./unseen.ts";

import type { ParsedNode, Scalar, YAMLMap, YAMLParseError } from "yaml";

export type Mistake =
  | "bracket"
  | "quote"
  | "colon"
  | "comma"
  | "twice"
  | "plain"
  | "rest"
  | "deep"
  | "indent"
  | "tab"
  | "long"
  | "sameName";
export interface Parsed {
  /** absent when there is a mistake */
  value?: unknown;
  error?: { mistake: Mistake; line: number };
  /** where each step begins, by `"/2"` or `"name/2"` */
  lines: Map<string, number>;
}

const LONGEST = 65_536; // characters
const DEEPEST = 12;
const NUMBER = /^[-+]?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;
const WORDS: Record<string, boolean | null> = {
  true: true,
  false: false,
  null: null,
  "~": null,
  "": null,
};

/** What the package says, as a mistake; anything else is "rest". */
const SENTENCES: [RegExp, Mistake][] = [
  [/ end with a .$/, "bracket"],
  [/^Missing closing|^Invalid escape/, "quote"],
  [/^Missing ,|^Block collections/, "comma"],
  [/^Implicit map|^Missing space after :/, "colon"],
  [/^Implicit keys|^Sequence item|^A block sequence|same column$/, "indent"],
  [/^Tabs/, "tab"],
  [/^Plain value|^Unexpected ,|^Unexpected empty/, "plain"],
];

const READ = {
  schema: "failsafe", // every value is a text: "00ff" and "007" are no numbers here
  resolveKnownTags: false,
  uniqueKeys: false, // would compare each key with each
} as const;
const MADE = {
  compat: "yaml-1.1", // by which pages are read: a date and "yes" need quotes
  aliasDuplicateObjects: false,
} as const;
const WRITTEN = {
  blockQuote: false,
  singleQuote: false,
  doubleQuotedAsJSON: true,
  flowCollectionPadding: false,
  lineWidth: 0,
} as const;

/** What is wrong with the text, and where. */
export class TextError extends Error {
  declare mistake: Mistake;
  declare at: number;

  /** @param at offset into the text */
  constructor(mistake: Mistake, at: number) {
    super(mistake);
    this.mistake = mistake;
    this.at = at;
  }
}

function scalarValue({ type, value }: Scalar.Parsed) {
  if (type !== "PLAIN" || typeof value !== "string") return value;
  if (Object.hasOwn(WORDS, value)) return WORDS[value];
  return NUMBER.test(value) ? Number(value) : value;
}

/** Takes the values out of a document, and notes what is wrong with it. */
class Reading {
  declare mistakes: { mistake: Mistake; at: number; end: number }[];

  /** Where what is quoted or in brackets begins, by where it ends. */
  #begins: Map<number, number> = new Map();

  constructor(errors: YAMLParseError[]) {
    this.mistakes = errors.map(({ message, pos: [at, end] }) => {
      const [, mistake] = SENTENCES.find(([sentence]) => sentence.test(message)) ?? [];
      return { mistake: mistake ?? "rest", at, end };
    });
  }

  note(mistake: Mistake, at: number) {
    this.mistakes.push({ mistake, at, end: at });
  }

  /** The first mistake, where a reader looks for it. Of several at one place, the widest says most. */
  get error() {
    const [first] = this.mistakes.sort((one, other) => one.at - other.at || other.end - one.end);
    if (!first) return undefined;
    const { mistake, at, end } = first;
    if (mistake === "indent") return new TextError(mistake, end - 1);
    const isOpen = mistake === "bracket" || mistake === "quote"; // what the package misses is the end
    return new TextError(mistake, (isOpen ? this.#begins.get(at) : undefined) ?? at);
  }

  value(node: ParsedNode, depth: number): unknown {
    const [at, end] = node.range;
    if (depth > DEEPEST) throw new TextError("deep", at);
    if (isAlias(node) || node.anchor || node.tag) return this.note("plain", at);
    const closes = isScalar(node) ? node.type !== "PLAIN" : node.flow;
    if (closes && !this.#begins.has(end)) this.#begins.set(end, at);
    if (isMap(node)) return this.#entries(node, depth);
    if (isSeq(node)) return node.items.map((item) => this.value(item, depth + 1));
    if (node.type?.startsWith("BLOCK")) this.note("plain", at);
    return scalarValue(node);
  }

  #entries({ items }: YAMLMap.Parsed, depth: number) {
    const entries: Map<string, unknown> = new Map();
    for (const { key, value } of items) {
      const [at] = key.range;
      const name = isScalar(key) ? String(key.value) : undefined;
      this.value(key, depth); // which notes what is wrong with it
      if (name === undefined) this.note("plain", at);
      else if (!value) this.note("colon", at);
      else if (entries.has(name)) this.note("twice", at);
      else entries.set(name, this.value(value, depth + 1));
    }
    return Object.fromEntries(entries);
  }
}

/** Throws TextError. */
function read(text: string, lineCounter?: LineCounter) {
  if (text.length > LONGEST) throw new TextError("long", 0);
  let strays = 0; // of tokens that stand nowhere, the first is enough: a text can have many
  const tokens = [...new Parser(lineCounter?.addNewLine).parse(text)].filter(
    ({ type }) => type !== "error" || !strays++,
  );
  const [{ contents, errors }, second] = new Composer(READ).compose(tokens, true, text.length);
  const reading = new Reading(errors);
  if (second) reading.note("rest", second.range[0]);
  const value = contents && reading.value(contents, 0);
  if (reading.error) throw reading.error;
  return { value, contents };
}

/**
 * One value.
 * @returns throws TextError
 */
export const parseValue = (text: string): unknown => read(text).value;

export function parseSteps(text: string): Parsed {
  const counter = new LineCounter();
  const lines: Parsed["lines"] = new Map();
  try {
    const { value, contents } = read(text, counter);
    const lists = isMap(contents) ? contents.items : [{ key: "", value: contents }];
    for (const { key, value: list } of lists)
      if (isSeq(list))
        for (const [index, { range }] of list.items.entries())
          lines.set(`${key}/${index + 1}`, counter.linePos(range[0]).line);
    return { value: contents ? value : [], lines };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    const line = text.slice(0, error.at).split("\n").length;
    return { error: { mistake: error.mistake, line }, lines };
  }
}

/** @param inLine whether collections this deep stand in one line */
function write(value: unknown, inLine: (depth: number) => boolean) {
  const document = new Document(value, MADE);
  visit(document, {
    Collection(_, node, { length }) {
      node.flow = inLine(length);
    },
    Scalar(_, node) {
      if (typeof node.value === "string" && hasUnseen(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  return seen(document.toString(WRITTEN));
}

/** A value as text on one line. */
export const writeValue = (value: unknown) => write(value, () => true).trimEnd();

/**
 * A step a line.
 * @param steps as the engine takes them
 */
export function writeSteps(steps: unknown): string {
  // Above a step's own value stand the document, the list, the step and its pair; above a list with a name, two more.
  const deep = Array.isArray(steps) ? 4 : 6;
  return write(steps, (depth) => depth >= deep);
}
