// What only some demos have, fetched when one has it: the WebSocket console, the list of presets.
import { language } from "#words/figure.ts";
import { words } from "#words/workbench.ts";
import { make } from "../view/dom.ts";

import type { DemoData, Language } from "../types.ts";
import type { Workbench } from "./workbench.ts";

/**
 * What a part gets from the page's one script. Were it to import this, the two would share a third file,
 * and every page would ask for that too.
 */
export type Kit = { make: typeof make; language: Language };

export class Parts {
  declare workbench: Workbench;
  declare kit: Kit;

  #console: { leave(): void } | undefined;
  #playground: { leave(): void } | undefined;
  #gone = false;
  #asked = 0;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    this.kit = { make, language };
    void this.#open();
  }

  async #open() {
    const { workbench, kit } = this;
    const playground = workbench.element.closest(".playground");
    await this.#openConsole(workbench.store.data.value);
    if (!playground || this.#gone) return;
    const part = await import("./playground.ts").catch(() => this.#lack());
    if (!part || this.#gone) return;
    this.#playground = new part.Playground(playground as HTMLElement, workbench, {
      ...kit,
      open: (data) => this.#replace(data),
    });
  }

  /** Work with another demo, whose code the page shows. */
  async #replace(data: DemoData) {
    this.#console?.leave();
    this.#console = undefined;
    await this.workbench.open(data);
    await this.#openConsole(data);
  }

  async #openConsole(data: DemoData) {
    const asked = (this.#asked += 1);
    if (!data.console) return;
    const part = await import("./console.ts").catch(() => this.#lack());
    if (!part || this.#gone || asked !== this.#asked) return;
    this.#console = new part.Console(this.workbench, this.kit);
  }

  /** Something could not be downloaded. */
  #lack(): undefined {
    this.workbench.store.notice.value = words.partFailed;
  }

  leave() {
    this.#gone = true;
    this.#console?.leave();
    this.#playground?.leave();
  }
}
