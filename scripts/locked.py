"""Parts of requirements.txt: what a few packages need, cut out of the lock with its hashes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from common.places import ROOT
from common.problem import Problem


def cut_out(names: Iterable[str]) -> str:
    """The lock of these packages and of all that they need, without the notes."""
    entries = read_entries((ROOT / "requirements.txt").read_text("utf-8"))
    chosen = "".join(entries[name] for name in needed(names, entries))
    lines = [line for line in chosen.splitlines() if not line.lstrip().startswith("#")]
    return "\n".join(lines) + "\n"


def read_entries(text: str) -> dict[str, str]:
    """The entries of a lock by name; one that has several, by Python's version, has them all."""
    entries: dict[str, str] = {}
    for entry in re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]:
        name = entry.partition("==")[0]
        entries[name] = entries.get(name, "") + entry
    return entries


def needed(asked: Iterable[str], entries: dict[str, str]) -> list[str]:
    """What these packages need, by the lock's own notes of who asked for what."""
    names = list(asked)
    for name in names:
        if name not in entries:
            raise Problem(f"requirements.txt has no {name}: make lock")
        names += [other for other in asked_by(name, entries) if other not in names]
    return sorted(names)


def asked_by(name: str, entries: dict[str, str]) -> list[str]:
    """The packages that ``name`` asks for."""
    note = re.compile(rf"^ +# +(?:via )?{re.escape(name)}$", re.MULTILINE)
    return [other for other, entry in entries.items() if note.search(entry)]
