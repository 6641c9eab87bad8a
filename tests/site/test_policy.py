"""The policy of the pages: what the site itself needs is allowed, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from site_plugin.policy import policy
from tests.conftest import PageLog


class Scripts(HTMLParser):
    """Finds what runs a script from an attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name.startswith("on") or (value or "").strip().startswith("javascript:"):
                self.found.append(f"<{tag} {name}={value!r}>")


def scripts_in_attributes(html: str) -> list[str]:
    parser = Scripts()
    parser.feed(html)
    return parser.found


def pages(site: Path) -> list[Path]:
    """Every page that a reader can open; Python's frame has a policy of its own."""
    return [path for path in sorted(site.rglob("*.html")) if path.parent.name != "runtime"]


def test_every_page_has_the_policy_before_anything_that_it_governs(built_site: Path) -> None:
    assert pages(built_site)
    for path in pages(built_site):
        text = path.read_text("utf-8")
        head = BeautifulSoup(text.partition("</head>")[0], "html.parser")
        first, second = head.find_all("meta")[:2]
        assert first.get("charset") == "utf-8", path
        assert second.get("http-equiv") == "Content-Security-Policy", path
        assert second["content"] == policy(text), path
        assert "'unsafe-eval'" not in str(second["content"]).split()
        assert not scripts_in_attributes(text), path


def test_a_script_in_an_attribute_is_found() -> None:
    html = '<p title="one">a</p><a href="javascript:b()">b</a><img src=x onerror="c()">'
    assert len(scripts_in_attributes(html)) == 2


async def empty(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Answers everything; a page that reaches it has broken out."""
    if scope["type"] != "http":
        raise NotImplementedError(scope["type"])
    headers = [(b"access-control-allow-origin", b"*"), (b"content-type", b"text/javascript")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"window.reached = true"})


@pytest.mark.parametrize(
    "attempt",
    [
        "() => fetch(ELSEWHERE)",
        "() => new Promise((yes, no) => { const s = document.createElement('script');"
        " s.src = ELSEWHERE; s.onload = yes; s.onerror = no; document.body.append(s) })",
        "() => new Promise((yes, no) => { const s = document.createElement('img');"
        " s.src = ELSEWHERE; s.onload = yes; s.onerror = no; document.body.append(s) })",
        "() => import(ELSEWHERE)",
        "() => { const s = document.createElement('script'); s.textContent = 'window.reached = 1';"
        " document.body.append(s); if (!window.reached) throw 0 }",
        "() => new Promise((yes, no) => { const s = document.createElement('div');"
        " s.setAttribute('onclick', 'window.reached = 1'); document.body.append(s); s.click();"
        " window.reached ? yes() : no() })",
    ],
)
def test_what_a_page_does_not_need_is_refused(
    site_url: str, page: Page, page_log: PageLog, serve: Callable[[Any], str], attempt: str
) -> None:
    page.goto(f"{site_url}/")
    code = attempt.replace("ELSEWHERE", repr(serve(empty) + "/x.js"))
    refused = page.evaluate(f"async () => {{ try {{ await ({code})() }} catch {{ return true }} }}")
    assert refused is True
    assert page.evaluate("window.reached") is None
    assert any("Content Security Policy" in error for error in page_log.errors)


def test_eval_is_refused_in_the_page(site_url: str, page: Page) -> None:
    page.goto(f"{site_url}/")
    # Code from the debugger may evaluate text; so this runs in a callback of the page's own.
    refused = page.evaluate(
        """() => new Promise((done) => setTimeout(() => {
            try { new Function("return 1")(); done(false); } catch { done(true); }
        }, 0))"""
    )
    assert refused is True


def test_the_404_pages_find_their_own_files(site_url: str, page: Page, page_log: PageLog) -> None:
    for missing in ("/no/such/page/", "/en/no/such/page/"):
        page.goto(f"{site_url}{missing}")
        assert page.evaluate("getComputedStyle(document.body).getPropertyValue('--paper')")
    assert page_log.hosts == {"127.0.0.1"}
