// What only some demos have, fetched when one has it: the WebSocket console, the list of presets.
import { language } from "#words/figure.mjs";
import { words } from "#words/workbench.mjs";
import { make } from "../view/dom.mjs";

/** @import { DemoData, Language } from "../types.js" */
/** @import { Workbench } from "./workbench.mjs" */

/**
 * What a part gets from the page's one script. Were it to import this, the two would share a third file,
 * and every page would ask for that too.
 * @typedef {{make: typeof make, language: Language}} Kit
 */

export class Parts {
  /** @type {{leave(): void} | undefined} */
  #console;
  /** @type {{leave(): void} | undefined} */
  #playground;
  #gone = false;
  #asked = 0;

  /** @param {Workbench} workbench */
  constructor(workbench) {
    this.workbench = workbench;
    /** @type {Kit} */
    this.kit = { make, language };
    void this.#open();
  }

  async #open() {
    const { workbench, kit } = this;
    const playground = workbench.element.closest(".playground");
    await this.#openConsole(workbench.store.data.value);
    if (!playground || this.#gone) return;
    const part = await import("./playground.mjs").catch(() => this.#lack());
    if (!part || this.#gone) return;
    this.#playground = new part.Playground(/** @type {HTMLElement} */ (playground), workbench, {
      ...kit,
      open: (data) => this.#replace(data),
    });
  }

  /** Work with another demo, whose code the page shows. @param {DemoData} data */
  async #replace(data) {
    this.#console?.leave();
    this.#console = undefined;
    await this.workbench.open(data);
    await this.#openConsole(data);
  }

  /** @param {DemoData} data */
  async #openConsole(data) {
    const asked = (this.#asked += 1);
    if (!data.console) return;
    const part = await import("./console.mjs").catch(() => this.#lack());
    if (!part || this.#gone || asked !== this.#asked) return;
    this.#console = new part.Console(this.workbench, this.kit);
  }

  /** Something could not be downloaded. @returns {undefined} */
  #lack() {
    this.workbench.store.notice.value = words.partFailed;
  }

  leave() {
    this.#gone = true;
    this.#console?.leave();
    this.#playground?.leave();
  }
}
