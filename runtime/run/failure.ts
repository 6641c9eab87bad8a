// Why a run did not come to a result. The reader's texts are in words/*/workbench.ts, by kind.

export type FailureKind =
  | "http"
  | "network"
  | "timeout"
  | "hash"
  | "refused"
  | "boot"
  | "crash"
  | "flood"
  | "too-long"
  | "unreadable"
  | "unsupported"
  | "modules"
  | "error";
import type { ClientProblem } from "../types.ts";

/** The steps of the client are wrong: nothing has run. */
export class ClientFailure extends Error {
  declare problem: ClientProblem;

  constructor(problem: ClientProblem) {
    super(problem.code);
    this.problem = problem;
  }
}

export class Failure extends Error {
  declare kind: FailureKind;
  declare file: string | undefined;
  declare detail: string | undefined;

  /**
   * @param file which file could not be had
   * @param detail a status, or what Python said
   */
  constructor(kind: FailureKind, file: string = "", detail: string = "") {
    super([kind, file, detail].filter(Boolean).join(": "));
    this.kind = kind;
    this.file = file;
    this.detail = detail;
  }
}
