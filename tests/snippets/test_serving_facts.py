"""What "How this site is served" says of Starlette and Uvicorn, tried on the pinned ones."""

from __future__ import annotations

import os
import socket
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.staticfiles import StaticFiles

from tests.snippets.server_thread import Serve

OLD = "Mon, 01 Jan 2001 00:00:00 GMT"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "file.pdf").write_bytes(b"%PDF" * 100)
    return tmp_path


@pytest.fixture
def url(folder: Path, serve: Serve) -> str:
    return serve(StaticFiles(directory=folder)) + "/file.pdf"


@pytest.mark.parametrize(
    ("method", "asked", "status"),
    [("GET", "lines=0-3", 400), ("HEAD", "bytes=0-3", 206), ("GET", "bytes=0-3, 9999-", 416)],
)
def test_file_response_differs_from_the_rfc_in_three_places(
    url: str, method: str, asked: str, status: int
) -> None:
    assert httpx.request(method, url, headers={"range": asked}).status_code == status


def test_static_files_makes_its_tag_from_time_and_size(url: str, folder: Path) -> None:
    tags = [httpx.head(url).headers["etag"]]
    os.utime(folder / "file.pdf", (0, 0))
    tags.append(httpx.head(url).headers["etag"])
    (folder / "file.pdf").write_bytes(b"other" * 80)
    os.utime(folder / "file.pdf", (0, 0))
    tags.append(httpx.head(url).headers["etag"])
    assert tags[0] != tags[1] == tags[2]


@pytest.mark.parametrize("headers", [{"if-match": '"other"'}, {"if-unmodified-since": OLD}])
def test_static_files_does_not_look_at_two_of_the_conditions(
    url: str, headers: dict[str, str]
) -> None:
    assert httpx.get(url, headers=headers).status_code == 200


@pytest.mark.parametrize("said", [b"", b"GET / HTTP/1.1\r\nHost"])
def test_uvicorn_waits_for_a_head_longer_than_for_an_idle_connection(
    serve: Serve, folder: Path, said: bytes
) -> None:
    """Its keep-alive time is five seconds; a client that has never finished a head outlasts it."""
    address = urlsplit(serve(StaticFiles(directory=folder)))
    with socket.create_connection((str(address.hostname), address.port or 80)) as opened:
        opened.sendall(said)
        opened.settimeout(7)
        with pytest.raises(TimeoutError):
            opened.recv(1)
