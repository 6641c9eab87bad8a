// Reads the result of a run. It comes from the sandbox, where the reader's code could have written
// anything: only what has the shape of a trace passes, and only so much of it as can be drawn at once.
// The addresses that findings link to are the page's own.
import rulesAt from "asgi-spec/addresses.json";
import { ClientFailure, Failure } from "./failure.ts";

import type { ClientProblem, Finding, Played, Trace, TraceEvent } from "../types.ts";

const MOST = {
  events: 10_000,
  findings: 3000,
  lanes: 2500,
  characters: 100_000, // of one text
  name: 1000, // characters of a key or a connection
  problem: 2000, // characters of a value in what is wrong with a client
  values: 10, // of them
  depth: 20, // of one message; the engine writes less (asgiscope/trace/values.py)
  items: 5000, // of one message
  allItems: 200_000, // of all messages
  seconds: 1e9,
};
const LEVELS = ["error", "warning", "note"];
const ADDRESSES = new Map(
  Object.entries(rulesAt).flatMap(([url, rules]) => rules.split(" ").map((rule) => [rule, url])),
);

const isObject = (value: any): value is Record<string, any> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: any, most: number = MOST.characters): value is string =>
  typeof value === "string" && value.length <= most;
const isLike = (value: any, pattern: RegExp) => isText(value) && pattern.test(value);
const isCount = (value: any, most: number = 1e6) =>
  Number.isInteger(value) && value >= 0 && value <= most;
const isTime = (value: any) => Number.isFinite(value) && value >= 0 && value <= MOST.seconds;
/** The name of a client: the site's own sentences hold it. */
const isName = (value: any) =>
  isText(value, MOST.name) && !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(value);
const isEnd = (value: any) => isLike(value, /^(client|server|app(\/\d{1,6})?)$/);
const optional =
  (check: (value: any) => boolean): ((value: any) => boolean) =>
  (value) =>
    value === undefined || check(value);
const isLine = optional(isCount);

/**
 * How many values a message holds.
 * @param depth that it may have
 * @param room for values
 * @returns Infinity: too many, or too deep, or too long
 */
function sizeOf(value: any, depth: number, room: number): number {
  if (typeof value === "string") return isText(value) ? 1 : Infinity;
  if (typeof value !== "object" || value === null) return 1;
  const entries = Object.entries(value);
  if (depth === 0 || entries.length > room) return Infinity;
  let size = 1;
  for (const [key, item] of entries) {
    size += isText(key, MOST.name) ? sizeOf(item, depth - 1, room - size) : Infinity;
    if (size > room) return Infinity;
  }
  return size;
}

function isEvent(value: any) {
  return (
    isObject(value) &&
    isCount(value.n) &&
    isTime(value.t) &&
    isName(value.connection) &&
    isEnd(value.from) &&
    isEnd(value.to) &&
    isLike(value.kind, /^(?!constructor$)[a-z-]{1,40}$/) && // nothing that every object has
    isLine(value.line) &&
    optional((state) => isText(state, MOST.name))(value.state)
  );
}

function areEvents(events: any): events is TraceEvent[] {
  if (!Array.isArray(events) || events.length > MOST.events || !events.every(isEvent)) return false;
  const lanes = new Set();
  let [time, room] = [0, MOST.allItems];
  return events.every(({ n, t, connection, from, to, message }, index) => {
    lanes.add(`${from} ${connection}`).add(`${to} ${connection}`);
    room -= sizeOf(message, MOST.depth, MOST.items);
    const right = n === index + 1 && t >= time && room >= 0 && lanes.size <= MOST.lanes;
    time = t;
    return right;
  });
}

function isFinding(value: any, events: number) {
  return (
    isObject(value) &&
    isText(value.rule, MOST.name) &&
    LEVELS.includes(value.level) &&
    optional((event) => isCount(event, events))(value.event) &&
    isLine(value.line) &&
    optional(isName)(value.connection)
  );
}

/** What may be known of a finding, and where its rule is written. */
const withAddress = ({ rule, level, event, line, connection }: Finding): Finding => ({
  ...{ rule, level, event, line, connection },
  spec: ADDRESSES.get(rule),
});

function isExplanation(value: any) {
  return (
    isObject(value) && isText(value.title) && isText(value.text) && optional(isText)(value.fix)
  );
}

/** @returns undefined: it is none */
function readTrace(value: any): Trace | undefined {
  if (!isObject(value)) return undefined;
  const { schema, time, events, findings } = value;
  const right =
    schema === 1 &&
    isTime(time) &&
    areEvents(events) &&
    Array.isArray(findings) &&
    findings.length <= MOST.findings &&
    findings.every((finding) => isFinding(finding, events.length));
  if (!right) return undefined;
  return { schema, time, events, findings: findings.map(withAddress), outcomes: {} };
}

const areTexts = (texts: any) =>
  Array.isArray(texts) &&
  texts.length <= MOST.findings &&
  texts.every((text) => isObject(text) && Object.values(text).every(isExplanation));

const areLabels = (labels: any) =>
  isObject(labels) &&
  Object.values(labels).every(
    (some) => Array.isArray(some) && some.length <= MOST.events && some.every(isName),
  );

const isClientProblem = (value: any) =>
  isObject(value) &&
  isText(value.client, MOST.name) &&
  isCount(value.step) &&
  isText(value.code, MOST.name) &&
  isObject(value.values) &&
  Object.values(value.values).every((item) => item === null || isText(item));

/** Only so much of it as can be read. */
const inShort = ({ client, step, code, values }: ClientProblem): ClientProblem => ({
  ...{ client, step, code },
  values: Object.fromEntries(
    Object.entries(values)
      .slice(0, MOST.values)
      .map(([name, item]) => [name, item && item.slice(0, MOST.problem)]),
  ),
});

export function readPlayed(json: string): Played {
  let value;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Failure("unreadable");
  }
  const problem = value?.client_error;
  if (isClientProblem(problem)) throw new ClientFailure(inShort(problem));
  const trace = readTrace(value?.trace);
  if (!trace || !areTexts(value.texts) || !optional(areLabels)(value.labels))
    throw new Failure("unreadable");
  trace.labels = value.labels;
  return { trace, texts: value.texts, json };
}
