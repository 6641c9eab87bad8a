// Scans a line of the client's text by hand, because a line may be long: each character is looked at once.

const QUOTED = /"(?:[^"\\]|\\.)*"|'[^']*'/y;
const NO_KEY = /^[\s:#{}[\],&*!|>%@`"'-]/; // what a key without quotes does not begin with

/**
 * A line that begins with a key, as the key and what follows its colon. Scanned by hand: a pattern for all of
 * it would try every blank as an end.
 * @param {string} text without blanks around it
 * @returns {[key: string, rest: string] | undefined}
 */
export function readKey(text) {
  QUOTED.lastIndex = 0;
  const quoted = QUOTED.exec(text)?.[0];
  if (!quoted && NO_KEY.test(text)) return undefined;
  const colon = text.indexOf(":", quoted?.length ?? 1);
  if (colon < 0 || (text[colon + 1] ?? " ").trim()) return undefined;
  const key = text.slice(0, colon).trimEnd();
  return quoted && key !== quoted ? undefined : [key, text.slice(colon + 1).trimStart()];
}

/** @param {string} text of a line @returns {string} without the comment at its end */
export function withoutComment(text) {
  for (let at = text.indexOf("#"); at >= 0; at = text.indexOf("#", at + 1))
    if (!at || !text[at - 1].trim()) return text.slice(0, at).trim();
  return text.trim();
}
