"""The command on an app of one's own: how it is found, how long it may take, what is said of it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ANSWER = """
async def app(scope, receive, send):
    if scope["type"] != "http":
        raise NotImplementedError
    await send({"type": "http.response.start", "status": 200})
    await send({"type": "http.response.body", "body": %s})
"""
WORDS = 'WORDS = b"found"\n'


def asgiscope(
    *arguments: str, folder: Path, project: Path, encoding: str = "utf-8"
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(project), "PYTHONIOENCODING": encoding}
    command = [sys.executable, "-m", "asgiscope", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding=encoding, timeout=60
    )


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


PACKAGE = {"pkg/__init__.py": "", "pkg/words.py": WORDS}
RELATIVE = "from .words import WORDS\n" + ANSWER % "WORDS"
ABSOLUTE = "from pkg.words import WORDS\n" + ANSWER % "WORDS"
FACTORY = ANSWER % "b'found'" + "\ndef create_app():\n    return app\n"


@pytest.mark.parametrize(
    ("files", "arguments"),
    [
        ({"main.py": ANSWER % "b'found'"}, ["main.py"]),
        ({"main.py": ANSWER % "b'found'"}, ["main:app"]),
        ({"main.py": ANSWER % "b'found'"}, ["main"]),
        ({**PACKAGE, "pkg/main.py": RELATIVE}, ["pkg.main:app"]),
        ({**PACKAGE, "pkg/main.py": RELATIVE}, ["pkg/main.py:app"]),
        ({**PACKAGE, "pkg/main.py": ABSOLUTE}, ["pkg/main.py"]),
        ({"pkg/words.py": WORDS, "pkg/main.py": RELATIVE}, ["pkg/main.py"]),
        (
            {"pkg/words.py": WORDS, "pkg/api/main.py": RELATIVE.replace(".words", "..words")},
            ["pkg/api/main.py"],
        ),
        ({**PACKAGE, "pkg/__init__.py": RELATIVE}, ["pkg:app"]),
        ({f"src/{name}": text for name, text in PACKAGE.items()} | {"src/pkg/main.py": RELATIVE},
         ["pkg.main:app"]),
        ({f"src/{name}": text for name, text in PACKAGE.items()} | {"src/pkg/main.py": ABSOLUTE},
         ["src/pkg/main.py:app"]),
        ({f"web/{name}": text for name, text in PACKAGE.items()} | {"web/pkg/main.py": RELATIVE},
         ["pkg.main:app", "--app-dir", "web"]),
        ({"main.py": FACTORY}, ["main:create_app", "--factory"]),
        ({"site/asgi.py": (ANSWER % "b'found'").replace("app(", "application(")}, ["site/asgi.py"]),
        ({"main.py": "class Holder: pass\n" + ANSWER % "b'found'" + "\nHolder.app = app\n"},
         ["main.py:Holder.app"]),
        ({"json.py": ANSWER % "b'found'"}, ["json.py"]),
    ],
)  # fmt: skip
def test_the_app_is_found(
    files: dict[str, str], arguments: list[str], tmp_path: Path, project: Path
) -> None:
    write(tmp_path, files)
    done = asgiscope("run", *arguments, folder=tmp_path, project=project)
    assert "client: 200 b'found'" in done.stdout, done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("files", "arguments", "status", "words"),
    [
        ({}, ["nowhere:app"], 2, "there is no module 'nowhere'"),
        ({"main.py": ""}, ["main.py"], 2, "main.py defines no 'app'"),
        ({"main.py": "ap = 1"}, ["main.py"], 2, "did you mean 'ap'?"),
        ({"main.py": FACTORY}, ["main:create_app"], 2, "it takes no arguments; add --factory"),
        ({"main.py": "def create_app(): ..."}, ["main"], 2, "write main:create_app --factory"),
        ({"manage.py": "", "site/asgi.py": ""}, ["manage.py"], 2, "write site/asgi.py:application"),
        ({"main.py": "app = 1"}, ["main:app", "--factory"], 2, "'app' in main cannot be called"),
        ({"main.py": "app = 1"}, ["main", "--ignore", "app-raise"], 2, "did you mean app-raised?"),
        ({"main.py": "app = 1"}, ["main:app", "--app-dir", "no"], 2, "there is no folder no"),
        ({"main.py": "app = 1"}, ["main:app", "--timeout", "-1"], 2, "a number of seconds, 0 for"),
        (
            {"main.py": "async def make(): ..."}, ["main:make", "--factory"],
            2, "'make' in main is an async function",
        ),
        ({"main.py": "import nowhere"}, ["main:app"], 3, "main.py:1 in <module>: import nowhere"),
        ({"main.py": "def f():\n    1 / 0\nf()"}, ["main.py"], 3, "main.py:2 in f: 1 / 0"),
        ({"main.py": "x = (\n"}, ["main:app"], 3, "main.py:1: '(' was never closed"),
        ({"main.py": "raise SystemExit(0)"}, ["main:app"], 3, "importing it raised SystemExit"),
        (
            {"main.py": "def create_app():\n    raise KeyError('no')"},
            ["main:create_app", "--factory"], 3, "main.py:2 in create_app: raise KeyError('no')",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_by_words_and_by_status(
    files: dict[str, str],
    arguments: list[str],
    status: int,
    words: str,
    tmp_path: Path,
    project: Path,
) -> None:
    write(tmp_path, files)
    done = asgiscope("run", *arguments, folder=tmp_path, project=project)
    assert words in done.stderr
    assert done.returncode == status
    assert "Traceback" not in done.stderr


SPIN = """
def spin():
    while True: pass
"""
HASH = """
import hashlib
async def app(scope, receive, send):
    hashlib.pbkdf2_hmac("md5", b"", b"", 2**31 - 1)
"""


@pytest.mark.parametrize(
    ("text", "line"), [(SPIN + "spin()", "main.py:3 in spin"), (HASH, "main.py:4 in app")]
)
def test_an_app_that_takes_too_long_is_named_by_its_line(
    text: str, line: str, tmp_path: Path, project: Path
) -> None:
    write(tmp_path, {"main.py": text})
    done = asgiscope("run", "main:app", "--timeout", "1", folder=tmp_path, project=project)
    assert done.returncode == 4
    assert "not done after 1 seconds" in done.stderr
    assert line in done.stderr


STATE = """
import contextlib
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

@contextlib.asynccontextmanager
async def lifespan(app):
    yield {"word": "kept"}

async def home(request):
    return PlainTextResponse(request.state.word)

app = Starlette(routes=[Route("/", home)], lifespan=lifespan)
"""


def test_the_lifespan_is_driven_unless_it_is_refused(tmp_path: Path, project: Path) -> None:
    write(tmp_path, {"main.py": STATE})
    done = asgiscope("run", "main", folder=tmp_path, project=project)
    assert "client: 200 b'kept'" in done.stdout
    assert done.returncode == 0
    done = asgiscope("run", "main", "--no-lifespan", folder=tmp_path, project=project)
    assert "client: 500" in done.stdout
    assert "main.py:12 in home: return PlainTextResponse(request.state.word)" in done.stdout
    assert done.returncode == 1


def with_first_lines(text: str) -> str:
    """The app with other lines in place of those that look at the type of the scope."""
    kept = '    if scope["type"] != "http":\n        raise NotImplementedError\n'
    return (ANSWER % "b'ok'").replace(kept, text)


TAKES_NO_PART = [
    "    if scope['type'] != 'http':\n        return\n",
    "    assert scope['type'] == 'http'\n",
    "    scope['method']\n",
    "",
]


@pytest.mark.parametrize("first", TAKES_NO_PART)
def test_an_app_without_a_lifespan_breaks_no_rule(
    first: str, tmp_path: Path, project: Path
) -> None:
    write(tmp_path, {"main.py": with_first_lines(first)})
    done = asgiscope("run", "main", folder=tmp_path, project=project)
    assert "client: 200 b'ok'" in done.stdout
    assert done.returncode == 0


HANGS = """
    while scope["type"] == "lifespan":
        await receive()
"""


def test_an_app_that_never_answers_startup_is_not_excused(tmp_path: Path, project: Path) -> None:
    write(tmp_path, {"main.py": with_first_lines(HANGS)})
    done = asgiscope("run", "main", folder=tmp_path, project=project)
    assert "[lifespan-startup-no-reply]" in done.stdout
    assert "KeyError" not in done.stdout
    assert done.returncode == 1


def test_an_ignored_rule_is_neither_told_nor_counted(tmp_path: Path, project: Path) -> None:
    write(tmp_path, {"main.py": "async def app(scope, receive, send):\n    await receive()\n"})
    done = asgiscope("run", "main", folder=tmp_path, project=project)
    assert done.returncode == 1
    assert "[http-no-response]" in done.stdout
    done = asgiscope(
        "run", "main", "--ignore", "http-no-response", folder=tmp_path, project=project
    )
    assert "[http-no-response]" not in done.stdout
    assert done.returncode == 0


def test_what_is_printed_at_import_does_not_spoil_the_json(tmp_path: Path, project: Path) -> None:
    write(tmp_path, {"main.py": "print('hello')\n" + ANSWER % "b'ok'"})
    done = asgiscope("run", "main", "--format", "json", folder=tmp_path, project=project)
    assert json.loads(done.stdout)["outcomes"]["client"]["status"] == 200
    assert "hello" in done.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk"])
def test_a_terminal_that_cannot_say_a_character_gets_its_escape(
    encoding: str, tmp_path: Path, project: Path
) -> None:
    write(tmp_path, {"main.py": ANSWER % "'\\u00e9 \\u56fe'.encode()"})
    done = asgiscope(
        "run", "main", "--lang", "zh", folder=tmp_path, project=project, encoding=encoding
    )
    assert done.returncode == 0, done.stderr
    assert "client: 200" in done.stdout


def test_json_is_the_same_bytes_in_every_terminal(tmp_path: Path, project: Path) -> None:
    write(tmp_path, {"main.py": ANSWER % "'\\u00e9 \\U0001f600'.encode()"})
    environment = {**os.environ, "PYTHONPATH": str(project)}
    told = set()
    for encoding in ("utf-8", "ascii", "gbk"):
        environment["PYTHONIOENCODING"] = encoding
        command = [sys.executable, "-m", "asgiscope", "run", "main", "--format", "json"]
        told.add(subprocess.check_output(command, cwd=tmp_path, env=environment))
    [data] = told
    assert json.loads(data)["outcomes"]["client"]["body"] == {"$bytes": "\u00e9 \U0001f600"}


def test_a_reader_that_stops_early_is_no_traceback(tmp_path: Path, project: Path) -> None:
    write(tmp_path, {"main.py": STREAM})
    environment = {**os.environ, "PYTHONPATH": str(project)}
    command = [sys.executable, "-m", "asgiscope", "run", "main", "--full"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""


STREAM = """
import asyncio
async def app(scope, receive, send):
    assert scope["type"] == "http"
    headers = [(b"location", b"/" + b"x" * 80), (b"set-cookie", b"a=1; Path=/")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for number in range(6_000):
        await send({"type": "http.response.body", "body": b"%d" % number, "more_body": True})
"""


def test_an_endless_stream_stays_a_page(tmp_path: Path, project: Path) -> None:
    write(tmp_path, {"main.py": STREAM})
    done = asgiscope("run", "main", "--lang", "en", folder=tmp_path, project=project)
    assert len(done.stdout) < 8_000
    assert "more like this …" in done.stdout
    assert "[app-over-budget]" in done.stdout
    diagram = asgiscope("run", "main", "--format", "mermaid", folder=tmp_path, project=project)
    assert len(diagram.stdout) < 4_000
    assert "Note over client,app: … " in diagram.stdout
    whole = asgiscope("run", "main", "--full", folder=tmp_path, project=project)
    assert len(whole.stdout) > 1_000_000


def test_headers_are_shown_with_their_values(tmp_path: Path, project: Path) -> None:
    write(tmp_path, {"main.py": STREAM.replace("6_000", "1")})
    done = asgiscope("run", "main", folder=tmp_path, project=project)
    assert f"location: /{'x' * 38}… · set-cookie: a=1; Path=/" in done.stdout
    assert f"     location: /{'x' * 80}\n     set-cookie: a=1; Path=/" in done.stdout


def test_the_version_is_told(tmp_path: Path, project: Path) -> None:
    done = asgiscope("--version", folder=tmp_path, project=project)
    assert done.stdout.startswith("asgiscope 0.")
    assert done.returncode == 0
