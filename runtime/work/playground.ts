// The list of presets above a workbench: choosing one opens it, and the page's address comes to name it.
import { words } from "#words/presets.ts";
import { readPreset, redraw } from "./presets.ts";

import type { DemoData } from "../types.ts";
import type { Preset } from "./presets.ts";
import type { Workbench } from "./workbench.ts";

export type Made = { code: string; steps: unknown };

const FRAGMENT = /^#preset=([a-z][a-z0-9-]*)$/;
const WIDE = "(min-width: 60em)";

export class Playground {
  declare figure: HTMLElement;
  declare workbench: Workbench;
  declare open: (data: DemoData) => Promise<void>;
  declare strings: typeof words;
  declare links: Map<string, HTMLAnchorElement>;
  declare current: string;

  #left = new AbortController();
  #asked = 0;
  #unfolded = false;
  /** What the reader has made of each preset, for where the browser keeps no drafts. */
  #made: Map<string, Made> = new Map();

  constructor(figure: HTMLElement, workbench: Workbench, open: (data: DemoData) => Promise<void>) {
    this.figure = figure;
    this.workbench = workbench;
    this.open = open;
    this.strings = words;
    this.links = new Map();
    for (const link of figure.querySelectorAll("a[data-preset]"))
      this.links.set(link.getAttribute("data-preset") ?? "", link as HTMLAnchorElement);
    this.current = workbench.store.data.value.name;
    this.#listen();
    void this.#follow();
  }

  #listen() {
    const { figure } = this;
    const { signal } = this.#left;
    for (const [name, link] of this.links)
      link.addEventListener("click", (event) => this.#clicked(event, name), { signal });
    addEventListener("hashchange", () => void this.#follow(), { signal });
    const open = this.#find(".playground-open");
    open?.addEventListener("click", () => this.#fold(!this.#unfolded), { signal });
    figure.addEventListener("click", (event) => this.#touched(event), { signal });
    figure.addEventListener("keydown", (event) => this.#touched(event), { signal });
  }

  #find(selector: string) {
    return this.figure.querySelector(selector) as HTMLElement | null;
  }

  /** @param open whether narrow screens show the list */
  #fold(open: boolean) {
    this.#unfolded = open;
    const button = this.#find(".playground-open");
    if (button) button.ariaExpanded = String(open);
  }

  /** Where there is room, the code is open for editing: the first touch fetches the editor. */
  #touched(event: Event) {
    const key = event instanceof KeyboardEvent ? event.key : "";
    const meant = key ? key === "Enter" : document.getSelection()?.isCollapsed !== false;
    const target = event.target instanceof Element ? event.target : undefined;
    const onCode = target?.closest(".demo-code") && !target.closest("button, a");
    if (!meant || !onCode || !matchMedia(WIDE).matches) return;
    event.preventDefault();
    void this.workbench.edit();
  }

  #clicked(event: MouseEvent, name: string) {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
    event.preventDefault();
    history.replaceState(history.state, "", `#preset=${name}`);
    this.#fold(false);
    void this.choose(name);
  }

  /** Open what the address names: a preset, or what somebody has made of one. */
  async #follow() {
    if (location.hash.startsWith("#try=")) return this.#followShared();
    const name = FRAGMENT.exec(location.hash)?.[1];
    if (name === undefined) return;
    if (this.links.has(name)) await this.choose(name);
    else this.say(this.strings.unknown(name));
  }

  /** A shared link says which preset it began from; the workbench reads the rest. */
  async #followShared() {
    const { decodeLink } = await import("./share.ts");
    const shared = await decodeLink(location.hash).catch(() => undefined);
    if (!shared || shared.demo === this.current || !this.links.has(shared.demo)) return;
    await this.choose(shared.demo);
    await this.workbench.follow();
  }

  say(text: string) {
    const about = this.#find(".playground-about");
    if (about) about.textContent = text;
  }

  async choose(name: string) {
    const link = this.links.get(name);
    const asked = (this.#asked += 1);
    if (!link || name === this.current) return;
    const url = new URL(link.dataset.url ?? "", document.baseURI);
    const preset = await readPreset(url, name).catch(() => undefined);
    if (asked !== this.#asked || this.#left.signal.aborted) return;
    if (preset) await this.#open(preset);
    else this.say(this.strings.failed(link.textContent ?? name));
  }

  async #open(preset: Preset) {
    this.#keep();
    this.current = preset.name;
    for (const [name, link] of this.links) link.ariaCurrent = name === preset.name ? "true" : null;
    redraw(this.figure, preset);
    this.say(preset.about);
    await this.open(preset);
    const made = this.#made.get(preset.name);
    const { store } = this.workbench;
    if (made && !store.edited.value) await this.workbench.write(made.code, made.steps);
  }

  /** Before another preset is opened. */
  #keep() {
    const { edited, code, steps } = this.workbench.store;
    if (edited.value) this.#made.set(this.current, { code: code.value, steps: steps.value });
    else this.#made.delete(this.current);
  }

  leave() {
    this.#left.abort();
  }
}
