// Draws a plan: one vertical line a lane, one row an event, time down the page. See demo.css for the looks.
import { blocksOf, drawn, later, markAhead } from "./blocks.ts";
import { chartOf, linesOf } from "./chart.ts";
import { make } from "./dom.ts";

import type { Lane, Level, Plan, Row } from "../types.ts";
export type Strings = typeof import("#words/figure.ts").words;

const FEW = 5; // lanes that fit beside the code
const LONG = 100; // steps: more than that stand in blocks
export const MARKS: Record<Level, string> = { error: "✕", warning: "!", note: "i" };
/** @param t virtual seconds */
export const short = (t: number) => String(Math.round(t * 1e6) / 1e6);

export const laneName = (lane: Lane, strings: Strings) =>
  lane.label ? `${strings[lane.role]} ${lane.label}` : strings[lane.role];

function drawHeads({ lanes }: Plan, strings: Strings) {
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

/** @param text for those who hear the figure */
const hidden = (text: string) => make("span", { class: "demo-heard" }, text);

/** @param level of what was found at this step */
function drawRow(
  row: Row,
  strings: Strings,
  level: Level | undefined,
  drawChart: ReturnType<typeof chartOf>,
) {
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

/** What is drawn of a trace, by order or by time: a list with a button for each step. */
export interface Drawn {
  figure: HTMLElement;
  list: HTMLElement;
  /** one for each step, each with a button */
  rows: HTMLElement[];
  /** the step that a click means; 0: none */
  pick?: (click: MouseEvent, current: number) => number;
  /** what else shows where we are */
  mark?: (position: number) => void;
}

/**
 * The whole figure of a trace.
 * @param levels of what was found at a step
 */
export function drawLanes(plan: Plan, levels: Map<number, Level>, strings: Strings): Drawn {
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
      class: `demo-lanes${long ? " demo-is-long" : ""}${plan.lanes.length > FEW ? " demo-has-many" : ""}`,
      style: `--lanes:${plan.lanes.length};${long ? linesOf(plan) : ""}`,
    },
    drawHeads(plan, strings),
    list,
  );
  return { figure, list, rows };
}

export const buttonOf = (row: HTMLElement) =>
  drawn(row).querySelector("button") as HTMLButtonElement;

/**
 * Marks one row as the current one: those above are past, those below still to come.
 * Only what differs from the step before is touched: a long exchange is stepped through as fast as a short one.
 * @param before the step that was current; 0: none
 * @param current 0: none, the whole exchange is shown alike
 */
export function markRow(rows: HTMLElement[], before: number, current: number) {
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
