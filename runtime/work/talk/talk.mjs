// A conversation over WebSockets as the steps of its clients. The engine plays it from the start each time;
// steps are only ever added, each at a virtual time that is not before any other, so what was said stays said.

/** @typedef {Record<string, unknown>} Step */
/** @typedef {Map<string, Step[]>} Scripts by client name */

export const MOST_MESSAGES = 100;
export const ALONE = "client"; // the engine's name for a client that has none

/** Virtual times are kept to the millisecond, so that sums of waits stay exact. @param {number} seconds */
export const exact = (seconds) => Math.round(seconds * 1000) / 1000;

/** @param {Step} step @param {...string} kinds */
const is = (step, ...kinds) => kinds.some((kind) => kind in step);

/** The virtual time at which a script has come to its end. @param {Step[]} script */
export const clockOf = (script) =>
  exact(script.reduce((sum, step) => sum + (typeof step.wait === "number" ? step.wait : 0), 0));

/** @param {Step[]} script @param {number} at @returns {Step[]} */
function waiting(script, at) {
  const wait = exact(at - clockOf(script));
  if (wait <= 0) return script;
  const last = script.at(-1);
  if (typeof last?.wait !== "number") return [...script, { wait }];
  return [...script.slice(0, -1), { wait: exact(last.wait + wait) }];
}

export class Talk {
  /**
   * @param {Scripts} scripts a client that has not connected yet has no steps
   * @param {Map<string, Step>} openings how each client connects
   * @param {boolean} named
   */
  constructor(scripts, openings, named) {
    this.scripts = scripts;
    this.openings = openings;
    this.named = named;
  }

  /** @param {any} client as a demo has it @param {Talk} [before] knows clients that have no steps now */
  static of(client, before) {
    const named = !Array.isArray(client);
    /** @type {[string, Step[]][]} */
    const entries = named ? Object.entries(client) : [[ALONE, client]];
    const known = before?.named === named ? before : undefined;
    /** @type {Scripts} */
    const scripts = new Map([...(known?.openings.keys() ?? [])].map((name) => [name, []]));
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

  /** Whether the client leaves by a step of its own. @param {string} name */
  leaves(name) {
    return this.scripts.get(name)?.some((step) => is(step, "close", "disconnect")) ?? false;
  }

  /** Nobody has connected yet. */
  cleared() {
    return this.#with(() => []);
  }

  /** The same up to a time: whoever has come and not left stays until then. @param {number} at */
  until(at) {
    return this.#with((name, steps) =>
      steps.length && !this.leaves(name) ? waiting(steps, at) : steps,
    );
  }

  /** @param {string} name who @param {Step} step does this @param {number} at then */
  adding(name, step, at) {
    return this.until(at).#with((each, steps) =>
      each === name ? [...waiting(steps, at), step] : steps,
    );
  }

  /** @param {(name: string, steps: Step[]) => Step[]} change */
  #with(change) {
    const scripts = new Map([...this.scripts].map(([name, steps]) => [name, change(name, steps)]));
    return new Talk(scripts, this.openings, this.named);
  }
}
