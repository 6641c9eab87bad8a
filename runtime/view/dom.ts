// Makes elements. Text goes in as text: nothing here, or anywhere in runtime/, parses HTML.

const SVG = "http://www.w3.org/2000/svg";

/** @param attributes true: present; false, undefined: absent */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Record<string, string | number | boolean | undefined> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false)
      element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

/**
 * A small drawing of one path.
 * @param box the drawing's viewBox
 */
export function draw(path: string, className: string, box: string = "0 0 12 12") {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", box);
  svg.setAttribute("class", className);
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

/** Text in which `this` is code. */
export function withCode(text: string): (Node | string)[] {
  return text.split("`").map((part, index) => (index % 2 ? make("code", {}, part) : part));
}
