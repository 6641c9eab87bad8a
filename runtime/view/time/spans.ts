// What every lane does over time, and what every send buffer holds, as stretches of virtual seconds.
import { heldFor } from "../plan.ts";

import type { Activity, Plan, Row } from "../../types.ts";

export interface Span {
  /** virtual seconds */
  start: number;
  end: number;
  activity: Activity;
}

function stretches({ rows, time }: Plan): { start: number; end: number; activities: Activity[] }[] {
  return rows.flatMap((row, index) => {
    const below = rows[index + 1] as Row | undefined;
    const [start, end] = [row.event.t, below?.event.t ?? time];
    const held = heldFor(row.event);
    if (!held || start + held >= end) return [{ start, end, activities: row.after }];
    return [
      { start, end: start + held, activities: row.after },
      { start: start + held, end, activities: below?.before ?? row.after },
    ];
  });
}

/** @returns for each lane, without the times at which it is not there */
export function spansOf(plan: Plan): Span[][] {
  const spans: Span[][] = plan.lanes.map(() => []);
  for (const { start, end, activities } of stretches(plan)) {
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

/** The level of a connection's send buffer: it stays what it is until the next point. */
export function levelsOf({ rows }: Plan, connection: string): { t: number; level: number }[] {
  return rows
    .filter(({ event, buffered }) => event.connection === connection && buffered !== undefined)
    .map(({ event, buffered = 0 }) => ({ t: event.t, level: buffered }));
}

/**
 * Round times for an axis: at most seven, from 0 on.
 * @param time virtual seconds
 */
export function ticksOf(time: number): number[] {
  const power = 10 ** Math.floor(Math.log10(time));
  const step = [0.1, 0.2, 0.5, 1, 2].map((part) => part * power).find((size) => time / size <= 6);
  const size = step ?? 5 * power;
  return Array.from({ length: Math.floor(time / size + 1e-9) + 1 }, (_, index) => index * size);
}
