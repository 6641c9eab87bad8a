"""What clients do to the snippets of ``snippets/frameworks/``, and what each one gets.

Every framework answers the same requests; ``answer_with_*`` and ``stream_with_*`` have one list of
clients each. The tests of the browser play the same clients.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import pytest

from common.places import ROOT

FOLDER: Final = ROOT / "snippets" / "frameworks"
FRAMEWORKS: Final = (
    "starlette", "fastapi", "quart", "litestar", "falcon", "blacksheep", "django",
)  # fmt: skip
LIVES: Final = frozenset(FRAMEWORKS) - {"django"}  # those that take part in the lifespan
TALKS: Final = frozenset(FRAMEWORKS) - {"django"}  # those that speak WebSocket
# Tests of one framework share its processes, so they run one after the other.
EACH: Final = [
    pytest.param(name, marks=pytest.mark.xdist_group(f"framework-{name}")) for name in FRAMEWORKS
]

ORDER: Final = '{"item": "tea", "count": 2}'
LIFE: Final = [{"startup": True}, {"shutdown": True}]
# A body in two pieces, a second apart, as a form or a slow line would send it.
PIECES: Final = [
    {"request": {"method": "POST", "path": "/orders", "headers": {
        "content-type": "application/json", "content-length": str(len(ORDER))}}},
    {"body": ORDER[:9]}, {"wait": 1}, {"body": ORDER[9:]}, {"end": True},
]  # fmt: skip

ANSWERS: Final[dict[str, Any]] = {
    "get": [{"request": "GET /price/tea?count=2"}],
    "post": PIECES,
    "thread": {"slow": [{"request": "GET /report"}], "fast": [{"request": "GET /price/coffee"}]},
    "error": [{"request": "GET /price/milk"}],
    "missing": [{"request": "GET /nowhere"}],
}
STREAMS: Final[dict[str, Any]] = {
    "stream": [{"request": "GET /ticks"}],
    "leave": [{"request": "GET /ticks"}, {"wait": 1.5}, {"disconnect": True}],
}
TALK: Final = [
    {"connect": "/echo"}, {"text": "hi"}, {"text": "ä"}, {"close": {"code": 1000}},
]  # fmt: skip


@dataclass(frozen=True)
class Play:
    """One client, or several together, for one snippet."""

    framework: str
    snippet: str
    name: str
    client: Any

    def __str__(self) -> str:
        return f"{self.framework}-{self.name}"

    @property
    def source(self) -> str:
        return (FOLDER / self.snippet).read_text(encoding="utf-8")


def plays(framework: str) -> list[Play]:
    """Every play of a framework, each between startup and shutdown where it has a lifespan."""
    answer, stream = f"answer_with_{framework}.py", f"stream_with_{framework}.py"
    found = [(answer, name, client) for name, client in ANSWERS.items()]
    found += [(stream, name, client) for name, client in STREAMS.items()]
    if framework in TALKS:
        found.append((stream, "talk", TALK))
    return [
        Play(framework, snippet, name, with_life(framework, client))
        for snippet, name, client in found
    ]


def with_life(framework: str, client: Any) -> Any:
    named = client if isinstance(client, dict) else {"client": client}
    return {"lifespan": LIFE, **named} if framework in LIVES else named


# Their settings and routes are the process's: each play has one of its own, forked from one that
# has imported this already.
_ALONE: Final = {"blacksheep": "blacksheep", "django": "django.core.asgi"}
_PLAY: Final = """
import importlib, json, sys
from multiprocessing import get_all_start_methods, get_context
from asgiscope import play

if __name__ == "__main__":
    alone, jobs = json.load(sys.stdin)
    if alone:
        importlib.import_module(alone)
    how = "fork" if "fork" in get_all_start_methods() else "spawn"
    with get_context(how).Pool(1, maxtasksperchild=1 if alone else None) as pool:
        print(json.dumps(pool.starmap(play, jobs, chunksize=1)))
"""


@cache
def recorded(framework: str) -> dict[str, str]:
    """What `asgiscope.play` writes for each play of a framework, by the play's name."""
    jobs = plays(framework)
    sources = [(job.source, job.client, job.snippet) for job in jobs]
    done = subprocess.run(
        [sys.executable, "-c", _PLAY],
        input=json.dumps([_ALONE.get(framework), sources]),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # frameworks log the error that one client provokes
        encoding="utf-8",
        check=True,
    )
    texts = json.loads(done.stdout)
    return {job.name: text for job, text in zip(jobs, texts, strict=True)}
