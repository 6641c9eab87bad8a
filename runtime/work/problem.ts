// The one mistake in the client's steps that is shown, at the place where it is.
import { make } from "../view/dom.ts";

let problems = 0;

export class Problem {
  declare area: HTMLElement;
  declare element: HTMLParagraphElement;

  /** @param area everything in which a mistake can be */
  constructor(area: HTMLElement) {
    this.area = area;
    problems += 1;
    this.element = make("p", { class: "demo-problem", id: `demo-client-problem-${problems}` });
  }

  /** @param fields the wrong ones, by selector */
  show(content: (Node | string)[], place: Element, fields?: string) {
    this.clear();
    this.element.replaceChildren(...content);
    place.append(this.element);
    place.classList.add("demo-has-problem");
    for (const field of fields ? place.querySelectorAll(fields) : []) {
      field.setAttribute("aria-describedby", this.element.id);
      field.setAttribute("aria-invalid", "true");
    }
    this.element.scrollIntoView({ block: "nearest" });
  }

  clear() {
    this.element.remove();
    for (const place of this.area.querySelectorAll(".demo-has-problem"))
      place.classList.remove("demo-has-problem");
    for (const field of this.area.querySelectorAll("[aria-invalid]")) {
      field.removeAttribute("aria-describedby");
      field.removeAttribute("aria-invalid");
    }
  }
}
