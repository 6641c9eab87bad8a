// Moves through the steps of a trace: buttons, a slider, keys, and playing by itself.
import { draw, make } from "./dom.ts";

export type Strings = typeof import("#words/figure.ts").words;

const ICONS = {
  first: "M2 1V11M11 1 4 6 11 11Z",
  previous: "M8 1 3 6 8 11",
  play: "M3 1 11 6 3 11Z",
  pause: "M3 1V11M9 1V11",
  next: "M4 1 9 6 4 11",
  last: "M10 1V11M1 1 8 6 1 11Z",
  finding: "M1 3 7 9M7 3 1 9M9 3 11.5 6 9 9",
};
let captions = 0;
const BEAT = 1100; // milliseconds a step while playing

/** "shown": not by the reader */
export type How = "shown" | "moved" | "slid" | "played";

export class Stepper {
  declare strings: Strings;
  declare onStep: (position: number, how: How) => void;
  declare buttons: Record<
    "first" | "previous" | "play" | "next" | "last" | "finding",
    HTMLButtonElement
  >;
  declare slider: HTMLInputElement;
  declare place: HTMLSpanElement;
  declare caption: HTMLParagraphElement;
  declare card: HTMLDivElement;
  declare said: HTMLParagraphElement;
  declare element: HTMLDivElement;

  #timer: ReturnType<typeof setInterval> | undefined;
  #count = 0;
  #position = 0;
  /** the steps at which something was found, in order */
  #found: number[] = [];

  /** @param onStep position 0: none */
  constructor(strings: Strings, onStep: (position: number, how: How) => void) {
    this.strings = strings;
    this.onStep = onStep;
    this.buttons = {
      first: this.#button("first", () => this.go(1)),
      previous: this.#button("previous", () => this.go(this.#position - 1)),
      play: this.#button("play", () => this.toggle()),
      next: this.#button("next", () => this.go(this.#position + 1)),
      last: this.#button("last", () => this.go(this.#count)),
      finding: this.#button("finding", () => this.nextFinding()),
    };
    this.slider = make("input", {
      type: "range",
      min: 1,
      step: 1,
      class: "demo-slider",
      "aria-label": strings.scrub,
    });
    this.slider.addEventListener("input", () => this.go(Number(this.slider.value), "slid"));
    this.place = make("span", { class: "demo-place" });
    this.caption = make("p", { class: "demo-caption", id: `demo-caption-${++captions}` });
    this.card = make("div", { class: "demo-card" });
    this.said = make("p", { class: "demo-heard", role: "status" });
    this.element = make(
      "div",
      { class: "demo-controls", role: "group", "aria-label": strings.controls },
      this.caption,
      this.card,
      this.said,
      ...Object.values(this.buttons),
      this.slider,
      this.place,
    );
  }

  #button(name: keyof typeof ICONS & keyof Strings, act: () => void) {
    const label = String(this.strings[name]);
    const button = make("button", {
      type: "button",
      class: `demo-button demo-${name}`,
      "aria-label": label,
      title: label,
    });
    button.append(draw(ICONS[name], "demo-icon"));
    button.addEventListener("click", act);
    return button;
  }

  get position() {
    return this.#position;
  }

  /**
   * Begin with another trace.
   * @param found steps, in order
   * @param position the step to begin with; 0: none
   */
  reset(count: number, found: number[], position: number) {
    this.pause();
    this.#count = count;
    this.#found = found;
    this.buttons.finding.hidden = !found.length;
    this.slider.max = String(Math.max(count, 1));
    this.#show(position, "shown");
  }

  /** Say where we are again: what shows it is new. */
  again() {
    this.#show(this.#position, "shown");
  }

  go(position: number, how: How = "moved") {
    this.pause();
    this.#show(position, how);
  }

  /** To the next step at which something was found; after the last one, to the first. */
  nextFinding() {
    const next = this.#found.find((position) => position > this.#position) ?? this.#found[0];
    if (next) this.go(next);
  }

  /** Show the whole exchange again, no step chosen. */
  leave() {
    this.pause();
    this.#show(0, "shown");
  }

  toggle() {
    if (this.#timer) return this.pause();
    this.#show(this.#position >= this.#count ? 1 : this.#position + 1, "played");
    this.#timer = setInterval(() => {
      if (this.#position >= this.#count) this.pause();
      else this.#show(this.#position + 1, "played");
    }, BEAT);
    this.#showPlaying(true);
  }

  pause() {
    if (!this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#showPlaying(false);
  }

  #showPlaying(playing: boolean) {
    const label = playing ? this.strings.pause : this.strings.play;
    this.buttons.play.replaceChildren(draw(playing ? ICONS.pause : ICONS.play, "demo-icon"));
    this.buttons.play.setAttribute("aria-label", label);
    this.buttons.play.title = label;
  }

  #show(position: number, how: How) {
    const lowest = how === "shown" ? 0 : Math.min(1, this.#count);
    this.#position = Math.max(lowest, Math.min(position, this.#count));
    const { strings } = this;
    this.slider.value = String(this.#position || 1);
    const text = this.#position
      ? strings.step(this.#position, this.#count)
      : strings.overview(this.#count);
    this.slider.setAttribute("aria-valuetext", text);
    this.place.textContent = this.#position ? `${this.#position} / ${this.#count}` : text;
    this.onStep(this.#position, how);
  }

  /** Keys on the rows of the figure. Tab is left alone. */
  key(pressed: KeyboardEvent) {
    if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return;
    const actions: Record<string, () => void> = {
      ArrowDown: () => this.go(this.#position + 1),
      ArrowRight: () => this.go(this.#position + 1),
      ArrowUp: () => this.go(this.#position - 1),
      ArrowLeft: () => this.go(this.#position - 1),
      Home: () => this.go(1),
      End: () => this.go(this.#count),
      Escape: () => this.leave(),
      " ": () => this.toggle(),
      f: () => this.nextFinding(),
    };
    const action = actions[pressed.key];
    if (!action) return;
    pressed.preventDefault();
    action();
  }
}
