// Where the reader's code came from, if not from the page: from a shared link, or from a draft that was
// kept over a reload. Says so, and offers the way back. Neither ever runs by itself.
import { Banner } from "./banner.ts";
import { draftKey, readDraft, writeDraft } from "./drafts.ts";
import { same } from "./store.ts";

import type { LinkProblem, Shared } from "./share.ts";
import type { Store, Strings } from "./store.ts";

const PAUSE = 400; // milliseconds after the last key
const LINK = "#try=";
const PAGE = { from: "page" as const, link: "" };

export interface Actions {
  write: (code: string, steps: unknown, text?: string) => Promise<void>;
  reset: () => void;
  stop: () => void;
  /** where the focus goes when the banner is gone */
  focus: () => void;
}

export class Origin {
  declare element: HTMLElement;
  declare store: Store;
  declare strings: Strings;
  declare actions: Actions;
  declare signal: AbortSignal;

  #timer: ReturnType<typeof setTimeout> | undefined;
  #comparing = false;
  banner = new Banner();

  /**
   * @param element the demo
   * @param signal the element has left the page
   */
  constructor(
    element: HTMLElement,
    store: Store,
    strings: Strings,
    actions: Actions,
    signal: AbortSignal,
  ) {
    this.element = element;
    this.store = store;
    this.strings = strings;
    this.actions = actions;
    this.signal = signal;
    addEventListener("hashchange", () => location.hash.startsWith(LINK) && void this.begin(), {
      signal,
    });
    addEventListener("pagehide", () => this.save(), { signal });
  }

  get #link() {
    return this.store.origin.value.link;
  }

  get #key() {
    const { name: demo, source } = this.store.data.value;
    return draftKey(demo, source, this.#link);
  }

  /** Open what the address or a draft holds. */
  async begin() {
    if (!location.hash.startsWith(LINK) || !(await this.#follow(location.hash)))
      await this.restore();
  }

  /** @returns whether it was a link for this demo */
  async #follow(fragment: string): Promise<boolean> {
    const { element, strings } = this;
    const first = element.ownerDocument.querySelector("asgi-demo") === element;
    const problem = await this.#read(fragment).then(
      (shared) => this.#open(fragment, shared),
      (error) => strings.links[error?.problem as LinkProblem] ?? strings.partFailed,
    );
    if (problem && first && !this.signal.aborted) {
      this.banner.show(problem, [{ text: strings.close, act: () => this.#close() }], "warning");
      element.scrollIntoView({ block: "start" });
    }
    return problem === "";
  }

  async #read(fragment: string) {
    const { decodeLink } = await import("./share.ts");
    return decodeLink(fragment);
  }

  /** @returns what is wrong; empty: nothing; undefined: another demo is meant */
  async #open(fragment: string, shared: Shared): Promise<string | undefined> {
    const { element, store, strings, actions, signal } = this;
    const mine = shared.demo === store.data.value.name || element.hasAttribute("data-any-link");
    if (!mine && element.ownerDocument.getElementById(`demo-${shared.demo}`)) return undefined;
    if (!mine) return strings.links.elsewhere;
    this.save();
    store.origin.value = { from: "link", link: fragment };
    const draft = readDraft(this.#key);
    actions.stop();
    const { code, steps } = draft ?? shared;
    await actions.write(code, steps, draft?.text);
    if (signal.aborted) return "";
    this.#comparing = false;
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
    const { store, strings, actions } = this;
    const { source, client } = store.data.value;
    const draft = readDraft(this.#key);
    if (!draft || (draft.code === source && same(draft.steps, client) && !draft.text)) return;
    store.origin.value = { from: "draft", link: this.#link };
    await actions.write(draft.code, draft.steps, draft.text);
    if (this.signal.aborted) return;
    this.banner.show(strings.fromDraft, [
      { text: strings.discard, act: () => void this.#discard() },
      { text: strings.close, act: () => this.#close() },
    ]);
  }

  async #compare(button: HTMLButtonElement) {
    const { store, strings, banner } = this;
    if (this.#comparing) {
      this.#comparing = false;
      banner.more.replaceChildren();
      button.textContent = strings.seeDifference;
      return;
    }
    try {
      const { drawDifferences } = await import("./diff.ts");
      this.#comparing = true;
      banner.more.replaceChildren(...drawDifferences(store));
      button.textContent = strings.hideDifference;
    } catch {
      store.notice.value = strings.partFailed;
    }
  }

  async #discard() {
    const fromLink = this.#link !== "";
    this.actions.reset();
    this.store.notice.value = this.strings.discarded;
    if (fromLink) await this.restore();
  }

  #close() {
    this.banner.hide();
    this.actions.focus();
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
    const { edited, draft } = this.store;
    writeDraft(this.#key, edited.value ? draft.value : undefined);
  }

  /** Forget it: the page's own content is back. */
  forget() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    writeDraft(this.#key, undefined);
    this.banner.hide();
    if (this.#link && location.hash === this.#link)
      history.replaceState(history.state, "", location.pathname + location.search);
    this.store.origin.value = PAGE;
  }

  /** Something else is about to be worked with. */
  leave() {
    this.save();
    this.banner.hide();
    this.store.origin.value = PAGE;
  }
}
