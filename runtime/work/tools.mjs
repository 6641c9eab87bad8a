// Run, Stop, Edit, Reset, Copy, Share, the status line and the progress of a download.
import { make } from "../view/dom.mjs";

/** @import { Stage } from "../types.js" */
/** @typedef {typeof import("#words/workbench.mjs").words} Strings */

/** @param {number} bytes */
const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

export class Tools {
  /**
   * @param {Strings} strings
   * @param {Record<"run" | "edit" | "reset" | "stop" | "copy" | "share", () => void>} actions
   */
  constructor(strings, actions) {
    this.strings = strings;
    this.run = this.#button("run", actions.run);
    this.run.setAttribute("aria-keyshortcuts", "Control+Enter Meta+Enter");
    this.run.title = "Ctrl + Enter, ⌘ + Enter";
    this.edit = this.#button("edit", actions.edit);
    this.reset = this.#button("reset", actions.reset);
    this.stop = this.#button("stop", actions.stop);
    this.copy = this.#button("copy", actions.copy);
    this.share = this.#button("share", actions.share);
    this.retry = this.#button("retry", actions.run);
    this.address = make("input", {
      class: "demo-address",
      hidden: true,
      readonly: true,
      "aria-label": strings.shareField,
    });
    this.status = make("p", { class: "demo-status", role: "status" });
    this.progress = make("progress", {
      class: "demo-progress",
      hidden: true,
      max: 1,
      "aria-label": strings.loading,
    });
    this.bytes = make("span", { class: "demo-bytes", hidden: true });
    this.element = make(
      "div",
      { class: "demo-tools", role: "group", "aria-label": strings.tools },
      this.run,
      this.stop,
      this.edit,
      this.reset,
      this.copy,
      this.share,
      this.status,
      this.retry,
      this.progress,
      this.bytes,
      this.address,
    );
    this.idle(strings.recorded, false);
  }

  /** @param {"run" | "edit" | "reset" | "stop" | "copy" | "share" | "retry"} name @param {() => void} act */
  #button(name, act) {
    const button = make(
      "button",
      { type: "button", class: `demo-tool demo-tool-${name}` },
      this.strings[name],
    );
    button.addEventListener("click", act);
    return button;
  }

  /** @param {string} text said once: the same text again is not announced again */
  say(text) {
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  /** Nothing runs. @param {string} text @param {boolean} changed whether Reset has something to undo */
  idle(text, changed) {
    this.#busy(false);
    this.reset.hidden = !changed;
    this.#hideRetry();
    this.say(text);
  }

  /** A link that the reader has to copy by hand; undefined: none. @param {string} [address] */
  offer(address) {
    this.address.hidden = address === undefined;
    this.address.value = address ?? "";
    if (address !== undefined) this.address.select();
  }

  /** @param {string} text @param {boolean} [again] whether the same thing may go well the next time */
  fail(text, again = true) {
    this.#busy(false);
    this.retry.hidden = !again;
    this.element.classList.add("demo-has-failed");
    this.say(text);
  }

  /** @param {Stage} stage */
  busy(stage) {
    this.#busy(true);
    this.#hideRetry();
    this.say(this.strings[stage.stage]);
    const loading = stage.stage === "loading";
    this.progress.hidden = this.bytes.hidden = !loading;
    if (!loading) return;
    this.progress.value = stage.total ? stage.received / stage.total : 0;
    this.bytes.textContent = this.strings.bytes(megabytes(stage.received), megabytes(stage.total));
  }

  #hideRetry() {
    this.retry.hidden = true;
    this.element.classList.remove("demo-has-failed");
    this.offer();
  }

  /** @param {boolean} busy */
  #busy(busy) {
    const focused = this.element.ownerDocument.activeElement;
    this.run.hidden = busy;
    this.stop.hidden = !busy;
    this.edit.disabled = this.reset.disabled = busy;
    if (!busy) this.progress.hidden = this.bytes.hidden = true;
    if (focused === this.run || focused === this.retry) this.stop.focus({ preventScroll: true });
    else if (focused === this.stop) this.run.focus({ preventScroll: true });
  }
}
