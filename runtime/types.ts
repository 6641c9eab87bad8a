/** The trace, as `asgiscope` writes it (schema 1), and what else the modules pass to each other. */

/** The code of one, such as "zh": the name of a folder of words/. */
export type Language = string;

export interface TraceEvent {
  n: number;
  /** Virtual seconds. */
  t: number;
  connection: string;
  from: string;
  to: string;
  kind: string;
  message?: unknown;
  /** 1-based line of the app's source. */
  line?: number;
  /** The connection's state after the event. */
  state?: string;
}

export type Level = "error" | "warning" | "note";

export interface Finding {
  rule: string;
  level: Level;
  event?: number;
  line?: number;
  connection?: string;
  /** Where the rule is written: the page says so, never a run (run/played.ts). */
  spec?: string;
}

/** What a figure writes at each event, in the order of the events. */
export type Labels = Record<Language, string[]>;

export interface Trace {
  schema: 1;
  time: number;
  events: TraceEvent[];
  findings: Finding[];
  outcomes: Record<string, unknown>;
  /** These come beside it, in the page and in a run. */
  labels?: Labels;
}

export interface Explanation {
  title: string;
  text: string;
  fix: string;
}

/** One per finding, in the same order. */
export type Texts = Record<Language, Explanation>[];

/** What the page carries with each demo. */
export interface DemoData {
  name: string;
  app: string;
  source: string;
  client: unknown;
  /** The client's steps as the page shows them. */
  clientText?: string;
  /** Whether the reader can speak in the place of its clients, which are WebSockets. */
  console?: boolean;
  trace: Trace;
  texts: Texts;
  labels: Labels;
}

/** What a run in the browser gives. `json` is the text that Python wrote. */
export interface Played {
  trace: Trace;
  texts: Texts;
  json: string;
}

export interface Lane {
  key: string;
  role: "client" | "server" | "app";
  /** Told apart from others of its role by this; empty where there is only one. */
  label: string;
  /** For how many that are not drawn it stands. */
  folded?: number;
}

/** What a lane does between two events. */
export type Activity =
  | "absent"
  | "runs"
  | "receive"
  | "send"
  | "timer"
  | "response"
  | "app"
  | "peer"
  /** A blocking call: the event loop stands still in this lane, and in the others because of it. */
  | "blocks"
  | "held"
  /** Of lanes that are folded into one: some are there. */
  | "many";

export interface Row {
  event: TraceEvent;
  /** The event in a few words. */
  label: string;
  /** Which of the lanes that are drawn. */
  from: number;
  to: number;
  /** The lanes themselves, drawn or folded. */
  ends: [Lane, Lane];
  /** Virtual seconds since the row above. */
  gap: number;
  /** What each lane does before and after the event. */
  before: Activity[];
  after: Activity[];
  /** Bytes in the send buffer of the event's connection, after it; undefined where nobody can tell. */
  buffered?: number;
}

export interface Plan {
  /** Those that are drawn. */
  lanes: Lane[];
  /** How many there are. */
  all: number;
  /** How many times as many as are drawn. */
  pages: number;
  rows: Row[];
  /** Connections whose send buffer held something while time passed. */
  buffers: string[];
  /** Virtual seconds from 0 to the end of the run. */
  time: number;
}

/** A key of a scope or a message; without a default it is required. */
export interface KeyMeaning {
  name: string;
  type: string;
  meaning: string;
  default?: string;
  since?: string;
}

export interface TypeMeaning {
  url: string;
  meaning?: string;
  keys: KeyMeaning[];
}

/** The specification in one language; see runtime/meanings.py. */
export interface Meanings {
  scopes: Record<string, TypeMeaning>;
  messages: Record<string, TypeMeaning>;
  states: Record<"http" | "websocket" | "lifespan", Record<string, string>>;
}

export interface ManifestFile {
  url: string;
  size: number;
  sha256: string;
}

export interface Manifest {
  schema: 1;
  pyodide: string;
  platform: object;
  files: Record<string, ManifestFile>;
  packages: Record<string, { file: string; imports: string[]; depends: string[] }>;
  /** Top-level modules of the standard library's first archive. */
  library: string[];
  snapshots: Record<string, ManifestSnapshot>;
}

export interface ManifestSnapshot {
  file: string;
  /** How many bytes of memory it is of. */
  memory: number;
  /** Archives that need not be fetched beside it. */
  has: string[];
  /** Modules that are loaded in it. */
  modules: string[];
}

/** What a Python is started with. */
export interface Kit {
  files: string[];
  /** Which of the files is a snapshot. */
  snapshot?: { file: string; memory: number };
  has: string[];
  modules: string[];
}

export type Stage =
  | { stage: "preparing" | "queued" | "starting" | "running" }
  | { stage: "loading"; received: number; total: number };

export interface Job {
  source: string;
  client: unknown;
  filename: string;
}

/** What Python says after a run. */
export interface Answer {
  /** What the engine wrote. */
  text: string;
  /** Modules that it has looked for in vain. */
  absent: string[];
}

/** A line of the code that findings are about. */
export interface LineMark {
  line: number;
  level: Level;
  /** What it says to those who do not see it. */
  label: string;
  /** The elements with the findings. */
  ids: string[];
}

export interface Surface {
  text: string;
  focus(): void;
  mark(line: number | undefined): void;
  showMarks(marks: LineMark[]): void;
  /** Put the cursor at the start of a line. */
  go(line: number): void;
  select(): void;
  destroy(): void;
}

export interface SurfaceOptions {
  parent: HTMLElement;
  text: string;
  label: string;
  onChange(): void;
  /** A mark was clicked; `ids` are those of its findings. */
  onMark(ids: string[]): void;
}

/** What is wrong with the client's steps; the words for it are made in work/mistake.ts. */
export interface ClientProblem {
  /** The client's name; empty where there is only one. */
  client: string;
  /** From 1; 0 where no single step is meant. */
  step: number;
  /** Of the mistake. */
  code: string;
  /** What its sentence names; null: nothing was found. */
  values: Record<string, string | null>;
}

declare global {
  interface HTMLElementTagNameMap {
    "asgi-demo": import("./work/element.ts").AsgiDemo;
  }
}
