"""The engine's rooms: which may import which, and that all but one need nothing but Python."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

# What each room may import, beside itself. "" are the modules at the top.
MAY_IMPORT = {
    "spec": set(),
    "clock": set(),
    "texts": set(),
    "protocol": {"spec", "texts"},
    "client": {"spec", "texts", "protocol"},
    "trace": {"spec", "texts", "protocol", "clock"},
    "server": {"spec", "protocol", "clock", "client", "trace"},
    "reference": {"spec", "texts", "protocol"},
    "decoder": set(),
    "servers": {"protocol", "clock", "client", "trace", "server"},
    "": {"protocol", "clock", "client", "trace", "server", "servers"},
    "cli": {"", "decoder", "spec", "texts", "protocol", "clock", "client", "trace"},
}
# What is not in the standard library, and may be imported all the same: an extra of the engine.
EXTRAS = {"servers": {"uvicorn", "hypercorn", "gunicorn", "h11", "h2", "wsproto"}}
ENGINE = "asgiscope"
ENTRY = "__main__.py"  # it starts the command, as the console script does


def room_of(module: str) -> str:
    """The room of "asgiscope.trace.events"; "" for a module at the top."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in MAY_IMPORT else ""


def imported(tree: ast.AST, package: list[str]) -> Iterator[tuple[int, str]]:
    """Line and name of each module, or name in one, that is imported, for types too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, name.name) for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*start, *filter(None, [node.module])])
            yield from ((node.lineno, f"{module}.{name.name}") for name in node.names)


def arrows(file: Path, engine: Path) -> Iterator[tuple[str, str, str]]:
    """Where it is, from which room, and what is imported there."""
    name = file.relative_to(engine.parent)
    package = list(name.parent.parts)
    tree = ast.parse(file.read_text("utf-8"))
    for line, module in imported(tree, package):
        yield f"{name.as_posix()}:{line}", room_of(".".join(package)), module


def broken_arrows(engine: Path) -> list[str]:
    found = []
    for file in sorted(engine.rglob("*.py")):
        for where, room, module in arrows(file, engine) if file != engine / ENTRY else ():
            if module.split(".")[0] != ENGINE:
                known = sys.stdlib_module_names | EXTRAS.get(room, set())
                if module.split(".")[0] not in known:
                    found.append(f"{where}: {module} is not in the standard library")
            elif room_of(module) not in {room, *MAY_IMPORT[room]}:
                found.append(f"{where}: {room or ENGINE} → {room_of(module) or ENGINE}")
    return found


def test_each_room_imports_only_what_it_may(project: Path) -> None:
    assert broken_arrows(project / ENGINE) == []


def test_what_a_room_may_import_has_no_circle() -> None:
    rooms, left = dict(MAY_IMPORT), len(MAY_IMPORT) + 1
    while len(rooms) < left:
        left = len(rooms)
        rooms = {room: may for room, may in rooms.items() if may & rooms.keys()}
    assert rooms == {}


@pytest.mark.parametrize(
    "room", sorted(room for room in MAY_IMPORT if room not in ("", "spec", "texts"))
)
def test_a_room_says_in_a_sentence_what_it_holds_and_imports_nothing(
    project: Path, room: str
) -> None:
    tree = ast.parse((project / ENGINE / room / "__init__.py").read_text("utf-8"))
    assert len(tree.body) == 1
    assert (ast.get_docstring(tree) or "").endswith(".")
    assert "\n" not in (ast.get_docstring(tree) or "\n")


def test_importing_the_engine_imports_none_of_its_extras() -> None:
    code = "import sys, asgiscope, asgiscope.cli.command; print(*sorted(sys.modules))"
    output = subprocess.check_output([sys.executable, "-c", code], text=True)
    loaded = {name.partition(".")[0] for name in output.split()}
    assert loaded.isdisjoint(EXTRAS["servers"])
    assert "asgiscope.servers" not in output.split()


def test_every_folder_of_the_engine_is_a_room(project: Path) -> None:
    folders = {file.parent.name for file in (project / ENGINE).glob("*/__init__.py")}
    assert folders == MAY_IMPORT.keys() - {""}


@pytest.mark.parametrize(
    ("line", "arrow"),
    [
        ("from ..trace.trace import Trace", "clock → trace"),
        ("from asgiscope.server import peer", "clock → server"),
        ("import asgiscope.running", "clock → asgiscope"),
        ("import anyio", "anyio is not in the standard library"),
    ],
)
def test_a_broken_arrow_is_named_with_its_line(tmp_path: Path, line: str, arrow: str) -> None:
    folder = tmp_path / ENGINE / "clock"
    folder.mkdir(parents=True)
    (folder / "late.py").write_text(f"def late():\n    {line}\n", "utf-8")
    assert broken_arrows(tmp_path / ENGINE) == [f"asgiscope/clock/late.py:2: {arrow}"]
