// The drawn part of a row: the lanes' life lines beside an event, and its arrow with a label. Most rows of a long
// exchange look like another one, so that each look is built once and copied.
import { draw, make } from "./dom.mjs";

/** @import { Activity, Lane, Plan, Row } from "../types.js" */

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

/** How an activity is drawn, where not as a plain line; the style sheet has an image for each. */
const LOOKS = new Set(["absent", "runs", "send", "blocks", "held", "many"]);
const ROLES = /** @type {const} */ (["client", "server", "app"]);
const MOST_LOOKS = 500; // kept to be copied

/**
 * Where the life lines of each role are, from left to right: once for all rows.
 * @param {Plan} plan
 */
export function linesOf({ lanes }) {
  return ROLES.map((role) => {
    const places = lanes.flatMap((lane, index) =>
      lane.role === role ? [placeOf(index, lanes)] : [],
    );
    return places.length ? `--${role}-lines:${places.join()};` : "";
  }).join("");
}

/** @param {number} index @param {Lane[]} lanes of which a line is as wide as its image, 9px */
function placeOf(index, lanes) {
  const part = index / Math.max(lanes.length - 1, 1);
  return `calc(${100 * part}% + (var(--inset) - 4.5px) * ${1 - 2 * part}) 0`;
}

/** @param {Activity} activity */
const imageOf = (activity) => `var(--is-${LOOKS.has(activity) ? activity : "plain"})`;

/** The life lines of one role beside a row in one element. */
/** @param {Plan} plan @param {Row} row @param {Lane["role"]} role */
function drawLines({ lanes }, { before, after }, role) {
  const of = (/** @type {Activity[]} */ activities) =>
    activities
      .filter((_, lane) => lanes[lane].role === role)
      .map(imageOf)
      .join();
  const [above, below] = [of(before), of(after)];
  const piece = (/** @type {string} */ images, /** @type {string} */ part) =>
    make("i", {
      class: `demo-life demo-lines demo-role-${role} demo-${part}`,
      style: `background-image:${images}`,
    });
  if (!above) return [];
  return above === below
    ? [piece(above, "throughout")]
    : [piece(above, "above"), piece(below, "below")];
}

/** The life lines beside a row of a short exchange: an element for each, which paper shows better. */
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
 * @param {boolean} long whether a row has no element for each lane
 * @returns {(row: Row, label: string) => HTMLElement} draws one row's chart
 */
export function chartOf(plan, long) {
  /** @type {Map<string, HTMLElement>} */
  const looks = new Map();
  return (row, label) => {
    const { event, from, to, before, after } = row;
    const key = [event.kind, from, to, before, after].join("|");
    const lines = () =>
      long ? ROLES.flatMap((role) => drawLines(plan, row, role)) : drawSegments(plan, row);
    const look =
      looks.get(key) ?? make("span", { class: "demo-chart" }, ...lines(), drawArrow(row, plan));
    if (looks.size < MOST_LOOKS) looks.set(key, look);
    const chart = /** @type {HTMLElement} */ (look.cloneNode(true));
    chart.querySelector(".demo-words > span")?.append(label);
    return chart;
  };
}
