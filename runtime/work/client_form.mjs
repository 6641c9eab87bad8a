// The client's steps as a form: a section a client, a row a step.
import { RowDrawing } from "./client_row.mjs";
import { KINDS } from "./step_fields.mjs";
import { newRow, writeRow } from "./step_rows.mjs";

/** @import { Kit } from "../view/kit.mjs" */
/** @typedef {typeof import("#words/steps.mjs").words} Words */
/** @import { Move } from "./client_row.mjs" */
/** @import { Form, Row, Script } from "./step_rows.mjs" */

/** @param {number} script @param {number} row */
const rowAt = (script, row) =>
  `.demo-script:nth-of-type(${script + 1}) .demo-step-row:nth-of-type(${row + 1})`;

export class ClientForm {
  /**
   * @param {Kit} kit
   * @param {Form} form
   * @param {Words} words
   * @param {{onChange: () => void, say: (text: string) => void}} options
   */
  constructor(kit, form, words, { onChange, say }) {
    this.make = kit.make;
    this.drawing = new RowDrawing(kit, words);
    this.form = form;
    this.words = words;
    this.onChange = onChange;
    this.say = say;
    this.element = kit.make("div", { class: "demo-form" });
    this.#draw();
  }

  #draw() {
    const addClient = this.#button(this.words.addClient, () => this.#addClient());
    addClient.classList.add("demo-add-client");
    this.element.replaceChildren(
      ...this.form.scripts.map((script, index) => this.#drawScript(script, index)),
      addClient,
    );
  }

  /** Draw again after a change of structure, and put the focus where it makes sense. @param {string} selector */
  #redraw(selector) {
    this.#draw();
    this.onChange();
    const target = /** @type {HTMLElement | null} */ (
      this.element.querySelector(`${selector}:not(:disabled)`)
    );
    (target ?? /** @type {HTMLElement | null} */ (this.element.querySelector("select")))?.focus();
  }

  /** @param {string} text @param {() => void} act */
  #button(text, act) {
    const button = this.make("button", { type: "button", class: "demo-tool" }, text);
    button.addEventListener("click", act);
    return button;
  }

  /** @param {Script} script @param {number} index */
  #drawScript(script, index) {
    const { make, words } = this;
    const { rows } = script;
    const list = make("ol", { class: "demo-step-rows" });
    rows.forEach((row, at) => {
      const item = this.drawing.draw(row, at + 1, rows.length, {
        onInput: this.onChange,
        onKind: () => this.#redraw(`${rowAt(index, at)} select`),
        onMove: (move) => this.#move(script, index, at, move),
      });
      list.append(item);
    });
    return make(
      "div",
      { class: "demo-script", role: "group", "aria-label": words.stepsOf(script.name) },
      ...(this.form.named ? [this.#drawName(script, index)] : []),
      list,
      this.#drawAdd(script, index),
    );
  }

  /** @param {Script} script @param {number} index */
  #drawName(script, index) {
    const field = this.drawing.line(script.name, (value) => {
      script.name = value;
      this.onChange();
    });
    const remove = this.#button("×", () => this.#removeClient(index));
    remove.setAttribute("aria-label", this.words.removeClient(script.name));
    remove.title = this.words.removeClient(script.name);
    remove.disabled = this.form.scripts.length < 2;
    const row = this.make("div", { class: "demo-script-name" });
    row.append(this.drawing.labelled(this.words.fields.name, field), remove);
    return row;
  }

  /** @param {Script} script @param {number} index */
  #drawAdd(script, index) {
    const { make, words } = this;
    const select = make("select", { "aria-label": words.kind });
    for (const kind of /** @type {(keyof typeof words.kinds)[]} */ (Object.keys(KINDS)))
      select.append(make("option", { value: kind }, words.kinds[kind]));
    select.value = likelyNext(script.rows.at(-1)?.kind);
    const add = this.#button(words.add, () => {
      script.rows.push(newRow(select.value));
      this.say(words.added(script.rows.length));
      this.#redraw(`${rowAt(index, script.rows.length - 1)} :is(input, textarea, select)`);
    });
    add.classList.add("demo-add-step");
    return make("div", { class: "demo-add" }, select, add);
  }

  /** @param {Script} script @param {number} index @param {number} at @param {Move} move */
  #move({ rows }, index, at, move) {
    const [row] = rows.splice(at, 1);
    if (move === "remove") {
      this.say(this.words.removed(at + 1));
      const next = Math.min(at, rows.length - 1);
      const add = `.demo-script:nth-of-type(${index + 1}) .demo-add-step`;
      return this.#redraw(next < 0 ? add : `${rowAt(index, next)} .demo-step-remove`);
    }
    const to = move === "up" ? at - 1 : at + 1;
    rows.splice(to, 0, row);
    this.say(this.words.moved(at + 1, to + 1));
    const edge = to === 0 ? "down" : to === rows.length - 1 ? "up" : move;
    return this.#redraw(`${rowAt(index, to)} .demo-step-${edge}`);
  }

  #addClient() {
    const { form, words } = this;
    if (!form.named && form.scripts[0]) form.scripts[0].name = "client";
    form.named = true;
    const names = new Set(form.scripts.map((script) => script.name));
    let number = form.scripts.length + 1;
    while (names.has(`client-${number}`)) number += 1;
    form.scripts.push({ name: `client-${number}`, rows: [newRow("request")] });
    this.say(words.clientAdded(`client-${number}`));
    this.#redraw(`.demo-script:nth-of-type(${form.scripts.length}) input`);
  }

  /** @param {number} index */
  #removeClient(index) {
    const [gone] = this.form.scripts.splice(index, 1);
    this.form.named = this.form.scripts.length > 1;
    this.say(this.words.clientRemoved(gone.name));
    this.#redraw(`.demo-script:nth-of-type(${Math.max(index, 1)}) :is(input, select)`);
  }

  /**
   * Where a problem is to be shown.
   * @param {string} client @param {number} step
   * @returns {Element | null}
   */
  place(client, step) {
    const { named, scripts } = this.form;
    const index = named ? scripts.findIndex((script) => script.name === client) : 0;
    if (step < 1) return this.element.querySelector(`.demo-script:nth-of-type(${index + 1})`);
    return this.element.querySelector(rowAt(index, step - 1));
  }

  /** The first step whose text cannot be read, or the client whose name another has too. */
  firstMistake() {
    const { scripts } = this.form;
    for (const { name: client, rows } of scripts)
      for (const [at, row] of rows.entries()) if (!canWrite(row)) return { client, step: at + 1 };
    return { client: scripts.at(-1)?.name ?? "", step: 0 };
  }

  focus() {
    /** @type {HTMLElement | null} */ (this.element.querySelector("select"))?.focus();
  }
}

/** @param {Row} row */
function canWrite(row) {
  try {
    writeRow(row);
    return true;
  } catch {
    return false;
  }
}

/** @param {string | undefined} kind of the last step */
function likelyNext(kind) {
  /** @type {Record<string, string>} */
  const next = { connect: "text", text: "text", bytes: "bytes", body: "end", startup: "shutdown" };
  return (kind && next[kind]) || "request";
}
