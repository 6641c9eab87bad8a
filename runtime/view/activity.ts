// What a lane does after an event, given what it did before: running, waiting for something, not there.

import type { Activity, Lane, TraceEvent } from "../types.ts";

/** A client's activity after an event of its connection; what is not named leaves it as it was. */
const CLIENT: Record<string, Activity> = {
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
const APP: Record<string, Activity> = {
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

/** What the server waits for. */
const WORKING: Set<Activity> = new Set(["runs", "timer"]);

/** @returns "app" or "app/2" and so on: the task that takes part in it */
function taskOf({ from, to }: TraceEvent): string | undefined {
  return [from, to].find((end) => end.startsWith("app"));
}

/**
 * The key of the lane that an end of an event lies on.
 * @param end "client", "server", "app" or "app/2"
 */
export const laneKey = (end: string, connection: string) =>
  end === "server" ? end : `${end}:${connection}`;

/**
 * What every lane does, event by event. One event loop runs one task at a time: where another task acts,
 * the one that ran before has come to an `await`. An event changes few lanes, however many there are.
 */
export class Activities {
  declare drawn: Lane[];
  declare folded: Set<string>;
  declare last: Map<string, number>;

  #now: Map<string, Activity> = new Map();
  /** The task that ran last. */
  #running = "";
  #working = 0; // tasks of the app that run, or wait for time or for each other
  #there = 0; // tasks of the app
  /** How many lanes that are folded are there, by role. */
  #folded = { client: 0, server: 0, app: 0 };

  /**
   * @param folded keys of the lanes that share one that is drawn
   * @param last the number of the last event of each lane
   */
  constructor(drawn: Lane[], folded: Set<string>, last: Map<string, number>) {
    this.drawn = drawn;
    this.folded = folded;
    this.last = last;
  }

  #of(key: string): Activity {
    return this.#now.get(key) ?? "absent";
  }

  #set(key: string, activity: Activity) {
    const role = key.split(/[/:]/)[0] as Lane["role"];
    const before = this.#of(key);
    const more = Number(activity !== "absent") - Number(before !== "absent");
    if (this.folded.has(key)) this.#folded[role] += more;
    if (role === "app") {
      this.#there += more;
      this.#working += Number(WORKING.has(activity)) - Number(WORKING.has(before));
    }
    this.#now.set(key, activity);
  }

  act(event: TraceEvent) {
    const { kind, connection, n } = event;
    if (CLIENT[kind]) this.#set(laneKey("client", connection), CLIENT[kind]);
    const end = taskOf(event);
    if (end === undefined || !APP[kind]) return;
    const task = laneKey(end, connection);
    if (this.#running !== task) this.rest();
    // Nobody records the end of a task that the app has made: it is gone after its last event.
    const over = end.includes("/") && APP[kind] === "runs" && this.last.get(task) === n;
    this.#set(task, over ? "absent" : APP[kind]);
    this.#running = task;
  }

  /** While time passes nothing runs: what ran is waiting. */
  rest() {
    if (this.#of(this.#running) === "runs") this.#set(this.#running, "timer");
  }

  /** The server waits for the app while the app runs, for its peer while the app awaits receive(). */
  get #server() {
    if (this.#working) return "app";
    return this.#there ? "peer" : "absent";
  }

  /** @returns what the lanes that are drawn do now */
  shown(): Activity[] {
    return this.drawn.map(({ key, role, folded }) => {
      if (folded) return this.#folded[role] ? "many" : "absent";
      return role === "server" ? this.#server : this.#of(key);
    });
  }
}

/**
 * A blocking call stops the loop: the server and every task that is there are held until it returns.
 * @param blocking the lane that makes the call
 */
export const blocked = (lanes: Lane[], activities: Activity[], blocking: number): Activity[] =>
  activities.map((activity, index) => {
    if (index === blocking) return "blocks";
    return lanes[index].role === "client" || activity === "absent" ? activity : "held";
  });
