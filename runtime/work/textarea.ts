// The plain editing surface, used when the editor cannot be downloaded. Tab moves on, as in any form.
import { goToLine, makeArea } from "../view/text_area.ts";

import type { Surface, SurfaceOptions } from "../types.ts";

export function createTextarea({ parent, text, label, onChange }: SurfaceOptions): Surface {
  const area = makeArea(label, text, onChange);
  area.rows = text.split("\n").length + 1;
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
