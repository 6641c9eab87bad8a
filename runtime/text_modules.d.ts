declare module "*.py" {
  const text: string;
  export default text;
}

/** Written by runtime/meanings.py when the runtime is built. */
declare module "asgi-spec/meanings_zh.json" {
  const meanings: import("./types.js").Meanings;
  export default meanings;
}

declare module "asgi-spec/meanings_en.json" {
  const meanings: import("./types.js").Meanings;
  export default meanings;
}

/** The script that runs demos, as runtime/bundle.mjs has written it. */
declare module "runner-script" {
  export const url: string;
  export const size: number;
  /** Its SHA-256 sum. */
  export const expected: string;
}

declare module "asgi-spec/wire.json" {
  export const high: number;
  export const low: number;
}

/** The rules of each address, with blanks between them. */
declare module "asgi-spec/addresses.json" {
  const rules: Record<string, string>;
  export default rules;
}
