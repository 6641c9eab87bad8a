// From a trace to what is drawn: the lanes, and for each event what every lane does around it.
import { Activities, blocked, laneKey } from "./activity.mjs";
import { fillBuffers } from "./buffer.mjs";

/** @import { Activity, Lane, Language, Plan, Row, Trace, TraceEvent } from "../types.js" */

const CLOSE = 1e-9; // seconds
const ORDER = /** @type {const} */ (["client", "server", "app"]);
export const MOST_LANES = 30; // drawn

/** @param {string} end */
function roleOf(end) {
  return /** @type {Lane["role"]} */ (end.split("/")[0]);
}

/**
 * Clients first, then the server, then the app's tasks; each in order of appearance, the tasks of one
 * connection together.
 * @param {TraceEvent[]} events
 * @returns {Lane[]}
 */
export function findLanes(events) {
  /** @type {Map<string, Lane & {connection: number, task: string}>} */
  const found = new Map();
  /** @type {Map<string, number>} */
  const connections = new Map();
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

/** @param {string} key @param {...Lane[]} lanes */
const isIn = (key, ...lanes) => lanes.some((some) => some.some((lane) => lane.key === key));

/**
 * The lanes that are drawn: all of them, or so many that people can tell them apart, the rest of each role
 * folded into one at the edge.
 * @param {Lane[]} all
 * @param {number} page which of them: 0 for the first
 * @returns {{lanes: Lane[], folded: Set<string>, pages: number}}
 */
export function foldLanes(all, page) {
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

/** @param {Lane[]} lanes of one role @param {number} room @param {number} page */
function foldSide(lanes, room, page) {
  if (lanes.length <= room) return { shown: lanes, rest: [], pages: 1 };
  const size = room - 1;
  const pages = Math.ceil(lanes.length / size);
  const begin = Math.min(page, pages - 1) * size;
  const shown = lanes.slice(begin, begin + size);
  const folded = lanes.length - shown.length;
  return { shown, rest: [{ key: "", role: lanes[0].role, label: `+${folded}`, folded }], pages };
}

/** @param {TraceEvent | undefined} event @returns {number} seconds for which it stops the loop */
export function heldFor(event) {
  /** @type {any} */
  const seconds = event?.kind === "blocking" ? /** @type {any} */ (event.message)?.seconds : 0;
  return typeof seconds === "number" && seconds > 0 ? seconds : 0;
}

/**
 * @param {Trace} trace
 * @param {Language} language of the labels
 * @param {number} [page] which lanes are drawn where there are too many
 * @returns {Plan}
 */
export function makePlan({ events, labels, time: end }, language, page = 0) {
  const all = findLanes(events);
  const { lanes, folded, pages } = foldLanes(all, page);
  const named = new Map(all.map((lane) => [lane.key, lane]));
  const place = placesOf(lanes);
  const activities = new Activities(lanes, folded, lastEvents(events));
  /** @type {Row[]} */
  const rows = [];
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
    const ends = /** @type {[Lane, Lane]} */ (keys.map((key) => named.get(key)));
    const shown = heldFor(event) ? blocked(lanes, now, from) : now;
    const label = labels?.[language]?.[event.n - 1] ?? event.kind;
    rows.push({ event, label, gap, from, to, ends, before, after: shown });
  }
  const time = Math.max(Number.isFinite(end) ? end : 0, events.at(-1)?.t ?? 0);
  return { lanes, all: all.length, pages, rows, buffers: fillBuffers(rows), time };
}

/** @param {Lane[]} lanes @returns {(key: string) => number} where a lane, or the one it is folded into, is drawn */
function placesOf(lanes) {
  const index = new Map(lanes.map(({ key }, position) => [key, position]));
  const rest = new Map(lanes.flatMap((lane, at) => (lane.folded ? [[lane.role, at]] : [])));
  return (key) => index.get(key) ?? rest.get(roleOf(key.split(":")[0])) ?? 0;
}

/** Time passes below a row: what each lane does meanwhile. */
/** @param {Row} above @param {Activity[]} now @param {number} gap @param {Activities} activities */
function pass(above, now, gap, activities) {
  const held = heldFor(above.event);
  if (held + CLOSE >= gap) return now;
  activities.rest();
  const waiting = activities.shown();
  if (!held) above.after = waiting;
  return waiting;
}

/** @param {TraceEvent[]} events */
function lastEvents(events) {
  /** @type {Map<string, number>} */
  const last = new Map();
  for (const { from, to, connection, n } of events)
    for (const end of [from, to]) last.set(laneKey(end, connection), n);
  return last;
}
