"""Which known message a text holds, be it one line, a traceback or a whole log.

``docs/assets/scripts/decoder_matching.js`` says the same in the browser; the cases.yml of the tests
holds both to the same answers. Hence no regular expression is made from a message: what is between
the variable parts is looked for piece by piece, which takes no longer than it looks.

A message is its first line; ‹…› in it stands for anything. It is in a line if all its pieces are
there in order, the last one at the end. ``RuntimeError: `` and the like may be missing in front of
a long message, since frameworks change the exception more often than the words. A text that is
HTML, or JSON with line ends in it, is read again as what it shows.

Of several messages in a text that one matters most which WEIGHTS puts first, an exception before a
line of the log; then the later one, because a traceback ends with its reason.
If there is none, those are nearest that have the rarest words in common with a line of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

LIMIT: Final = 100_000  # characters that are looked at: the last ones
LINES: Final = 500  # in which the nearest are looked for: the last ones
SHOWN: Final = 3
NEAR: Final = 350  # of 1,000, which is the same words
BARE: Final = 16  # characters that a message needs to be known without its exception
WEIGHTS: Final = {"log INFO": 0, "response": 1, "log": 2}  # all else: 3
UNKNOWN: Final = (
    200  # the weight of a word that no message has; one that a single message has: 1,000
)

INVISIBLE: Final = re.compile(
    r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]"
)
BREAK: Final = re.compile(r"<(?:br|/p|/div|/li|/tr|/pre|/h[1-6])\b[^<>]*>|\\n", re.I)
TAG: Final = re.compile(r"</?[a-z][^<>]*>", re.I)
ENTITIES: Final = {
    "&lt;": "<",
    "&gt;": ">",
    "&quot;": '"',
    "&#34;": '"',
    "&#39;": "'",
    "&#x27;": "'",
    "&nbsp;": " ",
    '\\"': '"',
    "&amp;": "&",
}
SPACE: Final = re.compile(r"[ \t\u00a0]+")
VARIABLE: Final = re.compile(r"‹[^›]*›")
EXCEPTION: Final = re.compile(r"^[A-Za-z_][A-Za-z0-9_.‹›]*: ")
WORD: Final = re.compile(r"[a-z_][a-z0-9_]+")
PART_OF_A_NAME: Final = re.compile(r"[A-Za-z0-9_.]")
HAS_LETTERS: Final = re.compile(r"[A-Za-z0-9_]")


@dataclass(frozen=True)
class Hit:
    """A message that is in a line of the text, or the words that it has in common with the line."""

    entry: str
    line: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """At most three messages: those that are in the text, what matters first, or the nearest."""

    exact: bool
    hits: tuple[Hit, ...]
    lines: int  # of the text that say anything


@dataclass(frozen=True)
class Pattern:
    """A message, ready to be looked for: its pieces, and whether anything may stand around them."""

    pieces: tuple[str, ...]
    starts_open: bool
    ends_open: bool

    @property
    def size(self) -> int:
        return sum(map(len, self.pieces))

    def is_in(self, line: str) -> bool:
        at = 0
        for number, piece in enumerate(self.pieces):
            is_last = number == len(self.pieces) - 1
            to_the_end = is_last and not self.ends_open
            found = line.rfind(piece, at) if to_the_end else line.find(piece, at)
            if found < 0:
                return False
            if not number and not self.starts_open and _in_a_name(line, found):
                return False
            at = found + len(piece)
            if to_the_end and HAS_LETTERS.search(line, at):
                return False
        return True


def _in_a_name(line: str, at: int) -> bool:
    return at > 0 and bool(PART_OF_A_NAME.match(line[at - 1]))


class Decoder:
    """Knows messages by their ids. ``where`` is as in ``data/errors/``: "exception", "log INFO"."""

    def __init__(self, messages: Mapping[str, tuple[str, str]]) -> None:
        self._ids = sorted(messages)
        self._weight = {entry: _weight(where) for entry, (_, where) in messages.items()}
        self._patterns = sorted(
            ((entry, each) for entry in self._ids for each in patterns(messages[entry][0])),
            key=lambda one: -one[1].size,  # the longest first: it says most
        )
        self._words = {
            entry: words(VARIABLE.sub(" ", text)) for entry, (text, _) in messages.items()
        }
        self._with: dict[str, list[str]] = {}
        for entry in self._ids:
            for word in self._words[entry]:
                self._with.setdefault(word, []).append(entry)

    def explain(self, text: str) -> Answer:
        """What is known of a text."""
        lines = 0
        for reading in readings(text):
            lines = lines or len(reading)
            found = self._found(reading)
            if found:
                return Answer(True, tuple(found[:SHOWN]), lines)
        return Answer(False, tuple(self._near(next(readings(text)))[:SHOWN]), lines)

    def _found(self, lines: list[str]) -> list[Hit]:
        text = "\n".join(lines)
        possible = [one for one in self._patterns if all(piece in text for piece in one[1].pieces)]
        best: dict[str, tuple[int, int, Hit]] = {}
        for number, line in enumerate(lines if possible else ()):
            entry = next((entry for entry, pattern in possible if pattern.is_in(line)), None)
            if entry is not None:
                best[entry] = (self._weight[entry], number, Hit(entry, line))
        return [hit for *_, hit in sorted(best.values(), key=lambda one: one[:2], reverse=True)]

    def _near(self, lines: list[str]) -> list[Hit]:
        best: dict[str, tuple[int, Hit]] = {}
        for line in dict.fromkeys(lines[-LINES:]):
            asked = words(line)
            total = self._sum(asked)
            for entry, shared in self._sharing(asked).items():
                points = 2000 * self._sum(shared) // (total + self._sum(self._words[entry]))
                if points >= NEAR and points > best.get(entry, (0,))[0]:
                    best[entry] = (points, Hit(entry, line, tuple(shared)))
        return [hit for _, hit in sorted(best.values(), key=lambda one: (-one[0], one[1].entry))]

    def _sharing(self, asked: list[str]) -> dict[str, list[str]]:
        """The messages that have two words or more of these, or the only word that they are."""
        shared: dict[str, list[str]] = {}
        for word in asked:
            for entry in self._with.get(word, ()):
                shared.setdefault(entry, []).append(word)
        return {
            entry: common
            for entry, common in shared.items()
            if len(common) > 1 or len(self._words[entry]) == 1
        }

    def _sum(self, of: Iterable[str]) -> int:
        return sum(1000 // len(self._with[word]) if word in self._with else UNKNOWN for word in of)


def _weight(where: str) -> int:
    """Of "log INFO", or else of its kind, "log"."""
    return WEIGHTS.get(where, WEIGHTS.get(where.split(" ")[0], 3))


def patterns(message: str) -> list[Pattern]:
    """The whole message, and what follows its exception if that is long enough to be known by."""
    first = squeezed(message.split("\n")[0])
    found = [pattern(first)]
    bare = EXCEPTION.sub("", first)
    if bare != first and pattern(bare).size >= BARE:
        found.append(pattern(bare))
    return found


def pattern(message: str) -> Pattern:
    parts = VARIABLE.split(message)
    pieces = tuple(part for part in parts if part)
    return Pattern(pieces, starts_open=not parts[0], ends_open=not parts[-1])


def words(text: str) -> list[str]:
    """The words of a text, each once, in order."""
    return list(dict.fromkeys(WORD.findall(text.lower())))


def squeezed(line: str) -> str:
    return SPACE.sub(" ", line).strip(" ")


def readings(text: str) -> Iterator[list[str]]:
    """The lines of a text as it stands, then of what it shows if it is HTML or JSON."""
    clean = INVISIBLE.sub("", text.replace("\u2028", "\n").replace("\u2029", "\n")[-LIMIT:])
    yield _lines(clean)
    shown = TAG.sub("", BREAK.sub("\n", clean))
    for code, character in ENTITIES.items():
        shown = shown.replace(code, character)
    if shown != clean:
        yield _lines(shown)


def _lines(text: str) -> list[str]:
    lines = map(squeezed, re.split(r"\r\n|\r|\n", text))
    return [line for line in lines if line]
