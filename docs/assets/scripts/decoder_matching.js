// Which of the messages that it knows a pasted text holds: asgiscope/decoder/matching.py says the same
// and explains it, and the tests hold both to one table of answers. decoder.js, in the same script as
// this, takes it from there.

(() => {
  const LIMIT = 100_000;
  const LINES = 500;
  const SHOWN = 3;
  const NEAR = 350;
  const BARE = 16;
  const UNKNOWN = 200;
  const WEIGHTS = { "log INFO": 0, response: 1, log: 2 };
  const INVISIBLE =
    /\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
  const BREAK = /<(?:br|\/p|\/div|\/li|\/tr|\/pre|\/h[1-6])\b[^<>]*>|\\n/gi;
  const TAG = /<\/?[a-z][^<>]*>/gi;
  const ENTITIES = [
    ["&lt;", "<"],
    ["&gt;", ">"],
    ["&quot;", '"'],
    ["&#34;", '"'],
    ["&#39;", "'"],
    ["&#x27;", "'"],
    ["&nbsp;", " "],
    ['\\"', '"'],
    ["&amp;", "&"],
  ];
  const VARIABLE = /‹[^›]*›/g;
  const EXCEPTION = /^[A-Za-z_][A-Za-z0-9_.‹›]*: /;

  const squeezed = (line) => line.replace(/[ \t\u00a0]+/g, " ").replace(/^ | $/g, "");
  const linesOf = (text) =>
    text
      .split(/\r\n|\r|\n/)
      .map(squeezed)
      .filter(Boolean);
  const wordsOf = (text) => [...new Set(text.toLowerCase().match(/[a-z_][a-z0-9_]+/g))];
  const byName = (one, other) => (one < other ? -1 : 1);

  const readings = (text) => {
    const characters = [...text.replace(/[\u2028\u2029]/g, "\n")];
    const clean = characters.slice(-LIMIT).join("").replace(INVISIBLE, "");
    let shown = clean.replace(BREAK, "\n").replace(TAG, "");
    for (const [code, character] of ENTITIES) shown = shown.replaceAll(code, character);
    return shown === clean ? [linesOf(clean)] : [linesOf(clean), linesOf(shown)];
  };

  const pattern = (message) => {
    const parts = message.split(VARIABLE);
    const pieces = parts.filter(Boolean);
    const size = pieces.reduce((sum, piece) => sum + piece.length, 0);
    return { pieces, size, startsOpen: !parts[0], endsOpen: !parts.at(-1) };
  };

  const patterns = (message) => {
    const first = squeezed(message.split("\n")[0]);
    const bare = first.replace(EXCEPTION, "");
    const known = bare !== first && pattern(bare).size >= BARE;
    return known ? [pattern(first), pattern(bare)] : [pattern(first)];
  };

  const isIn = ({ pieces, startsOpen, endsOpen }, line) => {
    let at = 0;
    for (const [number, piece] of pieces.entries()) {
      const toTheEnd = number === pieces.length - 1 && !endsOpen;
      const found = toTheEnd ? line.lastIndexOf(piece) : line.indexOf(piece, at);
      if (found < at) return false;
      if (number === 0 && !startsOpen && /[A-Za-z0-9_.]/.test(line[found - 1] ?? " ")) return false;
      at = found + piece.length;
      if (toTheEnd && /[A-Za-z0-9_]/.test(line.slice(at))) return false;
    }
    return true;
  };

  const decoderOf = (messages) => {
    const sorted = [...messages].sort((one, other) => byName(one.id, other.id));
    const known = sorted
      .flatMap((message) => patterns(message.text).map((each) => ({ message, ...each })))
      .sort((one, other) => other.size - one.size);
    const having = new Map();
    for (const message of sorted) {
      message.words = wordsOf(message.text.replace(VARIABLE, " "));
      for (const word of message.words) {
        having.set(word, [...(having.get(word) ?? []), message]);
      }
    }
    const sum = (words) =>
      words.reduce((all, word) => {
        const count = having.get(word)?.length;
        return all + (count ? Math.floor(1000 / count) : UNKNOWN);
      }, 0);
    const weight = ({ where }) => WEIGHTS[where] ?? WEIGHTS[where.split(" ")[0]] ?? 3;

    const found = (lines) => {
      const text = lines.join("\n");
      const possible = known.filter(({ pieces }) => pieces.every((piece) => text.includes(piece)));
      const best = new Map();
      for (const [at, line] of possible.length ? lines.entries() : []) {
        const hit = possible.find((each) => isIn(each, line));
        if (hit) best.set(hit.message, { message: hit.message, line, at, words: [] });
      }
      return [...best.values()].sort(
        (one, other) => weight(other.message) - weight(one.message) || other.at - one.at,
      );
    };

    const near = (lines) => {
      const best = new Map();
      for (const line of new Set(lines.slice(-LINES))) {
        const asked = wordsOf(line);
        const shared = new Map();
        for (const word of asked) {
          for (const message of having.get(word) ?? []) {
            shared.set(message, [...(shared.get(message) ?? []), word]);
          }
        }
        for (const [message, words] of shared) {
          if (words.length < 2 && message.words.length > 1) continue;
          const points = Math.floor((2000 * sum(words)) / (sum(asked) + sum(message.words)));
          if (points >= NEAR && points > (best.get(message)?.points ?? 0)) {
            best.set(message, { message, line, words, points });
          }
        }
      }
      return [...best.values()].sort(
        (one, other) => other.points - one.points || byName(one.message.id, other.message.id),
      );
    };

    return (text) => {
      const all = readings(text);
      for (const lines of all) {
        const hits = found(lines);
        if (hits.length) return { exact: true, hits: hits.slice(0, SHOWN), lines: lines.length };
      }
      return { exact: false, hits: near(all[0]).slice(0, SHOWN), lines: all[0].length };
    };
  };

  document.currentScript.decoderOf = decoderOf;
})();
