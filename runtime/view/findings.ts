// The broken rules of a run, explained in the page's language, each with a way to its step.
import { language, words } from "#words/figure.ts";
import { make, withCode } from "./dom.ts";

import type { Finding, Level, Texts, Trace } from "../types.ts";

export const GRAVEST_FIRST = ["error", "warning", "note"] as const;

/**
 * The id of the element with a finding.
 * @param demo its name
 * @param index of the finding
 */
export const findingId = (demo: string, index: number) => `demo-${demo}-finding-${index + 1}`;

/** The gravest level found at each step, by the step's number. */
export function levelsByStep(trace: Trace): Map<number, Level> {
  const levels = new Map();
  for (const level of [...GRAVEST_FIRST].reverse())
    for (const finding of trace.findings)
      if (finding.level === level) levels.set(finding.event, level);
  return levels;
}

/** What a run says, so that its characters cannot turn round what stands beside it. */
const isolated = (text: string) => make("bdi", {}, ...withCode(text));

function drawFinding(finding: Finding, texts: Texts[number] | undefined) {
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

function drawButton(text: string, act: () => void) {
  const button = make("button", { type: "button", class: "demo-see" }, text);
  button.addEventListener("click", act);
  return button;
}

/**
 * What was found, each with a button that goes to its step, and one that goes to its line, where it has them.
 * @param demo its name
 * @returns none if nothing was found
 */
export function drawFindings(
  { findings }: Trace,
  texts: Texts,
  demo: string,
  goToStep: (step: number) => void,
  goToLine: (line: number) => void,
): HTMLElement[] {
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
