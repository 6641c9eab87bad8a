// <asgi-demo>: takes the recorded demo that the page shows as a list, draws it, steps through it, runs it anew.
import { Workbench } from "./workbench.mjs";

export class AsgiDemo extends HTMLElement {
  /** @type {Workbench | undefined} */
  #workbench;

  connectedCallback() {
    if (this.#workbench) return;
    const data = this.querySelector("script.demo-data")?.textContent;
    const code = /** @type {HTMLElement | null} */ (this.querySelector(".demo-code"));
    if (data && code) this.#workbench = new Workbench(this, JSON.parse(data), code);
  }

  disconnectedCallback() {
    this.#workbench?.leave();
    this.#workbench = undefined;
  }
}
