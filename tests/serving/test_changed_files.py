"""Large files stay on the disk: what has changed there since the start is never sent."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from snippets.serving.serve_site import create_app
from tests.conftest import _wait_for
from tests.serving.conftest import ask, status_of

BODY = b"x" * 4_000_000


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """A site of its own, with one large file; gives that file."""
    for name in ("index.html", "404.html"):
        (tmp_path / name).write_text(name)
    (tmp_path / "large.txt").write_bytes(BODY)
    return tmp_path / "large.txt"


@pytest.fixture
def url(serve: Callable[[Any], str], page: Path) -> str:
    return serve(create_app(page.parent))


def replace(page: Path) -> None:
    """As a deployment does: the name has another file, of the same size and time."""
    before = page.stat()
    (page.parent / "new").write_bytes(BODY.replace(b"x", b"y"))
    os.utime(page.parent / "new", ns=(before.st_atime_ns, before.st_mtime_ns))
    (page.parent / "new").replace(page)


def overwrite(page: Path) -> None:
    """In place, the size kept."""
    with page.open("r+b") as file:
        file.write(b"y" * 1000)
    os.utime(page, ns=(1, 1))


def cut_short(page: Path) -> None:
    os.truncate(page, 1000)


def link_elsewhere(page: Path) -> None:
    page.unlink()
    page.symlink_to("/etc/passwd")


def link_to_itself(page: Path) -> None:
    """The very file, by a link: nothing has changed but the way there."""
    moved = page.rename(page.with_name("moved"))
    page.symlink_to(moved)


def remove(page: Path) -> None:
    page.unlink()


def make_folder(page: Path) -> None:
    page.unlink()
    page.mkdir()


CHANGES = [replace, overwrite, cut_short, link_elsewhere, link_to_itself, remove, make_folder]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("asked", [{}, {"range": "bytes=0-3"}, {"range": "bytes=0-1, 5-6"}])
def test_a_large_file_that_has_changed_is_not_sent(
    url: str, page: Path, change: Callable[[Path], None], asked: dict[str, str]
) -> None:
    assert ask(f"{url}/large.txt", asked).status_code in (200, 206)
    change(page)
    answer = ask(f"{url}/large.txt", asked)
    assert (answer.status_code, answer.content) == (503, b"")
    assert answer.headers["cache-control"] == "no-store"
    assert "etag" not in answer.headers
    assert ask(f"{url}/large.txt", asked, "HEAD").status_code == 503


def test_what_is_in_memory_stays_as_it_was_with_its_ranges(url: str, page: Path) -> None:
    small = page.with_name("index.html")
    before = ask(f"{url}/")
    small.write_text("another page, and longer")
    assert ask(f"{url}/").content == before.content
    part = ask(f"{url}/", {"range": "bytes=2-4"})
    assert (part.status_code, part.content) == (206, before.content[2:5])
    assert part.headers["etag"] == before.headers["etag"]


def test_a_download_is_cut_off_when_its_file_changes_meanwhile(url: str, page: Path) -> None:
    port = int(url.rpartition(":")[2])
    with socket.socket() as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        opened.connect(("127.0.0.1", port))
        opened.sendall(b"GET /large.txt HTTP/1.1\r\nHost: x\r\n\r\n")
        parts = [opened.recv(1000)]
        assert status_of(parts[0]) == 200
        page.write_bytes(b"y" * len(BODY))
        while part := opened.recv(1 << 20):
            parts.append(part)
    body = b"".join(parts).partition(b"\r\n\r\n")[2]
    assert len(body) < len(BODY)
    assert b"y" not in body


def test_no_download_leaves_its_file_open(url: str, page: Path) -> None:
    fds = Path("/proc/self/fd")
    if not fds.is_dir():
        pytest.skip("only Linux lists them")
    for asked in ({}, {"range": "bytes=0-3"}, {"range": "bytes=0-1, 5-6"}):
        ask(f"{url}/large.txt", asked)
    ask(f"{url}/large.txt", {}, "HEAD")
    _wait_for(lambda: page not in [fd.resolve() for fd in fds.iterdir()])
