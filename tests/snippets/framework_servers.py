"""A framework's two snippets on a real Uvicorn, each in a process of its own."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache

from tests.snippets.framework_clients import FOLDER, ORDER
from tests.snippets.server_process import running

ASKED: dict[str, dict[str, tuple[str, str | None]]] = {
    "answer": {
        "get": ("/price/tea?count=2", None),
        "post": ("/orders", ORDER),
        "missing": ("/nowhere", None),
        "error": ("/price/milk", None),
    },
    "stream": {"stream": ("/ticks", None)},
}


@dataclass(frozen=True)
class Told:
    """What the clients got, and what the terminal showed meanwhile."""

    answers: dict[str, tuple[int, str]]
    log: str


OnUvicorn = Callable[[str], Told]


@cache
def on_uvicorn(framework: str) -> Told:
    """Both servers run at the same time; tests take the fixture of this name."""
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(lambda kind: told_by(framework, kind), ASKED)
    return Told({**first.answers, **second.answers}, first.log + second.log)


def told_by(framework: str, kind: str) -> Told:
    with running("uvicorn", f"{kind}_with_{framework}:app", cwd=FOLDER) as server:
        answers = {
            name: fetch(server.url + path, body) for name, (path, body) in ASKED[kind].items()
        }
        server.stop()
    return Told(answers, server.log)


def fetch(url: str, body: str | None) -> tuple[int, str]:
    data = body.encode() if body else None
    request = urllib.request.Request(url, data, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=20) as response:
            return response.status, response.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
