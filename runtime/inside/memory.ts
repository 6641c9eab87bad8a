// Python's memory as it was: every run begins from the same bytes, so nothing that one has changed (a
// module, a setting, a builtin) reaches the next.

const MOST_GROWN = 128 * 1024 * 1024; // bytes beyond which a fresh Python is better than a large one

/**
 * What Python's WebAssembly module tells of its memory: data, then the stack, which grows downwards,
 * then the heap, which `sbrk` makes longer.
 */
export type Machine = {
  memory: WebAssembly.Memory;
  __stack_low: WebAssembly.Global;
  emscripten_stack_get_current: () => number;
  sbrk: (more: number) => number;
};

/**
 * The parts of the memory that are in use: data, and everything from the stack's top to the heap's end.
 * To touch memory for the first time takes long, so the rest, which is more than a third, is let be.
 * @returns where they begin and end
 */
export function used({
  __stack_low,
  emscripten_stack_get_current,
  sbrk,
}: Machine): [number, number][] {
  return [
    [0, __stack_low.value],
    [emscripten_stack_get_current(), sbrk(0)],
  ];
}

export class Checkpoint {
  #memory;
  #parts;
  #length;

  constructor(machine: Machine) {
    const { buffer } = (this.#memory = machine.memory);
    this.#length = buffer.byteLength;
    this.#parts = used(machine).map(([begin, end]) => ({ begin, bytes: buffer.slice(begin, end) }));
  }

  get worthwhile() {
    return this.#memory.buffer.byteLength - this.#length <= MOST_GROWN;
  }

  rewind() {
    const all = new Uint8Array(this.#memory.buffer);
    let before = 0;
    for (const { begin, bytes } of this.#parts) {
      all.fill(0, before, begin);
      all.set(new Uint8Array(bytes), begin);
      before = begin + bytes.byteLength;
    }
    all.fill(0, before);
  }
}
