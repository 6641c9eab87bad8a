// From a trace to what is drawn: the lanes, and for each event what every lane does around it.

/** @import { Activity, Lane, Plan, Row, Trace, TraceEvent } from "../types.js" */

/** Client activity after an event of its connection; what is not named leaves it as it was. */
/** @type {Record<string, Activity>} */
const CLIENT = {
  request: "response",
  connect: "response",
  response: "response",
  disconnect: "absent",
  complete: "absent",
  close: "absent",
};

/** @type {Record<string, Activity>} */
const APP = {
  call: "runs",
  receive: "receive",
  event: "runs",
  send: "runs",
  refuse: "runs",
  pause: "send",
  resume: "runs",
  blocking: "runs",
  return: "absent",
  raise: "absent",
};

/**
 * The key of the lane that an end of an event lies on.
 * @param {string} end "client", "server", "app" or "app/2"
 * @param {string} connection
 */
function laneKey(end, connection) {
  if (end === "server") return "server";
  return `${end}:${connection}`;
}

/** @param {string} end */
function roleOf(end) {
  return /** @type {Lane["role"]} */ (end.split("/")[0]);
}

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
  for (const role of order) {
    const same = lanes.filter((lane) => lane.role === role);
    const connections = new Set(same.map((lane) => lane.connection)).size;
    for (const lane of same) {
      const connection = connections > 1 ? lane.connection : "";
      lane.label = [connection, lane.task && `#${lane.task}`].filter(Boolean).join(" ");
    }
  }
  return lanes.map(({ key, role, label }) => ({ key, role, label }));
}

/**
 * What the lanes do after an event, given what they did before it.
 * @param {Lane[]} lanes
 * @param {Activity[]} before
 * @param {TraceEvent} event
 * @returns {Activity[]}
 */
function after(lanes, before, event) {
  const client = laneKey("client", event.connection);
  const end = roleOf(event.from) === "app" ? event.from : event.to;
  const app = laneKey(end, event.connection);
  return lanes.map(({ key }, index) => {
    if (key === client) return CLIENT[event.kind] ?? before[index];
    if (key === app) return APP[event.kind] ?? before[index];
    return before[index];
  });
}

/**
 * The server waits for the app while the app runs, for its peer while the app awaits receive().
 * @param {Lane[]} lanes
 * @param {Activity[]} activities
 * @returns {Activity}
 */
function serverActivity(lanes, activities) {
  const apps = activities.filter((_, index) => lanes[index].role === "app");
  if (apps.some((activity) => activity === "runs" || activity === "timer")) return "app";
  return apps.every((activity) => activity === "absent") ? "absent" : "peer";
}

/**
 * @param {Trace} trace
 * @returns {Plan}
 */
export function makePlan({ events }) {
  const lanes = findLanes(events);
  const index = new Map(lanes.map(({ key }, position) => [key, position]));
  /** @type {Activity[]} */
  let now = lanes.map(() => "absent");
  let time = events[0]?.t ?? 0;
  /** @type {Row[]} */
  const rows = [];
  for (const event of events) {
    const gap = event.t - time;
    time = event.t;
    if (gap > 0 && event.kind !== "blocking") {
      now = now.map((activity, lane) =>
        lanes[lane].role === "app" && activity === "runs" ? "timer" : activity,
      );
      if (rows.length) rows[rows.length - 1].after = now;
    }
    const next = after(lanes, now, event);
    const server = lanes.findIndex(({ role }) => role === "server");
    if (server >= 0) next[server] = serverActivity(lanes, next);
    rows.push({
      event,
      gap,
      from: index.get(laneKey(event.from, event.connection)) ?? 0,
      to: index.get(laneKey(event.to, event.connection)) ?? 0,
      before: now,
      after: next,
    });
    now = next;
  }
  return { lanes, rows };
}
