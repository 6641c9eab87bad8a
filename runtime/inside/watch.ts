// Sees what a run does beyond its own memory. Everything that Python does outside of it goes through
// what its WebAssembly module imports, so the imports are wrapped: none of them can be called unseen.

// What computing, reading a file, asking for the time or for random numbers, printing, and handing over
// the arguments and the result of a run call.
const PLAIN = new Set([
  ...["JsvArray_Get", "JsvError_Check", "JsvNoValue_Check", "js2python_js"],
  ...["_python2js_ascii", "_python2js_ucs1", "_python2js_ucs2", "_python2js_ucs4"],
  ...["_Py_CheckEmscriptenSignals_Helper", "_Py_emscripten_runtime", "_PyEM_TrampolineCall_JS"],
  ...["clock_res_get", "clock_time_get", "emscripten_date_now", "emscripten_get_now", "random_get"],
  ...["_gmtime_js", "_localtime_js", "_mktime_js", "_timegm_js", "_tzset_js"],
  ...["emscripten_get_heap_max", "emscripten_resize_heap", "environ_get", "environ_sizes_get"],
  ...["__syscall_faccessat", "__syscall_fstat64", "__syscall_getcwd", "_try_fcntl64"],
  ...["__syscall_getdents64", "__syscall_getuid32_js", "__syscall_ioctl", "__syscall_lstat64"],
  ...["__syscall_newfstatat", "__syscall_readlinkat", "__syscall_stat64"],
  ...["fd_fdstat_get", "fd_pread", "fd_read", "fd_seek", "fd_write"],
]);
const WRITES = 0o3 | 0o100 | 0o1000; // O_WRONLY and O_RDWR, O_CREAT, O_TRUNC
const ONLY_ASK = new Set([1, 2, 3]); // F_GETFD, F_SETFD (which does nothing here), F_GETFL

import type { Checkpoint, Machine } from "./memory.ts";
export type Import = (...values: any[]) => unknown;

export class Watch {
  machine: Machine | undefined;
  #post;
  #note = ""; // what is to be said when something is touched; empty: it is said, or nobody asks
  /** The descriptors that the run has opened and not closed. */
  #open: Set<number> = new Set();

  constructor(post: (note: string) => void) {
    this.#post = post;
  }

  /** @param note to be posted before anything beyond Python's memory is changed */
  begin(note: string) {
    this.#note = note;
    this.#open = new Set();
  }

  /**
   * The run is over. Where something was touched, nothing is asked of any object: it may be the run's.
   * @param before what memory was
   * @returns whether nothing but memory has changed, and that can be put back
   */
  end(before: Checkpoint): boolean {
    if (this.#note && (this.#open.size || !before.worthwhile)) this.#touch();
    const clean = this.#note !== "";
    this.#note = "";
    return clean;
  }

  #touch() {
    const note = this.#note;
    if (!note) return;
    this.#note = "";
    this.#post(note);
  }

  /** What stands in for instantiateStreaming. */
  instantiating(coming: Promise<WebAssembly.Module>): typeof WebAssembly.instantiateStreaming {
    return async (_, imports = {}) => {
      const env = Object.fromEntries(
        Object.entries(imports.env).map(([name, value]) => [name, this.#wrapped(name, value)]),
      );
      const all = { ...imports, env, wasi_snapshot_preview1: env } as any;
      const module = await coming;
      const instance = await WebAssembly.instantiate(module, all);
      this.machine = instance.exports as any;
      return { instance, module };
    };
  }

  #wrapped(name: string, call: any): any {
    if (typeof call !== "function" || PLAIN.has(name)) return call;
    if (name === "__syscall_openat") return this.#opening(call);
    if (name === "__syscall_fcntl64") return this.#controlling(call);
    if (name === "fd_close") return this.#closing(call);
    return (...values: any[]) => {
      this.#touch();
      return call(...values);
    };
  }

  #opening(call: Import): Import {
    return (folder, path, flags, rest) => {
      if (flags & WRITES) this.#touch();
      const descriptor = call(folder, path, flags, rest) as number;
      if (this.#note && descriptor >= 0) this.#open.add(descriptor);
      return descriptor;
    };
  }

  /** What makes a further descriptor or changes a shared one is more than a question. */
  #controlling(call: Import): Import {
    return (descriptor, command, rest) => {
      if (this.#note && !ONLY_ASK.has(command)) this.#touch();
      return call(descriptor, command, rest);
    };
  }

  /** A descriptor that the run has not opened is not the run's to close, whether it can be closed or not. */
  #closing(call: Import): Import {
    return (descriptor) => {
      if (this.#note && !this.#open.delete(descriptor)) this.#touch();
      return call(descriptor);
    };
  }
}
