// The plain editing surface, used when the editor cannot be downloaded. Tab moves on, as in any form.
import { goToLine } from "./text_line.mjs";

/** @import { Kit } from "../view/kit.mjs" */
/** @import { Surface, SurfaceOptions } from "../types.js" */

/**
 * @param {SurfaceOptions} options
 * @param {Kit} kit
 * @returns {Surface}
 */
export function createTextarea({ parent, text, label, onChange }, { make }) {
  const area = make("textarea", {
    class: "demo-textarea",
    "aria-label": label,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    wrap: "off",
  });
  area.rows = text.split("\n").length + 1;
  area.value = text;
  area.addEventListener("input", onChange);
  parent.append(area);
  return {
    get text() {
      return area.value;
    },
    set text(value) {
      area.value = value;
      onChange();
    },
    focus: () => area.focus(),
    mark: () => {},
    showMarks(marks) {
      const ids = marks.flatMap((mark) => mark.ids);
      if (ids.length) area.setAttribute("aria-describedby", ids.join(" "));
      else area.removeAttribute("aria-describedby");
    },
    go: (line) => goToLine(area, line),
    select: () => area.select(),
    destroy: () => area.remove(),
  };
}
