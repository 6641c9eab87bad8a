// Run, Stop, Edit, Reset, Copy, Share, the status line and the progress of a download.
import { make } from "../view/dom.ts";

import type { Activity, Store, Strings } from "./store.ts";

export class Tools {
  declare strings: Strings;
  declare run: HTMLButtonElement;
  declare edit: HTMLButtonElement;
  declare reset: HTMLButtonElement;
  declare stop: HTMLButtonElement;
  declare copy: HTMLButtonElement;
  declare share: HTMLButtonElement;
  declare retry: HTMLButtonElement;
  declare address: HTMLInputElement;
  declare status: HTMLParagraphElement;
  declare progress: HTMLProgressElement;
  declare bytes: HTMLSpanElement;
  declare element: HTMLDivElement;

  constructor(
    store: Store,
    strings: Strings,
    actions: Record<"run" | "edit" | "reset" | "stop" | "copy" | "share", () => void>,
  ) {
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
    store.on(store.touched, (touched) => (this.reset.hidden = !touched));
    store.on(store.activity, (activity) => this.#show(activity));
    // The same text again is not announced again: it is no other value.
    store.on(store.status, (text) => (this.status.textContent = text));
    store.on(store.download, (download) => this.#showDownload(download));
    store.on(store.address, (address) => this.#offer(address));
  }

  #button(name: "run" | "edit" | "reset" | "stop" | "copy" | "share" | "retry", act: () => void) {
    const button = make(
      "button",
      { type: "button", class: `demo-tool demo-tool-${name}` },
      this.strings[name],
    );
    button.addEventListener("click", act);
    return button;
  }

  #show(activity: Activity) {
    const focused = this.element.ownerDocument.activeElement;
    const busy = activity.is === "running";
    const failed = activity.is === "failed";
    this.run.hidden = busy;
    this.stop.hidden = !busy;
    this.edit.disabled = this.reset.disabled = busy;
    this.retry.hidden = !failed || !activity.again;
    this.element.classList.toggle("demo-has-failed", failed);
    if (focused === this.run || focused === this.retry) this.stop.focus({ preventScroll: true });
    else if (focused === this.stop) this.run.focus({ preventScroll: true });
  }

  #showDownload(download: { part: number; text: string } | undefined) {
    this.progress.hidden = this.bytes.hidden = !download;
    if (!download) return;
    this.progress.value = download.part;
    this.bytes.textContent = download.text;
  }

  /** A link to copy by hand. */
  #offer(address: string | undefined) {
    this.address.hidden = address === undefined;
    this.address.value = address ?? "";
    if (address !== undefined) this.address.select();
  }

  /** Where the focus goes when what had it is gone. */
  focus() {
    this.edit.focus({ preventScroll: true });
  }
}
