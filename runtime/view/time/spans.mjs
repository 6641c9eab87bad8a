// What every lane does over time, and what every send buffer holds, as stretches of virtual seconds.

/** @import { Activity, Plan, Row, TraceEvent } from "../../types.js" */

/**
 * @typedef {object} Span
 * @property {number} start virtual seconds
 * @property {number} end
 * @property {Activity} activity
 */

/** @typedef {(event: TraceEvent) => number} Held for how many seconds an event stops the loop */

/** @param {Plan} plan @param {Held} heldFor @returns {{start: number, end: number, activities: Activity[]}[]} */
function stretches({ rows, time }, heldFor) {
  return rows.flatMap((row, index) => {
    const below = /** @type {Row | undefined} */ (rows[index + 1]);
    const [start, end] = [row.event.t, below?.event.t ?? time];
    const held = heldFor(row.event);
    if (!held || start + held >= end) return [{ start, end, activities: row.after }];
    return [
      { start, end: start + held, activities: row.after },
      { start: start + held, end, activities: below?.before ?? row.after },
    ];
  });
}

/**
 * @param {Plan} plan
 * @param {Held} heldFor
 * @returns {Span[][]} for each lane, without the times at which it is not there
 */
export function spansOf(plan, heldFor) {
  /** @type {Span[][]} */
  const spans = plan.lanes.map(() => []);
  for (const { start, end, activities } of stretches(plan, heldFor)) {
    if (end <= start) continue;
    spans.forEach((lane, index) => {
      const activity = activities[index];
      const last = lane.at(-1);
      if (last?.activity === activity && last.end === start) last.end = end;
      else if (activity !== "absent") lane.push({ start, end, activity });
    });
  }
  return spans;
}

/**
 * The level of a connection's send buffer: it stays what it is until the next point.
 * @param {Plan} plan
 * @param {string} connection
 * @returns {{t: number, level: number}[]}
 */
export function levelsOf({ rows }, connection) {
  return rows
    .filter(({ event, buffered }) => event.connection === connection && buffered !== undefined)
    .map(({ event, buffered = 0 }) => ({ t: event.t, level: buffered }));
}

/**
 * Round times for an axis: at most seven, from 0 on.
 * @param {number} time virtual seconds
 * @returns {number[]}
 */
export function ticksOf(time) {
  const power = 10 ** Math.floor(Math.log10(time));
  const step = [0.1, 0.2, 0.5, 1, 2].map((part) => part * power).find((size) => time / size <= 6);
  const size = step ?? 5 * power;
  return Array.from({ length: Math.floor(time / size + 1e-9) + 1 }, (_, index) => index * size);
}
