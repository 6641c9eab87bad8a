// What differs between two texts, line by line.
import { make } from "../view/dom.ts";
import { words } from "#words/difference.ts";
import { writeSteps } from "./steps_text.ts";
import { seen } from "./unseen.ts";

import type { Store } from "./store.ts";

export type Line = { kind: "same" | "less" | "more" | "skip"; text: string };

const MOST_CELLS = 1_000_000; // of the table; past that, everything between the equal ends differs
const MOST_LINES = 1000; // shown
const AROUND = 2; // equal lines shown around a difference
/** @returns by their longest common sequence */
function compare(before: string[], after: string[]): Line[] {
  const width = after.length + 1;
  const table = new Uint16Array((before.length + 1) * width);
  for (let row = before.length - 1; row >= 0; row -= 1)
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const at = row * width + column;
      table[at] =
        before[row] === after[column]
          ? table[at + width + 1] + 1
          : Math.max(table[at + width], table[at + 1]);
    }
  const lines: Line[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const at = row * width + column;
    if (row < before.length && column < after.length && before[row] === after[column]) {
      lines.push({ kind: "same", text: before[row] });
      row += 1;
      column += 1;
    } else if (
      column >= after.length ||
      (row < before.length && table[at + width] >= table[at + 1])
    )
      lines.push({ kind: "less", text: before[row++] });
    else lines.push({ kind: "more", text: after[column++] });
  }
  return lines;
}

function compareMiddle(before: string[], after: string[]): Line[] {
  if (before.length * after.length <= MOST_CELLS) return compare(before, after);
  return [
    ...before.map((text) => ({ kind: "less", text }) as Line),
    ...after.map((text) => ({ kind: "more", text }) as Line),
  ];
}

/** @returns every line of both */
export function diffLines(before: string, after: string): Line[] {
  const [old, now] = [before, after].map((text) => text.replace(/\n$/, "").split("\n"));
  const shorter = Math.min(old.length, now.length);
  let start = 0;
  while (start < shorter && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shorter - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const same = (text: string): Line => ({ kind: "same", text });
  return [
    ...old.slice(0, start).map(same),
    ...compareMiddle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end).map(same),
  ];
}

/** @returns without the equal lines far from any difference */
function fold(lines: Line[]): Line[] {
  const near = lines.map((_, at) =>
    lines.slice(Math.max(0, at - AROUND), at + AROUND + 1).some(({ kind }) => kind !== "same"),
  );
  return lines.flatMap((line, at) => {
    if (near[at]) return [line];
    return at && !near[at - 1] ? [] : [{ kind: "skip", text: "⋯" }];
  });
}

const SIGNS = { same: " ", less: "−", more: "+", skip: " " };
const TAGS = { same: "span", less: "del", more: "ins", skip: "span" } as const;

function drawDifference(title: string, before: string, after: string) {
  const lines = fold(diffLines(before, after));
  const differs = lines.some(({ kind }) => kind === "less" || kind === "more");
  const shown = lines
    .slice(0, MOST_LINES)
    .flatMap(({ kind, text }) => [
      make(TAGS[kind], { class: `demo-diff-${kind}` }, `${SIGNS[kind]} ${seen(text)}`),
      "\n",
    ]);
  return make(
    "div",
    { class: "demo-difference" },
    make("p", { class: "demo-label" }, title),
    differs
      ? make("pre", { tabindex: 0 }, ...shown)
      : make("p", { class: "demo-hint" }, words.same),
    ...(lines.length > MOST_LINES ? [make("p", { class: "demo-hint" }, words.tooMany)] : []),
  );
}

/** How code and steps differ from the page's. */
export function drawDifferences({ code, steps, data }: Store) {
  const { source, client } = data.value;
  const [before, after] = [client, steps.value].map(writeSteps);
  return [
    drawDifference(words.code, source, code.value),
    drawDifference(words.steps, before, after),
  ];
}
