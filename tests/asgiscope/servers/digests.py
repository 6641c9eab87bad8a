"""Prints a digest of the trace of each of many exchanges, as JSON."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from asgiscope import run
from tests.asgiscope.servers.exchanges import ALL, steps_of
from tests.asgiscope.servers.recording_app import recording

SERVERS: tuple[Any, ...] = ("uvicorn", "hypercorn", "gunicorn")
STEP = 3  # of three exchanges one is taken: it is enough, and quicker
SHUTDOWN: list[Any] = [
    {"startup": True},
    {"request": "GET /sleeps/1"},
    {"wait": 0.1},
    {"terminate": True},
    {"shutdown": True},
]


def write(call: str, what: str, value: Any) -> None:
    print(json.dumps([what, value]))


def digests() -> dict[str, str]:
    asked: dict[str, Any] = {
        name: steps_of(name, number) for number, name in enumerate(ALL) if not number % STEP
    }
    asked["a shutdown"] = SHUTDOWN
    return {
        f"{server}: {name}": _digest(run(recording(write), steps, server=server).to_json())
        for server in SERVERS
        for name, steps in asked.items()
    }


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    print(json.dumps(digests()))
