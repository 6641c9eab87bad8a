"""The same bytes to the same server as a process on a real socket, and what came of them there.

What a run in memory did becomes a list of moves: what the client sends, what it gets, who closes,
and what the app writes down. A client on a socket makes the same moves, and waits before each until
what was before it has happened there, too; nothing sleeps.
"""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from asgiscope import Trace, run
from tests.asgiscope.servers.recording_app import recording

SECONDS = 5.0  # after which what is waited for will not come
SERVE = Path(__file__).with_name("serve.py")
DATE = re.compile(rb"(?i)(\r\ndate: )[^\r]*")


class Move(NamedTuple):
    """``what``: "app", "signal", and "out", "in", "closes", "ends" or "leaves" on the wire."""

    what: str
    value: Any = None
    connection: str = ""


class Seen(NamedTuple):
    """What one side saw of an exchange."""

    app: list[Any]  # of the app: scope, events, messages
    wire: list[Any]  # bytes to the client, joined, and who closed the connection


def in_memory(server: Any, steps: Any) -> tuple[Trace[Any], list[Move]]:
    """A run, and its moves. What the app writes down is printed, and so has its place there."""

    def write(call: str, what: str, value: Any) -> None:
        print(json.dumps([what, value]))

    trace = run(recording(write), steps, server=server)
    return trace, list(_moves(trace))


def _moves(trace: Trace[Any]) -> Iterator[Move]:
    for event in trace.events:
        if event.kind == "print":
            for line in event.message["text"].split("\n"):
                yield Move("app", json.loads(line), event.connection)
        elif event.kind == "wire":
            yield Move("out" if event.from_ == "client" else "in", event.message["data"])
        elif event.kind == "hang-up" and event.from_ == "client":
            yield Move("ends" if event.message else "leaves")
        elif event.kind == "hang-up" and not event.message:
            yield Move("closes")
        elif event.kind == "disconnect":
            yield Move("leaves")
        elif event.kind == "signal":
            yield Move("signal")


def seen_in(moves: list[Move]) -> Seen:
    """What the run in memory saw, as the socket's side tells it."""
    wire: list[Any] = []
    for what, value, _ in moves:
        if what == "in" and wire and isinstance(wire[-1], bytes):
            wire[-1] += value
        elif what == "in":
            wire.append(value)
        elif what in ("closes", "leaves"):
            wire.append(what)
    return Seen([plain_note(value) for what, value, _ in moves if what == "app"], _undated(wire))


def _undated(wire: list[Any]) -> list[Any]:
    return [DATE.sub(rb"\1", part) if isinstance(part, bytes) else part for part in wire]


def plain_note(noted: list[Any]) -> list[Any]:
    """What the app has noted, without ports."""
    what, value = noted
    if what == "scope":
        addresses = ("client", "server")
        return [what, {**value, **{key: value[key][:1] for key in addresses if value.get(key)}}]
    return [what, value]


class Process:
    """A server that runs. ``notes`` are what its app has written down, by the id of a call."""

    def __init__(self, name: str, folder: Path, options: dict[str, Any]) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        file = folder / f"{name}-{self.port}.jsonl"
        file.touch()
        command = [sys.executable, str(SERVE), name, str(self.port), str(file), json.dumps(options)]
        self.process = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._file = file.open(encoding="utf-8")
        self._rest = ""
        self._notes: dict[str, list[Any]] = {}

    def notes(self, call: str) -> list[Any]:
        text = self._rest + self._file.read()
        *lines, self._rest = text.split("\n")
        for line in lines:
            name, what, value = json.loads(line)
            self._notes.setdefault(name, []).append([what, value])
        return self._notes.get(call, [])

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=SECONDS)

    def wait_until_it_answers(self) -> None:
        """Until a request has its answer: on a port where nobody listens yet, a socket that may
        have any port of its own can come to be connected with itself."""
        over = time.monotonic() + 4 * SECONDS
        while not self._answers():
            assert time.monotonic() < over, "the server does not answer"
            assert self.process.poll() is None, "the server has ended"
            time.sleep(0.01)

    def _answers(self) -> bool:
        try:
            with self.connect() as client:
                client.sendall(b"GET /hi/ready HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                return client.recv(5) == b"HTTP/"
        except OSError:
            return False

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(SECONDS)
        self._file.close()


@contextmanager
def process(name: str, folder: Path, options: dict[str, Any]) -> Iterator[Process]:
    found = Process(name, folder, options)
    try:
        found.wait_until_it_answers()
        yield found
    finally:
        found.end()


class Replay:
    """Makes the moves of a run over a real socket."""

    def __init__(self, server: Process, call: str) -> None:
        self._server, self._call = server, call
        self._socket: socket.socket | None = None
        self._wire: list[Any] = []
        self._expected = self._read = 0  # bytes
        self._notes = 0

    def play(self, moves: list[Move]) -> Seen:
        for what, value, _ in moves:
            if what == "app":
                self._notes += 1
            elif what == "in":
                self._expected += len(value)
            elif what == "closes":
                self._catch_up()
                self._expect_end()
            else:
                self._catch_up()
                self._act(what, value)
        self._catch_up()
        if self._socket is not None:
            self._socket.close()
        notes = self._server.notes(self._call)
        return Seen([plain_note(note) for note in notes], _undated(self._wire))

    def _act(self, what: str, value: Any) -> None:
        if self._socket is None and what == "out":
            self._socket = self._server.connect()
        assert self._socket is not None
        if what == "out":
            self._socket.sendall(value)
        elif what == "ends":
            self._socket.shutdown(socket.SHUT_WR)
        elif what == "signal":
            self._server.terminate()
        else:
            assert not self._readable(), "the server has sent more, or has closed"
            self._socket.close()
            self._socket = None
            self._wire.append("leaves")

    def _readable(self) -> bool:
        assert self._socket is not None
        self._socket.settimeout(0.0)
        try:
            return self._socket.recv(1, socket.MSG_PEEK) is not None
        except BlockingIOError:
            return False
        finally:
            self._socket.settimeout(SECONDS)

    def _catch_up(self) -> None:
        """Wait until all that came before has come here too."""
        while self._socket is not None and self._read < self._expected:
            data = self._socket.recv(65_536)
            assert data, f"closed, and {self._expected - self._read} bytes missing"
            self._take(data)
        over = time.monotonic() + SECONDS
        while len(self._server.notes(self._call)) < self._notes:
            seen = self._server.notes(self._call)
            assert time.monotonic() < over, f"the app has not come so far; last: {seen[-1:]}"
            time.sleep(0.002)

    def _take(self, data: bytes) -> None:
        self._read += len(data)
        if self._wire and isinstance(self._wire[-1], bytes):
            self._wire[-1] += data
        else:
            self._wire.append(data)

    def _expect_end(self) -> None:
        assert self._socket is not None
        try:
            while data := self._socket.recv(65_536):
                self._take(data)
                self._expected += len(data)
        except ConnectionResetError:  # it has left bytes unread that were on their way
            pass
        self._socket.close()
        self._socket = None
        self._wire.append("closes")
