// A conversation over WebSockets as the steps of its clients. The engine plays it from the start each time;
// steps are only ever added, each at a virtual time that is not before any other, so what was said stays said.

export type Step = Record<string, unknown>;
/** by client name */
export type Scripts = Map<string, Step[]>;

export const MOST_MESSAGES = 100;
export const ALONE = "client"; // the engine's name for a client that has none

/** Virtual times are kept to the millisecond, so that sums of waits stay exact. */
export const exact = (seconds: number) => Math.round(seconds * 1000) / 1000;

const is = (step: Step, ...kinds: string[]) => kinds.some((kind) => kind in step);

/** The virtual time at which a script has come to its end. */
export const clockOf = (script: Step[]) =>
  exact(script.reduce((sum, step) => sum + (typeof step.wait === "number" ? step.wait : 0), 0));

function waiting(script: Step[], at: number): Step[] {
  const wait = exact(at - clockOf(script));
  if (wait <= 0) return script;
  const last = script.at(-1);
  if (typeof last?.wait !== "number") return [...script, { wait }];
  return [...script.slice(0, -1), { wait: exact(last.wait + wait) }];
}

export class Talk {
  declare scripts: Scripts;
  declare openings: Map<string, Step>;
  declare named: boolean;

  /**
   * @param scripts a client that has not connected yet has no steps
   * @param openings how each client connects
   */
  constructor(scripts: Scripts, openings: Map<string, Step>, named: boolean) {
    this.scripts = scripts;
    this.openings = openings;
    this.named = named;
  }

  /**
   * @param client as a demo has it
   * @param before knows clients that have no steps now
   */
  static of(client: any, before?: Talk) {
    const named = !Array.isArray(client);
    const entries: [string, Step[]][] = named ? Object.entries(client) : [[ALONE, client]];
    const known = before?.named === named ? before : undefined;
    const scripts: Scripts = new Map([...(known?.openings.keys() ?? [])].map((name) => [name, []]));
    const openings = new Map(known?.openings);
    for (const [name, steps] of entries) {
      if (!Array.isArray(steps)) continue;
      scripts.set(name, steps);
      const opening = steps.find((step) => is(step, "connect"));
      if (opening) openings.set(name, opening);
    }
    return new Talk(scripts, openings, named);
  }

  get names() {
    return [...this.scripts.keys()];
  }

  /** As a demo has it: only those who do something. */
  get client() {
    const active = [...this.scripts].filter(([, steps]) => steps.length);
    return this.named ? Object.fromEntries(active) : (active[0]?.[1] ?? []);
  }

  get empty() {
    return [...this.scripts.values()].every((steps) => !steps.length);
  }

  get messages() {
    return [...this.scripts.values()].flat().filter((step) => is(step, "text", "bytes")).length;
  }

  /** The latest time at which any client does something. */
  get clock() {
    return Math.max(0, ...[...this.scripts.values()].map(clockOf));
  }

  /** Whether the client leaves by a step of its own. */
  leaves(name: string) {
    return this.scripts.get(name)?.some((step) => is(step, "close", "disconnect")) ?? false;
  }

  /** Nobody has connected yet. */
  cleared() {
    return this.#with(() => []);
  }

  /** The same up to a time: whoever has come and not left stays until then. */
  until(at: number) {
    return this.#with((name, steps) =>
      steps.length && !this.leaves(name) ? waiting(steps, at) : steps,
    );
  }

  /**
   * @param name who
   * @param step does this
   * @param at then
   */
  adding(name: string, step: Step, at: number) {
    return this.until(at).#with((each, steps) =>
      each === name ? [...waiting(steps, at), step] : steps,
    );
  }

  #with(change: (name: string, steps: Step[]) => Step[]) {
    const scripts = new Map([...this.scripts].map(([name, steps]) => [name, change(name, steps)]));
    return new Talk(scripts, this.openings, this.named);
  }
}
