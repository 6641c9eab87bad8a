"""What may stand in a request's first line: an address of this site in either form, and no more."""

from __future__ import annotations

import pytest

from tests.serving.conftest import ask, speak, status_of

PERSON = "Sec-Fetch-Dest: document\r\nAccept-Language: en\r\n"


def get(url: str, target: str, host: str = "evil.example", more: str = "") -> bytes:
    head = f"GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{more}\r\n"
    return speak(url, head.encode())


@pytest.mark.parametrize(
    ("target", "same"),
    [
        ("http://x/en/", "/en/"),
        ("HTTP://x/en/", "/en/"),
        ("https://x:8443/en/?a=http://y", "/en/"),
        ("http://x", "/"),
        ("http://x?a", "/"),
        ("http://[::1]:80/en/", "/en/"),
        ("http://x/nowhere", "/nowhere"),
        ("http://x/http://x/en/", "/http://x/en/"),
    ],
)
def test_a_whole_address_is_answered_like_its_path(url: str, target: str, same: str) -> None:
    """RFC 9112, 3.2.2: servers MUST accept it."""
    whole, short = get(url, target), ask(url + same, {"accept-encoding": "identity"})
    assert status_of(whole) == short.status_code
    assert whole.partition(b"\r\n\r\n")[2] == short.content


@pytest.mark.parametrize(
    "target", ["?x", "?", "*", "en/", "x:80", "http://", "http:///en/", "ftp:"]
)
def test_what_is_no_address_of_a_page_is_refused(url: str, target: str) -> None:
    assert status_of(get(url, target)) in (400, 404)


@pytest.mark.parametrize("target", ["?x", "?", "", "/en", "/en?x", "//", "http://x/en", "http://x"])
def test_no_answer_names_a_host_that_the_client_named(url: str, target: str) -> None:
    answer = get(url, target)
    places = [line for line in answer.split(b"\r\n") if line.lower().startswith(b"location")]
    assert places in ([], [b"location: /en/"], [b"Location: /en/"], [b"Location: /en/?x"])
    assert b"evil" not in answer


@pytest.mark.parametrize(("before", "led"), [("http://x/en/", False), ("http://y/en/", True)])
def test_the_host_of_a_whole_address_goes_before_the_host_header(
    app_url: str, before: str, led: bool
) -> None:
    """RFC 9112, 3.2.2: the received Host is ignored. Here it tells whether a link was our own."""
    answer = get(app_url, "http://x/", "y", f"{PERSON}Referer: {before}\r\n")
    assert (status_of(answer) == 302) == led


@pytest.mark.parametrize("method", ["CONNECT", "OPTIONS"])
def test_forms_for_proxies_and_for_whole_servers_do_nothing(url: str, method: str) -> None:
    target = {"CONNECT": "x:80", "OPTIONS": "*"}[method]
    head = f"{method} {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert status_of(speak(url, head.encode())) in (400, 405)
