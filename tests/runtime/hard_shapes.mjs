// How long every reader of outside text takes for each hard shape: `node hard_shapes.mjs SPEC_FOLDER` prints
// {"reader: shape": milliseconds of the processor}.
import { importAll } from "./of_browser.mjs";

const LENGTH = 100_000;
const STEPS = 65_000; // characters of a client's text, which may have 65,536

const PIECES = [
  ...[
    " ",
    "\t",
    "\n",
    "\r",
    "\u3000",
    "#",
    " #",
    ":",
    " :",
    ": ",
    "a:",
    "a: ",
    "- ",
    "-",
    "[",
    "]",
    "{",
    "}",
  ],
  ...[
    "[]",
    "[1,",
    "{a:",
    ",",
    ", ",
    '"',
    "'",
    "''",
    '\\"',
    "\\",
    '"a" ',
    "=",
    "a",
    "a ",
    "1",
    "1.",
    "e",
    "\u200b",
  ],
  ...[
    "from ",
    "import ",
    "import a,",
    "import a\n",
    ";",
    "from a\n",
    "`",
    "\u202e",
    "'; ",
    ", found ",
    " of ",
  ],
  ...[
    "there is no step '",
    "'; did you mean '",
    "a request has no '",
    "-\n",
    "a: b\n",
    "- a: b\n",
    "00 ",
    "%",
    "/",
  ],
];
const BEGINNINGS = ["", "a", '"', "- a: "];
const ENDS = ["", "x", ":", "#", '"'];

/** @param {number} length @param {string[]} beginnings @returns {Map<string, string>} */
function shapesOf(length, beginnings = BEGINNINGS) {
  const shapes = new Map();
  for (const piece of PIECES)
    for (const [index, beginning] of beginnings.entries()) {
      const end = ENDS[index % ENDS.length];
      const text = beginning + piece.repeat(length).slice(0, length - beginning.length - 1) + end;
      shapes.set(JSON.stringify([beginning, piece, end]), text.slice(0, length));
    }
  return shapes;
}

const [steps, problems, share, packages, kit, played, diff, unseen, python, plan, rows, link] =
  await importAll(
    [
      ...["work/steps_text.ts", "work/mistake.ts", "work/share.ts"],
      ...["run/packages.ts", "run/kit.ts", "run/played.ts", "work/diff.ts", "work/unseen.ts"],
      ...["view/python.ts", "view/plan.ts", "work/step_rows.ts", "view/link.ts"],
    ],
    process.argv[2],
  );

const MANIFEST = {
  files: {},
  snapshots: {},
  library: ["asyncio"],
  packages: {
    python_seldom: { file: "s", imports: ["x"], depends: [] },
    a: { file: "a", imports: ["a"], depends: [] },
  },
};

/** @param {string} text a trace in which it stands wherever text may stand */
function traceWith(text) {
  const message = {
    type: text,
    body: { $base64: text },
    text: { $text: text },
    [text.slice(0, 1000)]: 1,
  };
  const event = { n: 1, t: 0, connection: "c", from: "app", to: "server", kind: "send", message };
  return { schema: 1, time: 0, events: [event], findings: [], outcomes: {} };
}

/** @type {Record<string, (text: string) => unknown>} */
const READERS = {
  "a link": (text) => share.decodeLink(`#try=1.${text}`).catch(() => 0),
  "a link to a step": (text) => link.stepIn(`#${text}`, "demo"),
  "imports of a source": (text) => kit.packagesOf(text, MANIFEST.packages),
  "what a source lacks": (text) => kit.lacking(text, MANIFEST, new Set(), []),
  "wheels of a source": (text) => packages.wheelsFor(text, MANIFEST.packages),
  "a result": (text) => attempt(() => played.readPlayed(text)),
  "a trace": (text) =>
    attempt(() => played.readPlayed(JSON.stringify({ trace: traceWith(text), texts: [] }))),
  "a wrong client": (text) =>
    attempt(() =>
      played.readPlayed(
        JSON.stringify({
          client_error: { client: "", step: 1, code: "wait", values: { found: text } },
        }),
      ),
    ),
  "a mistake": (text) =>
    problems.tellMistake({ code: "step-unknown", values: { found: text, nearest: text } }),
  "a difference": (text) => diff.diffLines(text, `${text}\n`),
  "a text without what hides": (text) => unseen.seen(text),
  "a plan": (text) => plan.makePlan(traceWith(text), "zh"),
};

/** What a text begins with makes no difference to them. @type {Record<string, (text: string) => unknown>} */
const WRITERS = {
  "a value": (text) => python.python({ [text]: [text, { $bytes: text }, { $base64: text }] }),
  "a value to write": (text) => steps.writeValue({ [text]: text }),
  "steps to write": (text) => steps.writeSteps({ [text]: [{ text }, { request: text }] }),
  "steps as a form": (text) =>
    rows.readForm([{ text }, { request: `GET ${text}` }, { request: { headers: [[text, text]] } }]),
};

/** @param {() => unknown} act */
function attempt(act) {
  try {
    return act();
  } catch {
    return undefined;
  }
}

/** Of this process: others may be busy. @param {(text: string) => unknown} read @param {string} text */
async function timed(read, text) {
  const before = process.cpuUsage();
  await read(text);
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 1000);
}

/** @type {Record<string, number>} */
const took = {};
for (const [shape, text] of shapesOf(STEPS))
  took[`steps: ${shape}`] = await timed((each) => steps.parseSteps(each), text);
for (const [readers, beginnings] of /** @type {const} */ ([
  [READERS, BEGINNINGS],
  [WRITERS, [""]],
]))
  for (const [shape, text] of shapesOf(LENGTH, [...beginnings]))
    for (const [name, read] of Object.entries(readers))
      took[`${name}: ${shape}`] = await timed(read, text);
process.stdout.write(JSON.stringify(took));
