// How far a statement of Python goes: to the line that closes all brackets and strings that it opens.

const MOST = 200; // lines
const OPENING = "([{";
const CLOSING = ")]}";

/**
 * The last line of the statement, from 1; the first, where it is never closed.
 * @param lines of the source
 * @param first from 1
 */
export function lastLine(lines: string[], first: number): number {
  let depth = 0;
  let quote = ""; // of a string that goes on: three of a kind
  for (let number = first; number < first + MOST && number <= lines.length; number += 1) {
    const line = lines[number - 1];
    let goesOn = false;
    for (let at = 0; at < line.length; at += 1) {
      const char = line[at];
      if (char === "\\") {
        goesOn = at === line.length - 1;
        at += 1;
      } else if (quote) {
        if (!line.startsWith(quote, at)) continue;
        at += quote.length - 1;
        quote = "";
      } else if (char === "#") {
        break;
      } else if (char === '"' || char === "'") {
        quote = line.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
        at += quote.length - 1;
      } else if (OPENING.includes(char)) {
        depth += 1;
      } else if (CLOSING.includes(char)) {
        depth -= 1;
      }
    }
    if (quote.length === 1) quote = ""; // it ends with its line, whatever was meant
    if (depth <= 0 && !quote && !goesOn) return number;
  }
  return first;
}
