"""In memory and in virtual time a server does what it does as a process on a real socket.

For each exchange: the scope, every message, what send() raises, the bytes back, who closes, and the
order of all of it. Dates and ports are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.asgiscope.servers.exchanges import ALL, steps_of
from tests.asgiscope.servers.replay import (
    SECONDS,
    Process,
    Replay,
    in_memory,
    plain_note,
    process,
    seen_in,
)

for _package in ("uvicorn", "hypercorn", "gunicorn", "h2", "wsproto"):
    pytest.importorskip(_package)
pytestmark = [pytest.mark.xdist_group("real-servers"), pytest.mark.usefixtures("loopback")]

# By name: which server, and its options, in memory and as a process alike.
SERVERS: dict[str, dict[str, Any]] = {
    "uvicorn": {"name": "uvicorn"},
    "hypercorn": {"name": "hypercorn"},
    "gunicorn": {"name": "gunicorn"},
    "uvicorn, other protocols": {
        "name": "uvicorn", "http": "httptools", "ws": "websockets-sansio",
    },
}  # fmt: skip


@contextmanager
def serving(choice: dict[str, Any], folder: Path) -> Iterator[Process]:
    options = {key: value for key, value in choice.items() if key != "name"}
    with process(choice["name"], folder, options) as found:
        yield found


@pytest.fixture(scope="module", params=SERVERS)
def server(
    request: pytest.FixtureRequest, loopback: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[dict[str, Any], Process]]:
    choice = SERVERS[request.param]
    with serving(choice, tmp_path_factory.mktemp("servers")) as found:
        yield choice, found


@pytest.mark.parametrize("name", ALL)
def test_an_exchange_is_the_same_in_memory_and_over_a_socket(
    name: str, server: tuple[dict[str, Any], Process]
) -> None:
    number = list(ALL).index(name)
    _, moves = in_memory(server[0], steps_of(name, number))
    real = Replay(server[1], str(number)).play(moves)
    assert real == seen_in(moves)


FORWARDED = {"x-forwarded-for": "192.0.2.1", "x-forwarded-proto": "https"}
# What options change, and how the request must be for that.
OPTIONS: dict[str, tuple[dict[str, Any], list[dict[str, Any]]]] = {
    "root_path and forwarded": (
        {"name": "uvicorn", "root_path": "/api", "forwarded_allow_ips": "*"},
        [{"request": {"path": "/hi/1", "headers": FORWARDED}}],
    ),
    "keep-alive runs out": (
        {"name": "uvicorn", "timeout_keep_alive": 1},
        [{"request": "GET /hi/1"}, {"wait": 2}],
    ),
    "Hypercorn's keep-alive runs out": (
        {"name": "hypercorn", "keep_alive_timeout": 0.5, "root_path": "/api"},
        [{"request": "GET /hi/1"}, {"wait": 1}],
    ),
    "one too many": (
        {"name": "uvicorn", "limit_concurrency": 1},
        [{"request": "GET /hi/1"}],
    ),
    "HTTP/2": (
        {"name": "hypercorn", "include_date_header": False},
        [
            {"request": {"method": "POST", "path": "/echo/1", "http_version": "2"}},
            {"body": "he"},
            {"body": "llo"},
            {"end": True},
            {"request": {"path": "/pieces/1", "http_version": "2"}},
            {"request": {"path": "/raises/1", "http_version": "2"}},
        ],
    ),
    "HTTP/2 of Gunicorn": (
        {"name": "gunicorn", "http_protocols": "h1,h2", "http2_cleartext": "prior-knowledge"},
        [{"request": {"path": "/pieces/1", "http_version": "2"}}],
    ),
}


@pytest.mark.parametrize("name", OPTIONS)
def test_an_option_does_the_same_in_memory_and_over_a_socket(name: str, tmp_path: Path) -> None:
    choice, steps = OPTIONS[name]
    _, moves = in_memory(choice, steps)
    with serving(choice, tmp_path) as found:
        assert Replay(found, "1").play(moves) == seen_in(moves)


@pytest.mark.parametrize("name", ["uvicorn", "hypercorn", "gunicorn"])
def test_a_shutdown_is_the_same_in_memory_and_of_a_process(name: str, tmp_path: Path) -> None:
    """With a request in flight: it is answered to its end, and then the lifespan ends."""
    steps: list[Any] = [
        {"startup": True},
        {"request": "GET /sleeps/1"},
        {"wait": 0.1},
        {"terminate": True},
    ]
    _, moves = in_memory({"name": name}, [*steps, {"shutdown": True}])
    of_lifespan = [move.value for move in moves if move.connection == "lifespan"]
    of_request = [move for move in moves if move.connection != "lifespan"]
    with serving({"name": name}, tmp_path) as found:
        assert Replay(found, "1").play(of_request) == seen_in(of_request)
        found.process.wait(SECONDS)
        notes = map(plain_note, found.notes("lifespan"))
        assert list(notes) == list(map(plain_note, of_lifespan))
