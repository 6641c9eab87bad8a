// What is known of one demo, in one place. The parts of a workbench read it here and write here what they change;
// none of them looks at another's elements.
import { batch, computed, signal } from "@preact/signals-core";

import type { ReadonlySignal, Signal } from "@preact/signals-core";
import type { ClientProblem, DemoData, Stage, Texts, Trace } from "../types.ts";
export type Strings = typeof import("#words/workbench.ts").words;

/** A run, with what was run. */
export type Run = {
  trace: Trace;
  texts: Texts;
  source: string;
  client: unknown;
  recorded: boolean;
};
/** step: the one to begin with */
export type Seen = { trace: Trace; texts: Texts; now?: number; step?: number };
export type Activity =
  { is: "idle" } | { is: "running"; stage: Stage } | { is: "failed"; text: string; again: boolean };
export type From = "page" | "draft" | "link";

export const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other);

/** @returns the page's own */
const recordedOf = ({ trace, labels, texts, source, client }: DemoData): Run => ({
  ...{ trace: { ...trace, labels }, texts, source, client },
  recorded: true,
});

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

export class Store {
  declare data: Signal<DemoData>;
  declare code: Signal<string>;
  declare steps: Signal<unknown>;
  declare run: Signal<Run>;
  declare shown: ReadonlySignal<Run & Seen>;
  declare running: ReadonlySignal<boolean>;
  declare draft: ReadonlySignal<{ code: string; steps: unknown; text: string | undefined }>;
  declare stepsEdited: ReadonlySignal<boolean>;
  declare edited: ReadonlySignal<boolean>;
  declare touched: ReadonlySignal<boolean>;
  declare line: ReadonlySignal<number | undefined>;
  declare stale: ReadonlySignal<boolean>;
  declare status: ReadonlySignal<string>;
  declare download: ReadonlySignal<{ part: number; text: string } | undefined>;

  #stops: (() => void)[] = [];

  // What the reader works with.
  /** Whether the code stands in an editor, or is about to. */
  editing = signal(false);
  editingSteps = signal(false);
  /** The steps, as they are written now, cannot be read. */
  broken = signal(false);
  /** The steps as they were written, where they are edited as text. */
  written = signal(undefined as string | undefined);
  /** Where code and steps come from, and the fragment of the link that they began from. */
  origin = signal({ from: "page" as From, link: "" });

  // What happens.
  activity = signal({ is: "idle" } as Activity);
  /** What is said in the place of what follows from everything else. */
  notice = signal(undefined as string | undefined);
  /** A link that the reader has to copy by hand. */
  address = signal(undefined as string | undefined);
  /** What is to be shown as wrong in the steps; without a problem: what keeps them from being read. */
  wrong = signal(undefined as { problem?: ClientProblem } | undefined);

  // What is seen.
  /** The step that the figure shows; 0: none. */
  step = signal(0);
  /** What of a run is shown: all of it, unless the console leaves out what lies ahead. */
  seen = signal((({ trace, texts }) => ({ trace, texts })) as (run: Run) => Seen);

  constructor(data: DemoData, strings: Strings) {
    this.data = signal(data);
    /** The code as it stands. */
    this.code = signal(data.source);
    /** The newest steps that could be read. */
    this.steps = signal(data.client);
    this.run = signal(recordedOf(data));
    this.shown = computed(() => ({ ...this.run.value, ...this.seen.value(this.run.value) }));
    this.running = computed(() => this.activity.value.is === "running");
    /** What is kept of it over a reload. */
    this.draft = computed(() => ({
      ...{ code: this.code.value, steps: this.steps.value },
      text: this.written.value,
    }));
    this.stepsEdited = computed(
      () => this.broken.value || !same(this.steps.value, this.data.value.client),
    );
    this.edited = computed(
      () => this.code.value !== this.data.value.source || this.stepsEdited.value,
    );
    /** Whether there is something to reset. */
    this.touched = computed(
      () =>
        this.editing.value ||
        this.editingSteps.value ||
        this.stepsEdited.value ||
        !this.run.value.recorded,
    );
    const isCode = computed(() => this.code.value === this.run.value.source);
    /** The line of the code at which the step is. */
    this.line = computed(() =>
      isCode.value ? this.shown.value.trace.events[this.step.value - 1]?.line : undefined,
    );
    const areSteps = computed(
      () => !this.broken.value && same(this.steps.value, this.run.value.client),
    );
    /** Code or steps are others than those of the run that is shown. */
    this.stale = computed(() => !isCode.value || !areSteps.value);
    this.status = computed(() => {
      const activity = this.activity.value;
      if (this.notice.value !== undefined) return this.notice.value;
      if (activity.is === "running") return strings[activity.stage.stage];
      if (activity.is === "failed") return activity.text;
      if (this.stale.value)
        return this.origin.value.from === "link" ? strings.linked : strings.edited;
      return this.run.value.recorded ? strings.recorded : strings.fresh;
    });
    /** How much of a download is there; undefined: nothing is downloaded. */
    this.download = computed(() => {
      const activity = this.activity.value;
      if (activity.is !== "running" || activity.stage.stage !== "loading") return undefined;
      const { received, total } = activity.stage;
      const text = strings.bytes(megabytes(received), megabytes(total));
      return { part: total ? received / total : 0, text };
    });
  }

  /**
   * Call `act` with the value, now and whenever it is another, until the element leaves the page.
   * What `act` itself reads is not waited for.
   * @returns ends it
   */
  on<T>(source: ReadonlySignal<T>, act: (value: T) => void): () => void {
    const stop = source.subscribe(act);
    this.#stops.push(stop);
    return stop;
  }

  /** Code or steps have been changed: what was said of them before is over. */
  change() {
    batch(() => {
      this.notice.value = this.address.value = undefined;
      if (!this.running.value) this.activity.value = { is: "idle" };
    });
  }

  show(run: Run) {
    batch(() => {
      this.step.value = 0;
      this.run.value = run;
      this.change();
    });
  }

  showRecorded() {
    this.show(recordedOf(this.data.value));
  }

  /** @param stage of a run */
  begin(stage: Stage) {
    batch(() => {
      this.change();
      this.activity.value = { is: "running", stage };
    });
  }

  /**
   * Nothing runs any more.
   * @param result what has run, or what there is to say instead
   */
  end(result?: Run | string) {
    batch(() => {
      this.activity.value = { is: "idle" };
      if (typeof result === "object") this.show(result);
      else this.notice.value = result;
    });
  }

  /** @param again whether the same thing may go well the next time */
  fail(text: string, again: boolean = true) {
    batch(() => {
      this.notice.value = undefined;
      this.activity.value = { is: "failed", text, again };
    });
  }

  /**
   * The client's steps are wrong: nothing has run.
   * @param problem without: they cannot be read
   */
  refuse(problem?: ClientProblem) {
    this.wrong.value = { problem };
  }

  leave() {
    for (const stop of this.#stops) stop();
  }
}
