// The steps of one client in the form: its name where it has one, a row a step, and how to add another.
import { make } from "../view/dom.ts";
import { drawLabelled, drawLine, StepRow } from "./client_row.ts";
import { KINDS } from "./step_fields.ts";
import { newRow } from "./step_rows.ts";

import type { Move, Words } from "./client_row.ts";
import type { Row, Script } from "./step_rows.ts";

export interface ScriptActions {
  onChange: () => void;
  /** the client is to go */
  onRemove: (section: ScriptSection) => void;
  say: (text: string) => void;
}

/** @param kind of the last step */
function likelyNext(kind: string | undefined) {
  const next: Record<string, string> = {
    connect: "text",
    text: "text",
    bytes: "bytes",
    body: "end",
    startup: "shutdown",
  };
  return (kind && next[kind]) || "request";
}

export class ScriptSection {
  declare words: Words;
  declare script: Script;
  declare actions: ScriptActions;
  declare name: HTMLInputElement;
  declare remove: HTMLButtonElement;
  declare head: HTMLDivElement;
  declare rows: StepRow[];
  declare list: HTMLOListElement;
  declare kind: HTMLSelectElement;
  declare add: HTMLButtonElement;
  declare element: HTMLDivElement;

  #named = false;

  constructor(words: Words, script: Script, actions: ScriptActions) {
    this.words = words;
    this.script = script;
    this.actions = actions;
    this.name = drawLine(script.name, (value) => {
      script.name = value;
      actions.onChange();
    });
    this.remove = this.#button("×", () => actions.onRemove(this));
    const label = drawLabelled(words.fields.name, this.name);
    this.head = make("div", { class: "demo-script-name" }, label, this.remove);
    this.rows = script.rows.map((row) => this.#rowOf(row));
    this.list = make("ol", { class: "demo-step-rows" }, ...this.rows.map(({ element }) => element));
    this.kind = make(
      "select",
      { "aria-label": words.kind },
      ...Object.keys(KINDS).map((kind) =>
        make("option", { value: kind }, words.kinds[kind as keyof Words["kinds"]]),
      ),
    );
    this.add = this.#button(words.add, () => this.#add());
    this.add.classList.add("demo-add-step");
    const add = make("div", { class: "demo-add" }, this.kind, this.add);
    this.element = make("div", { class: "demo-script", role: "group" }, this.list, add);
    this.#placeRows();
  }

  #button(text: string, act: () => void) {
    const button = make("button", { type: "button", class: "demo-tool" }, text);
    button.addEventListener("click", act);
    return button;
  }

  /**
   * Where it stands.
   * @param named whether clients have names
   */
  place(named: boolean, alone: boolean) {
    const { script, words } = this;
    this.element.setAttribute("aria-label", words.stepsOf(script.name));
    this.name.value = script.name;
    this.remove.title = words.removeClient(script.name);
    this.remove.setAttribute("aria-label", this.remove.title);
    this.remove.disabled = alone;
    if (named && !this.#named) this.element.prepend(this.head);
    if (!named) this.head.remove();
    this.#named = named;
  }

  #rowOf(row: Row) {
    const drawn = new StepRow(this.words, row, {
      onInput: () => this.actions.onChange(),
      onKind: () => this.#changed(),
      onMove: (move) => this.#move(drawn, move),
    });
    return drawn;
  }

  #placeRows() {
    this.rows.forEach((row, at) => row.place(at + 1, this.rows.length));
    this.kind.value = likelyNext(this.script.rows.at(-1)?.kind);
  }

  /** The steps are others. */
  #changed() {
    this.script.rows = this.rows.map(({ row }) => row);
    this.#placeRows();
    this.actions.onChange();
  }

  #add() {
    const added = this.#rowOf(newRow(this.kind.value));
    this.rows.push(added);
    this.list.append(added.element);
    this.actions.say(this.words.added(this.rows.length));
    this.#changed();
    added.kind.focus();
  }

  #move(row: StepRow, move: Move) {
    const at = this.rows.indexOf(row);
    this.rows.splice(at, 1);
    if (move === "remove") this.#removed(row, at);
    else this.#moved(row, at, move === "up" ? at - 1 : at + 1, move);
  }

  #removed(row: StepRow, at: number) {
    row.element.remove();
    this.actions.say(this.words.removed(at + 1));
    this.#changed();
    const next = this.rows[at] ?? this.rows.at(-1);
    (next?.buttons.remove ?? this.add).focus();
  }

  #moved(row: StepRow, at: number, to: number, move: "up" | "down") {
    this.list.insertBefore(row.element, this.rows[to]?.element ?? null);
    this.rows.splice(to, 0, row);
    this.actions.say(this.words.moved(at + 1, to + 1));
    this.#changed();
    const other = move === "up" ? "down" : "up"; // at the end there is no further
    row.buttons[row.buttons[move].disabled ? other : move].focus();
  }

  focus() {
    const [first] = this.rows;
    const place = this.#named ? this.name : (first?.kind ?? this.kind);
    place.focus();
  }
}
