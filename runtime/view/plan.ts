// From a trace to what is drawn: the lanes, and for each event what every lane does around it.
import { Activities, blocked, laneKey } from "./activity.ts";
import { fillBuffers } from "./buffer.ts";

import type { Activity, Lane, Language, Plan, Row, Trace, TraceEvent } from "../types.ts";

const CLOSE = 1e-9; // seconds
const ORDER = ["client", "server", "app"] as const;
export const MOST_LANES = 30; // drawn

function roleOf(end: string) {
  return end.split("/")[0] as Lane["role"];
}

/**
 * Clients first, then the server, then the app's tasks; each in order of appearance, the tasks of one
 * connection together.
 */
export function findLanes(events: TraceEvent[]): Lane[] {
  const found: Map<string, Lane & { connection: number; task: string }> = new Map();
  const connections: Map<string, number> = new Map();
  for (const { from, to, connection: name } of events) {
    const connection = connections.get(name) ?? connections.size;
    connections.set(name, connection);
    for (const end of [from, to]) {
      const key = laneKey(end, name);
      const task = end.split("/")[1] ?? "";
      if (!found.has(key))
        found.set(key, { key, role: roleOf(end), label: name, connection, task });
    }
  }
  return ORDER.flatMap((role) => {
    const same = [...found.values()].filter((lane) => lane.role === role);
    const several = new Set(same.map(({ connection }) => connection)).size > 1;
    return same
      .sort((one, other) => one.connection - other.connection)
      .map(({ key, label, task }) => ({
        ...{ key, role },
        label: [several && label, task && `#${task}`].filter(Boolean).join(" "),
      }));
  });
}

const isIn = (key: string, ...lanes: Lane[][]) =>
  lanes.some((some) => some.some((lane) => lane.key === key));

/**
 * The lanes that are drawn: all of them, or so many that people can tell them apart, the rest of each role
 * folded into one at the edge.
 * @param page which of them: 0 for the first
 */
export function foldLanes(
  all: Lane[],
  page: number,
): { lanes: Lane[]; folded: Set<string>; pages: number } {
  if (all.length <= MOST_LANES) return { lanes: all, folded: new Set(), pages: 1 };
  const [clients, server, apps] = ORDER.map((role) => all.filter((lane) => lane.role === role));
  const most = MOST_LANES - server.length;
  const room = Math.min(clients.length, Math.max(most >> 1, most - apps.length));
  const sides = [foldSide(clients, room, page), foldSide(apps, most - room, page)];
  const [left, right] = sides.map(({ shown }) => shown);
  return {
    lanes: [...sides[0].rest, ...left, ...server, ...right, ...sides[1].rest],
    folded: new Set(
      [...clients, ...apps].flatMap(({ key }) => (isIn(key, left, right) ? [] : [key])),
    ),
    pages: Math.max(...sides.map(({ pages }) => pages)),
  };
}

/** @param lanes of one role */
function foldSide(lanes: Lane[], room: number, page: number) {
  if (lanes.length <= room) return { shown: lanes, rest: [], pages: 1 };
  const size = room - 1;
  const pages = Math.ceil(lanes.length / size);
  const begin = Math.min(page, pages - 1) * size;
  const shown = lanes.slice(begin, begin + size);
  const folded = lanes.length - shown.length;
  return { shown, rest: [{ key: "", role: lanes[0].role, label: `+${folded}`, folded }], pages };
}

/** @returns seconds for which it stops the loop */
export function heldFor(event: TraceEvent | undefined): number {
  const seconds: any = event?.kind === "blocking" ? (event.message as any)?.seconds : 0;
  return typeof seconds === "number" && seconds > 0 ? seconds : 0;
}

/**
 * @param language of the labels
 * @param page which lanes are drawn where there are too many
 */
export function makePlan(
  { events, labels, time: end }: Trace,
  language: Language,
  page: number = 0,
): Plan {
  const all = findLanes(events);
  const { lanes, folded, pages } = foldLanes(all, page);
  const named = new Map(all.map((lane) => [lane.key, lane]));
  const place = placesOf(lanes);
  const activities = new Activities(lanes, folded, lastEvents(events));
  const rows: Row[] = [];
  let now = activities.shown();
  for (const event of events) {
    const above = rows.at(-1);
    const gap = above ? event.t - above.event.t : 0;
    if (above && gap > 0) now = pass(above, now, gap, activities);
    const before = above && gap > 0 && heldFor(above.event) + CLOSE >= gap ? above.after : now;
    activities.act(event);
    now = activities.shown();
    const keys = [event.from, event.to].map((side) => laneKey(side, event.connection));
    const [from, to] = keys.map(place);
    const ends = keys.map((key) => named.get(key)) as [Lane, Lane];
    const shown = heldFor(event) ? blocked(lanes, now, from) : now;
    const label = labels?.[language]?.[event.n - 1] ?? event.kind;
    rows.push({ event, label, gap, from, to, ends, before, after: shown });
  }
  const time = Math.max(Number.isFinite(end) ? end : 0, events.at(-1)?.t ?? 0);
  return { lanes, all: all.length, pages, rows, buffers: fillBuffers(rows), time };
}

/** @returns where a lane, or the one it is folded into, is drawn */
function placesOf(lanes: Lane[]): (key: string) => number {
  const index = new Map(lanes.map(({ key }, position) => [key, position]));
  const rest = new Map(lanes.flatMap((lane, at) => (lane.folded ? [[lane.role, at]] : [])));
  return (key) => index.get(key) ?? rest.get(roleOf(key.split(":")[0])) ?? 0;
}

/** Time passes below a row: what each lane does meanwhile. */
function pass(above: Row, now: Activity[], gap: number, activities: Activities) {
  const held = heldFor(above.event);
  if (held + CLOSE >= gap) return now;
  activities.rest();
  const waiting = activities.shown();
  if (!held) above.after = waiting;
  return waiting;
}

function lastEvents(events: TraceEvent[]) {
  const last: Map<string, number> = new Map();
  for (const { from, to, connection, n } of events)
    for (const end of [from, to]) last.set(laneKey(end, connection), n);
  return last;
}
