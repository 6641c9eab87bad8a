// The client's steps as text and back. The text is the part of YAML in which pages write them: one
// step a line, nested or in brackets. JSON is read too.
import { Flow, plainValue, TextError, writeFlow } from "./flow.mjs";
import { readKey, withoutComment } from "./scan.mjs";

/** @import { Mistake } from "./flow.mjs" */

/** @typedef {{indent: number, text: string, at: number}} Line `at`: offset of `text` in the whole */
/**
 * @typedef {object} Parsed
 * @property {unknown} [value] absent when there is a mistake
 * @property {{mistake: Mistake, line: number}} [error]
 * @property {Map<string, number>} lines where each step begins, by `"/2"` or `"name/2"`
 */

export const LONGEST = 65_536; // characters
/** @param {Line} line @param {number} indent */
const isItemAt = (line, indent) => line.indent === indent && /^-(\s|$)/.test(line.text);

class Block {
  /** @type {Map<string, number>} */
  steps = new Map();
  #now = 0;

  /** @param {string} text */
  constructor(text) {
    this.text = text;
    this.lines = splitLines(text);
    this.starts = Array.from(text.matchAll(/^/gm), ({ index }) => index);
  }

  get line() {
    return this.lines[this.#now];
  }

  /** The line, from 1, of an offset. @param {number} at */
  lineOf(at) {
    let [low, high] = [0, this.starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.starts[middle] <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  read() {
    if (!this.line) return [];
    const value = this.#node("", this.line.indent, 0);
    if (this.line) throw new TextError("indent", this.line.at);
    return value;
  }

  /** @param {string} path @param {number} indent @param {number} depth @returns {unknown} */
  #node(path, indent, depth) {
    if (depth > 12) throw new TextError("deep", this.line.at);
    if (/^-(\s|$)/.test(this.line.text)) return this.#sequence(path, indent, depth);
    if (readKey(this.line.text)) return this.#map(path, indent, depth);
    return this.#inline(path, this.line.text, this.line.at);
  }

  /** @param {string} path @param {number} indent @param {number} depth */
  #sequence(path, indent, depth) {
    /** @type {unknown[]} */
    const list = [];
    while (this.line?.indent === indent && /^-(\s|$)/.test(this.line.text)) {
      const { text, at } = this.line;
      const place = `${path}/${list.length + 1}`;
      this.steps.set(place, this.lineOf(at));
      const offset = text.length - text.slice(1).trimStart().length;
      const rest = text.slice(offset);
      if (rest) {
        this.lines[this.#now] = { indent: indent + offset, text: rest, at: at + offset };
        list.push(this.#node(place, indent + offset, depth + 1));
      } else list.push(this.#below(place, indent, depth));
    }
    return list;
  }

  /** @param {string} path @param {number} indent @param {number} depth */
  #map(path, indent, depth) {
    /** @type {Map<string, unknown>} */
    const map = new Map();
    while (this.line?.indent === indent) {
      const { text, at } = this.line;
      const [written, rest] = readKey(text) ?? [];
      if (written === undefined) throw new TextError("colon", at);
      const key = String(new Flow(written, 0, () => {}).value("", 0));
      if (map.has(key)) throw new TextError("twice", at);
      const place = path ? `${path}/` : key;
      map.set(
        key,
        rest
          ? this.#inline(place, rest, at + text.length - rest.length)
          : this.#below(place, indent, depth, true),
      );
    }
    return Object.fromEntries(map);
  }

  /**
   * What stands on the lines below, further in; a list under a key may begin where the key does.
   * @param {string} path @param {number} indent @param {number} depth @param {boolean} [key]
   */
  #below(path, indent, depth, key = false) {
    this.#now += 1;
    const { line } = this;
    const inside = line && (line.indent > indent || (key && isItemAt(line, indent)));
    return inside ? this.#node(path, line.indent, depth + 1) : null;
  }

  /** @param {string} path @param {string} text @param {number} at */
  #inline(path, text, at) {
    let end = at + text.length;
    /** @type {unknown} */
    let value;
    if (/^[[{"']/.test(text)) {
      const flow = new Flow(this.text, at, (place, where) =>
        this.steps.set(place, this.lineOf(where)),
      );
      value = flow.value(path, 0);
      end = flow.at;
      if (!/^[^\S\n]*(#.*)?(\n|$)/.test(this.text.slice(end))) throw new TextError("rest", end);
    } else {
      const plain = withoutComment(text);
      if (/^[&*!|>%@`]/.test(plain)) throw new TextError("plain", at);
      value = plain ? plainValue(plain) : null;
    }
    while (this.line && this.line.at < end) this.#now += 1;
    return value;
  }
}

/** @param {string} whole @returns {Line[]} without those that are blank or a comment */
function splitLines(whole) {
  /** @type {Line[]} */
  const lines = [];
  let offset = 0;
  for (const full of whole.split("\n")) {
    const text = full.trim();
    const indent = full.length - full.trimStart().length;
    if (text && !text.startsWith("#")) {
      if (full.slice(0, indent).includes("\t")) throw new TextError("tab", offset);
      lines.push({ indent, text, at: offset + indent });
    }
    offset += full.length + 1;
  }
  return lines;
}

/** @param {string} source @returns {Parsed} */
export function parseSteps(source) {
  const text = source.replaceAll("\r\n", "\n");
  if (text.length > LONGEST) return { error: { mistake: "long", line: 1 }, lines: new Map() };
  try {
    const block = new Block(text);
    return { value: block.read(), lines: block.steps };
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    const line = text.slice(0, error.at).split("\n").length;
    return { error: { mistake: error.mistake, line }, lines: new Map() };
  }
}

/** @param {unknown} step */
function writeStep(step) {
  const entries = typeof step === "object" && step !== null ? Object.entries(step) : [];
  if (Array.isArray(step) || entries.length !== 1) return `- ${writeFlow(step, true)}`;
  const [[kind, value]] = entries;
  return `- ${writeFlow(kind, true)}: ${writeFlow(value)}`;
}

/** @param {unknown} steps as the engine takes them @returns {string} */
export function writeSteps(steps) {
  if (Array.isArray(steps)) return steps.map((step) => `${writeStep(step)}\n`).join("");
  if (typeof steps !== "object" || steps === null) return `${writeFlow(steps)}\n`;
  const scripts = Object.entries(steps);
  if (!scripts.length) return "{}\n";
  return scripts
    .map(([key, list]) => {
      if (!Array.isArray(list) || !list.length)
        return `${writeFlow(key, true)}: ${writeFlow(list)}\n`;
      const items = list.map((step) => `  ${writeStep(step)}\n`).join("");
      return `${writeFlow(key, true)}:\n${items}`;
    })
    .join("");
}
