"""Tricks with paths, heads and time, over real sockets: the app and nginx answer alike."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import select
import signal
import socket
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.conftest import _wait_for
from tests.serving.conftest import (
    BIG,
    HIDDEN,
    IMPATIENT,
    KNOWN,
    Process,
    ask,
    listens,
    speak,
    status_of,
)

pytestmark = pytest.mark.xdist_group("serving")  # they share the small site and its servers

TRICKS = [
    "/../../etc/passwd",
    "/en/../../../etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/en/..%5c..%5cetc%5cpasswd",
    "/%252e%252e/etc/passwd",
    "/%c0%ae%c0%ae/etc/passwd",
    "/.//etc/passwd",
    "//etc/passwd",
    "/spec.json%00.html",
    "/spec.json/",
    "/spec.json/../../../etc/passwd",
    "/en/\\..\\index.html",
    "/learn/%0d%0aset-cookie:%20x=1",
    "/" + "a" * 3000,
    "/" + "a/" * 1500,
]


@pytest.mark.parametrize("path", TRICKS, ids=lambda path: path[:30])
def test_no_trick_leads_out_of_the_site(url: str, site: Path, path: str) -> None:
    (site.parent / "etc").mkdir(exist_ok=True)
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    answer = speak(url, request.encode("latin-1"))
    assert status_of(answer) in (400, 404)
    assert b"root:" not in answer
    assert b"set-cookie" not in answer.lower().split(b"\r\n\r\n")[0]


@pytest.mark.parametrize("path", ["//evil.example/", "//evil.example/..", "/\\evil.example/"])
@pytest.mark.parametrize("host", ["x", "evil.example"])
def test_nobody_is_sent_to_another_site(app_url: str, path: str, host: str) -> None:
    for asked in (path, "/en", "/learn?x=//evil.example"):
        answer = speak(
            app_url, f"GET {asked} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        )
        places = [line for line in answer.split(b"\r\n") if line.lower().startswith(b"location")]
        assert all(place in (b"location: /en/", b"location: /learn/") for place in places)


@pytest.mark.parametrize("path", HIDDEN)
def test_names_with_a_dot_are_not_served(url: str, path: str) -> None:
    for asked in (f"/{path}", f"/{path}.gz", f"/{path}.br", f"/{path}".removesuffix("index.html")):
        for accepted in ("identity", "gzip"):
            answer = ask(url + asked, {"accept-encoding": accepted})
            assert answer.status_code == 404
            assert "hidden" not in answer.text
            assert f"<title>{'en' if path.startswith('en/') else 'zh'} 404" in answer.text


def test_what_a_site_has_to_say_of_itself_is_served(url: str) -> None:
    assert "hidden" in ask(f"{url}/{KNOWN}").text


@pytest.mark.parametrize("path", ["/link.txt", "/linked/", "/linked", "/linked/index.html"])
def test_links_in_the_site_lead_nowhere(url: str, path: str) -> None:
    assert ask(url + path).status_code == 404


@pytest.mark.parametrize("path", ["/assets/", "/assets", "/.well-known/", "/.well-known"])
def test_a_folder_without_a_page_is_not_there(url: str, path: str) -> None:
    assert ask(url + path.rstrip("/") + "/").status_code == 404


def test_what_is_added_after_the_start_is_not_there(site: Path) -> None:
    from snippets.serving.serve_pages import Pages

    pages = Pages(site)
    link = site / "learn" / "later.txt"
    link.symlink_to("/etc/passwd")
    try:
        assert "/learn/later.txt" not in pages.files
    finally:
        link.unlink()


BAD_HEADS = {
    "one long header": b"GET /en/ HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 1_000_000 + b"\r\n\r\n",
    "many headers": b"GET /en/ HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 200_000 + b"\r\n",
    "a long address": b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
    "no host": b"GET /en/ HTTP/1.1\r\n\r\n",
    "a line feed in a header": b"GET /en/ HTTP/1.1\r\nHost: x\r\nX: a\x00b\r\n\r\n",
    "no HTTP at all": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "two lengths": b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
}


@pytest.mark.parametrize("name", BAD_HEADS)
def test_a_head_that_is_wrong_or_too_long_is_refused(url: str, name: str) -> None:
    answer = speak(url, BAD_HEADS[name])
    assert not answer or status_of(answer) in (400, 414)
    assert ask(f"{url}/health").text == "ok"


def test_a_cookie_as_long_as_browsers_send_is_accepted(url: str) -> None:
    assert ask(f"{url}/en/", {"cookie": "x=" + "y" * 12_000}).status_code == 200


def seconds_until_closed(opened: socket.socket) -> float:
    start = time.monotonic()
    opened.settimeout(8)
    try:
        while opened.recv(65_536):
            pass
    except ConnectionResetError:
        pass
    return time.monotonic() - start


def is_patience(seconds: float) -> bool:
    """Whether the impatient server took as long as it may, on a machine that may be busy."""
    return IMPATIENT * 0.8 < seconds < IMPATIENT + 3


@pytest.mark.parametrize(
    "said", [b"", b"GET / HT", b"GET /en/ HTTP/1.1\r\nHost: x\r\n"], ids=["nothing", "half", "most"]
)
def test_a_client_that_does_not_finish_its_head_is_hung_up_on(
    impatient: Process, said: bytes
) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port)) as opened:
        opened.sendall(said)
        assert is_patience(seconds_until_closed(opened))


def drip(opened: socket.socket) -> None:
    for letter in b"GET /" + b"a" * 200:
        opened.sendall(bytes([letter]))
        time.sleep(0.05)


def test_dripping_bytes_win_no_time(impatient: Process) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port)) as opened:
        start = time.monotonic()
        with pytest.raises(OSError):  # noqa: PT011 - a reset or a broken pipe, as it happens
            drip(opened)
        assert is_patience(time.monotonic() - start)


def test_a_second_request_gets_no_more_time_than_the_first(impatient: Process) -> None:
    with socket.create_connection(("127.0.0.1", impatient.port)) as opened:
        opened.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        while not opened.recv(65_536).endswith(b"ok"):
            pass
        opened.sendall(b"GET /health HTTP/1.1\r\nHost")
        assert is_patience(seconds_until_closed(opened))


def test_a_client_that_stops_reading_is_hung_up_on_and_others_are_served(
    impatient: Process, site: Path
) -> None:
    with socket.socket() as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        opened.connect(("127.0.0.1", impatient.port))
        opened.sendall(f"GET {BIG}?unread HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        assert opened.recv(1)
        assert ask(f"{impatient.url}/health").text == "ok"
        _wait_for(lambda: impatient.has_logged(BIG))  # which it does when all is over
        got, size = 1, (site / BIG[1:]).stat().st_size
        opened.settimeout(8)
        while part := opened.recv(1 << 20):
            got += len(part)
        assert got < size / 2  # what the system's buffers held, and no more


def test_requests_sent_together_are_answered_in_their_order(url: str) -> None:
    paths = ["/en/", "/", "/nowhere", "/health"] * 10
    heads = [f"GET {path} HTTP/1.1\r\nHost: x\r\n\r\n" for path in paths]
    heads.append("GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    answer = speak(url, "".join(heads).encode())
    statuses = [int(found) for found in re.findall(rb"HTTP/1.1 (\d+)", answer)]
    assert statuses == [404 if path == "/nowhere" else 200 for path in paths] + [200]


def is_hung_up_on(opened: socket.socket) -> bool:
    """Whether the other side has gone, without reading what it sent."""
    poll = select.poll()
    poll.register(opened, 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in poll.poll(0))


def test_a_client_that_asks_on_and_on_and_reads_nothing_is_hung_up_on(impatient: Process) -> None:
    with socket.socket() as opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        opened.connect(("127.0.0.1", impatient.port))
        opened.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            while True:
                opened.send(b"GET /en/ HTTP/1.1\r\nHost: x\r\n\r\n" * 100)
        assert not is_hung_up_on(opened)
        _wait_for(lambda: is_hung_up_on(opened))
    assert ask(f"{impatient.url}/health").text == "ok"


def test_a_body_that_nobody_reads_ends_the_connection(app_url: str) -> None:
    head = b"GET /health HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
    answer = speak(app_url, head, seconds=4)
    assert status_of(answer) == 200
    assert b"connection: close" in answer


def test_shutdown_lets_a_download_finish_and_takes_no_more(process: Process, site: Path) -> None:
    size = (site / BIG[1:]).stat().st_size
    connection = http.client.HTTPConnection("127.0.0.1", process.port, timeout=8)
    connection.request("GET", BIG)
    answer = connection.getresponse()
    first = answer.read(1000)
    process.running.send_signal(signal.SIGTERM)
    _wait_for(lambda: not listens(process.port))
    assert len(first) + len(answer.read()) == size
    connection.close()
    assert process.running.wait(5) in (0, -signal.SIGTERM)


def test_every_request_is_one_line_of_json_without_who_asked(process: Process) -> None:
    for path in ("/en/", '/no%0a{"forged":1}', "/health"):
        ask(process.url + path, {"user-agent": "someone", "accept-encoding": "identity"})
    process.running.send_signal(signal.SIGTERM)
    process.running.wait(5)
    lines = [line for line in process.log.read_text().splitlines() if "{" in line]
    logged = [json.loads(line) for line in lines]
    assert [(line["path"], line["status"]) for line in logged] == [
        ("/en/", 200),
        ('/no\n{"forged":1}', 404),
        ("/health", 200),
    ]
    assert logged[0].keys() == {"time", "method", "path", "status", "bytes", "ms"}
    assert logged[0]["bytes"] > 4000
    assert not any("someone" in line or "127.0.0.1" in line for line in lines)


def test_a_hundred_slow_clients_do_not_hold_up_a_quick_one(app_url: str) -> None:
    address = ("127.0.0.1", urlsplit(app_url).port or 0)
    with contextlib.ExitStack() as stack:
        for _ in range(100):
            opened = stack.enter_context(socket.create_connection(address))
            opened.sendall(b"GET /en/ HTTP/1.1\r\n")
        assert ask(f"{app_url}/en/").elapsed.total_seconds() < 1
