// Draws a plan: one vertical line a lane, one row an event, time down the page. See demo.css for the looks.
import { blocksOf, drawn, later, markAhead } from "./blocks.mjs";
import { chartOf, linesOf } from "./chart.mjs";
import { make } from "./dom.mjs";

/** @import { Lane, Level, Plan, Row } from "../types.js" */
/** @typedef {typeof import("#words/figure.mjs").words} Strings */

const LONG = 100; // steps: more than that stand in blocks
/** @type {Record<Level, string>} */
export const MARKS = { error: "✕", warning: "!", note: "i" };
/** @param {number} t virtual seconds */
export const short = (t) => String(Math.round(t * 1e6) / 1e6);

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

/** @param {string} text for those who hear the figure */
const hidden = (text) => make("span", { class: "demo-heard" }, text);

/**
 * @param {Row} row
 * @param {Strings} strings
 * @param {Level | undefined} level of what was found at this step
 * @param {ReturnType<typeof chartOf>} drawChart
 */
function drawRow(row, strings, level, drawChart) {
  const { event, gap, ends } = row;
  const names = strings.arrow(laneName(ends[0], strings), laneName(ends[1], strings));
  const time = strings.seconds(short(event.t));
  const when = gap > 0 || event.n === 1 ? time : "";
  const button = make(
    "button",
    { type: "button", class: "demo-row-button", tabindex: -1 },
    hidden(`${event.n}. `),
    make("span", { class: "demo-when" }, when),
    hidden(`${when ? "" : time} ${names}: `),
    drawChart(row, row.label),
    ...(level
      ? [make("span", { class: "demo-mark" }, MARKS[level], hidden(` ${strings.levels[level]}`))]
      : []),
  );
  if (gap <= 0) return [button];
  const passed = strings.later(short(gap));
  return [make("span", { class: "demo-gap", "aria-hidden": "true" }, passed), button];
}

/**
 * What is drawn of a trace, by order or by time: a list with a button for each step.
 * @typedef {object} Drawn
 * @property {HTMLElement} figure
 * @property {HTMLElement} list
 * @property {HTMLElement[]} rows one for each step, each with a button
 * @property {(click: MouseEvent, current: number) => number} [pick] the step that a click means; 0: none
 * @property {(position: number) => void} [mark] what else shows where we are
 */

/**
 * The whole figure of a trace.
 * @param {Plan} plan
 * @param {Map<number, Level>} levels of what was found at a step
 * @param {Strings} strings
 * @returns {Drawn}
 */
export function drawLanes(plan, levels, strings) {
  const long = plan.rows.length > LONG;
  const drawChart = chartOf(plan, long);
  const rows = plan.rows.map((row) => {
    const { kind, n } = row.event;
    const level = levels.get(n);
    const found = level ? ` demo-found-${level}` : "";
    const role = long ? "listitem" : undefined; // the blocks are no lists
    const element = make("li", { class: `demo-row demo-kind-${kind}${found}`, role });
    return later(element, () => drawRow(row, strings, level, drawChart));
  });
  const named = { class: "demo-rows", "aria-label": strings.lanes, role: "list" };
  const list = long
    ? make(
        "div",
        named,
        ...blocksOf(rows, (some) => make("ol", { class: "demo-block", role: "none" }, ...some)),
      )
    : make("ol", named, ...rows.map(drawn));
  const figure = make(
    "div",
    {
      class: long ? "demo-lanes demo-is-long" : "demo-lanes",
      style: `--lanes:${plan.lanes.length};${long ? linesOf(plan) : ""}`,
    },
    drawHeads(plan, strings),
    list,
  );
  return { figure, list, rows };
}

/** @param {HTMLElement} row */
export const buttonOf = (row) =>
  /** @type {HTMLButtonElement} */ (drawn(row).querySelector("button"));

/**
 * Marks one row as the current one: those above are past, those below still to come.
 * Only what differs from the step before is touched: a long exchange is stepped through as fast as a short one.
 * @param {HTMLElement[]} rows
 * @param {number} before the step that was current; 0: none
 * @param {number} current 0: none, the whole exchange is shown alike
 */
export function markRow(rows, before, current) {
  const past = before || rows.length;
  const now = current || rows.length;
  markAhead(rows, past, now);
  if (rows[before - 1]) {
    rows[before - 1].classList.remove("demo-is-current");
    buttonOf(rows[before - 1]).removeAttribute("aria-current");
  }
  for (const index of [before || 1, current || 1])
    if (rows[index - 1]) buttonOf(rows[index - 1]).tabIndex = index === (current || 1) ? 0 : -1;
  if (!rows[current - 1]) return;
  rows[current - 1].classList.add("demo-is-current");
  buttonOf(rows[current - 1]).setAttribute("aria-current", "step");
}
