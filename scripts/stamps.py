"""Stamps: a file that holds the hash of a step's inputs, written when the step has succeeded.

Contents count, not times: a fresh clone, a copied folder and a restored cache are judged alike.
A stamp is removed before its step begins, so an interrupted step is done again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

NOT_INPUTS = {"__pycache__", "node_modules"}


def list_inputs(root: Path, patterns: Iterable[str]) -> list[Path]:
    """The files that the glob patterns match, sorted, without caches."""
    found = {path for pattern in patterns for path in root.glob(pattern) if path.is_file()}
    return sorted(path for path in found if not NOT_INPUTS & set(path.relative_to(root).parts))


def hash_inputs(root: Path, patterns: Iterable[str]) -> str:
    """A hash of the names and contents of the files that the patterns match."""
    digest = hashlib.sha256()
    for path in list_inputs(root, patterns):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        digest.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def hash_text(text: str) -> str:
    """A hash of an input that is no file."""
    return hashlib.sha256(text.encode()).hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    """Whether the stamp holds this value."""
    return stamp.is_file() and stamp.read_text(encoding="utf-8").strip() == value


def write_stamp(stamp: Path, value: str) -> None:
    """Write a stamp in one move, so that there is never half of one."""
    stamp.parent.mkdir(parents=True, exist_ok=True)
    part = stamp.with_name(stamp.name + ".part")
    part.write_text(value + "\n", encoding="utf-8")
    part.replace(stamp)
