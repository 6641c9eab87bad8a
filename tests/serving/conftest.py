"""A small site with everything that matters to serving, in front of it the app, and nginx."""

from __future__ import annotations

import random
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from scripts.compress import compress_site
from scripts.nginx import running_nginx
from tests.conftest import ROOT, _wait_for

PDF = b"%PDF-1.7 " + bytes(range(256)) * 2048
LONG = "<p>的 the </p>" * 400
SERVER = """
import sys
from snippets.serving import run_server
from snippets.serving.wait_briefly import WaitBriefly
WaitBriefly.seconds = {patience}
run_server.main()
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two homes, two 404 pages, a page, a hashed file, a large one that compresses, a PDF."""
    folder = tmp_path_factory.mktemp("site")
    for place, language in ((folder, "zh"), (folder / "en", "en")):
        (place / "learn").mkdir(parents=True)
        for name in ("index", "404", "learn/index"):
            text = f"<!doctype html><title>{language} {name}</title>{LONG}"
            (place / f"{name}.html").write_text(text, "utf-8")
    (folder / "assets").mkdir()
    (folder / "assets" / "site.0123abcd.css").write_text("body { color: black }\n" * 40)
    (folder / "spec.json").write_text('{"a": 1}')
    (folder / "asgi-zh.pdf").write_bytes(PDF)
    noise = random.Random(1).randbytes(12_000_000)
    (folder / "big.0123456789abcdef.wasm").write_bytes(b"\0asm" + noise)
    compress_site(folder)
    return folder


@pytest.fixture(scope="session")
def nginx_url(
    site: Path, tmp_path_factory: pytest.TempPathFactory, loopback: None
) -> Iterator[str]:
    with running_nginx(site, tmp_path_factory.mktemp("nginx"), find_port()) as url:
        yield url


@pytest.fixture(params=["app", "nginx"])
def url(request: pytest.FixtureRequest) -> str:
    """The same requests go to both."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@dataclass
class Process:
    """run_server.py in a process of its own, as it runs for readers, but less patient."""

    running: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def find_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def server_process(site: Path, log: Path, patience: float) -> Iterator[Process]:
    port = find_port()
    command = [sys.executable, "-c", SERVER.format(patience=patience), "--port", str(port)]
    with log.open("w") as written:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={"SITE_DIRECTORY": str(site), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(lambda: listens(port) or process.poll() is not None)
        yield Process(process, port, log)
    finally:
        process.kill()
        process.wait()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def app_url(site: Path, tmp_path_factory: pytest.TempPathFactory, loopback: None) -> Iterator[str]:
    log = tmp_path_factory.mktemp("app") / "log"
    with server_process(site, log, patience=20) as started:
        yield started.url


@pytest.fixture
def process(site: Path, tmp_path: Path, loopback: None) -> Iterator[Process]:
    with server_process(site, tmp_path / "log", patience=1) as started:
        yield started


def speak(url: str, data: bytes, seconds: float = 5) -> bytes:
    """Send bytes as they are; everything that comes back until the server hangs up."""
    address = urlsplit(url)
    with socket.create_connection((str(address.hostname), address.port or 80), seconds) as opened:
        opened.sendall(data)
        parts = []
        try:
            while part := opened.recv(65_536):
                parts.append(part)
        except ConnectionResetError:
            pass
    return b"".join(parts)
