"""``make spec-check ASGIREF=/path``: what has changed in the specification since it was read.

Compares a checkout of django/asgiref, sentence by sentence, with the commit that
``asgiscope/spec/source.py`` names, and prints what is new, by file and section. Of the text that
was read there are only hashes here (``data/asgiref.json``); what a sentence said before is shown
where the checkout's history has that commit. Ends with 1 when something has changed.

``--note`` takes the checkout's state for read: it writes the hashes anew, and says what to put
into ``source.py``. Do that when the tables, rules and pages have been brought in step.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from asgiscope.spec.source import COMMIT, LATER
from common.places import ROOT
from common.problem import Problem, run_main

KNOWN = ROOT / "data" / "asgiref.json"
FILES = (
    "specs/asgi.rst",
    "specs/www.rst",
    "specs/lifespan.rst",
    "specs/tls.rst",
    "docs/extensions.rst",
)
UNDERLINE = re.compile(r"([=\-'~^])\1{2,}$")
ITEM = re.compile(r"\s*(?:[*-]|\d+\.)\s+")
END_OF_SENTENCE = re.compile(r"(?<=[.!?:])\s+(?=[A-Z\"`*(])")


class Sentence(NamedTuple):
    section: str
    text: str

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.text.encode()).hexdigest()[:10]


class Changes(NamedTuple):
    """The sentences that are new in a file, and those that it has no more, if they are known."""

    new: list[Sentence]
    gone: list[Sentence]
    gone_count: int


def sentences(text: str) -> Iterator[Sentence]:
    """The sentences of a reStructuredText file, each with the heading that it stands under."""
    section = ""
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[*-]|\d+\.)\s)", text):
        lines = [line for line in paragraph.strip().splitlines() if line.strip()]
        while len(lines) > 1 and UNDERLINE.match(lines[0].strip()):
            lines.pop(0)  # the line above a title
        if len(lines) > 1 and UNDERLINE.match(lines[1].strip()):
            section, lines = lines[0].strip(), lines[2:]
        plain = ITEM.sub("", " ".join(" ".join(lines).split()), count=1)
        for sentence in END_OF_SENTENCE.split(plain):
            if sentence:
                yield Sentence(section, sentence)


def changes(known: Iterable[str], text: str, before: str | None = None) -> Changes:
    """What a file says now against the hashes of what it said; ``before`` is its old text."""
    known, now = set(known), list(sentences(text))
    hashes = {sentence.hash for sentence in now}
    gone = [s for s in sentences(before or "") if s.hash not in hashes]
    return Changes([s for s in now if s.hash not in known], gone, len(known - hashes))


def read(checkout: Path, file: str) -> str:
    try:
        return (checkout / file).read_text("utf-8")
    except OSError:
        raise Problem(
            f"There is no {file} in {checkout}, so it is no checkout of django/asgiref.\n"
            "Get one by: git clone https://github.com/django/asgiref\n"
            "and give its folder: ASGIREF=asgiref"
        ) from None


def git(checkout: Path, *arguments: str) -> str | None:
    """What git says of the checkout, or None."""
    command = ["git", "-C", str(checkout), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def report(file: str, found: Changes) -> Iterator[str]:
    for sentence in found.gone:
        yield f"{file}, {sentence.section}\n  - {sentence.text}"
    for sentence in found.new:
        yield f"{file}, {sentence.section}\n  + {sentence.text}"
    if found.gone_count and not found.gone:
        yield f"{file}: {found.gone_count} sentences are gone; their text is in the history only"


def compare(checkout: Path) -> list[str]:
    """A line or two for each sentence that is new or gone."""
    known = json.loads(KNOWN.read_text("utf-8"))
    lines: list[str] = []
    for file in FILES:
        before = git(checkout, "show", f"{COMMIT}:{file}")
        lines += report(file, changes(known[file], read(checkout, file), before))
    return lines


def note(checkout: Path) -> None:
    hashes = {file: [s.hash for s in sentences(read(checkout, file))] for file in FILES}
    KNOWN.write_text(json.dumps(hashes, indent=2) + "\n", "utf-8")
    at = (git(checkout, "log", "-1", "--format=%H %cs") or "? ?").split()
    print(f"Wrote {KNOWN.relative_to(ROOT)}. In asgiscope/spec/source.py, put:")
    print(f'COMMIT: Final = "{at[0]}"\nDAY: Final = "{at[1]}"\nLATER: Final = ()')


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="make spec-check", description=__doc__)
    parser.add_argument("checkout", type=Path, nargs="?", help="a checkout of django/asgiref")
    parser.add_argument("--note", action="store_true", help="take its state for read")
    options = parser.parse_args(arguments)
    if options.checkout is None:
        raise Problem("Say where a checkout of django/asgiref is: make spec-check ASGIREF=/path")
    if options.note:
        note(options.checkout)
        return 0
    lines = compare(options.checkout)
    print(*lines or [f"Nothing has changed since {COMMIT[:7]}."], sep="\n")
    if lines:
        followed = ", ".join(f"#{change.number} ({change.day})" for change in LATER)
        print(f"\nRead at {COMMIT[:7]}; followed since: {followed or 'nothing'}.")
    return 1 if lines else 0


if __name__ == "__main__":
    run_main(main)
