// The plain editing surface, used when the editor cannot be downloaded. Tab moves on, as in any form.
import { make } from "../view/dom.mjs";

/** @import { Surface, SurfaceOptions } from "../types.js" */

/**
 * @param {SurfaceOptions} options
 * @returns {Surface}
 */
export function createTextarea({ parent, text, label, onChange, onRun }) {
  const area = make("textarea", {
    class: "demo-textarea",
    "aria-label": label,
    spellcheck: "false",
    wrap: "off",
  });
  area.rows = text.split("\n").length + 1;
  area.value = text;
  area.addEventListener("input", onChange);
  area.addEventListener("keydown", (pressed) => {
    if (pressed.key === "Enter" && (pressed.ctrlKey || pressed.metaKey)) onRun();
  });
  parent.append(area);
  return {
    get text() {
      return area.value;
    },
    set text(value) {
      area.value = value;
    },
    focus: () => area.focus(),
    mark: () => {},
    destroy: () => area.remove(),
  };
}
