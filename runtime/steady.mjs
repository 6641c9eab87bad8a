// Makes Node the same at every start: a clock that stands still, numbers that are not random. A
// snapshot of Python's memory holds both, and has to be the same bytes whenever it is made.
import crypto from "node:crypto";

const NOW = Date.UTC(2026, 0, 1);
let seed = 1;

/** @template {ArrayBufferView} View @param {View} view */
function fill(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let at = 0; at < bytes.length; at++) {
    seed = (seed * 48271) % 2147483647;
    bytes[at] = seed >> 8;
  }
  return view;
}

globalThis.Date = /** @type {any} */ (
  class extends Date {
    /** @param {any[]} parts */
    constructor(...parts) {
      super(.../** @type {[any]} */ (parts.length ? parts : [NOW]));
    }

    static now() {
      return NOW;
    }
  }
);
performance.now = () => 0;
globalThis.crypto.getRandomValues = /** @type {any} */ (fill);
crypto.randomFillSync = /** @type {any} */ (fill);
