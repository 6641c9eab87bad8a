// Draws a plan to the scale of time: one track a lane, virtual seconds from left to right. What a lane does
// is told by pattern as well as by colour; every step is a button at its time, from lane to lane.
import { make } from "../dom.ts";
import { laneName, MARKS, short } from "../lanes.ts";
import { words } from "#words/time.ts";
import { drawLevels } from "./levels.ts";
import { spansOf, ticksOf } from "./spans.ts";

import type { Activity, Lane, Language, Level, Plan, Row } from "../../types.ts";
import type { Drawn } from "../lanes.ts";
export type Strings = typeof import("#words/figure.ts").words;
import type { Span } from "./spans.ts";

const NEAR_END = 0.88; // of the time
const REACH = 12; // pixels: half of the least width that a finger or a pointer needs

function drawTrack(lane: Lane, spans: Span[], time: number, strings: Strings) {
  const told = spans.map(({ start, end, activity }) => {
    const until = strings.seconds(`${short(start)}–${short(end)}`);
    return `${words.activities[activity]} ${until}`;
  });
  const label = `${laneName(lane, strings)}: ${told.join("; ")}`;
  const pieces = spans.map(({ start, end, activity }) =>
    make("i", {
      class: `demo-span demo-is-${activity}`,
      style: `--start:${start / time};--stop:${end / time}`,
    }),
  );
  const small = lane.label ? [make("small", {}, lane.label)] : [];
  return make(
    "div",
    { class: `demo-track demo-role-${lane.role}`, role: "img", "aria-label": label },
    make("span", { class: "demo-track-name" }, strings[lane.role], ...small),
    make("span", { class: "demo-track-line" }, ...pieces),
  );
}

function drawAxis(time: number, strings: Strings) {
  const places = ticksOf(time);
  const isNearEnd = (t: number) => t > NEAR_END * time;
  const last = places.find(isNearEnd) ?? Infinity; // its label stands before its tick, where others would
  const ticks = places.map((t) => {
    const room = t < last ? (last - t) / time : 1;
    const isTaken = room < 0.3;
    const place = isNearEnd(t) ? " demo-near-end" : room < 0.45 ? " demo-tick-beside" : "";
    return make(
      "span",
      {
        class: `demo-tick${place}`,
        style: `--start:${t / time}`,
      },
      ...(isTaken ? [] : [make("span", {}, strings.seconds(short(t)))]),
    );
  });
  return make("div", { class: "demo-axis", "aria-hidden": "true" }, ...ticks);
}

function drawLegend(spans: Span[][]) {
  const found = new Set(spans.flat().map(({ activity }) => activity));
  const names = Object.entries(words.activities) as [Activity, string][];
  const patterns = new Map(
    names.filter(([activity]) => found.has(activity)).map(([activity, name]) => [name, activity]),
  );
  const items = [...patterns].map(([name, activity]) =>
    make("li", {}, make("i", { class: `demo-span demo-is-${activity}` }), name),
  );
  return make("ul", { class: "demo-legend", "aria-label": words.legend }, ...items);
}

function drawMoment(
  { event, label: told, from, to, ends }: Row,
  { lanes, time }: Plan,
  strings: Strings,
  level: Level | undefined,
) {
  const way = from === to ? "demo-self" : from > to ? "demo-up" : "demo-down";
  const names = strings.arrow(laneName(ends[0], strings), laneName(ends[1], strings));
  const label = `${event.n}. ${strings.seconds(short(event.t))} ${names}: ${told}`;
  const found = level ? ` ${strings.levels[level]}` : "";
  const button = make(
    "button",
    { type: "button", class: "demo-moment-button", tabindex: -1, "aria-label": label + found },
    make("span", { class: "demo-beam" }),
    ...(level ? [make("span", { class: "demo-mark" }, MARKS[level])] : []),
  );
  return make(
    "li",
    {
      class: `demo-moment demo-role-${lanes[from].role} demo-kind-${event.kind} ${way}${level ? ` demo-found-${level}` : ""}`,
      style: `--start:${event.t / time};--low:${Math.min(from, to)};--span:${Math.abs(from - to)}`,
    },
    button,
  );
}

/**
 * The step that a click in the chart means: the nearest in time of those that touch the lane. Many happen at
 * one time, so that clicking again goes on to the next of them.
 * @returns 0: none
 */
function pick(
  { rows, lanes, time }: Plan,
  list: HTMLElement,
  click: MouseEvent,
  current: number,
): number {
  const box = list.getBoundingClientRect();
  const lane = Math.floor(((click.clientY - box.top) / box.height) * lanes.length);
  const away = ({ event }: Row) =>
    Math.abs((event.t / time) * box.width - (click.clientX - box.left));
  const touching = rows.filter(
    ({ from, to }) => Math.min(from, to) <= lane && lane <= Math.max(from, to),
  );
  const nearest = Math.min(...touching.map(away));
  const meant = touching.filter(
    (row) => away(row) <= Math.max(nearest, Math.min(REACH, nearest + 1)),
  );
  const next = meant.find(({ event }) => event.n > current) ?? meant[0];
  return next?.event.n ?? 0;
}

/** @param levels of what was found at a step */
export function drawTime(
  plan: Plan,
  levels: Map<number, Level>,
  strings: Strings,
  language: Language,
): Drawn {
  const { lanes, time } = plan;
  const spans = spansOf(plan);
  const rows = plan.rows.map((row) => drawMoment(row, plan, strings, levels.get(row.event.n)));
  const list = make(
    "ol",
    { class: "demo-rows demo-moments", "aria-label": strings.lanes, role: "list" },
    ...rows,
  );
  const veil = make("i", { class: "demo-veil" });
  const tracks = lanes.map((lane, index) => drawTrack(lane, spans[index], time, strings));
  const figure = make(
    "div",
    { class: "demo-scaled", style: `--lanes:${lanes.length}` },
    make("div", { class: "demo-tracks" }, drawAxis(time, strings), ...tracks, veil, list),
    ...plan.buffers.map((connection) => drawLevels(plan, connection, strings, language)),
    drawLegend(spans),
  );
  return {
    figure,
    list,
    rows,
    pick: (click, current) => pick(plan, list, click, current),
    mark: (position) => {
      const t = plan.rows[position - 1]?.event.t ?? time;
      veil.style.setProperty("--now", String(t / time));
    },
  };
}
