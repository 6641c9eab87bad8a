// Marks in the editor for the lines that findings are about: in the gutter, on the line, and, for those
// who do not see them, as the description of the text field. They move with the text as it is edited.
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, gutter, GutterMarker } from "@codemirror/view";

/** @import { EditorState, Extension, Range, StateEffectType } from "@codemirror/state" */
/** @import { LineMark } from "../types.js" */

const set = /** @type {StateEffectType<LineMark[]>} */ (StateEffect.define());

class Mark extends GutterMarker {
  /** @param {LineMark} mark */
  constructor(mark) {
    super();
    this.mark = mark;
  }

  toDOM() {
    const { level, label } = this.mark;
    const element = document.createElement("span");
    element.className = `demo-line-mark demo-level-${level}`;
    element.title = label;
    return element;
  }
}

/** @type {StateField<RangeSet<Mark>>} */
const field = StateField.define({
  create: () => /** @type {RangeSet<Mark>} */ (RangeSet.empty),
  update(marks, transaction) {
    for (const effect of transaction.effects)
      if (effect.is(set)) return marksIn(transaction.state, effect.value);
    return marks.map(transaction.changes);
  },
  provide: (self) => [
    EditorView.decorations.compute([self], (state) => decorate(state)),
    EditorView.contentAttributes.compute([self], (state) => describe(state)),
  ],
});

/** @param {EditorState} state @returns {Range<Mark>[]} */
function list(state) {
  /** @type {Range<Mark>[]} */
  const ranges = [];
  state.field(field).between(0, state.doc.length, (from, _to, mark) => {
    ranges.push(mark.range(state.doc.lineAt(from).from));
  });
  return ranges;
}

/** @param {EditorState} state @param {LineMark[]} marks @returns {RangeSet<Mark>} */
function marksIn({ doc }, marks) {
  const inside = marks.filter(({ line }) => line >= 1 && line <= doc.lines);
  return RangeSet.of(
    inside.map((mark) => new Mark(mark).range(doc.line(mark.line).from)),
    true,
  );
}

/** @param {EditorState} state */
function decorate(state) {
  const lines = list(state).map(({ from, value }) =>
    Decoration.line({ class: `demo-line-found demo-found-${value.mark.level}` }).range(from),
  );
  return Decoration.set(lines, true);
}

/** @param {EditorState} state @returns {Record<string, string>} */
function describe(state) {
  const ids = list(state).flatMap(({ value }) => value.mark.ids);
  return ids.length ? { "aria-describedby": ids.join(" ") } : {};
}

/** @param {(ids: string[]) => void} onMark @returns {Extension} */
export const lineMarks = (onMark) => [
  field,
  gutter({
    class: "demo-gutter",
    markers: (view) => view.state.field(field),
    initialSpacer: () => new Mark({ line: 0, level: "note", label: "", ids: [] }),
    domEventHandlers: {
      click(view, block) {
        const found = list(view.state).find(({ from }) => from === block.from);
        if (found) onMark(found.value.mark.ids);
        return found !== undefined;
      },
    },
  }),
];

/** @param {EditorView} view @param {LineMark[]} marks */
export const showLineMarks = (view, marks) => view.dispatch({ effects: set.of(marks) });

/** Where a marked line stands now; the line itself if it has no mark. @param {EditorState} state @param {number} line */
export function lineNow(state, line) {
  const found = list(state).find(({ value }) => value.mark.line === line);
  if (found) return state.doc.lineAt(found.from).number;
  return Math.min(Math.max(line, 1), state.doc.lines);
}
