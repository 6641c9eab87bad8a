// The broken rules of a run, explained in the page's language, each with a way to its step.
import { language, words } from "#words/figure.mjs";
import { make, withCode } from "./dom.mjs";

/** @import { Finding, Level, Texts, Trace } from "../types.js" */

export const GRAVEST_FIRST = /** @type {const} */ (["error", "warning", "note"]);

/** The id of the element with a finding. @param {string} demo its name @param {number} index of the finding */
export const findingId = (demo, index) => `demo-${demo}-finding-${index + 1}`;

/**
 * The gravest level found at each step, by the step's number.
 * @param {Trace} trace
 * @returns {Map<number, Level>}
 */
export function levelsByStep(trace) {
  const levels = new Map();
  for (const level of [...GRAVEST_FIRST].reverse())
    for (const finding of trace.findings)
      if (finding.level === level) levels.set(finding.event, level);
  return levels;
}

/** What a run says, so that its characters cannot turn round what stands beside it. @param {string} text */
const isolated = (text) => make("bdi", {}, ...withCode(text));

/** @param {Finding} finding @param {Texts[number] | undefined} texts */
function drawFinding(finding, texts) {
  const explanation = texts?.[language];
  const item = make("li", {
    class: `demo-finding demo-level-${finding.level}`,
    "data-event": finding.event,
  });
  if (!explanation) item.append(make("strong", {}, finding.rule));
  else {
    item.append(make("strong", {}, isolated(explanation.title)), " ", isolated(explanation.text));
    if (explanation.fix)
      item.append(words.sentences, make("span", { class: "demo-fix" }, isolated(explanation.fix)));
    item.append(" ");
  }
  if (finding.spec) item.append(make("a", { href: finding.spec }, make("code", {}, finding.rule)));
  return item;
}

/** @param {string} text @param {() => void} act */
function drawButton(text, act) {
  const button = make("button", { type: "button", class: "demo-see" }, text);
  button.addEventListener("click", act);
  return button;
}

/**
 * What was found, each with a button that goes to its step, and one that goes to its line, where it has them.
 * @param {Trace} trace
 * @param {Texts} texts
 * @param {string} demo its name
 * @param {(step: number) => void} goToStep
 * @param {(line: number) => void} goToLine
 * @returns {HTMLElement[]} none if nothing was found
 */
export function drawFindings({ findings }, texts, demo, goToStep, goToLine) {
  const items = findings.map((finding, index) => {
    const { event: step, line } = finding;
    const item = drawFinding(finding, texts[index]);
    if (step)
      item.append(
        " ",
        drawButton(words.seeStep(step), () => goToStep(step)),
      );
    if (!line) return item;
    item.id = findingId(demo, index);
    item.setAttribute("tabindex", "-1");
    item.append(
      " ",
      drawButton(words.line(line), () => goToLine(line)),
    );
    return item;
  });
  return items.length ? [make("ul", { class: "demo-findings" }, ...items)] : [];
}
