// What a lane does after an event, given what it did before: running, waiting for something, not there.

/** @import { Activity, Lane, TraceEvent } from "../types.js" */

/** A client's activity after an event of its connection; what is not named leaves it as it was. */
/** @type {Record<string, Activity>} */
const CLIENT = {
  request: "response",
  connect: "response",
  response: "response",
  accept: "peer",
  reject: "absent",
  disconnect: "absent",
  complete: "absent",
  close: "absent",
};

/** The same for a task of the app. */
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
  print: "runs",
  stderr: "runs",
  log: "runs",
  warning: "runs",
  cancel: "runs",
  return: "absent",
  raise: "absent",
  cancelled: "absent",
};

/**
 * @param {TraceEvent} event
 * @returns {string | undefined} "app" or "app/2" and so on: the task that takes part in it
 */
function taskOf({ from, to }) {
  return [from, to].find((end) => end.startsWith("app"));
}

/**
 * The key of the lane that an end of an event lies on.
 * @param {string} end "client", "server", "app" or "app/2"
 * @param {string} connection
 */
export const laneKey = (end, connection) => (end === "server" ? end : `${end}:${connection}`);

/**
 * What the lanes do after an event. One event loop runs one task at a time: where another task acts,
 * the one that ran before has come to an `await`.
 * @param {Lane[]} lanes
 * @param {Activity[]} before
 * @param {TraceEvent} event
 * @param {Map<string, number>} last the number of the last event of each lane
 * @returns {Activity[]}
 */
export function after(lanes, before, event, last) {
  const { kind, connection, n } = event;
  const client = laneKey("client", connection);
  const task = laneKey(taskOf(event) ?? "", connection);
  const acts = kind in APP && taskOf(event) !== undefined;
  const next = lanes.map(({ key, role }, index) => {
    if (key === client) return CLIENT[kind] ?? before[index];
    if (role !== "app" || !acts) return before[index];
    if (key !== task) return before[index] === "runs" ? "timer" : before[index];
    // Nobody records the end of a task that the app has made: it is gone after its last event.
    const over = key.includes("/") && APP[kind] === "runs" && last.get(key) === n;
    return over ? "absent" : APP[kind];
  });
  return withServer(lanes, next);
}

/** The server waits for the app while the app runs, for its peer while the app awaits receive(). */
/** @param {Lane[]} lanes @param {Activity[]} activities @returns {Activity[]} */
function withServer(lanes, activities) {
  const apps = activities.filter((_, index) => lanes[index].role === "app");
  /** @type {Activity} */
  let server = "peer";
  if (apps.some((activity) => activity === "runs" || activity === "timer")) server = "app";
  else if (apps.every((activity) => activity === "absent")) server = "absent";
  return activities.map((activity, index) => (lanes[index].role === "server" ? server : activity));
}

/**
 * While time passes nothing runs: what ran is waiting.
 * @param {Activity[]} activities
 * @returns {Activity[]}
 */
export const resting = (activities) =>
  activities.map((activity) => (activity === "runs" ? "timer" : activity));

/**
 * A blocking call stops the loop: the server and every task that is there are held until it returns.
 * @param {Lane[]} lanes
 * @param {Activity[]} activities
 * @param {string} blocking the key of the lane that makes the call
 * @returns {Activity[]}
 */
export const blocked = (lanes, activities, blocking) =>
  activities.map((activity, index) => {
    if (lanes[index].key === blocking) return "blocks";
    return lanes[index].role === "client" || activity === "absent" ? activity : "held";
  });
