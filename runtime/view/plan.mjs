// From a trace to what is drawn: the lanes, and for each event what every lane does around it.
import { after, blocked, laneKey, resting } from "./activity.mjs";
import { fillBuffers } from "./buffer.mjs";

/** @import { Activity, Lane, Plan, Row, Trace, TraceEvent } from "../types.js" */

const CLOSE = 1e-9; // seconds

/** @param {string} end */
function roleOf(end) {
  return /** @type {Lane["role"]} */ (end.split("/")[0]);
}

/** The tasks of one connection stand together. */
/** @param {{connection: string}} one @param {{connection: string}} other @param {string[]} order */
const tasks = (one, other, order) =>
  order.indexOf(one.connection) - order.indexOf(other.connection);

/**
 * Clients first, then the server, then the app's tasks; each in order of appearance.
 * @param {TraceEvent[]} events
 * @returns {Lane[]}
 */
export function findLanes(events) {
  /** @type {Map<string, Lane & {connection: string, task: string}>} */
  const found = new Map();
  for (const { from, to, connection } of events) {
    for (const end of [from, to]) {
      const key = laneKey(end, connection);
      const task = end.split("/")[1] ?? "";
      if (!found.has(key)) found.set(key, { key, role: roleOf(end), label: "", connection, task });
    }
  }
  const order = ["client", "server", "app"];
  const lanes = order.flatMap((role) => [...found.values()].filter((lane) => lane.role === role));
  const connections = [...new Set(events.map(({ connection }) => connection))];
  lanes.sort((a, b) => order.indexOf(a.role) - order.indexOf(b.role) || tasks(a, b, connections));
  for (const role of order) {
    const same = lanes.filter((lane) => lane.role === role);
    const several = new Set(same.map((lane) => lane.connection)).size > 1;
    for (const lane of same) {
      const connection = several ? lane.connection : "";
      lane.label = [connection, lane.task && `#${lane.task}`].filter(Boolean).join(" ");
    }
  }
  return lanes.map(({ key, role, label }) => ({ key, role, label }));
}

/** @param {TraceEvent | undefined} event @returns {number} seconds for which it stops the loop */
export function heldFor(event) {
  /** @type {any} */
  const message = event?.message;
  return event?.kind === "blocking" && message?.seconds > 0 ? message.seconds : 0;
}

/**
 * @param {Trace} trace
 * @returns {Plan}
 */
export function makePlan({ events, time: end }) {
  const lanes = findLanes(events);
  const index = new Map(lanes.map(({ key }, position) => [key, position]));
  const place = (/** @type {string} */ side, /** @type {TraceEvent} */ { connection }) =>
    index.get(laneKey(side, connection)) ?? 0;
  const last = lastEvents(events);
  /** @type {Row[]} */
  const rows = [];
  /** @type {Activity[]} */
  let now = lanes.map(() => "absent");
  for (const event of events) {
    const above = rows.at(-1);
    const gap = above ? event.t - above.event.t : 0;
    if (above && gap > 0) now = pass(above, now, gap);
    const before = above && gap > 0 && heldFor(above.event) + CLOSE >= gap ? above.after : now;
    now = after(lanes, now, event, last);
    const shown = heldFor(event) ? blocked(lanes, now, laneKey(event.from, event.connection)) : now;
    const [from, to] = [place(event.from, event), place(event.to, event)];
    rows.push({ event, gap, from, to, before, after: shown });
  }
  const time = Math.max(Number.isFinite(end) ? end : 0, events.at(-1)?.t ?? 0);
  return { lanes, rows, buffers: fillBuffers(rows), time };
}

/** Time passes below a row: what each lane does meanwhile. */
/** @param {Row} above @param {Activity[]} now @param {number} gap @returns {Activity[]} */
function pass(above, now, gap) {
  const held = heldFor(above.event);
  if (held + CLOSE >= gap) return now;
  const waiting = resting(now);
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
