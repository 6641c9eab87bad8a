/** The trace, as `asgiscope` writes it (schema 1), and what else the modules pass to each other. */

export type Language = "zh" | "en";

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
  spec?: string;
}

export interface Trace {
  schema: 1;
  time: number;
  events: TraceEvent[];
  findings: Finding[];
  outcomes: Record<string, unknown>;
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
  trace: Trace;
  texts: Texts;
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
}

/** What a lane does between two events. */
export type Activity =
  "absent" | "runs" | "receive" | "send" | "timer" | "response" | "app" | "peer";

export interface Row {
  event: TraceEvent;
  from: number;
  to: number;
  /** Virtual seconds since the row above. */
  gap: number;
  /** What each lane does before and after the event. */
  before: Activity[];
  after: Activity[];
}

export interface Plan {
  lanes: Lane[];
  rows: Row[];
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
}

export type Stage =
  | { stage: "preparing" | "queued" | "starting" | "running" }
  | { stage: "loading"; received: number; total: number };

export interface Job {
  source: string;
  client: unknown;
  filename: string;
}

export interface Surface {
  text: string;
  focus(): void;
  mark(line: number | undefined): void;
  destroy(): void;
}

export interface SurfaceOptions {
  parent: HTMLElement;
  text: string;
  label: string;
  onChange(): void;
  onRun(): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "asgi-demo": HTMLElement;
  }
}
