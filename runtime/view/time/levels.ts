// The level of a send buffer over time, against the marks at which send() waits and goes on.
import { high, low } from "asgi-spec/wire.json";
import { draw, make } from "../dom.ts";
import { words } from "#words/time.ts";
import { levelsOf } from "./spans.ts";

import type { Language, Plan } from "../../types.ts";
export type Strings = typeof import("#words/figure.ts").words;

const WIDTH = 1000;
const HEIGHT = 100;

function outline(points: { t: number; level: number }[], time: number, most: number) {
  const steps = points.map(({ t, level }) => {
    const [x, y] = [(t / time) * WIDTH, HEIGHT - (level / most) * HEIGHT];
    return `H${x.toFixed(1)}V${y.toFixed(1)}`;
  });
  return `M0 ${HEIGHT}${steps.join("")}H${WIDTH}`;
}

const mark = (bytes: number, most: number, language: Language) =>
  make(
    "span",
    { class: "demo-water", style: `--level:${bytes / most}` },
    make("span", {}, bytes.toLocaleString(language)),
  );

function stretched(path: string, className: string) {
  const svg = draw(path, className, `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  return svg;
}

export function drawLevels(plan: Plan, connection: string, strings: Strings, language: Language) {
  const points = levelsOf(plan, connection);
  const most = 1.15 * Math.max(high, ...points.map(({ level }) => level));
  const line = outline(points, plan.time, most);
  const several = plan.buffers.length > 1 || plan.lanes.some(({ label }) => label === connection);
  const small = several ? [make("small", {}, connection)] : [];
  return make(
    "div",
    {
      class: "demo-track demo-levels demo-role-server",
      role: "img",
      "aria-label": `${strings.buffer} ${connection}`,
    },
    make("span", { class: "demo-track-name" }, words.buffer, ...small),
    make(
      "span",
      { class: "demo-track-line" },
      stretched(`${line}V${HEIGHT}Z`, "demo-level-area"),
      stretched(line, "demo-level-line"),
      mark(high, most, language),
      mark(low, most, language),
    ),
  );
}
