"""The command line: drive an app from a file and print what was seen.

Exit status: 0 when no rule was broken, 1 when one was, 2 when the command itself is wrong.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any

from .mermaid import as_mermaid
from .running import run
from .shape import nearest
from .steps import ClientError
from .text import as_text
from .trace import Trace

DEFAULT_CLIENT = [{"request": "GET /"}]


class UsageError(Exception):
    """The command cannot be carried out; the text says what to do about it."""


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        trace = run_file(options.app, read_client(options.client))
    except (UsageError, ClientError) as error:
        print(f"asgiscope: {error}", file=sys.stderr)
        return 2
    sys.stdout.write(_formatted(trace, options))
    return 1 if trace.broken_rules() else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m asgiscope",
        description="Drive an ASGI app with a mock server and show every message.",
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("run", help="run an app and print what happened")
    command.add_argument("app", metavar="FILE[:APP]", help="a Python file; APP defaults to 'app'")
    command.add_argument(
        "--client",
        metavar="STEPS",
        help='what the client does: a JSON file, or JSON such as \'[{"request": "GET /"}]\'',
    )
    command.add_argument("--lang", choices=("en", "zh"), default=_language())
    command.add_argument("--format", choices=("text", "json", "mermaid"), default="text")
    return parser


def _language() -> str:
    return "zh" if os.environ.get("LANG", "").startswith("zh") else "en"


def _formatted(trace: Trace, options: argparse.Namespace) -> str:
    if options.format == "json":
        return trace.to_json() + "\n"
    if options.format == "mermaid":
        return as_mermaid(trace)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return as_text(trace, options.lang, colour)


def read_client(given: str | None) -> Any:
    """The steps of a client, from JSON text or from a file that holds it."""
    if given is None:
        return DEFAULT_CLIENT
    text, where = given, "--client"
    if not given.lstrip().startswith(("[", "{")):
        path = Path(given)
        if not path.is_file():
            raise UsageError(f"--client: there is no file {given}, and it is no JSON list of steps")
        text, where = path.read_text("utf-8"), given
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise UsageError(f"{where}:{error.lineno}: not valid JSON: {error.msg}") from None


def run_file(given: str, client: Any) -> Trace:
    """Import a file, take its app, and run it."""
    path, _, name = given.partition(":") if not Path(given).is_file() else (given, "", "")
    file = Path(path)
    if not file.is_file():
        near = nearest(file.name, [p.name for p in file.parent.glob("*.py")])
        raise UsageError(f"there is no file {path}{f'; did you mean {near}?' if near else ''}")
    app: Any = _load(file)
    for part in (name or "app").split("."):
        if not hasattr(app, part):
            near = nearest(part, vars(app)) if hasattr(app, "__dict__") else ""
            hint = f"; did you mean {near!r}?" if near else ""
            raise UsageError(f"{path} defines no {part!r}{hint}")
        app = getattr(app, part)
    return run(app, client, source=str(file.resolve()))


def _load(file: Path) -> Any:
    """The file as a module; its folder is importable, as when Python runs it."""
    file = file.resolve()
    sys.path.insert(0, str(file.parent))
    spec = importlib.util.spec_from_file_location(file.stem, file)
    if spec is None or spec.loader is None:
        raise UsageError(f"{file} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[file.stem] = module
    try:
        spec.loader.exec_module(module)
    except SyntaxError as error:
        raise UsageError(f"{error.filename}:{error.lineno}: {error.msg}") from None
    except Exception as error:
        raise UsageError(f"{file}: importing it raised {type(error).__name__}: {error}") from error
    return module
