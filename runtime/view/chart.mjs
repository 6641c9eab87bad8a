// The drawn part of a row: the lanes' life lines beside an event, and its arrow with a label. Most rows of a long
// exchange look like another one, so that each look is built once and copied.
import { draw, make } from "./dom.mjs";

/** @import { Plan, Row } from "../types.js" */

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

/** @param {Plan} plan @param {Row} row */
function drawSegments({ lanes }, { before, after }) {
  return lanes.flatMap(({ role }, lane) => {
    const style = `--lane:${lane}`;
    const piece = (/** @type {string} */ activity, /** @type {string} */ part) =>
      make("i", { class: `demo-life demo-role-${role} demo-is-${activity} demo-${part}`, style });
    if (before[lane] === after[lane]) return [piece(after[lane], "throughout")];
    return [piece(before[lane], "above"), piece(after[lane], "below")];
  });
}

/** @param {Row} row @param {Plan} plan */
function drawArrow({ event, from, to }, { lanes }) {
  const label = make("span", { class: "demo-words" }, make("span"));
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

/**
 * @param {Plan} plan
 * @returns {(row: Row, label: string) => HTMLElement} draws one row's chart
 */
export function chartOf(plan) {
  /** @type {Map<string, HTMLElement>} */
  const looks = new Map();
  return (row, label) => {
    const { event, from, to, before, after } = row;
    const key = [event.kind, from, to, before, after].join("|");
    const parts = () => [...drawSegments(plan, row), drawArrow(row, plan)];
    const look = looks.get(key) ?? make("span", { class: "demo-chart" }, ...parts());
    looks.set(key, look);
    const chart = /** @type {HTMLElement} */ (look.cloneNode(true));
    chart.querySelector(".demo-words > span")?.append(label);
    return chart;
  };
}
