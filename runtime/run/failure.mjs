// Why a run did not come to a result. The reader's texts are in words/*/workbench.mjs, by kind.

/**
 * @typedef {"http" | "network" | "timeout" | "hash" | "refused" | "boot" | "crash" | "flood" | "too-long" |
 *   "unreadable" | "unsupported" | "modules" | "error"} FailureKind
 */
/** @import { ClientProblem } from "../types.js" */

/** The steps of the client are wrong: nothing has run. */
export class ClientFailure extends Error {
  /** @param {ClientProblem} problem */
  constructor(problem) {
    super(problem.code);
    this.problem = problem;
  }
}

export class Failure extends Error {
  /**
   * @param {FailureKind} kind
   * @param {string} [file] which file could not be had
   * @param {string} [detail] a status, or what Python said
   */
  constructor(kind, file = "", detail = "") {
    super([kind, file, detail].filter(Boolean).join(": "));
    this.kind = kind;
    this.file = file;
    this.detail = detail;
  }
}
