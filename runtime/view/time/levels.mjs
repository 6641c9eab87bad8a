// The level of a send buffer over time, against the marks at which send() waits and goes on.
import { words } from "#words/time.mjs";
import { levelsOf } from "./spans.mjs";

/** @import { Language, Plan } from "../../types.js" */
/** @import { Kit } from "../kit.mjs" */
/** @typedef {typeof import("#words/figure.mjs").words} Strings */

const WIDTH = 1000;
const HEIGHT = 100;

/** @param {{t: number, level: number}[]} points @param {number} time @param {number} most */
function outline(points, time, most) {
  const steps = points.map(({ t, level }) => {
    const [x, y] = [(t / time) * WIDTH, HEIGHT - (level / most) * HEIGHT];
    return `H${x.toFixed(1)}V${y.toFixed(1)}`;
  });
  return `M0 ${HEIGHT}${steps.join("")}H${WIDTH}`;
}

/** @param {Kit} kit @param {number} bytes @param {number} most @param {Language} language */
const mark = ({ make }, bytes, most, language) =>
  make(
    "span",
    { class: "demo-water", style: `--level:${bytes / most}` },
    make("span", {}, bytes.toLocaleString(language)),
  );

/** @param {Kit} kit @param {string} path @param {string} className */
function stretched({ draw }, path, className) {
  const svg = draw(path, className, `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  return svg;
}

/**
 * @param {Kit} kit
 * @param {Plan} plan
 * @param {string} connection
 * @param {Strings} strings
 * @param {Language} language
 */
export function drawLevels(kit, plan, connection, strings, language) {
  const { make, high, low } = kit;
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
      stretched(kit, `${line}V${HEIGHT}Z`, "demo-level-area"),
      stretched(kit, line, "demo-level-line"),
      mark(kit, high, most, language),
      mark(kit, low, most, language),
    ),
  );
}
