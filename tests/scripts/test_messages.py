"""What a person reads when something is in the way: what, where, and what to do."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.ports import check_port


@pytest.fixture
def taken_port(loopback: None) -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def serve(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts.serve"],
        cwd=project,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_free_port_passes(free_port: int) -> None:
    check_port("127.0.0.1", free_port)


@pytest.mark.parametrize("built", ["0", "1"])
def test_a_taken_port_is_one_message_with_the_remedy(
    project: Path, taken_port: int, built: str
) -> None:
    done = serve(project, PORT=str(taken_port), BUILT=built)
    assert done.returncode == 1
    assert done.stdout == ""
    [message] = done.stderr.strip().splitlines()
    assert message.startswith(f"Port {taken_port} on 127.0.0.1 is taken")
    assert "make serve PORT=" in message


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "８０"])
def test_what_is_no_port_is_named(project: Path, port: str) -> None:
    done = serve(project, PORT=port)
    assert done.returncode == 1
    assert done.stderr.strip() == f"PORT={port} is not a port: choose a number from 1 to 65535."
