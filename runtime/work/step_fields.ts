// The kinds of step a client has, each as fields of plain text and back. A step that fields cannot
// hold in full (bytes that are repeated, an extension) is left as it is written.

export type Fields = Record<string, string>;
export type Field = { name: string; area?: boolean; narrow?: boolean; more?: boolean };
export interface Kind {
  /** `area`: of several lines; `more`: shown when wanted */
  fields: Field[];
  /** undefined: the fields cannot hold it */
  read: (value: any) => Fields | undefined;
  write: (fields: Fields) => unknown;
}

const isMap = (value: unknown): value is Record<string, any> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown) => typeof value === "string";
const hasOnly = (value: object, keys: string[]) =>
  Object.keys(value).every((key) => keys.includes(key));

/** A number where it is one; else the text, about which the engine has something to say. */
const number = (text: string) =>
  text.trim() && Number.isFinite(Number(text)) ? Number(text) : text;

/** @returns one `name: value` a line */
function readHeaders(headers: unknown): string | undefined {
  const pairs = Array.isArray(headers) ? headers : isMap(headers) ? Object.entries(headers) : [];
  if (headers !== undefined && !Array.isArray(headers) && !isMap(headers)) return undefined;
  const lines = [];
  for (const pair of pairs) {
    if (!Array.isArray(pair) || pair.length !== 2) return undefined;
    const [key, value] = pair;
    if (!isText(key) || !(isText(value) || Number.isInteger(value))) return undefined;
    if (/[:\n]|^\s|\s$/.test(key) || /\n|^\s|\s$/.test(String(value))) return undefined;
    lines.push(`${key}: ${value}`);
  }
  return lines.join("\n");
}

function writeHeaders(text: string): Record<string, string> | string[][] | undefined {
  const pairs = text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => {
      const [key, ...rest] = line.split(":");
      return [key.trim(), rest.join(":").trim()];
    });
  if (!pairs.length) return undefined;
  const names = new Set(pairs.map(([key]) => key));
  return names.size === pairs.length ? Object.fromEntries(pairs) : pairs;
}

/** Leave out what is undefined. */
const given = (value: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined));

const request: Kind = {
  fields: [
    { name: "method", narrow: true },
    { name: "path" },
    { name: "headers", area: true, more: true },
    { name: "requestBody", area: true, more: true },
  ],
  read(value) {
    if (isText(value)) {
      const [first, ...rest] = value.split(" ");
      const path = rest.length ? rest.join(" ") : first;
      return { method: rest.length ? first : "GET", path, headers: "", requestBody: "" };
    }
    if (!isMap(value) || !hasOnly(value, ["method", "path", "headers", "body"])) return undefined;
    const { method = "GET", path = "/", body = "" } = value;
    const headers = readHeaders(value.headers);
    if (headers === undefined || ![method, path, body].every(isText)) return undefined;
    return { method, path, headers, requestBody: body };
  },
  write({ method, path, headers, requestBody }) {
    if (!headers.trim() && !requestBody && method) return `${method} ${path}`;
    return given({
      method,
      path,
      headers: writeHeaders(headers),
      body: requestBody || undefined,
    });
  },
};

const connect: Kind = {
  fields: [
    { name: "path" },
    { name: "subprotocols", more: true },
    { name: "headers", area: true, more: true },
  ],
  read(value) {
    if (isText(value)) return { path: value, subprotocols: "", headers: "" };
    if (!isMap(value) || !hasOnly(value, ["path", "subprotocols", "headers"])) return undefined;
    const { path = "/", subprotocols = [] } = value;
    const headers = readHeaders(value.headers);
    const words =
      Array.isArray(subprotocols) && subprotocols.every((word) => /^[^\s,]+$/.test(word));
    if (headers === undefined || !isText(path) || !words) return undefined;
    return { path, subprotocols: subprotocols.join(", "), headers };
  },
  write({ path, subprotocols, headers }) {
    const words = subprotocols.split(/[\s,]+/).filter(Boolean);
    if (!words.length && !headers.trim()) return path;
    const offered = words.length ? words : undefined;
    return given({ path, subprotocols: offered, headers: writeHeaders(headers) });
  },
};

const close: Kind = {
  fields: [{ name: "code", narrow: true }, { name: "reason" }],
  read(value) {
    if (value === true) return { code: "", reason: "" };
    if (!isMap(value) || !hasOnly(value, ["code", "reason"])) return undefined;
    const { code = "", reason = "" } = value;
    if (!(isText(code) || typeof code === "number") || !isText(reason)) return undefined;
    return { code: String(code), reason };
  },
  write: ({ code, reason }) =>
    code || reason
      ? given({ code: code ? number(code) : undefined, reason: reason || undefined })
      : true,
};

const read: Kind = {
  fields: [{ name: "rate", narrow: true }],
  read(value) {
    if (!isMap(value) || !hasOnly(value, ["rate"]) || !("rate" in value)) return undefined;
    const { rate } = value;
    if (rate !== null && typeof rate !== "number" && !isText(rate)) return undefined;
    return { rate: rate === null ? "" : String(rate) };
  },
  write: ({ rate }) => ({ rate: rate.trim() ? number(rate) : null }),
};

const flag: Kind = {
  fields: [],
  read: (value) => (value === true ? {} : undefined),
  write: () => true,
};

/** A step that is one text. */
const text = (name: string, area: boolean): Kind => ({
  fields: [{ name, area }],
  read: (value) => (isText(value) ? { [name]: value } : undefined),
  write: (fields) => fields[name],
});

const wait: Kind = {
  fields: [{ name: "seconds", narrow: true }],
  read: (value) =>
    isText(value) || Number.isFinite(value) ? { seconds: String(value) } : undefined,
  write: ({ seconds }) => number(seconds),
};

/** In the order in which they are offered. */
export const KINDS: Record<string, Kind> = {
  request,
  body: text("body", true),
  end: flag,
  read,
  wait,
  disconnect: flag,
  connect,
  text: text("text", true),
  bytes: text("bytes", false),
  close,
  startup: flag,
  shutdown: flag,
};

/** What a new step of each kind begins with. */
export const FIRST: Record<string, Fields> = {
  request: { method: "GET", path: "/", headers: "", requestBody: "" },
  read: { rate: "1024" },
  wait: { seconds: "1" },
  connect: { path: "/", subprotocols: "", headers: "" },
  body: { body: "" },
  text: { text: "" },
  bytes: { bytes: "00ff" },
  close: { code: "1000", reason: "" },
};
