// Reads and writes one value of the client's text: YAML in its flow form, of which JSON is a part.
import { hasUnseen, seen } from "./unseen.mjs";

/** @typedef {"bracket" | "quote" | "colon" | "comma" | "twice" | "plain" | "rest" | "deep" | "indent" | "tab" | "long" | "sameName"} Mistake */

const DEEPEST = 12;
const NUMBER = /^[-+]?(0|[1-9]\d*)(\.\d+)?([eE][-+]?\d+)?$/;
/** @type {Record<string, boolean | null>} */
const WORDS = { true: true, false: false, null: null, "~": null };
// What YAML could take for something else: indicators, numbers, dates, and the words for yes and no.
const NOT_PLAIN = /^[-?:,[\]{}#&*!|>'"%@`\d+.~\s]|[\n\t]|: | #|:$|\s$|^$/;
const NOT_A_STRING = /^(true|false|null|yes|no|on|off|y|n)$/i;

/** What is wrong with the text, and where. */
export class TextError extends Error {
  /** @param {Mistake} mistake @param {number} at offset into the text */
  constructor(mistake, at) {
    super(mistake);
    this.mistake = mistake;
    this.at = at;
  }
}

/** @param {string} text a word that stands without quotes */
export function plainValue(text) {
  if (Object.hasOwn(WORDS, text)) return WORDS[text];
  return NUMBER.test(text) ? Number(text) : text;
}

export class Flow {
  /**
   * @param {string} text
   * @param {number} at offset at which the value begins
   * @param {(path: string, at: number) => void} note told where each item of a list begins
   */
  constructor(text, at, note) {
    this.text = text;
    this.at = at;
    this.note = note;
  }

  get next() {
    return this.text[this.at] ?? "";
  }

  #skip() {
    while (/\s/.test(this.next) || this.#comment()) this.at += 1;
  }

  /** A comment is blank too: stand on its last character. */
  #comment() {
    if (this.next !== "#") return false;
    while (this.next && this.text[this.at + 1] !== "\n" && this.at + 1 < this.text.length)
      this.at += 1;
    return true;
  }

  /** @param {string} path @param {number} [depth] @returns {unknown} */
  value(path, depth = 0) {
    this.#skip();
    if (depth > DEEPEST) throw new TextError("deep", this.at);
    if (this.next === "{") return this.#map(path, depth);
    if (this.next === "[") return this.#list(path, depth);
    if (this.next === '"' || this.next === "'") return this.#quoted();
    return plainValue(this.#plain(/[,[\]{}\n]|\s#|$/));
  }

  /** @param {RegExp} end */
  #plain(end) {
    const rest = this.text.slice(this.at);
    const plain = rest.slice(0, rest.search(end)).trim();
    if (!plain || /^[&*!|>%@`]/.test(plain)) throw new TextError("plain", this.at);
    this.at += rest.search(end);
    return plain;
  }

  #quoted() {
    const pattern = this.next === '"' ? /"(?:[^"\\\n]|\\.)*"/y : /'(?:[^'\n]|'')*'/y;
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (!found) throw new TextError("quote", this.at);
    const begin = this.at;
    this.at += found.length;
    if (found[0] === "'") return found.slice(1, -1).replaceAll("''", "'");
    try {
      return String(JSON.parse(found.replaceAll("\t", "\\t")));
    } catch {
      throw new TextError("quote", begin);
    }
  }

  /** @param {string} close @param {() => void} read one entry */
  #entries(close, read) {
    const begin = this.at;
    this.at += 1;
    for (;;) {
      this.#skip();
      if (this.next === close) break;
      if (!this.next) throw new TextError("bracket", begin);
      read();
      this.#skip();
      if (this.next === ",") this.at += 1;
      else if (this.next && this.next !== close) throw new TextError("comma", this.at);
    }
    this.at += 1;
  }

  /** @param {string} path @param {number} depth */
  #list(path, depth) {
    /** @type {unknown[]} */
    const list = [];
    this.#entries("]", () => {
      const place = `${path}/${list.length + 1}`;
      this.note(place, this.at);
      list.push(this.value(place, depth + 1));
    });
    return list;
  }

  /** @param {string} path @param {number} depth */
  #map(path, depth) {
    /** @type {Map<string, unknown>} */
    const map = new Map();
    this.#entries("}", () => {
      const begin = this.at;
      const key = /["']/.test(this.next) ? this.#quoted() : this.#plain(/[:,[\]{}\n]|$/);
      this.#skip();
      if (this.next !== ":") throw new TextError("colon", this.at);
      if (map.has(key)) throw new TextError("twice", begin);
      this.at += 1;
      map.set(key, this.value(path ? `${path}/` : key, depth + 1));
    });
    return Object.fromEntries(map);
  }
}

/** @param {string} text */
const quote = (text) => seen(JSON.stringify(text));

/** @param {string} text @param {boolean} inside whether brackets and commas around it have a meaning */
function word(text, inside) {
  const special = NOT_PLAIN.test(text) || NOT_A_STRING.test(text) || hasUnseen(text);
  return special || (inside && /[,[\]{}:]/.test(text)) ? quote(text) : text;
}

/**
 * A value as text on one line, as {@link Flow} reads it.
 * @param {unknown} value
 * @param {boolean} [inside] whether it stands within brackets
 * @returns {string}
 */
export function writeFlow(value, inside = false) {
  if (typeof value === "string") return word(value, inside);
  if (typeof value !== "object" || value === null) return String(value ?? null);
  if (Array.isArray(value)) return `[${value.map((item) => writeFlow(item, true)).join(", ")}]`;
  const entries = Object.entries(value).map(
    ([key, item]) => `${word(key, true)}: ${writeFlow(item, true)}`,
  );
  return `{${entries.join(", ")}}`;
}
