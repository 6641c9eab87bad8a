// Explains the selected step: what happens, the message as a Python value, the line, the state, who waits,
// what the buffer holds, and the keys of the message.
import { high, low } from "asgi-spec/wire.json";
import { make } from "./dom.mjs";
import { kit } from "./kit.mjs";
import { laneName, short } from "./lanes.mjs";
import { copyButton } from "./link.mjs";
import { fetchMeanings, meaningsNow } from "./meanings.mjs";
import { python } from "./python.mjs";

/** @import { Language, Plan, Row, TraceEvent } from "../types.js" */
/** @import { Known } from "./meanings.mjs" */
/** @typedef {typeof import("#words/figure.mjs").words} Strings */

/**
 * @typedef {object} Shown
 * @property {Row} row
 * @property {Plan} plan
 * @property {string[]} source the lines of the app
 * @property {Strings} strings
 * @property {Language} language
 * @property {string} id of the demo's figure
 * @property {string | undefined} reference the address of the page that describes every key
 */

/** @param {unknown} value */
function drawMessage(value) {
  const tokens = python(value).map(([kind, text]) =>
    kind ? make("span", { class: `demo-value-${kind}` }, text) : text,
  );
  return make("pre", { class: "demo-message", tabindex: 0 }, make("code", {}, ...tokens));
}

/** @param {string} name @param {(Node | string)[]} content @param {string} [className] */
function entry(name, content, className) {
  return make("div", { class: className }, make("dt", {}, name), make("dd", {}, ...content));
}

/** @param {number} level bytes @param {Shown} shown */
function drawBuffer(level, { strings, language }) {
  const number = (/** @type {number} */ bytes) => bytes.toLocaleString(language);
  const most = Math.max(high * 1.25, level);
  const style = `--level:${level / most};--high:${high / most};--low:${low / most}`;
  const bar = make("span", { class: "demo-bar", style, "aria-hidden": "true" }, make("i"));
  const words = strings.buffered(number(level), number(high), number(low));
  return entry(strings.buffer, [bar, words], level > high ? "demo-buffer-full" : "demo-buffer");
}

/** @param {Shown} shown @returns {string | undefined} the state of the connection after this step */
function stateOf({ row, plan }) {
  const { connection, n } = row.event;
  return plan.rows.findLast(
    ({ event }) => event.n <= n && event.state && event.connection === connection,
  )?.event.state;
}

/** @param {Shown} shown @param {Known | undefined} known */
function drawState(shown, known) {
  const state = stateOf(shown);
  if (!state) return [];
  const words = known?.drawing.meaningOfState(state, known.meanings);
  const content = [make("code", {}, state), ...(words ? [shown.strings.between, words] : [])];
  return [entry(shown.strings.state, content)];
}

/** @param {Shown} shown */
function drawLine({ row, source, strings }) {
  const { line } = row.event;
  const text = line ? source[line - 1] : undefined;
  if (!line || text === undefined) return [];
  return [entry(strings.line(line), [make("code", {}, text.trim())], "demo-fact-line")];
}

/** @param {Shown} shown */
function drawWaits({ row, plan, strings }) {
  return plan.lanes.flatMap((lane, index) => {
    const activity = row.after[index];
    const wait = activity === "many" ? "" : strings.waits[activity];
    const name = laneName(lane, strings);
    return wait && !lane.folded
      ? [entry(name, [wait], `demo-fact-lane demo-role-${lane.role}`)]
      : [];
  });
}

/** @param {Shown} shown @param {Known | undefined} known */
function drawFacts(shown, known) {
  const { row, plan } = shown;
  const full = plan.buffers.includes(row.event.connection) && row.buffered !== undefined;
  return make(
    "dl",
    { class: "demo-facts" },
    ...drawLine(shown),
    ...drawState(shown, known),
    ...(full ? [drawBuffer(row.buffered ?? 0, shown)] : []),
    ...drawWaits(shown),
  );
}

/** @param {Shown} shown */
function drawHead({ row, plan, strings, id }) {
  const { n, t } = row.event;
  const title = `${strings.step(n, plan.rows.length)} · ${strings.seconds(short(t))}`;
  const link = id ? [copyButton(id, n, strings)] : [];
  return make("p", { class: "demo-step-head" }, make("span", {}, title), ...link);
}

/** @param {HTMLElement} panel @param {Shown} shown @param {Known | undefined} known */
function fill(panel, shown, known) {
  const { row, strings } = shown;
  const { event } = row;
  const keys = known?.drawing.drawKeys(kit, event, known.meanings, shown.reference);
  const ends = row.ends.map((lane) => laneName(lane, strings));
  const nothing = ends[0] === ends[1] ? strings.nothing : strings.arrow(ends[0], ends[1]);
  panel.replaceChildren(
    drawHead(shown),
    event.message === undefined
      ? make("p", { class: "demo-none" }, nothing)
      : drawMessage(event.message),
    drawFacts(shown, known),
    ...(keys ? [keys] : []),
  );
}

/** What a panel shows now, so that words that come late do not land in another step. */
/** @type {WeakMap<HTMLElement, Row | undefined>} */
const current = new WeakMap();

/**
 * @param {HTMLElement} panel
 * @param {Shown | undefined} shown undefined: no step is selected
 */
export function showDetail(panel, shown) {
  current.set(panel, shown?.row);
  panel.classList.toggle("demo-has-step", shown !== undefined);
  if (!shown) {
    panel.replaceChildren();
    return;
  }
  const known = meaningsNow();
  fill(panel, shown, known);
  if (!known)
    void fetchMeanings().then((words) => {
      if (words && current.get(panel) === shown.row) addMeanings(panel, shown, words);
    });
}

/** The words have come after the step was drawn: only what they add is drawn anew. */
/** @param {HTMLElement} panel @param {Shown} shown @param {Known} known */
function addMeanings(panel, shown, known) {
  panel.querySelector(".demo-facts")?.replaceWith(drawFacts(shown, known));
  const keys = known.drawing.drawKeys(kit, shown.row.event, known.meanings, shown.reference);
  if (keys) panel.append(keys);
}

/**
 * What an event is told as: a close that no message explains cuts an HTTP response short.
 * @param {TraceEvent} event
 */
const tellingOf = ({ kind, from, message }) =>
  kind === "close" && from === "server" && message === undefined ? "cut" : kind;

/**
 * One sentence on what happens in a step.
 * @param {Row} row
 * @param {Strings} strings
 */
export function narration({ event }, strings) {
  /** @type {Record<string, string>} */
  const kinds = strings.kinds;
  const telling = tellingOf(event);
  return kinds[`${telling}-by-${event.from.split("/")[0]}`] ?? kinds[telling] ?? event.kind;
}
