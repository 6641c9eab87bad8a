"""runtime/view/statement.ts against Python's own parser: how far a statement goes."""

from __future__ import annotations

import ast
import json
import subprocess
from pathlib import Path

from common.places import ROOT
from scripts.node import tool_command

HERE = Path(__file__).resolve().parent
SIMPLE = (ast.Expr, ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Return, ast.Raise, ast.Import)


def last_lines(statements: list[tuple[list[str], int]]) -> list[int]:
    done = subprocess.run(
        [*tool_command("node"), str(HERE / "last_lines.mjs")],
        input=json.dumps(statements),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert not done.returncode, done.stderr
    return list(json.loads(done.stdout))


def test_every_simple_statement_of_the_snippets_ends_where_python_says() -> None:
    asked: list[tuple[list[str], int]] = []
    ends: list[tuple[str, int | None]] = []
    for path in sorted((ROOT / "snippets").rglob("*.py")):
        source = path.read_text("utf-8")
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, SIMPLE):
                asked.append((source.split("\n"), node.lineno))
                ends.append((f"{path.name}:{node.lineno}", node.end_lineno))
    assert len(ends) > 1000
    found = last_lines(asked)
    names = [name for name, _ in ends]
    assert dict(zip(names, found, strict=True)) == dict(ends)


def test_what_is_never_closed_is_its_first_line() -> None:
    assert last_lines([(["x = (", "y"], 1), (['"""', "text"], 1), (["x = 'a"], 1), ([], 1)]) == [
        *(1, 1, 1, 1)
    ]


def test_hard_shapes_are_read_once() -> None:
    statement = ["call(", *["[" * 1000] * 300, ")"]
    assert last_lines([(statement, 1)]) == [1]
