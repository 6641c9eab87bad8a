// Where the reader's code came from, if not from the page: from a shared link, or from a draft that was
// kept over a reload. Says so, and offers the way back. Neither ever runs by itself.
import { kit } from "../view/kit.mjs";
import { Banner } from "./banner.mjs";
import { same } from "./client.mjs";
import { draftKey, readDraft, writeDraft } from "./drafts.mjs";

/** @import { LinkProblem, Shared } from "./share.mjs" */
/** @import { Workbench } from "./workbench.mjs" */

const PAUSE = 400; // milliseconds after the last key
const LINK = "#try=";

export class Origin {
  /** The fragment that the code came from; empty: the page itself. */
  #link = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  banner = new Banner();

  /** @param {Workbench} bench @param {AbortSignal} signal the element has left the page */
  constructor(bench, signal) {
    this.bench = bench;
    this.signal = signal;
    addEventListener("hashchange", () => location.hash.startsWith(LINK) && void this.begin(), {
      signal,
    });
    addEventListener("pagehide", () => this.save(), { signal });
  }

  get #key() {
    const { name: demo, source } = this.bench.data;
    return draftKey(demo, source, this.#link);
  }

  /** Open what the address or a draft holds. */
  async begin() {
    if (!location.hash.startsWith(LINK) || !(await this.#follow(location.hash)))
      await this.restore();
  }

  /** @param {string} fragment @returns {Promise<boolean>} whether it was a link for this demo */
  async #follow(fragment) {
    const { element, strings } = this.bench;
    const first = element.ownerDocument.querySelector("asgi-demo") === element;
    const problem = await this.#read(fragment).then(
      (shared) => this.#open(fragment, shared),
      (error) => strings.links[/** @type {LinkProblem} */ (error?.problem)] ?? strings.partFailed,
    );
    if (problem && first && !this.signal.aborted) {
      this.banner.show(problem, [{ text: strings.close, act: () => this.#close() }], "warning");
      element.scrollIntoView({ block: "start" });
    }
    return problem === "";
  }

  /** @param {string} fragment */
  async #read(fragment) {
    const { decodeLink } = await import("./share.mjs");
    return decodeLink(fragment);
  }

  /** @param {string} fragment @param {Shared} shared @returns {Promise<string | undefined>} what is wrong; empty: nothing; undefined: another demo is meant */
  async #open(fragment, shared) {
    const { bench, signal } = this;
    const { element, data, strings } = bench;
    const mine = shared.demo === data.name || element.hasAttribute("data-any-link");
    if (!mine && element.ownerDocument.getElementById(`demo-${shared.demo}`)) return undefined;
    if (!mine) return strings.links.elsewhere;
    this.save();
    this.#link = fragment;
    const draft = readDraft(this.#key);
    bench.stop();
    const { code, steps } = draft ?? shared;
    await bench.write(code, steps, draft?.text);
    if (signal.aborted) return "";
    this.banner.show(
      strings.fromLink,
      [
        { text: strings.seeDifference, act: (button) => void this.#compare(button) },
        { text: strings.discard, act: () => void this.#discard() },
      ],
      "warning",
    );
    element.scrollIntoView({ block: "start" });
    return "";
  }

  /** Open the draft that was kept for this demo, if there is one. */
  async restore() {
    const { bench } = this;
    const { strings, data } = bench;
    const draft = readDraft(this.#key);
    if (!draft || (draft.code === data.source && same(draft.steps, data.client) && !draft.text))
      return;
    await bench.write(draft.code, draft.steps, draft.text);
    if (this.signal.aborted) return;
    this.banner.show(strings.fromDraft, [
      { text: strings.discard, act: () => void this.#discard() },
      { text: strings.close, act: () => this.#close() },
    ]);
  }

  /** @param {HTMLButtonElement} button */
  async #compare(button) {
    const { bench, banner } = this;
    const { strings } = bench;
    if (banner.more.hasChildNodes()) {
      banner.more.replaceChildren();
      button.textContent = strings.seeDifference;
      return;
    }
    try {
      const { drawDifferences } = await import("./diff.mjs");
      banner.more.replaceChildren(...drawDifferences(kit, bench));
      button.textContent = strings.hideDifference;
    } catch {
      bench.tools.say(strings.partFailed);
    }
  }

  async #discard() {
    const { bench } = this;
    const fromLink = this.#link !== "";
    await bench.reset();
    bench.tools.say(bench.strings.discarded);
    if (fromLink) await this.restore();
  }

  #close() {
    this.banner.hide();
    this.bench.tools.edit.focus({ preventScroll: true });
  }

  /** The reader has changed something: keep it, once the keys are still. */
  changed() {
    if (this.signal.aborted) return; // what is written now is the next element's to keep
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), PAUSE);
  }

  /** Keep what differs from the page. */
  save() {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const { code, script, data } = this.bench;
    const edited = code.text !== data.source || script.edited;
    const draft = { code: code.text, steps: script.steps, text: script.written };
    writeDraft(this.#key, edited ? draft : undefined);
  }

  /** Forget it: the page's own content is back. */
  forget() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    writeDraft(this.#key, undefined);
    this.banner.hide();
    if (this.#link && location.hash === this.#link)
      history.replaceState(history.state, "", location.pathname + location.search);
    this.#link = "";
  }

  /** Something else is about to be worked with. */
  leave() {
    this.save();
    this.banner.hide();
    this.#link = "";
  }
}
