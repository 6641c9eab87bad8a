"""What every test builds on: a real server, a real browser, a log of what a page did."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Error, Page

from snippets.serving.serve_site import create_app
from tests.conftest import PageLog


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    (tmp_path / "en").mkdir()
    for folder, language in ((tmp_path, "zh"), (tmp_path / "en", "en")):
        (folder / "index.html").write_text(f"<title>{language} home</title>")
        (folder / "404.html").write_text(f"<title>{language} missing</title>")
    (tmp_path / "part.mjs").write_text("export default 1;")
    (tmp_path / "part.wasm").write_bytes(b"\0asm")
    return tmp_path


@pytest.fixture
def url(serve: Callable[[Any], str], small_site: Path) -> str:
    return serve(create_app(small_site))


@pytest.mark.parametrize(
    ("path", "status", "text"),
    [
        ("/", 200, "zh home"),
        ("/en/", 200, "en home"),
        ("/nowhere/", 404, "zh missing"),
        ("/en/nowhere/", 404, "en missing"),
    ],
)
def test_each_language_has_its_own_home_and_404(
    url: str, path: str, status: int, text: str
) -> None:
    answer = httpx.get(url + path)
    assert (answer.status_code, text in answer.text) == (status, True)


@pytest.mark.parametrize(
    ("path", "kind"), [("/part.mjs", "text/javascript"), ("/part.wasm", "application/wasm")]
)
def test_modules_and_wasm_have_the_type_that_browsers_ask_for(
    url: str, path: str, kind: str
) -> None:
    assert httpx.get(url + path).headers["content-type"].split(";")[0] == kind


def test_a_folder_without_a_slash_leads_to_the_one_with_it(url: str) -> None:
    assert httpx.get(url + "/en", follow_redirects=True).url == f"{url}/en/"


def test_a_page_log_names_the_hosts_and_the_errors(
    serve: Callable[[Any], str], small_site: Path, page: Page, page_log: PageLog
) -> None:
    script = "console.error('said'); fetch('http://other.example/x').catch(() => {}); none.such"
    (small_site / "index.html").write_text(f"<script>{script}</script>")
    page.goto(serve(create_app(small_site)), wait_until="networkidle")
    assert page_log.hosts == {"127.0.0.1", "other.example"}
    assert any(error.startswith("said") for error in page_log.errors)
    assert any("none is not defined" in error for error in page_log.errors)


@pytest.mark.parametrize("host", ["example.com", "127.0.0.2"])
def test_no_other_host_is_even_looked_for(page: Page, host: str) -> None:
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        page.goto(f"http://{host}/")
