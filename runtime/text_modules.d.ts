declare module "*.py" {
  const text: string;
  export default text;
}

/** Written by runtime/meanings.py when the runtime is built. */
declare module "asgi-spec/meanings.json" {
  const meanings: import("./types.ts").Meanings;
  export default meanings;
}

/** What the engine says of a client's wrong steps (asgiscope/texts/en/client.py). */
declare module "asgi-spec/mistakes.json" {
  const mistakes: {
    nothing: string;
    added: Record<string, string>;
    sentences: Record<string, string>;
  };
  export default mistakes;
}

/** The script that runs demos, as runtime/bundle.ts has written it. */
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
