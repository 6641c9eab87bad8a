// A plain field for code.
import { make } from "./dom.ts";

export function makeArea(label: string, text: string, onInput: () => void) {
  const area = make("textarea", {
    class: "demo-textarea",
    "aria-label": label,
    spellcheck: "false",
    autocapitalize: "off",
    autocomplete: "off",
    wrap: "off",
  });
  area.value = text;
  area.addEventListener("input", onInput);
  return area;
}

/**
 * Select a line and bring it into view.
 * @param line from 1
 */
export function goToLine(area: HTMLTextAreaElement, line: number) {
  const lines = area.value.split("\n");
  const begin = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  area.focus();
  area.setSelectionRange(begin, begin + (lines[line - 1]?.length ?? 0));
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 3);
}
