// The editing surface with highlighting: CodeMirror 6, a bundle of its own, fetched on the first Edit.
// Tab is not bound, so it moves the focus on; Ctrl+] and Ctrl+[ indent. Characters that cannot be seen
// are shown: code from a link could hide in them.
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentUnit, syntaxHighlighting } from "@codemirror/language";
import { StateEffect, StateField } from "@codemirror/state";
import {
  Decoration,
  drawSelection,
  EditorView,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { tagHighlighter, tags } from "@lezer/highlight";
import { UNSEEN } from "../work/unseen.ts";
import { lineMarks, lineNow, showLineMarks } from "./line_marks.ts";

import type { EditorState, StateEffectType } from "@codemirror/state";
import type { Surface, SurfaceOptions } from "../types.ts";

// The names are those of Pygments, so that the site's colours for code hold here too.
const highlighter = tagHighlighter([
  { tag: tags.keyword, class: "k" },
  { tag: [tags.bool, tags.null], class: "kc" },
  { tag: tags.comment, class: "c1" },
  { tag: [tags.string, tags.special(tags.string)], class: "s2" },
  { tag: tags.number, class: "mi" },
  { tag: tags.operator, class: "o" },
  { tag: tags.function(tags.definition(tags.variableName)), class: "nf" },
  { tag: tags.definition(tags.className), class: "nc" },
  { tag: tags.punctuation, class: "p" },
]);

const setMark = StateEffect.define() as StateEffectType<number | undefined>;
const current = Decoration.line({ class: "demo-line-current" });
const marked = StateField.define({
  create: () => Decoration.none,
  update(marks, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(setMark)) return markLine(transaction.state, effect.value);
    }
    return transaction.docChanged ? Decoration.none : marks;
  },
  provide: (field) => EditorView.decorations.from(field),
});

function markLine({ doc }: EditorState, line: number | undefined) {
  if (!line || line > doc.lines) return Decoration.none;
  return Decoration.set(current.range(doc.line(line).from));
}

export function createEditor({ parent, text, label, onChange, onMark }: SurfaceOptions): Surface {
  const view = new EditorView({
    parent,
    doc: text,
    extensions: [
      keymap.of([...defaultKeymap, ...historyKeymap]),
      lineMarks(onMark),
      lineNumbers(),
      highlightSpecialChars({ specialChars: UNSEEN }),
      history(),
      drawSelection(),
      bracketMatching(),
      indentUnit.of("    "),
      python(),
      syntaxHighlighting(highlighter),
      marked,
      EditorView.contentAttributes.of({ "aria-label": label, tabindex: "0" }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange();
      }),
    ],
  });
  return {
    get text() {
      return view.state.doc.toString();
    },
    set text(value) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } });
    },
    focus: () => view.focus(),
    mark: (line) => view.dispatch({ effects: setMark.of(line) }),
    showMarks: (marks) => showLineMarks(view, marks),
    go(line) {
      const { from } = view.state.doc.line(lineNow(view.state, line));
      const effects = EditorView.scrollIntoView(from, { y: "center" });
      view.dispatch({ selection: { anchor: from }, effects });
      view.focus();
      const place = view.coordsAtPos(from);
      if (place && (place.top < 0 || place.bottom > innerHeight))
        view.dom.scrollIntoView({ block: "nearest" });
    },
    select() {
      view.dispatch({ selection: { anchor: 0, head: view.state.doc.length } });
      view.focus();
    },
    destroy: () => view.destroy(),
  };
}
