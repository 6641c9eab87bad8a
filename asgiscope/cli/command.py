"""The command line: drive an app and print what was seen, or explain an error message.

Exit status of ``run``: 0 when no rule was broken, 1 when one was, 2 when the command itself is
wrong, 3 when the app could not be loaded, 4 when it took longer than ``--timeout``. That of
``explain``: 0 when the message is known, 1 when it is not, 2 when there is no text.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
import threading
from collections.abc import Sequence
from enum import IntEnum
from pathlib import Path
from typing import Any, Final, TextIO

from .. import __version__
from ..client.steps import ClientError
from ..clock.budget import Limits
from ..protocol.names import nearest
from ..running import run
from ..spec import RULES
from ..texts import languages
from ..trace.mermaid import as_mermaid
from ..trace.text import as_text
from ..trace.trace import Trace
from .explain import explained, given
from .implied_lifespan import excuse_absence, with_lifespan
from .loading import LoadError, UsageError, load
from .wall_clock import wall_clock

DEFAULT_CLIENT: Final = [{"request": "GET /"}]
TERMINAL: Final = Limits(seconds=3_600.0, events=10_000)  # without --full
TIMEOUT: Final = 60.0  # real seconds


class Status(IntEnum):
    """What the command's exit status says."""

    RIGHT = 0
    RULE_BROKEN = 1
    WRONG_USAGE = 2
    NOT_LOADED = 3
    TIMEOUT = 4


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    try:
        return int(options.do(options))
    except (UsageError, ClientError) as error:
        _complain(str(error))
        return Status.WRONG_USAGE
    except LoadError as error:
        _complain(str(error), *error.frames)
        return Status.NOT_LOADED


def _run(options: argparse.Namespace) -> int:
    ignored = _rules(options.ignore)
    client = read_client(options.client)
    with wall_clock(options.timeout, Status.TIMEOUT):
        loaded = load(options.app, options.app_dir, options.factory)
        steps, implied = (client, False) if options.no_lifespan else with_lifespan(client)
        limits = Limits() if options.full else TERMINAL
        server = _server(options.server)
        trace = run(loaded.app, steps, source=loaded.file, limits=limits, server=server)
    if implied:
        excuse_absence(trace)
    for findings in (trace.findings, trace.measured):
        findings[:] = [finding for finding in findings if finding.rule not in ignored]
    _write(_formatted(trace, options), as_utf8=options.format == "json")
    return Status.RULE_BROKEN if trace.broken_rules() else Status.RIGHT


def _explain(options: argparse.Namespace) -> int:
    text, known = explained(given(options.text), options.lang)
    _write(text)
    return Status.RIGHT if known else Status.RULE_BROKEN


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="asgiscope",
        description="Drive an ASGI app with a mock server and show every message.",
        epilog="Exit status: 0 no rule broken, or the error is known, 1 a rule broken, or the "
        "error is not known, 2 wrong usage, 3 the app could not be loaded, 4 the time was over.",
    )
    parser.add_argument("--version", action="version", version=f"asgiscope {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("run", help="run an app and print what happened")
    _add_app(command)
    _add_run(command)
    _add_output(command)
    command.set_defaults(do=_run)
    command = commands.add_parser(
        "explain", help="explain an error message of a server or framework"
    )
    command.add_argument(
        "text",
        metavar="TEXT",
        nargs="*",
        help="the message, traceback or log; without it, or with -, standard input",
    )
    _add_language(command)
    command.set_defaults(do=_explain)
    return parser


def _add_app(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "app", metavar="APP", help="file.py:app or package.module:app; the name defaults to 'app'"
    )
    command.add_argument(
        "--app-dir", metavar="DIR", default=".", help="look for the app here (default: %(default)s)"
    )
    command.add_argument(
        "--factory", action="store_true", help="APP is a function that returns the app"
    )


def _add_run(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--client",
        metavar="STEPS",
        help='what the client does: a JSON file, or JSON such as \'[{"request": "GET /"}]\'',
    )
    command.add_argument(
        "--server",
        metavar="SERVER",
        default="mock",
        help="mock, uvicorn, hypercorn or gunicorn, or JSON with its options, such as "
        '\'{"name": "uvicorn", "timeout_keep_alive": 2}\' (default: %(default)s)',
    )
    command.add_argument(
        "--no-lifespan", action="store_true", help="do not start and stop the app around the client"
    )
    command.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_seconds,
        default=TIMEOUT,
        help="give up after so many real seconds, 0 for never (default: %(default)g)",
    )


def _add_output(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--ignore", metavar="RULE", action="append", default=[], help="do not report this rule"
    )
    _add_language(command)
    command.add_argument("--format", choices=("text", "json", "mermaid"), default="text")
    command.add_argument(
        "--full", action="store_true", help="show every event, and let a run have 200,000"
    )


def _add_language(command: argparse.ArgumentParser) -> None:
    command.add_argument("--lang", choices=languages(), default=_language())


def _server(given: str) -> Any:
    """The name of a server, or its options from JSON."""
    if not given.lstrip().startswith("{"):
        return given
    try:
        return json.loads(given)
    except json.JSONDecodeError as error:
        raise UsageError(f"--server: not valid JSON: {error.msg}") from None


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < threading.TIMEOUT_MAX:
        raise argparse.ArgumentTypeError(f"a number of seconds, 0 for never; found {text!r}")
    return seconds


def _language() -> str:
    wanted = os.environ.get("LANG", "")
    return next((code for code in languages() if wanted.startswith(code)), "en")


def _rules(given: list[str]) -> set[str]:
    rules = {rule for each in given for rule in each.replace(",", " ").split()}
    for rule in sorted(rules - RULES.keys()):
        near = nearest(rule, RULES)
        hint = f"; did you mean {near}?" if near else ""
        raise UsageError(f"--ignore: there is no rule {rule}{hint}")
    return rules


def _complain(*lines: str) -> None:
    text = "\n".join([f"asgiscope: {lines[0]}", *(f"  {line}" for line in lines[1:]), ""])
    _write(text, sys.stderr)


def _write(text: str, stream: TextIO | None = None, as_utf8: bool = False) -> None:
    """Print; what the terminal's encoding has no word for becomes an escape.

    JSON is the same bytes whatever the terminal's encoding: an escape would not be JSON.
    """
    stream = stream or sys.stdout
    if not isinstance(stream, io.TextIOWrapper):
        stream.write(text)
        return
    stream.flush()
    stream.buffer.write(text.encode("utf-8" if as_utf8 else stream.encoding, "backslashreplace"))
    stream.buffer.flush()


def _formatted(trace: Trace[Any], options: argparse.Namespace) -> str:
    if options.format == "json":
        return trace.to_json() + "\n"
    if options.format == "mermaid":
        return as_mermaid(trace, full=options.full)
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    return as_text(trace, options.lang, colour, full=options.full)


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


def script() -> None:
    """The console script ``asgiscope``. Whoever reads its output may stop before the end."""
    try:
        sys.exit(main())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for what Python flushes
        sys.exit(Status.RULE_BROKEN)
