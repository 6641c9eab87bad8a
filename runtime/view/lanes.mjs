// Draws a plan: one vertical line a lane, one row an event, time down the page. See demo.css for the looks.
import { draw, make } from "./dom.mjs";
import { levelsByStep } from "./findings.mjs";
import { labelOf } from "./labels.mjs";

/** @import { Lane, Language, Level, Plan, Row, Trace } from "../types.js" */
/** @import { Strings } from "./strings.mjs" */

/** @type {Record<Level, string>} */
const MARKS = { error: "✕", warning: "!", note: "i" };
// Heads differ in shape: what is sent is filled, what is received is open, what is refused is crossed.
const FILLED = "M1 1 11 6 1 11Z";
const OPEN = "M2 1 11 6 2 11";
const CROSS = "M1 1 11 11M11 1 1 11";
const STOP = "M6 0V12";
/** @type {Record<string, string>} */
const HEADS = {
  receive: OPEN,
  event: OPEN,
  refuse: CROSS,
  raise: CROSS,
  close: CROSS,
  disconnect: CROSS,
  return: OPEN,
  resume: OPEN,
  complete: STOP,
};

/** @param {number} t virtual seconds */
const short = (t) => String(Math.round(t * 1e6) / 1e6);

/**
 * @param {Lane} lane
 * @param {Strings} strings
 */
export const laneName = (lane, strings) =>
  lane.label ? `${strings[lane.role]} ${lane.label}` : strings[lane.role];

/** @param {Plan} plan @param {Strings} strings */
function drawHeads({ lanes }, strings) {
  return make(
    "div",
    { class: "demo-heads", "aria-hidden": "true" },
    ...lanes.map((lane) =>
      make(
        "span",
        { class: `demo-head demo-role-${lane.role}` },
        strings[lane.role],
        ...(lane.label ? [make("small", {}, lane.label)] : []),
      ),
    ),
  );
}

/** @param {Plan} plan @param {Row} row */
function drawSegments({ lanes }, { before, after }) {
  return lanes.flatMap(({ role }, lane) =>
    [before, after].map((activities, half) =>
      make("i", {
        class: `demo-life demo-role-${role} demo-is-${activities[lane]}${half ? " demo-below" : ""}`,
        style: `--lane:${lane}`,
      }),
    ),
  );
}

/** @param {Row} row @param {Plan} plan @param {Language} language */
function drawArrow({ event, from, to }, { lanes }, language) {
  const label = make("span", { class: "demo-words" }, make("span", {}, labelOf(event, language)));
  const low = Math.min(from, to);
  const span = Math.abs(from - to);
  const way = span === 0 ? "demo-self" : from > to ? "demo-left" : "demo-right";
  const edge =
    span && low === 0
      ? "demo-edge-left"
      : span && low + span === lanes.length - 1
        ? "demo-edge-right"
        : "";
  const head = span
    ? draw(HEADS[event.kind] ?? FILLED, "demo-tip")
    : draw("M6 1 11 6 6 11 1 6Z", "demo-tip");
  return make(
    "span",
    {
      class: `demo-arrow ${way} ${edge} demo-role-${lanes[from].role}`,
      style: `--low:${low};--span:${span}`,
    },
    label,
    make("span", { class: "demo-shaft" }, head),
  );
}

/** @param {string} text for those who hear the figure */
const hidden = (text) => make("span", { class: "demo-heard" }, text);

/**
 * @param {Row} row
 * @param {Plan} plan
 * @param {Strings} strings
 * @param {Language} language
 * @param {Level | undefined} level of what was found at this step
 */
function drawRow(row, plan, strings, language, level) {
  const { event, gap, from, to } = row;
  const { lanes } = plan;
  const names = strings.arrow(laneName(lanes[from], strings), laneName(lanes[to], strings));
  const time = strings.seconds(short(event.t));
  const when = gap > 0 || event.n === 1 ? time : "";
  const button = make(
    "button",
    { type: "button", class: "demo-row-button", tabindex: -1 },
    hidden(`${event.n}. `),
    make("span", { class: "demo-when" }, when),
    hidden(`${when ? "" : time} ${names}: `),
    make(
      "span",
      { class: "demo-chart" },
      ...drawSegments(plan, row),
      drawArrow(row, plan, language),
    ),
    ...(level
      ? [make("span", { class: "demo-mark" }, MARKS[level], hidden(` ${strings.levels[level]}`))]
      : []),
  );
  return make(
    "li",
    { class: `demo-row demo-kind-${event.kind}${level ? ` demo-found-${level}` : ""}` },
    ...(gap > 0
      ? [make("span", { class: "demo-gap", "aria-hidden": "true" }, strings.later(short(gap)))]
      : []),
    button,
  );
}

/**
 * The whole figure of a trace.
 * @param {Plan} plan
 * @param {Trace} trace
 * @param {Strings} strings
 * @param {Language} language
 */
export function drawLanes(plan, trace, strings, language) {
  const levels = levelsByStep(trace);
  const rows = plan.rows.map((row) =>
    drawRow(row, plan, strings, language, levels.get(row.event.n)),
  );
  const list = make(
    "ol",
    { class: "demo-rows", "aria-label": strings.lanes, role: "list" },
    ...rows,
  );
  rows[0]?.querySelector("button")?.setAttribute("tabindex", "0");
  const figure = make(
    "div",
    { class: "demo-lanes", style: `--lanes:${plan.lanes.length}` },
    drawHeads(plan, strings),
    list,
  );
  return { figure, list, rows };
}

/**
 * Marks one row as the current one: those above are past, those below still to come.
 * @param {HTMLElement[]} rows
 * @param {number} current 0: none, the whole exchange is shown alike
 */
export function markRow(rows, current) {
  rows.forEach((row, index) => {
    const button = /** @type {HTMLButtonElement} */ (row.querySelector("button"));
    const here = index + 1 === current;
    row.classList.toggle("demo-is-current", here);
    row.classList.toggle("demo-is-ahead", current > 0 && index + 1 > current);
    button.tabIndex = here || (current === 0 && index === 0) ? 0 : -1;
    if (here) button.setAttribute("aria-current", "step");
    else button.removeAttribute("aria-current");
  });
}
