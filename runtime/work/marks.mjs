// Marks at the lines of the code that findings are about.
import { make } from "../view/dom.mjs";
import { GRAVEST_FIRST, findingId } from "../view/findings.mjs";

/** @import { Language, Level, LineMark, Texts, Trace } from "../types.js" */
/** @import { Strings } from "./store.mjs" */

const FOUND = GRAVEST_FIRST.map((level) => `demo-found-${level}`);

/**
 * @param {{trace: Trace, texts: Texts}} run
 * @param {string} demo its name
 * @param {Language} language
 * @param {Strings} strings
 * @returns {LineMark[]}
 */
export function marksOf({ trace, texts }, demo, language, strings) {
  /** @type {Map<number, {level: Level, titles: string[], ids: string[]}>} */
  const lines = new Map();
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

/** @param {HTMLElement} shown the page's code */
export function clearMarks(shown) {
  for (const button of shown.querySelectorAll(".demo-line-mark")) button.remove();
  for (const line of shown.querySelectorAll(".demo-line-found"))
    line.classList.remove("demo-line-found", ...FOUND);
}

/**
 * @param {HTMLElement} shown the page's code
 * @param {LineMark[]} marks
 * @param {(ids: string[]) => void} onMark
 */
export function drawMarks(shown, marks, onMark) {
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
