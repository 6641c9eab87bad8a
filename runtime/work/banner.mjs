// A note above the code: where it came from, and what to do about it.
import { make } from "../view/dom.mjs";

/** @typedef {{text: string, act: (button: HTMLButtonElement) => void}} Choice */

export class Banner {
  constructor() {
    this.text = make("p", { class: "demo-banner-text", role: "status" });
    this.choices = make("div", { class: "demo-choices" });
    this.more = make("div", {});
    this.element = make(
      "div",
      { class: "demo-banner", hidden: true },
      this.text,
      this.choices,
      this.more,
    );
  }

  /** @param {string} text @param {Choice[]} choices @param {"note" | "warning"} [tone] */
  show(text, choices, tone = "note") {
    this.more.replaceChildren();
    this.element.dataset.tone = tone;
    this.element.hidden = false;
    this.text.textContent = text;
    this.choices.replaceChildren(
      ...choices.map(({ text: label, act }) => {
        const button = make("button", { type: "button", class: "demo-tool" }, label);
        button.addEventListener("click", () => act(button));
        return button;
      }),
    );
  }

  hide() {
    this.element.hidden = true;
    this.text.textContent = "";
    this.choices.replaceChildren();
    this.more.replaceChildren();
  }
}
