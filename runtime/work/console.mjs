// The WebSocket console of a demo: the reader speaks in the clients' place. Every message adds a step to the
// client's script, and the whole conversation runs again; time is virtual, so it goes on where it was.
import { Client } from "./talk/client.mjs";
import { entriesOf } from "./talk/entries.mjs";
import { present } from "./talk/present.mjs";
import { words } from "#words/console.mjs";
import { ALONE, exact, MOST_MESSAGES, Talk } from "./talk/talk.mjs";

/** @import { Texts, Trace } from "../types.js" */
/** @import { Workbench } from "./workbench.mjs" */
/** @import { Kit } from "./parts.mjs" */
/** @import { Present } from "./talk/present.mjs" */
/** @import { Step } from "./talk/talk.mjs" */

// Seconds between messages. Of several clients' messages, each needs a moment of its own to keep its place.
const WAITS = { alone: [0, 1], several: [1, 0.1] };

export class Console {
  /** @type {Client[]} */
  #clients = [];
  /** @type {Present} */
  #present;
  #shown = 0; // how many times the demo has shown a run
  #cleared = false; // the reader starts over: the demo's client is still the one before
  #left = new AbortController();

  /** @param {Workbench} workbench @param {Kit} kit */
  constructor(workbench, kit) {
    this.workbench = workbench;
    this.kit = kit;
    this.strings = words;
    const { data, recorded } = workbench;
    this.talk = Talk.of(data.client);
    this.#present = present(recorded, data.texts, this.talk);
    const { make } = kit;
    this.now = make("span", { class: "console-now" });
    this.full = make("p", { class: "console-full", role: "status" });
    this.progress = make("p", { class: "console-progress", "aria-hidden": "true" });
    this.places = make("div", { class: "console-clients" });
    this.wait = this.#waitChoice();
    this.element = this.#build();
    workbench.element.before(this.element);
    this.#watchProgress();
    const { signal } = this.#left;
    workbench.element.addEventListener("demo-shown", () => this.#show(), { signal });
    this.before = workbench.seen;
    workbench.seen = (whole, itsTexts) => this.#see(whole, itsTexts);
    workbench.show(recorded, data.texts, data.source);
  }

  #build() {
    const { make } = this.kit;
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
    const { make } = this.kit;
    const waits = WAITS[this.talk.names.length > 1 ? "several" : "alone"];
    const options = waits.map((wait) =>
      make("option", { value: wait }, this.strings.seconds(wait)),
    );
    return make("select", { class: "console-wait" }, ...options);
  }

  /** @param {string} text @param {() => void} act */
  #button(text, act) {
    const button = this.kit.make("button", { type: "button", class: "console-button" }, text);
    button.addEventListener("click", act);
    return button;
  }

  /** While a run is made, what the demo says of it is shown here too: the demo may be out of sight. */
  #watchProgress() {
    const { element } = this.workbench.tools;
    const observer = new MutationObserver(() => this.#tellProgress());
    observer.observe(element, { subtree: true, childList: true, characterData: true });
    this.#left.signal.addEventListener("abort", () => observer.disconnect());
  }

  #tellProgress() {
    const { status, bytes, stop, element } = this.workbench.tools;
    const told = !stop.hidden || element.classList.contains("demo-has-failed");
    const parts = [status.textContent, bytes.hidden ? "" : bytes.textContent];
    this.progress.textContent = told ? parts.join(" ") : "";
  }

  /** The demo is about to show a run. @param {Trace} trace @param {Texts} texts */
  #see(trace, texts) {
    this.#cleared = false;
    this.talk = Talk.of(this.workbench.client, this.talk);
    this.#present = present(trace, texts, this.talk);
    return this.#present;
  }

  /** The demo shows a run: of one that the reader has made, the newest step. */
  #show() {
    const { trace } = this.#present;
    if (this.#shown) this.workbench.figure.stepper.go(trace.events.length, "shown");
    this.#shown += 1;
    this.#update();
  }

  #update() {
    const { trace, texts, now } = this.#present;
    this.#placeClients();
    const full = this.talk.messages >= MOST_MESSAGES;
    for (const client of this.#clients) {
      const none = this.talk.empty;
      client.show(none ? [] : entriesOf(client.name, trace, texts, this.kit.language), full);
    }
    this.now.textContent = this.strings.now(this.strings.seconds(this.talk.empty ? 0 : now));
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
      return new Client(this.kit, this.strings, { name, shown, id }, this.#actions(name));
    });
    this.places.replaceChildren(...this.#clients.map(({ element }) => element));
  }

  /** @param {string} name */
  #actions(name) {
    const act = (/** @type {Step} */ step) =>
      this.#play(this.#talkNow().adding(name, step, this.#nextMoment()));
    const connect = () => void act(this.talk.openings.get(name) ?? { connect: "/" });
    return { act, connect };
  }

  /** The steps may have been edited beside the console. */
  #talkNow() {
    return this.#cleared ? this.talk : Talk.of(this.workbench.client, this.talk);
  }

  #nextMoment() {
    return this.talk.empty ? 0 : exact(this.#present.now + Number(this.wait.value));
  }

  /** Let a second pass in which nobody speaks. */
  async #pass() {
    if (!this.talk.empty) await this.#play(this.#talkNow().until(exact(this.#present.now + 1)));
  }

  /** @param {Talk} talk to be run; where the run fails, nothing has been said */
  async #play(talk) {
    if (!this.workbench.tools.stop.hidden) return false; // it is running
    const { workbench } = this;
    const before = { client: workbench.client, shown: this.#shown };
    workbench.client = talk.client;
    await workbench.run();
    if (this.#shown > before.shown) return true;
    if (!this.#left.signal.aborted) this.#takeBack(before.client);
    return false;
  }

  /** Put the steps back as they were; what has been said of the failure stays. @param {unknown} client */
  #takeBack(client) {
    const { tools } = this.workbench;
    const said = tools.status.textContent ?? "";
    const failed = tools.element.classList.contains("demo-has-failed");
    const again = !tools.retry.hidden;
    this.workbench.client = client;
    if (failed) tools.fail(said, again);
  }

  #again() {
    this.workbench.stop();
    this.talk = this.talk.cleared();
    this.#cleared = true;
    this.#update();
    this.#clients[0]?.connect.focus({ preventScroll: true });
  }

  leave() {
    this.#left.abort();
    this.workbench.seen = this.before;
    this.element.remove();
  }
}
