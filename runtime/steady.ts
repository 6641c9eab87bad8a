// Makes Node the same at every start: a clock that stands still, numbers that are not random. A
// snapshot of Python's memory holds both, and has to be the same bytes whenever it is made.
import crypto from "node:crypto";

const NOW = Date.UTC(2026, 0, 1);
let seed = 1;

function fill<View extends ArrayBufferView>(view: View) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  for (let at = 0; at < bytes.length; at++) {
    seed = (seed * 48271) % 2147483647;
    bytes[at] = seed >> 8;
  }
  return view;
}

globalThis.Date = class extends Date {
  constructor(...parts: any[][]) {
    super(...((parts.length ? parts : [NOW]) as [any]));
  }

  static now() {
    return NOW;
  }
} as any;
performance.now = () => 0;
globalThis.crypto.getRandomValues = fill as any;
crypto.randomFillSync = fill as any;
