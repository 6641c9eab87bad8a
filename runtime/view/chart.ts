// The drawn part of a row: the lanes' life lines beside an event, and its arrow with a label. Most rows of a long
// exchange look like another one, so that each look is built once and copied.
import { draw, make } from "./dom.ts";

import type { Activity, Lane, Plan, Row } from "../types.ts";

// Heads differ in shape: what is sent is filled, what is received is open, what is refused is crossed.
const FILLED = "M1 1 11 6 1 11Z";
const OPEN = "M2 1 11 6 2 11";
const CROSS = "M1 1 11 11M11 1 1 11";
const STOP = "M6 0V12";
const HEADS: Record<string, string> = {
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
const ROLES = ["client", "server", "app"] as const;
const LONG_WORD = 16; // characters: a shorter one fits between two lanes
const MOST_LOOKS = 500; // kept to be copied

/** Where the life lines of each role are, from left to right: once for all rows. */
export function linesOf({ lanes }: Plan) {
  return ROLES.map((role) => {
    const places = lanes.flatMap((lane, index) =>
      lane.role === role ? [placeOf(index, lanes)] : [],
    );
    return places.length ? `--${role}-lines:${places.join()};` : "";
  }).join("");
}

/** @param lanes of which a line is as wide as its image, 9px */
function placeOf(index: number, lanes: Lane[]) {
  const part = index / Math.max(lanes.length - 1, 1);
  return `calc(${100 * part}% + (var(--inset) - 4.5px) * ${1 - 2 * part}) 0`;
}

const imageOf = (activity: Activity) => `var(--is-${LOOKS.has(activity) ? activity : "plain"})`;

/** The life lines of one role beside a row in one element. */
function drawLines({ lanes }: Plan, { before, after }: Row, role: Lane["role"]) {
  const of = (activities: Activity[]) =>
    activities
      .filter((_, lane) => lanes[lane].role === role)
      .map(imageOf)
      .join();
  const [above, below] = [of(before), of(after)];
  const piece = (images: string, part: string) =>
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
function drawSegments({ lanes }: Plan, { before, after }: Row) {
  return lanes.flatMap(({ role }, lane) => {
    const style = `--lane:${lane}`;
    const piece = (activity: string, part: string) =>
      make("i", { class: `demo-life demo-role-${role} demo-is-${activity} demo-${part}`, style });
    if (before[lane] === after[lane]) return [piece(after[lane], "throughout")];
    return [piece(before[lane], "above"), piece(after[lane], "below")];
  });
}

function drawArrow({ event, from, to }: Row, { lanes }: Plan) {
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

/** A label whose long words can be broken where a reader would: behind a mark, before the next letter. */
function breakable(label: string): (Node | string)[] {
  if (!label.split(" ").some((word) => word.length > LONG_WORD)) return [label];
  const parts = label.split(/(?<=[^\s\p{L}\p{N}])(?=[\p{L}\p{N}])/u);
  return parts.flatMap((part, index) => (index ? [make("wbr"), part] : [part]));
}

/**
 * @param long whether a row has no element for each lane
 * @returns draws one row's chart
 */
export function chartOf(plan: Plan, long: boolean): (row: Row, label: string) => HTMLElement {
  const looks: Map<string, HTMLElement> = new Map();
  return (row, label) => {
    const { event, from, to, before, after } = row;
    const key = [event.kind, from, to, before, after].join("|");
    const lines = () =>
      long ? ROLES.flatMap((role) => drawLines(plan, row, role)) : drawSegments(plan, row);
    const look =
      looks.get(key) ?? make("span", { class: "demo-chart" }, ...lines(), drawArrow(row, plan));
    if (looks.size < MOST_LOOKS) looks.set(key, look);
    const chart = look.cloneNode(true) as HTMLElement;
    chart.querySelector(".demo-words > span")?.append(...breakable(label));
    return chart;
  };
}
