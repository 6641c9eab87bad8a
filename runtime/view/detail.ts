// Explains the selected step: what happens, the message as a Python value, the line, the state, who waits,
// what the buffer holds, and the keys of the message.
import { high, low } from "asgi-spec/wire.json";
import { make } from "./dom.ts";
import { laneName, short } from "./lanes.ts";
import { copyButton } from "./link.ts";
import { fetchMeanings, meaningsNow } from "./meanings.ts";
import { python } from "./python.ts";

import type { Language, Plan, Row, TraceEvent } from "../types.ts";
import type { Known } from "./meanings.ts";
export type Strings = typeof import("#words/figure.ts").words;

export interface Shown {
  row: Row;
  plan: Plan;
  /** the lines of the app */
  source: string[];
  strings: Strings;
  language: Language;
  /** of the demo's figure */
  id: string;
  /** the address of the page that describes every key */
  reference: string | undefined;
}

function drawMessage(value: unknown) {
  const tokens = python(value).map(([kind, text]) =>
    kind ? make("span", { class: `demo-value-${kind}` }, text) : text,
  );
  return make("pre", { class: "demo-message", tabindex: 0 }, make("code", {}, ...tokens));
}

function entry(name: string, content: (Node | string)[], className?: string) {
  return make("div", { class: className }, make("dt", {}, name), make("dd", {}, ...content));
}

/** @param level bytes */
function drawBuffer(level: number, { strings, language }: Shown) {
  const number = (bytes: number) => bytes.toLocaleString(language);
  const most = Math.max(high * 1.25, level);
  const style = `--level:${level / most};--high:${high / most};--low:${low / most}`;
  const bar = make("span", { class: "demo-bar", style, "aria-hidden": "true" }, make("i"));
  const words = strings.buffered(number(level), number(high), number(low));
  return entry(strings.buffer, [bar, words], level > high ? "demo-buffer-full" : "demo-buffer");
}

/** @returns the state of the connection after this step */
function stateOf({ row, plan }: Shown): string | undefined {
  const { connection, n } = row.event;
  return plan.rows.findLast(
    ({ event }) => event.n <= n && event.state && event.connection === connection,
  )?.event.state;
}

function drawState(shown: Shown, known: Known | undefined) {
  const state = stateOf(shown);
  if (!state) return [];
  const words = known?.drawing.meaningOfState(state, known.meanings);
  const content = [make("code", {}, state), ...(words ? [shown.strings.between, words] : [])];
  return [entry(shown.strings.state, content)];
}

function drawLine({ row, source, strings }: Shown) {
  const { line } = row.event;
  const text = line ? source[line - 1] : undefined;
  if (!line || text === undefined) return [];
  return [entry(strings.line(line), [make("code", {}, text.trim())], "demo-fact-line")];
}

function drawWaits({ row, plan, strings }: Shown) {
  return plan.lanes.flatMap((lane, index) => {
    const activity = row.after[index];
    const wait = activity === "many" ? "" : strings.waits[activity];
    const name = laneName(lane, strings);
    return wait && !lane.folded
      ? [entry(name, [wait], `demo-fact-lane demo-role-${lane.role}`)]
      : [];
  });
}

function drawFacts(shown: Shown, known: Known | undefined) {
  const { row, plan } = shown;
  const full = plan.buffers.includes(row.event.connection) && row.buffered !== undefined;
  return make(
    "dl",
    { class: "demo-facts" },
    ...drawLine(shown),
    ...drawState(shown, known),
    ...(full ? [drawBuffer(row.buffered ?? 0, shown)] : []),
    ...drawWaits(shown),
  );
}

function drawHead({ row, plan, strings, id }: Shown) {
  const { n, t } = row.event;
  const title = `${strings.step(n, plan.rows.length)} · ${strings.seconds(short(t))}`;
  const link = id ? [copyButton(id, n, strings)] : [];
  return make("p", { class: "demo-step-head" }, make("span", {}, title), ...link);
}

function fill(panel: HTMLElement, shown: Shown, known: Known | undefined) {
  const { row, strings } = shown;
  const { event } = row;
  const keys = known?.drawing.drawKeys(event, known.meanings, shown.reference);
  const ends = row.ends.map((lane) => laneName(lane, strings));
  const nothing = ends[0] === ends[1] ? strings.nothing : strings.arrow(ends[0], ends[1]);
  panel.replaceChildren(
    drawHead(shown),
    event.message === undefined
      ? make("p", { class: "demo-none" }, nothing)
      : drawMessage(event.message),
    drawFacts(shown, known),
    ...(keys ? [keys] : []),
  );
}

/** What a panel shows now, so that words that come late do not land in another step. */
const current: WeakMap<HTMLElement, Row | undefined> = new WeakMap();

/** @param shown undefined: no step is selected */
export function showDetail(panel: HTMLElement, shown: Shown | undefined) {
  current.set(panel, shown?.row);
  panel.classList.toggle("demo-has-step", shown !== undefined);
  if (!shown) {
    panel.replaceChildren();
    return;
  }
  const known = meaningsNow();
  fill(panel, shown, known);
  if (!known)
    void fetchMeanings().then((words) => {
      if (words && current.get(panel) === shown.row) addMeanings(panel, shown, words);
    });
}

/** The words have come after the step was drawn: only what they add is drawn anew. */
function addMeanings(panel: HTMLElement, shown: Shown, known: Known) {
  panel.querySelector(".demo-facts")?.replaceWith(drawFacts(shown, known));
  const keys = known.drawing.drawKeys(shown.row.event, known.meanings, shown.reference);
  if (keys) panel.append(keys);
}

/** What an event is told as: a close that no message explains cuts an HTTP response short. */
const tellingOf = ({ kind, from, message }: TraceEvent) =>
  kind === "close" && from === "server" && message === undefined ? "cut" : kind;

/** One sentence on what happens in a step. */
export function narration({ event }: Row, strings: Strings) {
  const kinds: Record<string, string> = strings.kinds;
  const telling = tellingOf(event);
  return kinds[`${telling}-by-${event.from.split("/")[0]}`] ?? kinds[telling] ?? event.kind;
}
