// The WebSocket console of a demo: the reader speaks in the clients' place. Every message adds a step to the
// client's script, and the whole conversation runs again; time is virtual, so it goes on where it was.
import { language } from "#words/figure.ts";
import { make } from "../view/dom.ts";
import { Client } from "./talk/client.ts";
import { entriesOf } from "./talk/entries.ts";
import { present } from "./talk/present.ts";
import { words } from "#words/console.ts";
import { ALONE, exact, MOST_MESSAGES, Talk } from "./talk/talk.ts";

import type { Workbench } from "./workbench.ts";
import type { Step } from "./talk/talk.ts";
export type Shown = Workbench["store"]["shown"]["value"];

// Seconds between messages. Of several clients' messages, each needs a moment of its own to keep its place.
const WAITS = { alone: [0, 1], several: [1, 0.1] };

export class Console {
  declare workbench: Workbench;
  declare strings: typeof words;
  declare talk: Talk;
  declare now: HTMLSpanElement;
  declare full: HTMLParagraphElement;
  declare progress: HTMLParagraphElement;
  declare places: HTMLDivElement;
  declare wait: HTMLSelectElement;
  declare element: HTMLElement;

  #clients: Client[] = [];
  #now = 0; // virtual time of what comes next
  #cleared = false; // the reader starts over: the demo's client is still the one before
  #leave: (() => void)[];

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.strings = words;
    const { store } = workbench;
    this.talk = Talk.of(store.run.value.client);
    this.now = make("span", { class: "console-now" });
    this.full = make("p", { class: "console-full", role: "status" });
    this.progress = make("p", { class: "console-progress", "aria-hidden": "true" });
    this.places = make("div", { class: "console-clients" });
    this.wait = this.#waitChoice();
    this.element = this.#build();
    workbench.element.before(this.element);
    // While a run is made, what the demo says of it is shown here too: the demo may be out of sight.
    const tell = () => this.#tellProgress();
    this.#leave = [
      this.#see(),
      store.on(store.shown, (shown) => this.#show(shown)),
      store.on(store.status, tell),
      store.on(store.download, tell),
      store.on(store.activity, tell),
    ];
  }

  #build() {
    const { strings } = this;
    return make(
      "section",
      { class: "console", "aria-label": strings.console },
      this.places,
      make(
        "div",
        { class: "console-time" },
        this.now,
        make("label", {}, `${strings.wait} `, this.wait),
        this.#button(strings.pass, () => void this.#pass()),
        this.#button(strings.again, () => this.#again()),
      ),
      this.full,
      this.progress,
    );
  }

  #waitChoice() {
    const waits = WAITS[this.talk.names.length > 1 ? "several" : "alone"];
    const options = waits.map((wait) =>
      make("option", { value: wait }, this.strings.seconds(wait)),
    );
    return make("select", { class: "console-wait" }, ...options);
  }

  #button(text: string, act: () => void) {
    const button = make("button", { type: "button", class: "console-button" }, text);
    button.addEventListener("click", act);
    return button;
  }

  #tellProgress() {
    const { status, download, activity } = this.workbench.store;
    const told = activity.value.is !== "idle";
    const parts = [status.value, download.value?.text];
    this.progress.textContent = told ? parts.join(" ") : "";
  }

  /**
   * Of a run, the demo shows what is past; of one that the reader has made, the newest step.
   * @returns ends it
   */
  #see(): () => void {
    const { seen } = this.workbench.store;
    const before = seen.value;
    seen.value = ({ trace, texts, client, recorded }) => {
      const past = present(trace, texts, Talk.of(client));
      return { ...past, step: recorded ? 0 : past.trace.events.length };
    };
    return () => (seen.value = before);
  }

  /** The demo shows a run. */
  #show(shown: Shown) {
    this.#cleared = false;
    this.talk = Talk.of(shown.client, this.talk);
    this.#now = shown.now ?? 0;
    this.#update();
  }

  #update() {
    const { trace, texts } = this.workbench.store.shown.value;
    this.#placeClients();
    const full = this.talk.messages >= MOST_MESSAGES;
    for (const client of this.#clients) {
      const none = this.talk.empty;
      client.show(none ? [] : entriesOf(client.name, trace, texts, language), full);
    }
    this.now.textContent = this.strings.now(this.strings.seconds(this.talk.empty ? 0 : this.#now));
    this.full.textContent = full ? this.strings.full(MOST_MESSAGES) : "";
  }

  /** A place for each client; they stay as long as their names do. */
  #placeClients() {
    const { names } = this.talk;
    if (names.join("\n") === this.#clients.map(({ name }) => name).join("\n")) return;
    const base = this.workbench.element.closest("figure")?.id ?? "demo";
    this.#clients = names.map((name, index) => {
      const shown = name === ALONE ? this.strings.alone : name;
      const id = `${base}-client-${index + 1}`;
      return new Client(this.strings, { name, shown, id }, this.#actions(name));
    });
    this.places.replaceChildren(...this.#clients.map(({ element }) => element));
  }

  #actions(name: string) {
    const act = (step: Step) => this.#play(this.#talkNow().adding(name, step, this.#nextMoment()));
    const connect = () => void act(this.talk.openings.get(name) ?? { connect: "/" });
    return { act, connect };
  }

  /** The steps may have been edited beside the console. */
  #talkNow() {
    return this.#cleared ? this.talk : Talk.of(this.workbench.store.steps.value, this.talk);
  }

  #nextMoment() {
    return this.talk.empty ? 0 : exact(this.#now + Number(this.wait.value));
  }

  /** Let a second pass in which nobody speaks. */
  async #pass() {
    if (!this.talk.empty) await this.#play(this.#talkNow().until(exact(this.#now + 1)));
  }

  /** @param talk to be run; where the run fails, nothing has been said */
  async #play(talk: Talk) {
    const { workbench } = this;
    return !workbench.store.running.value && (await workbench.runWith(talk.client));
  }

  #again() {
    this.workbench.stop();
    this.talk = this.talk.cleared();
    this.#cleared = true;
    this.#update();
    this.#clients[0]?.connect.focus({ preventScroll: true });
  }

  leave() {
    for (const leave of this.#leave) leave();
    this.element.remove();
  }
}
