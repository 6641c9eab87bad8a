"""A small site with everything that matters to serving, in front of it the app, and nginx."""

from __future__ import annotations

import random
import re
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from common.places import ROOT
from scripts.compress import compress_site
from scripts.nginx import running_nginx
from tests.conftest import _wait_for

PDF = b"%PDF-1.7 " + bytes(range(256)) * 2048
LONG = "<p>的 the </p>" * 400
BIG = "/big.0123456789abcdef.wasm"
SERVER = """
import resource
from snippets.serving import run_server
from snippets.serving.wait_briefly import WaitBriefly
WaitBriefly.seconds = {patience}
if {descriptors}:
    resource.setrlimit(resource.RLIMIT_NOFILE, ({descriptors}, {descriptors}))
run_server.main()
"""
HIDDEN = (
    ".env",
    ".git/config",
    "learn/.env.html",
    "en/.ssh/id/index.html",
    ".well-known/.git/x.txt",
)
KNOWN = ".well-known/security.txt"
RUNNING = re.compile(r"running on http://127\.0\.0\.1:(\d+)")
PATIENT, IMPATIENT = 20, 0.5  # seconds
# httpx reads the system's authorities for every request; without TLS, an empty context does.
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def make_site(folder: Path) -> Path:
    """Two homes, two 404 pages, a page, a hashed file, a PDF, all compressed; and a large file."""
    for place, language in ((folder, "zh"), (folder / "en", "en")):
        (place / "learn").mkdir(parents=True)
        for name in ("index", "404", "learn/index"):
            text = f"<!doctype html><title>{language} {name}</title>{LONG}"
            (place / f"{name}.html").write_text(text, "utf-8")
    (folder / "assets").mkdir()
    (folder / "assets" / "site.0123abcd.css").write_text("body { color: black }\n" * 40)
    (folder / "spec.json").write_text('{"a": 1}')
    (folder / "asgi-zh.pdf").write_bytes(PDF)
    for name in (*HIDDEN, KNOWN):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("hidden\n" * 100)
    compress_site(folder)
    (folder / "link.txt").symlink_to(folder / "spec.json")
    (folder / "linked").symlink_to(folder / "learn")
    (folder / BIG[1:]).write_bytes(b"\0asm" + random.Random(1).randbytes(12_000_000))
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all tests that only read."""
    return make_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def nginx_url(
    site: Path, tmp_path_factory: pytest.TempPathFactory, loopback: None
) -> Iterator[str]:
    with running_nginx(site, tmp_path_factory.mktemp("nginx")) as url:
        yield url


@pytest.fixture(params=["app", "nginx"])
def url(request: pytest.FixtureRequest, loopback: None) -> str:
    """The same requests go to both."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@dataclass
class Process:
    """run_server.py in a process of its own, as it runs for readers."""

    running: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def has_logged(self, text: str) -> bool:
        return text in self.log.read_text("utf-8")


@contextmanager
def server_process(
    site: Path, log: Path, patience: float = PATIENT, descriptors: int = 0
) -> Iterator[Process]:
    """``patience``: in seconds; ``descriptors``: how many the process may have, if not any."""
    code = SERVER.format(patience=patience, descriptors=descriptors)
    with started(["-c", code, "--port", "0"], ROOT, log, site) as process:
        yield process


@contextmanager
def started(arguments: list[str], folder: Path, log: Path, site: Path) -> Iterator[Process]:
    """A Python that serves on a port that it chooses, and says so in its log."""
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=folder,
            env={"SITE_DIRECTORY": str(site), "PYTHONDONTWRITEBYTECODE": "1"},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait_for(lambda: bool(RUNNING.search(log.read_text())) or process.poll() is not None)
        said = RUNNING.search(log.read_text())
        assert said, log.read_text()
        yield Process(process, int(said[1]), log)
    finally:
        process.kill()
        process.wait()


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="session")
def app_url(site: Path, tmp_path_factory: pytest.TempPathFactory, loopback: None) -> Iterator[str]:
    with server_process(site, tmp_path_factory.mktemp("app") / "log") as process:
        yield process.url


@pytest.fixture(scope="session")
def impatient(
    site: Path, tmp_path_factory: pytest.TempPathFactory, loopback: None
) -> Iterator[Process]:
    """The same, but for its patience."""
    log = tmp_path_factory.mktemp("impatient") / "log"
    with server_process(site, log, IMPATIENT) as process:
        yield process


@pytest.fixture
def process(site: Path, tmp_path: Path, loopback: None) -> Iterator[Process]:
    """One that the test may end."""
    with server_process(site, tmp_path / "log") as process:
        yield process


def ask(
    url: str, headers: Mapping[str, str | bytes] | None = None, method: str = "GET"
) -> httpx.Response:
    """One request, on a connection of its own."""
    return httpx.request(
        method, url, headers=dict(headers or {}), verify=NO_TLS, trust_env=False, timeout=20
    )


def speak(url: str, data: bytes, seconds: float = 5) -> bytes:
    """Send bytes as they are; everything that comes back until the server hangs up."""
    address = urlsplit(url)
    with socket.create_connection((str(address.hostname), address.port or 80), seconds) as opened:
        parts = []
        try:
            opened.sendall(data)
            while part := opened.recv(65_536):
                parts.append(part)
        except (ConnectionResetError, BrokenPipeError):
            pass
    return b"".join(parts)


def status_of(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])
