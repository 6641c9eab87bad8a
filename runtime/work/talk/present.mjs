// The part of a trace that lies in the conversation's past. A script has an end, and after it the engine's client
// leaves, as a browser does when its page is closed; but the reader has not left, and may say more.
import { clockOf, exact } from "./talk.mjs";

/** @import { Texts, Trace, TraceEvent } from "../../types.js" */
/** @import { Talk } from "./talk.mjs" */

const PATIENCE = 60; // virtual seconds that the engine's client stays after its last step (asgiscope/server/peer.py)

/** @typedef {{trace: Trace, texts: Texts, now: number}} Present now: virtual time of what comes next */

/** @param {TraceEvent} event @param {Talk} talk */
function leavesUnasked({ from, kind, connection }, talk) {
  const left = from === "client" && (kind === "close" || kind === "disconnect");
  return left && talk.scripts.has(connection) && !talk.leaves(connection);
}

/** @param {number} t @param {Talk} talk */
const later = (t, talk) => Math.max(Math.ceil(exact(t * 1000)) / 1000, talk.clock);

/**
 * @param {Trace} trace @param {Texts} texts @param {Talk} talk
 * @returns {Present}
 */
export function present(trace, texts, talk) {
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
