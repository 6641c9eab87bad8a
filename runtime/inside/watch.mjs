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
  ...["__syscall_faccessat", "__syscall_fcntl64", "__syscall_fstat64", "__syscall_getcwd"],
  ...["__syscall_getdents64", "__syscall_getuid32_js", "__syscall_ioctl", "__syscall_lstat64"],
  ...["__syscall_newfstatat", "__syscall_readlinkat", "__syscall_stat64"],
  ...["fd_fdstat_get", "fd_pread", "fd_read", "fd_seek", "fd_write"],
]);
const WRITES = 0o3 | 0o100 | 0o1000; // O_WRONLY and O_RDWR, O_CREAT, O_TRUNC

/** @import { Machine } from "./memory.mjs" */
/** @typedef {(...values: any[]) => unknown} Import */

export class Watch {
  /** @type {Machine | undefined} */
  machine;
  #touched = false;
  #open = 0;

  begin() {
    this.#touched = false;
    this.#open = 0;
  }

  /** Whether nothing but its memory has changed since the beginning. */
  get clean() {
    return !this.#touched && this.#open === 0;
  }

  /**
   * What stands in for instantiateStreaming.
   * @param {Promise<WebAssembly.Module>} coming
   * @returns {typeof WebAssembly.instantiateStreaming}
   */
  instantiating(coming) {
    return async (_, imports = {}) => {
      const env = Object.fromEntries(
        Object.entries(imports.env).map(([name, value]) => [name, this.#wrapped(name, value)]),
      );
      const all = /** @type {any} */ ({ ...imports, env, wasi_snapshot_preview1: env });
      const module = await coming;
      const instance = await WebAssembly.instantiate(module, all);
      this.machine = /** @type {any} */ (instance.exports);
      return { instance, module };
    };
  }

  /** @param {string} name @param {any} call @returns {any} */
  #wrapped(name, call) {
    if (typeof call !== "function" || PLAIN.has(name)) return call;
    if (name === "__syscall_openat") return this.#opening(call);
    if (name === "fd_close") return this.#closing(call);
    return (/** @type {any[]} */ ...values) => {
      this.#touched = true;
      return call(...values);
    };
  }

  /** @param {Import} call @returns {Import} */
  #opening(call) {
    return (folder, path, flags, rest) => {
      if (flags & WRITES) this.#touched = true;
      const descriptor = /** @type {number} */ (call(folder, path, flags, rest));
      if (descriptor >= 0) this.#open += 1;
      return descriptor;
    };
  }

  /** @param {Import} call @returns {Import} */
  #closing(call) {
    return (descriptor) => {
      this.#open -= 1;
      return call(descriptor);
    };
  }
}
