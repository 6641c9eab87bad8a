// What only some demos have, fetched when one has it: the WebSocket console, the list of presets.
import { words } from "#words/workbench.ts";

import type { DemoData } from "../types.ts";
import type { Workbench } from "./workbench.ts";

export class Parts {
  declare workbench: Workbench;

  #console: { leave(): void } | undefined;
  #playground: { leave(): void } | undefined;
  #gone = false;
  #asked = 0;

  constructor(workbench: Workbench) {
    this.workbench = workbench;
    void this.#open();
  }

  async #open() {
    const { workbench } = this;
    const playground = workbench.element.closest(".playground");
    await this.#openConsole(workbench.store.data.value);
    if (!playground || this.#gone) return;
    const part = await import("./playground.ts").catch(() => this.#lack());
    if (!part || this.#gone) return;
    const open = (data: DemoData) => this.#replace(data);
    this.#playground = new part.Playground(playground as HTMLElement, workbench, open);
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
    this.#console = new part.Console(this.workbench);
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
