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

declare module "asgi-spec/wire.json" {
  export const high: number;
  export const low: number;
}
