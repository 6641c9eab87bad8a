"""scripts/locked.py: a part of the lock has all that its packages need, and nothing else."""

from __future__ import annotations

import pytest

from common.problem import Problem
from scripts.locked import needed, read_entries

LOCK = """\
anyio==4.0 \\
    --hash=sha256:aa
    # via
    #   httpx
    #   starlette
httpx==1.0 ; python_version >= '3.11' \\
    --hash=sha256:bb
    # via -r requirements.in
idna==3.0 \\
    --hash=sha256:cc
    # via anyio
starlette-x==1.0 \\
    --hash=sha256:dd
    # via -r requirements.in
"""


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["httpx"], ["anyio", "httpx", "idna"]),
        (["starlette-x"], ["starlette-x"]),
        (["idna", "anyio"], ["anyio", "idna"]),
    ],
)
def test_what_is_needed_is_told_by_the_locks_notes(asked: list[str], expected: list[str]) -> None:
    assert needed(asked, read_entries(LOCK)) == expected


def test_a_package_that_is_not_locked_is_named() -> None:
    with pytest.raises(Problem, match=r"requirements\.txt has no flask: make lock"):
        needed(["flask"], read_entries(LOCK))


def test_a_package_of_two_versions_by_python_keeps_both() -> None:
    lock = "quart==1.0 ; a \\\n    --hash=sha256:aa\nquart==2.0 ; b \\\n    --hash=sha256:bb\n"
    entry = read_entries(lock)["quart"]
    assert "quart==1.0" in entry
    assert "quart==2.0" in entry
