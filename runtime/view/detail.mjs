// Explains the selected step: what happens, the message as a Python value, the line, the state, who waits.
import { make } from "./dom.mjs";
import { laneName } from "./lanes.mjs";
import { python } from "./python.mjs";

/** @import { Plan, Row } from "../types.js" */
/** @import { Strings } from "./strings.mjs" */

/** @param {unknown} value */
function drawMessage(value) {
  const tokens = python(value).map(([kind, text]) =>
    kind ? make("span", { class: `demo-value-${kind}` }, text) : text,
  );
  return make("pre", { class: "demo-message", tabindex: 0 }, make("code", {}, ...tokens));
}

/** @param {string} name @param {(Node | string)[]} content @param {string} [className] */
function entry(name, content, className) {
  return make("div", { class: className }, make("dt", {}, name), make("dd", {}, ...content));
}

/**
 * @param {Row} row
 * @param {Plan} plan
 * @param {Strings} strings
 * @param {string[]} source the lines of the app
 */
function facts({ event, after }, { lanes }, strings, source) {
  const list = make("dl", { class: "demo-facts" });
  const text = event.line ? source[event.line - 1] : undefined;
  if (event.line && text !== undefined)
    list.append(entry(strings.line(event.line), [make("code", {}, text.trim())], "demo-fact-line"));
  if (event.state) list.append(entry(strings.state, [make("code", {}, event.state)]));
  lanes.forEach((lane, index) => {
    const wait = strings.waits[after[index]];
    if (wait)
      list.append(entry(laneName(lane, strings), [wait], `demo-fact-lane demo-role-${lane.role}`));
  });
  return list;
}

/**
 * @param {HTMLElement} panel
 * @param {Row | undefined} row undefined: no step is selected
 * @param {Plan} plan
 * @param {Strings} strings
 * @param {string} source
 */
export function showDetail(panel, row, plan, strings, source) {
  panel.classList.toggle("demo-has-step", row !== undefined);
  if (!row) {
    panel.replaceChildren();
    return;
  }
  const { event } = row;
  const names = strings.arrow(
    laneName(plan.lanes[row.from], strings),
    laneName(plan.lanes[row.to], strings),
  );
  panel.replaceChildren(
    event.message === undefined
      ? make("p", { class: "demo-none" }, row.from === row.to ? strings.nothing : `${names}`)
      : drawMessage(event.message),
    facts(row, plan, strings, source.split("\n")),
  );
}

/**
 * One sentence on what happens in a step.
 * @param {Row} row
 * @param {Strings} strings
 */
export function narration({ event }, strings) {
  /** @type {Record<string, string>} */
  const kinds = strings.kinds;
  return kinds[event.kind] ?? event.kind;
}

/**
 * How many lines the longest message takes, so that stepping does not move the page.
 * @param {Plan} plan
 */
export function tallest({ rows }) {
  const lines = rows.map(({ event }) => {
    if (event.message === undefined) return 1;
    return python(event.message).reduce((sum, [, text]) => sum + text.split("\n").length - 1, 1);
  });
  return Math.min(9, Math.max(1, ...lines));
}
