// Marks in the editor for the lines that findings are about: in the gutter, on the line, and, for those
// who do not see them, as the description of the text field. They move with the text as it is edited.
import { RangeSet, StateEffect, StateField } from "@codemirror/state";
import { Decoration, EditorView, gutter, GutterMarker } from "@codemirror/view";

import type { EditorState, Extension, Range, StateEffectType } from "@codemirror/state";
import type { LineMark } from "../types.ts";

const set = StateEffect.define() as StateEffectType<LineMark[]>;

class Mark extends GutterMarker {
  declare mark: LineMark;

  constructor(mark: LineMark) {
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

const field: StateField<RangeSet<Mark>> = StateField.define({
  create: () => RangeSet.empty as RangeSet<Mark>,
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

function list(state: EditorState): Range<Mark>[] {
  const ranges: Range<Mark>[] = [];
  state.field(field).between(0, state.doc.length, (from, _to, mark) => {
    ranges.push(mark.range(state.doc.lineAt(from).from));
  });
  return ranges;
}

function marksIn({ doc }: EditorState, marks: LineMark[]): RangeSet<Mark> {
  const inside = marks.filter(({ line }) => line >= 1 && line <= doc.lines);
  return RangeSet.of(
    inside.map((mark) => new Mark(mark).range(doc.line(mark.line).from)),
    true,
  );
}

function decorate(state: EditorState) {
  const lines = list(state).map(({ from, value }) =>
    Decoration.line({ class: `demo-line-found demo-found-${value.mark.level}` }).range(from),
  );
  return Decoration.set(lines, true);
}

function describe(state: EditorState): Record<string, string> {
  const ids = list(state).flatMap(({ value }) => value.mark.ids);
  return ids.length ? { "aria-describedby": ids.join(" ") } : {};
}

export const lineMarks = (onMark: (ids: string[]) => void): Extension => [
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

export const showLineMarks = (view: EditorView, marks: LineMark[]) =>
  view.dispatch({ effects: set.of(marks) });

/** Where a marked line stands now; the line itself if it has no mark. */
export function lineNow(state: EditorState, line: number) {
  const found = list(state).find(({ value }) => value.mark.line === line);
  if (found) return state.doc.lineAt(found.from).number;
  return Math.min(Math.max(line, 1), state.doc.lines);
}
