// Messages of the worker are a head, which is one line of JSON, and what follows it.

/** @param {string} text @returns {[string, string]} its first line, and the rest */
export function divided(text) {
  const end = text.indexOf("\n");
  return end < 0 ? [text, ""] : [text.slice(0, end), text.slice(end + 1)];
}

/** @param {string} text @returns {{head?: Record<string, any>, rest: string}} no head: it is none */
export function readHead(text) {
  const [line, rest] = divided(text);
  try {
    const head = JSON.parse(line);
    return typeof head === "object" && head !== null ? { head, rest } : { rest };
  } catch {
    return { rest };
  }
}
