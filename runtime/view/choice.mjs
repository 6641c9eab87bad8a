// By order or by time: how a demo's exchange is drawn. The choice is kept for this demo of this page.
import { make } from "./dom.mjs";

/** @typedef {typeof import("#words/figure.mjs").words} Strings */
/** @typedef {"order" | "time"} View */

const VIEWS = /** @type {const} */ (["order", "time"]);
let groups = 0;

/** @param {string} id of the demo's figure */
const keyOf = (id) => `asgi-demo-view:${location.pathname}#${id}`;

/** @param {string} id @returns {View | undefined} */
function remembered(id) {
  try {
    return VIEWS.find((view) => view === sessionStorage.getItem(keyOf(id)));
  } catch {
    return undefined; // storage is forbidden: the page's own choice holds
  }
}

/** @param {string} id @param {View} view */
function remember(id, view) {
  try {
    sessionStorage.setItem(keyOf(id), view);
  } catch {
    // the choice holds as long as the page is open
  }
}

export class Choice {
  /** @type {View} */
  #chosen = "order";

  /**
   * @param {Strings} strings
   * @param {{id: string, view?: string}} begin what the demo's figure is called, and what the page asks for
   * @param {(view: View) => void} onChoice by the reader
   */
  constructor(strings, { id, view }, onChoice) {
    this.id = id;
    this.onChoice = onChoice;
    const name = `demo-view-${++groups}`;
    this.inputs = VIEWS.map((value) => make("input", { type: "radio", name, value }));
    const labels = this.inputs.map((input, index) =>
      make("label", {}, input, make("span", {}, strings.views[VIEWS[index]])),
    );
    const legend = make("legend", { class: "demo-heard" }, strings.view);
    this.element = make("fieldset", { class: "demo-choice" }, legend, ...labels);
    this.element.addEventListener("change", () => this.#choose());
    this.view = remembered(id) ?? (view === "time" ? "time" : "order");
  }

  get view() {
    return this.#chosen;
  }

  set view(view) {
    this.#chosen = view;
    this.inputs.forEach((input, index) => (input.checked = VIEWS[index] === view));
  }

  #choose() {
    this.#chosen = VIEWS[this.inputs.findIndex((input) => input.checked)] ?? "order";
    if (this.id) remember(this.id, this.#chosen);
    this.onChoice(this.#chosen);
  }
}
