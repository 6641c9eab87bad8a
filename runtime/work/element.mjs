// <asgi-demo>: takes the recorded demo that the page shows as a list, draws it, steps through it, runs it anew.
import { inTurn } from "./in_turn.mjs";
import { Parts } from "./parts.mjs";
import { Workbench } from "./workbench.mjs";

export class AsgiDemo extends HTMLElement {
  /** @type {Workbench | undefined} */
  #workbench;
  /** @type {Parts | undefined} */
  #parts;

  connectedCallback() {
    inTurn(() => this.#draw());
  }

  #draw() {
    if (this.#workbench || !this.isConnected) return;
    const data = this.querySelector("script.demo-data")?.textContent;
    const code = /** @type {HTMLElement | null} */ (this.querySelector(".demo-code"));
    if (!data || !code) return;
    this.#workbench = new Workbench(this, JSON.parse(data), code);
    this.#parts = new Parts(this.#workbench);
  }

  disconnectedCallback() {
    this.#parts?.leave();
    this.#workbench?.leave();
    this.#parts = this.#workbench = undefined;
  }
}
