"""The playground of the real site: every preset, the address, drafts, a download that fails."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.compress import kept
from tests.browser.conftest import BOOT, LISTEN
from tests.browser.versions import comparable
from tests.conftest import PageLog

pytestmark = pytest.mark.xdist_group("browser playground")  # one tab for all

HEAVIEST = 75_000  # bytes, brotli: everything that is asked for before Run
MOST_REQUESTS = 9
LINES = ".demo-code .demo-line"


def presets(site: Path) -> list[dict[str, Any]]:
    """The English presets as the build wrote them."""
    files = sorted((site / "en" / "playground").glob("*.json"))
    return [json.loads(file.read_text("utf-8")) for file in files]


def open_playground(page: Page, site_url: str, fragment: str = "", language: str = "en/") -> None:
    page.goto(f"{site_url}/{language}playground/{fragment}")
    page.evaluate(LISTEN)
    expect(page.locator(".demo-rows")).to_be_visible()


def choose(page: Page, name: str) -> None:
    opener = page.locator(".playground-open")
    if opener.is_visible():
        opener.click()
    page.locator(f'a[data-preset="{name}"]').click()
    expect(page.locator(f'a[data-preset="{name}"]')).to_have_attribute("aria-current", "true")


def write(page: Page, source: str) -> None:
    if not page.locator(".cm-content").count():
        page.locator(".demo-tool-edit").click()
    page.locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(source)


def test_every_preset_runs_to_the_trace_that_was_recorded(
    page: Page, page_log: PageLog, built_site: Path, site_url: str
) -> None:
    open_playground(page, site_url)
    for number, preset in enumerate(presets(built_site), 1):
        choose(page, preset["name"])
        expect(page.locator(".playground-title")).to_have_text(preset["title"])
        page.locator(".demo-tool-run").click()
        expect(page.locator(".demo-status")).to_contain_text("Run just now", timeout=BOOT)
        assert page.evaluate("played.length") == number, preset["name"]
        fresh, recorded = json.loads(page.evaluate("played.at(-1)"))["trace"], preset["trace"]
        told = (json.dumps(comparable(trace, preset["app"])) for trace in (fresh, recorded))
        assert len(set(told)) == 1, preset["name"]
    assert page_log.hosts == {"127.0.0.1"}
    assert page_log.errors == []


def test_a_chosen_preset_is_there_without_python(
    page: Page, page_log: PageLog, site_url: str
) -> None:
    open_playground(page, site_url)
    choose(page, "stream")
    expect(page.locator(".demo-file")).to_have_text("http/stream_chunks.py")
    expect(page.locator(LINES).first).to_have_text("import asyncio")
    expect(page.locator(".demo-client code")).to_contain_text("wait: 2.5")
    expect(page.locator(".demo-rows")).to_contain_text("data: 1")
    expect(page.locator("figcaption")).to_contain_text("Stream in pieces")
    assert not [url for url in page_log.requests if url.endswith(".wasm")]
    assert page.locator(".cm-content").count() == 0


def test_the_address_names_the_preset_and_choosing_leaves_no_trail(
    page: Page, site_url: str
) -> None:
    open_playground(page, site_url, "#preset=wrong-str")
    expect(page.locator(".demo-findings")).to_contain_text("message-key-type")
    before = page.evaluate("history.length")
    choose(page, "middleware")
    assert page.url.endswith("#preset=middleware")
    choose(page, "hello")
    assert page.evaluate("history.length") == before
    page.evaluate("location.hash = '#preset=state'")
    expect(page.locator(".demo-file")).to_have_text("playground/share_state.py")


def test_an_address_with_an_unknown_preset_is_answered_plainly(page: Page, site_url: str) -> None:
    open_playground(page, site_url, "#preset=nothing")
    expect(page.locator(".playground-about")).to_contain_text("There is no preset named nothing")
    expect(page.locator(".demo-file")).to_have_text("basics/say_hello.py")


@pytest.mark.parametrize("storage", [True, False])
def test_edits_are_there_again_when_the_preset_is_chosen_again(
    page: Page, site_url: str, storage: bool
) -> None:
    if not storage:
        page.add_init_script(
            "Object.defineProperty(window, 'sessionStorage', "
            "{ get() { throw new DOMException('forbidden', 'SecurityError'); } });"
        )
    open_playground(page, site_url)
    write(page, "# mine\n")
    choose(page, "middleware")
    expect(page.locator(".cm-content")).to_contain_text("with_greeting")
    choose(page, "hello")
    expect(page.locator(".cm-content")).to_contain_text("# mine")
    expect(page.locator(".cm-content")).not_to_contain_text("http.response")


def test_a_preset_that_cannot_be_downloaded_is_said_and_can_be_chosen_again(
    page: Page, site_url: str
) -> None:
    open_playground(page, site_url)
    page.route("**/stream.*.json", lambda route: route.abort())
    page.locator('a[data-preset="stream"]').click()
    expect(page.locator(".playground-about")).to_contain_text("could not be downloaded")
    expect(page.locator(".demo-file")).to_have_text("basics/say_hello.py")
    page.unroute("**/stream.*.json")
    choose(page, "stream")
    expect(page.locator(".demo-file")).to_have_text("http/stream_chunks.py")


@pytest.mark.parametrize("part", ["playground", "console"])
def test_a_part_that_cannot_be_downloaded_is_said_and_the_demo_works(
    page: Page, site_url: str, part: str
) -> None:
    page.route(f"**/runtime/{part}.*", lambda route: route.abort())
    open_playground(page, site_url, "#preset=echo")
    expect(page.locator(".demo-status")).to_contain_text("could not be downloaded")
    page.locator(".demo-tool-run").click()
    expect(page.locator(".demo-status")).to_contain_text("Run just now", timeout=30_000)


def test_a_shared_link_opens_in_the_preset_that_it_was_made_from(page: Page, site_url: str) -> None:
    open_playground(page, site_url, "#preset=echo")
    expect(page.locator(".console")).to_be_visible()
    fragment = page.evaluate(
        """async () => {
            const text = JSON.stringify({ c: "# shared\\n", s: [{ connect: "/" }], d: "echo" });
            const stream = new Blob([text]).stream();
            const packed = stream.pipeThrough(new CompressionStream("deflate-raw"));
            const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
            const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
            return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
        }"""
    )
    page.goto("about:blank")
    open_playground(page, site_url, f"#try=1.{fragment}")
    expect(page.locator(".cm-content")).to_contain_text("# shared")
    expect(page.locator(".demo-file")).to_have_text("websocket/echo_messages.py")
    expect(page.locator(".console")).to_be_visible()
    assert page.evaluate("played.length") == 0


def test_a_touch_on_the_code_opens_the_editor_where_there_is_room(
    page: Page, site_url: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    open_playground(page, site_url)
    page.locator(LINES).nth(2).click()
    expect(page.locator(".cm-content")).to_be_focused()


def test_the_list_folds_on_a_phone(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    open_playground(page, site_url)
    expect(page.locator(".playground-groups")).to_be_hidden()
    choose(page, "lifespan")
    expect(page.locator(".playground-groups")).to_be_hidden()


def test_without_javascript_every_preset_can_be_read(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}/en/playground/")
    expect(page.locator(".playground-chooser")).to_be_hidden()
    listing = page.locator(".playground-listings details", has_text="A chat of two")
    listing.locator("summary").click()
    expect(listing).to_contain_text("async def tell(text):")
    expect(listing).to_contain_text("connect: /bob")
    context.close()


def test_the_page_is_light_with_a_console_too(page: Page, page_log: PageLog, site_url: str) -> None:
    responses: list[Any] = []
    page.on("response", lambda response: responses.append(response))
    page.goto(f"{site_url}/playground/#preset=chat", wait_until="networkidle")
    expect(page.locator(".console")).to_be_visible()
    sizes = {each.url: kept(each.body(), ".br").stat().st_size for each in responses}
    assert sum(sizes.values()) <= HEAVIEST, sizes
    assert len(sizes) <= MOST_REQUESTS, sizes
