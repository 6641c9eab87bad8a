// Marks at the lines of the code that findings are about.
import { make } from "../view/dom.ts";
import { GRAVEST_FIRST, findingId } from "../view/findings.ts";

import type { Language, Level, LineMark, Texts, Trace } from "../types.ts";
import type { Strings } from "./store.ts";

const FOUND = GRAVEST_FIRST.map((level) => `demo-found-${level}`);

/** @param demo its name */
export function marksOf(
  { trace, texts }: { trace: Trace; texts: Texts },
  demo: string,
  language: Language,
  strings: Strings,
): LineMark[] {
  const lines: Map<number, { level: Level; titles: string[]; ids: string[] }> = new Map();
  trace.findings.forEach(({ rule, level, line }, index) => {
    if (!line) return;
    const mark = lines.get(line) ?? { level, titles: [], ids: [] };
    if (GRAVEST_FIRST.indexOf(level) < GRAVEST_FIRST.indexOf(mark.level)) mark.level = level;
    mark.titles.push((texts[index]?.[language].title ?? rule).replaceAll("`", ""));
    mark.ids.push(findingId(demo, index));
    lines.set(line, mark);
  });
  return Array.from(lines, ([line, { level, titles, ids }]) => ({
    line,
    level,
    ids,
    label: strings.marked(line, strings.marks[level], titles.join(strings.between)),
  }));
}

/** @param shown the page's code */
export function clearMarks(shown: HTMLElement) {
  for (const button of shown.querySelectorAll(".demo-line-mark")) button.remove();
  for (const line of shown.querySelectorAll(".demo-line-found"))
    line.classList.remove("demo-line-found", ...FOUND);
}

/** @param shown the page's code */
export function drawMarks(shown: HTMLElement, marks: LineMark[], onMark: (ids: string[]) => void) {
  clearMarks(shown);
  for (const { line, level, label, ids } of marks) {
    const element = shown.querySelector(`.demo-line[data-line="${line}"]`);
    if (!element) continue;
    const button = make("button", {
      type: "button",
      class: `demo-line-mark demo-level-${level}`,
      "aria-label": label,
    });
    button.addEventListener("click", () => onMark(ids));
    element.classList.add("demo-line-found", `demo-found-${level}`);
    element.prepend(button);
  }
}
