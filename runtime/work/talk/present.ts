// The part of a trace that lies in the conversation's past. A script has an end, and after it the engine's client
// leaves, as a browser does when its page is closed; but the reader has not left, and may say more.
import { clockOf, exact } from "./talk.ts";

import type { Texts, Trace, TraceEvent } from "../../types.ts";
import type { Talk } from "./talk.ts";

const PATIENCE = 60; // virtual seconds that the engine's client stays after its last step (asgiscope/server/peer.py)

/** now: virtual time of what comes next */
export type Present = { trace: Trace; texts: Texts; now: number };

function leavesUnasked({ from, kind, connection }: TraceEvent, talk: Talk) {
  const left = from === "client" && (kind === "close" || kind === "disconnect");
  return left && talk.scripts.has(connection) && !talk.leaves(connection);
}

const later = (t: number, talk: Talk) => Math.max(Math.ceil(exact(t * 1000)) / 1000, talk.clock);

export function present(trace: Trace, texts: Texts, talk: Talk): Present {
  const { events, findings } = trace;
  const leaving = events.findIndex((event) => leavesUnasked(event, talk));
  if (leaving < 0) return { trace, texts, now: later(events.at(-1)?.t ?? 0, talk) };
  const { t, connection } = events[leaving];
  const script = talk.scripts.get(connection) ?? [];
  // An app that never comes to rest is shown up to now; any other, until nothing more happens by itself.
  const restless = t >= exact(clockOf(script) + PATIENCE);
  const ahead = restless ? events.findIndex((event) => event.t > talk.clock) : leaving;
  const kept = events.slice(0, ahead < 0 ? leaving : Math.min(ahead, leaving));
  const past = findings.map(({ event }) => (event ?? 0) <= kept.length);
  return {
    trace: { ...trace, events: kept, findings: findings.filter((_, index) => past[index]) },
    texts: texts.filter((_, index) => past[index]),
    now: later(restless ? 0 : t, talk),
  };
}
