// Ties findings to lines: a mark at the line of the code, a button at the finding.
import { make } from "../view/dom.mjs";

/** @import { Language, Level, LineMark, Texts, Trace } from "../types.js" */
/** @typedef {typeof import("#words/workbench.mjs").words} Strings */

/** @type {Level[]} */
const GRAVEST_FIRST = ["error", "warning", "note"];
const FOUND = GRAVEST_FIRST.map((level) => `demo-found-${level}`);

/**
 * Give every finding that has a line a button that goes there; return the marks for the code.
 * @param {Element} findings where the figure has drawn them, in the trace's order
 * @param {{trace: Trace, texts: Texts, language: Language, name: string, strings: Strings}} run
 * @param {(line: number) => void} go
 * @returns {LineMark[]}
 */
export function linkLines(findings, { trace, texts, language, name: demo, strings }, go) {
  const items = findings.querySelectorAll("li.demo-finding");
  /** @type {Map<number, {level: Level, titles: string[], ids: string[]}>} */
  const lines = new Map();
  trace.findings.forEach(({ rule, level, line }, index) => {
    const item = items[index];
    if (!line || !item) return;
    item.id = `demo-${demo}-finding-${index + 1}`;
    item.setAttribute("tabindex", "-1");
    const button = make("button", { type: "button", class: "demo-see" }, strings.line(line));
    button.addEventListener("click", () => go(line));
    item.append(" ", button);
    const mark = lines.get(line) ?? { level, titles: [], ids: [] };
    if (GRAVEST_FIRST.indexOf(level) < GRAVEST_FIRST.indexOf(mark.level)) mark.level = level;
    mark.titles.push((texts[index]?.[language].title ?? rule).replaceAll("`", ""));
    mark.ids.push(item.id);
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
