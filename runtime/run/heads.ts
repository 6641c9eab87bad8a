// Messages of the worker are a head, which is one line of JSON, and what follows it.

/** @returns its first line, and the rest */
export function divided(text: string): [string, string] {
  const end = text.indexOf("\n");
  return end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end + 1)];
}

/** @returns no head: it is none */
export function readHead(text: string): { head?: Record<string, any>; rest: string } {
  const [line, rest] = divided(text);
  try {
    const head = JSON.parse(line);
    return typeof head === "object" && head !== null ? { head, rest } : { rest };
  } catch {
    return { rest };
  }
}
