"""The door: who is led to English, and that nobody is ever kept from a language."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.serving.conftest import ask, speak

PERSON = {"sec-fetch-dest": "document", "sec-fetch-site": "none"}
ENGLISH = {"accept-language": "en-GB,en;q=0.9"}


def led_to(url: str, path: str = "/", **headers: str) -> str:
    """Where a request leads: the Location, or the path itself."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return str(ask(url + path, named).headers.get("location", path))


@pytest.mark.parametrize(
    ("wanted", "place"),
    [
        ("en", "/en/"),
        ("en-US,en;q=0.9,zh-CN;q=0.8", "/en/"),
        ("fr, en;q=0.5", "/en/"),
        ("EN-gb", "/en/"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "/"),
        ("zh;q=0.8, en;q=0.8", "/"),
        ("en;q=0, zh", "/"),
        ("en;q=0.3, *;q=0.5", "/"),
        ("zh;q=0.1, *", "/en/"),
        ("*", "/"),
        ("fr", "/"),
        ("", "/"),
        ("en;q=nan", "/"),
        ("enm", "/"),
        (",;q=,en;q=x" * 200, "/"),
    ],
)
def test_the_readers_languages_decide_at_the_door(app_url: str, wanted: str, place: str) -> None:
    assert led_to(app_url, **PERSON, accept_language=wanted) == place


@pytest.mark.parametrize("path", ["/learn/", "/en/", "/en/learn/", "/asgi-zh.pdf", "/nowhere/"])
def test_only_the_door_leads_anywhere(app_url: str, path: str) -> None:
    assert led_to(app_url, path, **PERSON, accept_language="en") == path
    assert led_to(app_url, path, **PERSON, accept_language="zh") == path


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-dest": "empty"},
        {"sec-fetch-dest": "iframe"},
        {"user-agent": "a crawler that reads English", "accept": "text/html"},
    ],
)
def test_crawlers_scripts_and_frames_get_what_they_ask_for(
    app_url: str, headers: dict[str, str]
) -> None:
    assert ask(app_url, {**ENGLISH, **headers}).status_code == 200


@pytest.mark.parametrize(
    ("cookie", "place"),
    [
        ("language=zh", "/"),
        ("a=b; language=zh; c=d", "/"),
        ("language=en", "/en/"),
        ("language=fr", "/en/"),
        ("xlanguage=zh", "/en/"),
        ("language=zh\x00; ;;=", "/en/"),
    ],
)
def test_a_recorded_choice_wins(app_url: str, cookie: str, place: str) -> None:
    head = "GET / HTTP/1.1\r\nHost: x\r\nSec-Fetch-Dest: document\r\nAccept-Language: en\r\n"
    answer = speak(app_url, f"{head}Cookie: {cookie}\r\nConnection: close\r\n\r\n".encode())
    if "\x00" in cookie:
        assert b" 400 " in answer.splitlines()[0]
        return
    found = b"location: /en/" in answer
    assert found == (place == "/en/")


@pytest.mark.parametrize(
    ("before", "path", "recorded"),
    [
        ("/en/", "/", "zh"),
        ("/en/learn/", "/learn/", "zh"),
        ("/learn/", "/en/learn/", "en"),
        ("/", "/learn/", None),
        ("/en/", "/en/learn/", None),
        ("/en/", "/asgi-zh.pdf", None),
    ],
)
def test_a_change_of_language_is_recorded(
    app_url: str, before: str, path: str, recorded: str | None
) -> None:
    headers = {**PERSON, **ENGLISH, "referer": app_url + before}
    answer = ask(app_url + path, headers)
    assert answer.status_code == 200
    assert answer.cookies.get("language") == recorded
    if recorded:
        assert answer.headers["cache-control"] == "private, no-cache"
        kept = answer.headers["set-cookie"]
        assert {"Path=/", "SameSite=Lax", "HttpOnly"} <= set(kept.split("; "))


@pytest.mark.parametrize(
    ("before", "path"), [("/en/", "/nowhere/"), ("/", "/en/nowhere/"), ("/en/learn/", "/none/x/")]
)
def test_a_page_that_is_not_there_changes_no_language(app_url: str, before: str, path: str) -> None:
    answer = ask(app_url + path, {**PERSON, **ENGLISH, "referer": app_url + before})
    assert (answer.status_code, answer.headers.get("set-cookie")) == (404, None)
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("asked", "status"), [({"if-match": '"other"'}, 412), ({"range": "bytes=9999999-"}, 416)]
)
def test_a_request_that_fails_changes_no_language(
    app_url: str, asked: dict[str, str], status: int
) -> None:
    answer = ask(f"{app_url}/learn/", {**PERSON, "referer": f"{app_url}/en/", **asked})
    assert (answer.status_code, answer.headers.get("set-cookie")) == (status, None)


def test_a_page_that_has_not_changed_records_the_change_too(app_url: str) -> None:
    asked = {**PERSON, "referer": f"{app_url}/en/", "if-none-match": "*"}
    answer = ask(f"{app_url}/learn/", asked)
    assert (answer.status_code, answer.cookies.get("language")) == (304, "zh")


def test_only_who_reads_is_led(url: str) -> None:
    answer = ask(f"{url}/", {**PERSON, **ENGLISH}, "POST")
    assert (answer.status_code, answer.headers.get("location")) == (405, None)


@pytest.mark.parametrize("referer", ["http://elsewhere.example/en/", "http://[", "en", "//x"])
def test_another_sites_link_records_nothing(app_url: str, referer: str) -> None:
    answer = ask(f"{app_url}/learn/", {**PERSON, "referer": referer})
    assert "set-cookie" not in answer.headers
    assert led_to(app_url, **PERSON, accept_language="en", referer=referer) == "/en/"


@pytest.mark.parametrize("wanted", ["en", "zh"])
def test_no_shared_cache_may_keep_the_door_and_none_confuses_its_answers(
    app_url: str, wanted: str
) -> None:
    headers = ask(app_url, {**PERSON, "accept-language": wanted}).headers
    assert headers["cache-control"] == "private, no-cache"
    assert {"accept-language", "cookie", "referer", "sec-fetch-dest"} <= {
        name.strip() for name in headers["vary"].split(",")
    }
    unchanged = {**PERSON, "accept-language": "zh", "if-none-match": "*"}
    assert "cookie" in ask(app_url, unchanged).headers["vary"]


def reader(browser: Browser, **options: Any) -> BrowserContext:
    context = browser.new_context(**options)
    context.set_default_timeout(10_000)
    return context


def test_a_reader_who_switches_stays_there(browser: Browser, site_url: str) -> None:
    """In a real browser, by the site's own link: at the door, after a reload, and the next day."""
    context = reader(browser, locale="en-GB")
    page = context.new_page()
    page.goto(f"{site_url}/", wait_until="commit")
    assert page.url == f"{site_url}/en/"
    page.click("a[hreflang='zh-Hans']:visible")
    page.wait_for_url(f"{site_url}/", wait_until="commit")
    page.reload(wait_until="commit")
    assert page.url == f"{site_url}/"
    page.close()
    again = context.new_page()
    again.goto(f"{site_url}/", wait_until="commit")
    assert again.url == f"{site_url}/"
    again.click("a[hreflang='en']:visible")
    again.wait_for_url(f"{site_url}/en/", wait_until="commit")
    another = context.new_page()
    another.goto(f"{site_url}/", wait_until="commit")
    assert another.url == f"{site_url}/en/"
    context.close()


def test_without_cookies_a_switch_still_holds(browser: Browser, site_url: str) -> None:
    context = reader(browser, locale="en-GB")
    page = context.new_page()
    page.goto(f"{site_url}/en/", wait_until="commit")
    page.click("a[hreflang='zh-Hans']:visible")
    page.wait_for_url(f"{site_url}/", wait_until="commit")
    context.clear_cookies()
    page.reload(wait_until="commit")
    assert page.url == f"{site_url}/"
    context.close()


def test_a_reader_of_chinese_stays_at_the_door(browser: Browser, site_url: str) -> None:
    context = reader(browser, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{site_url}/", wait_until="commit")
    assert page.url == f"{site_url}/"
    assert context.cookies() == []
    context.close()
