// The client's steps as a form: a section a client, a row a step. What is drawn stays as long as what it stands for.
import { make } from "../view/dom.ts";
import { ScriptSection } from "./client_script.ts";
import { newRow, writeRow } from "./step_rows.ts";

import type { Words } from "./client_row.ts";
import type { Form, Row, Script } from "./step_rows.ts";

export class ClientForm {
  declare form: Form;
  declare words: Words;
  declare onChange: () => void;
  declare say: (text: string) => void;
  declare add: HTMLButtonElement;
  declare sections: ScriptSection[];
  declare element: HTMLDivElement;

  constructor(
    form: Form,
    words: Words,
    { onChange, say }: { onChange: () => void; say: (text: string) => void },
  ) {
    this.form = form;
    this.words = words;
    this.onChange = onChange;
    this.say = say;
    const looks = { type: "button", class: "demo-tool demo-add-client" };
    this.add = make("button", looks, words.addClient);
    this.add.addEventListener("click", () => this.#addClient());
    this.sections = form.scripts.map((script) => this.#sectionOf(script));
    const drawn = this.sections.map(({ element }) => element);
    this.element = make("div", { class: "demo-form" }, ...drawn, this.add);
    this.#placeSections();
  }

  #sectionOf(script: Script) {
    const { words, onChange, say } = this;
    const onRemove = (section: ScriptSection) => this.#removeClient(section);
    return new ScriptSection(words, script, { onChange, onRemove, say });
  }

  #placeSections() {
    const { sections, form } = this;
    for (const section of sections) section.place(form.named, sections.length < 2);
  }

  /** The clients are others. */
  #changed() {
    this.form.scripts = this.sections.map(({ script }) => script);
    this.#placeSections();
    this.onChange();
  }

  #addClient() {
    const { form, words } = this;
    if (!form.named && form.scripts[0]) form.scripts[0].name = "client";
    form.named = true;
    const names = new Set(form.scripts.map((script) => script.name));
    let number = form.scripts.length + 1;
    while (names.has(`client-${number}`)) number += 1;
    const added = this.#sectionOf({ name: `client-${number}`, rows: [newRow("request")] });
    this.sections.push(added);
    this.add.before(added.element);
    this.say(words.clientAdded(`client-${number}`));
    this.#changed();
    added.focus();
  }

  #removeClient(section: ScriptSection) {
    const at = this.sections.indexOf(section);
    this.sections.splice(at, 1);
    section.element.remove();
    this.form.named = this.sections.length > 1;
    this.say(this.words.clientRemoved(section.script.name));
    this.#changed();
    this.sections[Math.max(at - 1, 0)].focus();
  }

  /** Where a problem is to be shown. */
  place(client: string, step: number): Element | undefined {
    const { sections, form } = this;
    const section = form.named
      ? sections.find(({ script }) => script.name === client)
      : sections[0];
    return step < 1 ? section?.element : section?.rows[step - 1]?.element;
  }

  /** The first step whose text cannot be read, or the client whose name another has too. */
  firstMistake() {
    const { scripts } = this.form;
    for (const { name: client, rows } of scripts)
      for (const [at, row] of rows.entries()) if (!canWrite(row)) return { client, step: at + 1 };
    return { client: scripts.at(-1)?.name ?? "", step: 0 };
  }

  focus() {
    (this.element.querySelector("select") as HTMLElement | null)?.focus();
  }
}

function canWrite(row: Row) {
  try {
    writeRow(row);
    return true;
  } catch {
    return false;
  }
}
