// A note above the code: where it came from, and what to do about it.
import { make } from "../view/dom.ts";

export type Choice = { text: string; act: (button: HTMLButtonElement) => void };

export class Banner {
  declare text: HTMLParagraphElement;
  declare choices: HTMLDivElement;
  declare more: HTMLDivElement;
  declare element: HTMLDivElement;

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

  show(text: string, choices: Choice[], tone: "note" | "warning" = "note") {
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
