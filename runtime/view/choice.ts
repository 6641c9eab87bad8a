// By order or by time: how a demo's exchange is drawn. The choice is kept for this demo of this page.
import { make } from "./dom.ts";

export type Strings = typeof import("#words/figure.ts").words;
export type View = "order" | "time";

const VIEWS = ["order", "time"] as const;
let groups = 0;

/** @param id of the demo's figure */
const keyOf = (id: string) => `asgi-demo-view:${location.pathname}#${id}`;

function remembered(id: string): View | undefined {
  try {
    return VIEWS.find((view) => view === sessionStorage.getItem(keyOf(id)));
  } catch {
    return undefined; // storage is forbidden: the page's own choice holds
  }
}

function remember(id: string, view: View) {
  try {
    sessionStorage.setItem(keyOf(id), view);
  } catch {
    // the choice holds as long as the page is open
  }
}

export class Choice {
  declare id: string;
  declare onChoice: (view: View) => void;
  declare inputs: HTMLInputElement[];
  declare element: HTMLFieldSetElement;

  #chosen: View = "order";

  /**
   * @param begin what the demo's figure is called, and what the page asks for
   * @param onChoice by the reader
   */
  constructor(
    strings: Strings,
    { id, view }: { id: string; view?: string },
    onChoice: (view: View) => void,
  ) {
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
