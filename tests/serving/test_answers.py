"""What is sent: headers, caching, compressed copies, conditions, ranges, misses. App and nginx."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import brotli
import httpx
import pytest

from snippets.serving.read_rules import HEADERS
from tests.serving.conftest import BIG, LONG, NO_TLS, PDF, ask, speak

pytestmark = pytest.mark.xdist_group("serving")  # they share the small site and its servers

FOREVER = "public, max-age=31536000, immutable"
HASHED = "/assets/site.0123abcd.css"


def get(url: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return ask(url, {"accept-encoding": "identity", **named})


def stream(url: str, headers: dict[str, str]) -> AbstractContextManager[httpx.Response]:
    """An answer whose bytes can be had as they are sent."""
    return httpx.stream("GET", url, headers=headers, verify=NO_TLS, trust_env=False)


@pytest.mark.parametrize("path", ["/", "/en/", HASHED, "/nowhere", "/en/learn", "/health"])
def test_every_answer_carries_the_headers_of_the_table(url: str, path: str) -> None:
    answer = get(url + path)
    assert {name: answer.headers.get_list(name) for name in HEADERS} == {
        name: [value] for name, value in HEADERS.items()
    }
    assert "server" not in answer.headers or answer.headers["server"] == "nginx"


@pytest.mark.parametrize(
    ("path", "rule", "kind"),
    [
        ("/en/", "no-cache", "text/html; charset=utf-8"),
        ("/learn/", "no-cache", "text/html; charset=utf-8"),
        ("/spec.json", "no-cache", "application/json"),
        ("/asgi-zh.pdf", "no-cache", "application/pdf"),
        (HASHED, FOREVER, "text/css; charset=utf-8"),
        (BIG, FOREVER, "application/wasm"),
    ],
)
def test_hashed_files_are_kept_for_ever_and_all_else_is_asked_for_again(
    url: str, path: str, rule: str, kind: str
) -> None:
    headers = ask(url + path, method="HEAD").headers
    assert (headers.get_list("cache-control"), headers["content-type"]) == ([rule], kind)


@pytest.mark.parametrize(
    ("path", "method", "headers", "status"),
    [
        (HASHED, "GET", {"if-match": '"other"'}, 412),
        (BIG, "GET", {"if-unmodified-since": "Mon, 01 Jan 2001 00:00:00 GMT"}, 412),
        (HASHED, "GET", {"range": "bytes=99999999-"}, 416),
        (BIG, "GET", {"range": "bytes=99999999-"}, 416),
        (HASHED, "POST", {}, 405),
        ("/en/learn", "GET", {}, 308),
        ("/assets/none.0123abcd.css", "GET", {}, 404),
    ],
)
def test_what_is_not_a_file_of_the_site_is_kept_by_nobody(
    url: str, path: str, method: str, headers: dict[str, str], status: int
) -> None:
    answer = ask(url + path, {"accept-encoding": "identity", **headers}, method)
    is_nginx = answer.headers.get("server") == "nginx"
    assert answer.status_code == (301 if is_nginx and status == 308 else status)
    kept = answer.headers.get_list("cache-control")
    rule = "no-cache" if status == 404 else "no-store"
    if is_nginx and status == 416:  # it adds all headers twice, at first as if it were a 200
        assert kept == [FOREVER, "no-store"]  # which forbids keeping: RFC 9111, 5.2.2.5
    else:
        assert kept == [rule]
        assert {name: answer.headers.get_list(name) for name in HEADERS} == {
            name: [value] for name, value in HEADERS.items()
        }


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("br, gzip", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.1, gzip;q=0.9", "gzip"),
        ("*", "br"),
        ("gzip;q=0, *", "br"),
        ("identity", None),
        ("br;q=0, gzip;q=0", None),
        ("br;q=nan, gzip;q=2, x;q=y, ;;,", None),
        ("", None),
    ],
)
def test_the_best_accepted_copy_is_sent(app_url: str, accepted: str, expected: str | None) -> None:
    with stream(f"{app_url}/en/", {"accept-encoding": accepted}) as answer:
        data = b"".join(answer.iter_raw())
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[expected]
    assert answer.headers.get("content-encoding") == expected
    assert LONG.encode() in undo(data)
    assert answer.headers["vary"] == "accept-encoding"
    assert int(answer.headers["content-length"]) == len(data)


def test_nginx_sends_the_same_bytes_of_the_gzip_copy(app_url: str, nginx_url: str) -> None:
    sent = []
    for base in (app_url, nginx_url):
        with stream(f"{base}/en/", {"accept-encoding": "gzip"}) as answer:
            sent.append(b"".join(answer.iter_raw()))
            assert "accept-encoding" in answer.headers["vary"].lower()
    assert sent[0] == sent[1]
    assert sent[0][:2] == b"\x1f\x8b"


def test_the_copies_have_tags_of_their_own_and_no_address(url: str) -> None:
    tags = {get(f"{url}/en/", accept_encoding=way).headers["etag"] for way in ("gzip", "identity")}
    assert len(tags) == 2
    assert [get(f"{url}/en/index.html{end}").status_code for end in (".gz", ".br")] == [404, 404]


@pytest.mark.parametrize("path", ["/en/", HASHED, "/asgi-zh.pdf"])
def test_conditions_are_answered_in_the_order_of_the_rfc(url: str, path: str) -> None:
    whole = get(url + path)
    tag, date = whole.headers["etag"], whole.headers["last-modified"]
    old, new = "Mon, 01 Jan 2001 00:00:00 GMT", "Fri, 01 Jan 2100 00:00:00 GMT"
    asked = [
        ({"if_none_match": tag}, 304),
        ({"if_none_match": f'"other", W/{tag}'}, 304),
        ({"if_none_match": "*"}, 304),
        ({"if_none_match": '"other"'}, 200),
        ({"if_none_match": '"other"', "if_modified_since": new}, 200),
        ({"if_modified_since": date}, 304),
        ({"if_modified_since": old}, 200),
        ({"if_modified_since": "yesterday"}, 200),
        ({"if_match": '"other"'}, 412),
        ({"if_match": tag}, 200),
        ({"if_match": "*"}, 200),
        ({"if_unmodified_since": old}, 412),
        ({"if_unmodified_since": date}, 200),
    ]
    for headers, status in asked:
        answer = get(url + path, **headers)
        assert (answer.status_code, headers) == (status, headers)
        assert answer.content == (whole.content if status == 200 else b"") or status == 412
        if status == 304:
            assert {answer.headers["etag"], answer.headers["cache-control"]} == {
                tag,
                whole.headers["cache-control"],
            }


def test_a_date_that_cannot_be_read_is_no_condition(app_url: str) -> None:
    for date in ("yesterday", "Mon, 99 Jan 99999999 00:00:00 GMT", "0"):
        for name in ("if_unmodified_since", "if_modified_since"):
            assert get(f"{app_url}/en/", **{name: date}).status_code == 200


@pytest.mark.parametrize(
    ("asked", "status", "part", "content_range"),
    [
        ("bytes=0-3", 206, PDF[:4], "0-3"),
        ("bytes=10-", 206, PDF[10:], f"10-{len(PDF) - 1}"),
        ("bytes=-5", 206, PDF[-5:], f"{len(PDF) - 5}-{len(PDF) - 1}"),
        ("bytes=-99999999", 206, PDF, f"0-{len(PDF) - 1}"),
        ("bytes=5-99999999", 206, PDF[5:], f"5-{len(PDF) - 1}"),
        ("BYTES=0-0", 206, PDF[:1], "0-0"),
        ("bytes=99999999-", 416, None, "*"),
        ("bytes=-0", 416, None, "*"),
    ],
)
def test_ranges_of_the_pdf(
    url: str, asked: str, status: int, part: bytes | None, content_range: str
) -> None:
    answer = get(f"{url}/asgi-zh.pdf", range=asked)
    assert answer.status_code == status
    assert answer.headers["content-range"] == f"bytes {content_range}/{len(PDF)}"
    assert part is None or answer.content == part


@pytest.mark.parametrize(
    "asked",
    ["lines=0-3", "bytes", "bytes=", "bytes=a-b", "bytes=5-2", "bytes=1_0-2", "bytes=--1", "=0-1"],
)
def test_a_range_that_makes_no_sense_is_ignored(app_url: str, asked: str) -> None:
    answer = get(f"{app_url}/asgi-zh.pdf", range=asked)
    assert (answer.status_code, answer.content) == (200, PDF)


def test_several_ranges_come_in_parts_and_those_too_far_are_left_out(url: str) -> None:
    several = get(f"{url}/asgi-zh.pdf", range="bytes=0-1, 100-101")
    assert several.status_code == 206
    assert several.headers["content-type"].startswith("multipart/byteranges")
    assert PDF[:2] in several.content
    assert PDF[100:102] in several.content
    answer = get(f"{url}/asgi-zh.pdf", range="bytes=0-1, 99999999-")
    assert (answer.status_code, answer.content) == (206, PDF[:2])


def test_a_hundred_thousand_ranges_cost_nothing(app_url: str) -> None:
    many = "bytes=" + ",".join(["0-"] * 3000)
    assert len(get(f"{app_url}/asgi-zh.pdf", range=many).content) <= len(PDF)


def test_a_range_of_an_older_file_gives_the_whole_new_one(url: str) -> None:
    tag = get(f"{url}/asgi-zh.pdf").headers["etag"]
    statuses = [
        get(f"{url}/asgi-zh.pdf", range="bytes=0-3", if_range=given).status_code
        for given in (tag, '"older"', f"W/{tag}")
    ]
    assert statuses == [206, 200, 200]


def test_only_a_get_is_cut_into_ranges(app_url: str) -> None:
    answer = ask(f"{app_url}/asgi-zh.pdf", {"range": "bytes=0-3"}, "HEAD")
    assert (answer.status_code, answer.headers["content-length"]) == (200, str(len(PDF)))


def test_head_sends_the_headers_of_get_and_nothing_else(url: str) -> None:
    path, plain = "/en/", {"accept-encoding": "identity"}
    whole, head = ask(url + path, plain), ask(url + path, plain, "HEAD")
    drop = {"date"}
    assert {k: v for k, v in head.headers.items() if k not in drop} == {
        k: v for k, v in whole.headers.items() if k not in drop
    }
    raw = speak(url, f"HEAD {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
    assert raw.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    ("path", "language"),
    [
        ("/nowhere/", "zh"),
        ("/en/nowhere/", "en"),
        ("/en/learn/nowhere.html", "en"),
        ("/english", "zh"),
        ("/learn/nowhere", "zh"),
    ],
)
def test_a_miss_is_told_in_the_language_of_its_address(url: str, path: str, language: str) -> None:
    answer = get(url + path)
    assert (answer.status_code, f"<title>{language} 404" in answer.text) == (404, True)
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "NONSENSE"])
def test_other_methods_are_refused(url: str, method: str) -> None:
    assert ask(f"{url}/en/", method=method).status_code == 405


def test_the_refusal_says_what_is_allowed(app_url: str) -> None:
    assert ask(f"{app_url}/en/", method="POST").headers["allow"] == "GET, HEAD"


def test_health_is_told_and_never_kept(app_url: str) -> None:
    answer = get(f"{app_url}/health")
    assert (answer.text, answer.headers["cache-control"]) == ("ok", "no-store")


def test_the_same_content_has_the_same_tag_wherever_it_is_built(app_url: str) -> None:
    assert get(f"{app_url}/spec.json").headers["etag"] == '"f9d86028c6e0d64e2251"'


def test_a_failure_carries_the_headers_too(
    serve: Callable[[Any], str], site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from snippets.serving import serve_pages, serve_site

    app = serve_site.create_app(site)
    monkeypatch.setattr(serve_pages, "answer_file", lambda *_: 1 / 0)
    answer = get(f"{serve(app)}/en/")
    assert answer.status_code == 500
    assert HEADERS.items() <= dict(answer.headers).items()
