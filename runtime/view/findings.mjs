// The broken rules of a run, explained in the page's language, each with a way to its step.
import { words } from "#words/figure.mjs";
import { make, withCode } from "./dom.mjs";

/** @import { Finding, Language, Level, Texts, Trace } from "../types.js" */
/** @typedef {typeof import("#words/figure.mjs").words} Strings */

const GRAVEST_FIRST = /** @type {const} */ (["error", "warning", "note"]);

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

/**
 * @param {Finding} finding
 * @param {Texts[number] | undefined} texts
 * @param {Language} language
 */
function drawFinding(finding, texts, language) {
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

/**
 * @param {Trace} trace
 * @param {Texts} texts
 * @param {Language} language
 */
export function drawFindings(trace, texts, language) {
  return make(
    "ul",
    { class: "demo-findings" },
    ...trace.findings.map((finding, index) => drawFinding(finding, texts[index], language)),
  );
}

/**
 * Give each finding that belongs to an event a button that goes there.
 * @param {Element} list
 * @param {Strings} strings
 * @param {(position: number) => void} go
 */
export function linkFindings(list, strings, go) {
  for (const item of list.querySelectorAll("li[data-event]")) {
    const position = Number(item.getAttribute("data-event"));
    if (!position) continue;
    const button = make("button", { type: "button", class: "demo-see" }, strings.seeStep(position));
    button.addEventListener("click", () => go(position));
    item.append(" ", button);
  }
}
