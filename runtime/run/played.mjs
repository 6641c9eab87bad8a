// Reads the result of a run. It comes from the sandbox, where the reader's code could have written
// anything: only what has the shape of a trace passes.
import { ClientFailure, Failure } from "./failure.mjs";

/** @import { Played } from "../types.js" */

const MOST_EVENTS = 3000;

/** @param {any} value */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** @param {any} value */
const isText = (value) => typeof value === "string" && value.length < 100_000;
/** @param {any} value */
const isCount = (value) => Number.isInteger(value) && value >= 0;
/** @param {(value: any) => boolean} check @returns {(value: any) => boolean} */
const optional = (check) => (value) => value === undefined || check(value);

/** @param {any} value */
function isEvent(value) {
  return (
    isObject(value) &&
    isCount(value.n) &&
    Number.isFinite(value.t) &&
    isText(value.connection) &&
    /^(client|server|app(\/\d{1,6})?)$/.test(value.from) &&
    /^(client|server|app(\/\d{1,6})?)$/.test(value.to) &&
    /^[\w.-]{1,40}$/.test(value.kind) &&
    optional(isCount)(value.line) &&
    optional(isText)(value.state)
  );
}

/** @param {any} value */
function isFinding(value) {
  return (
    isObject(value) &&
    isText(value.rule) &&
    ["error", "warning", "note"].includes(value.level) &&
    optional(isCount)(value.event) &&
    optional(isText)(value.spec)
  );
}

/** @param {any} value */
function isExplanation(value) {
  return (
    isObject(value) && isText(value.title) && isText(value.text) && optional(isText)(value.fix)
  );
}

/** @param {any} value */
function isPlayed(value) {
  if (!isObject(value) || !isObject(value.trace) || !Array.isArray(value.texts)) return false;
  const { schema, events, findings } = value.trace;
  return (
    schema === 1 &&
    Array.isArray(events) &&
    events.length <= MOST_EVENTS &&
    events.every((event, index) => isEvent(event) && event.n === index + 1) &&
    Array.isArray(findings) &&
    findings.length <= MOST_EVENTS &&
    findings.every(isFinding) &&
    value.texts.every(
      (/** @type {any} */ text) =>
        isObject(text) && isExplanation(text.zh) && isExplanation(text.en),
    )
  );
}

/** @param {any} value */
const isClientProblem = (value) =>
  isObject(value) && isText(value.client) && isCount(value.step) && isText(value.text);

/**
 * @param {string} json
 * @returns {Played}
 */
export function readPlayed(json) {
  let value;
  try {
    value = JSON.parse(json);
  } catch {
    throw new Failure("unreadable");
  }
  if (isClientProblem(value?.client_error)) throw new ClientFailure(value.client_error);
  if (!isPlayed(value)) throw new Failure("unreadable");
  return { trace: value.trace, texts: value.texts, json };
}
