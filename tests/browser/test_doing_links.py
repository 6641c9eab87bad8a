"""Code that comes in a link, and drafts that outlive a reload: neither runs by itself."""

from __future__ import annotations

import base64
import hashlib
import json
import zlib
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Hand
from tests.browser.small_site import HELLO, WRONG
from tests.conftest import PageLog

pytestmark = pytest.mark.xdist_group("browser doing_links")  # one tab for all

OTHER = WRONG.source.replace("too early", "from a link")
NAME = "send-body-first-wrong"
WARNING = "This code came from a link"


def deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=-15)
    return packer.compress(data) + packer.flush()


def pack(data: bytes, version: str = "1") -> str:
    return f"#try={version}." + base64.urlsafe_b64encode(deflate(data)).rstrip(b"=").decode()


def link(code: Any = OTHER, steps: Any = WRONG.client, demo: Any = NAME) -> str:
    return pack(json.dumps({"c": code, "s": steps, "d": demo}).encode())


def follow(hand: Hand, fragment: str, name: str = "wrong") -> Hand:
    hand.page.goto(f"{hand.url}/{name}-en-default.html{fragment}")
    expect(hand.find(".demo-rows")).to_be_visible()
    return hand


def banner(hand: Hand) -> Any:
    return hand.find(".demo-banner-text")


def test_a_link_goes_from_one_reader_to_another_and_never_runs(
    fresh_hand: Hand, page_log: PageLog
) -> None:
    fresh_hand.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    fresh_hand.open("wrong")
    fresh_hand.write(OTHER)
    fresh_hand.click("tool-client")
    fresh_hand.find(".demo-add-step").click()
    fresh_hand.click("share")
    fresh_hand.says("Link copied")
    address = fresh_hand.page.evaluate("navigator.clipboard.readText()")
    assert "#try=1." in address
    other = Hand(fresh_hand.page.context.new_page(), fresh_hand.url)
    other.page.on("request", lambda request: page_log.requests.append(request.url))
    page_log.requests.clear()
    other.page.goto(address)
    expect(banner(other)).to_contain_text(WARNING)
    expect(other.find(".cm-content")).to_contain_text("from a link")
    expect(other.find(".demo-step-row")).to_have_count(2)
    other.says("has not run yet. Press Run.")
    other.settle()
    assert not [url for url in page_log.requests if "runner" in url or "pyodide" in url]
    other.page.close()


def test_a_link_is_compared_with_the_page_as_text_and_discarded(hand: Hand) -> None:
    follow(hand, link(OTHER.replace("from a link", "<img src=x>\u202e"), [{"request": "GET /x"}]))
    expect(banner(hand)).to_contain_text(WARNING)
    hand.find(".demo-choices button").nth(0).click()
    expect(hand.find(".demo-difference del").first).to_contain_text("too early")
    expect(hand.find(".demo-difference ins").first).to_contain_text("<img src=x>\\u202e")
    expect(hand.find(".demo-difference ins").last).to_have_text("+ - request: GET /x")
    expect(hand.find(".demo-banner img, .demo-code img")).to_have_count(0)
    hand.find(".demo-choices button").nth(1).click()
    hand.says("the page's own version")
    expect(banner(hand)).to_be_hidden()
    expect(hand.find(".demo-tool-edit")).to_be_focused()
    expect(hand.find(".demo-code")).to_contain_text("too early")
    assert "#try" not in hand.page.url


def test_a_link_opens_the_demo_that_it_names_also_while_the_page_is_open(hand: Hand) -> None:
    follow(hand, "", "two")
    fragment = link("# mine\n", [{"request": "GET /"}], "stream-numbers")
    hand.page.evaluate("(fragment) => { location.hash = fragment }", fragment)
    second = hand.other(1)
    expect(banner(second)).to_contain_text(WARNING)
    expect(second.find(".cm-content")).to_contain_text("# mine")
    expect(banner(hand)).to_be_hidden()
    expect(hand.find(".demo-code")).to_be_visible()


@pytest.mark.parametrize(
    ("fragment", "said"),
    [
        ("#try=", "incomplete or damaged"),
        ("#try=1.!!!", "incomplete or damaged"),
        ("#try=1.AAAA", "incomplete or damaged"),
        (link()[:-20], "incomplete or damaged"),
        (pack(b"[]"), "incomplete or damaged"),
        (pack(b"null"), "incomplete or damaged"),
        (pack(b"\xff\xfe"), "incomplete or damaged"),
        (link(code=["x"]), "incomplete or damaged"),
        (link(steps="x"), "incomplete or damaged"),
        (link(steps=[{}] * 501), "incomplete or damaged"),
        (link(steps=[json.loads("[" * 20 + "]" * 20)]), "incomplete or damaged"),
        (link(demo=7), "incomplete or damaged"),
        (link(demo="another-demo"), "not on this page"),
        (pack(b"{}", version="2"), "made in a form that this site does not read"),
        (link(code="x" * 70_000), "too large"),
        ("#try=1." + "A" * 9000, "too large"),
    ],
)
def test_a_link_that_is_not_right_says_so_and_leaves_the_page(
    fresh_hand: Hand, page_log: PageLog, fragment: str, said: str
) -> None:
    follow(fresh_hand, fragment)
    expect(banner(fresh_hand)).to_contain_text(said)
    expect(fresh_hand.find(".demo-code")).to_contain_text("too early")
    expect(fresh_hand.find(".cm-content")).to_have_count(0)
    fresh_hand.says("Recorded when this site was built")
    fresh_hand.find(".demo-choices button").click()
    expect(banner(fresh_hand)).to_be_hidden()
    assert page_log.errors == []


def test_steps_from_a_link_that_are_wrong_are_told_when_they_run(hand: Hand) -> None:
    follow(hand, link(steps=[{"zap": {"__proto__": [1]}}, 5]))
    expect(hand.find(".demo-step-row")).to_have_count(2)
    hand.click("run")
    expect(hand.find(".demo-step-row").nth(0).locator(".demo-problem")).to_contain_text(
        "there is no step 'zap'", timeout=30_000
    )


def test_what_is_too_long_for_a_link_is_not_shared(hand: Hand) -> None:
    hand.open("two")
    noise = (hashlib.sha512(bytes([number])).hexdigest() for number in range(200))
    hand.write("".join(f"# {line}\n" for line in noise))
    hand.click("share")
    hand.says("too long for a link")


def test_a_link_that_cannot_be_copied_is_offered_in_a_field(fresh_hand: Hand) -> None:
    fresh_hand.open("two")
    fresh_hand.page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    fresh_hand.click("share")
    fresh_hand.says("copy the link from the field")
    expect(fresh_hand.find(".demo-address")).to_be_focused()
    assert "#try=1." in fresh_hand.find(".demo-address").input_value()


# ---- drafts ----

KEPT = """(text) => new Promise((done, fail) => {
    const isKept = () => sessionStorage.getItem("asgi-demo-drafts")?.includes(text);
    const look = () => (isKept() ? done() : setTimeout(look, 20));
    look();
    setTimeout(fail, 10_000, "the draft is not kept");
})"""
PAUSE = 600  # milliseconds after the last key: by then, an edit is kept where that is possible


def keep(hand: Hand, text: str) -> None:
    """Wait until an edit is kept, with this in it."""
    hand.page.evaluate(KEPT, text)


def test_edits_outlive_a_reload_and_can_be_discarded(hand: Hand) -> None:
    hand.open("two")
    hand.write("# kept\n")
    hand.click("tool-client")
    hand.find(".demo-mode").nth(1).click()
    hand.find(".demo-client textarea").fill("- request: GET /kept\n- wait: [\n")
    hand.page.reload()
    expect(banner(hand)).to_contain_text("Your unsaved changes are back")
    expect(hand.find(".cm-content")).to_contain_text("# kept")
    expect(hand.find(".demo-client textarea")).to_have_value("- request: GET /kept\n- wait: [\n")
    expect(banner(hand.other(1))).to_be_hidden()
    hand.find(".demo-choices button").nth(0).click()
    hand.says("the page's own version")
    expect(hand.find(".demo-tool-edit")).to_be_focused()
    hand.page.reload()
    expect(hand.find(".demo-rows")).to_be_visible()
    hand.settle()
    expect(banner(hand)).to_be_hidden()


def test_a_draft_does_not_come_back_over_a_link_and_a_links_own_does(hand: Hand) -> None:
    hand.open("wrong")
    hand.write("# mine\n")
    keep(hand, "# mine")
    follow(hand, link())
    expect(banner(hand)).to_contain_text(WARNING)
    expect(hand.find(".cm-content")).to_contain_text("from a link")
    hand.write("# the link's, edited\n")
    keep(hand, "# the link's, edited")
    hand.page.reload()
    expect(banner(hand)).to_contain_text(WARNING)
    expect(hand.find(".cm-content")).to_contain_text("# the link's, edited")
    hand.find(".demo-choices button").nth(1).click()
    expect(banner(hand)).to_contain_text("Your unsaved changes are back")
    expect(hand.find(".cm-content")).to_contain_text("# mine")


def test_a_draft_of_other_code_does_not_come_back(fresh_hand: Hand) -> None:
    fresh_hand.open("two")
    fresh_hand.write("# kept\n")
    keep(fresh_hand, "# kept")

    def change(route: Any) -> None:
        answer = route.fetch()
        assert '"source":"' in answer.text()
        body = answer.text().replace('"source":"', '"source":"# new\\n')
        route.fulfill(response=answer, body=body)

    fresh_hand.page.route("**/two-*.html", change)
    fresh_hand.page.reload()
    expect(fresh_hand.find(".demo-rows")).to_be_visible()
    fresh_hand.settle()
    expect(banner(fresh_hand)).to_be_hidden()


@pytest.mark.parametrize(
    "wrong", ["sessionStorage.clear", "throw", "full", '"{"', '"[1,[2,3]]"', '"[[1,\\"{}\\"]]"']
)
def test_without_a_storage_everything_works(
    fresh_hand: Hand, page_log: PageLog, wrong: str
) -> None:
    scripts = {
        "sessionStorage.clear": "sessionStorage.clear()",
        "throw": "Object.defineProperty(window, 'sessionStorage',"
        " {get() { throw new DOMException('no', 'SecurityError') }})",
        "full": "Storage.prototype.setItem = () => { throw new DOMException('full') }",
    }
    script = scripts.get(wrong, f"sessionStorage.setItem('asgi-demo-drafts', {wrong})")
    fresh_hand.page.add_init_script(f"if (window === top) {{ {script} }}")
    fresh_hand.open("two")
    fresh_hand.write(HELLO.source + "# more\n")
    fresh_hand.page.wait_for_timeout(PAUSE)
    fresh_hand.run()
    assert page_log.errors == []


def test_drafts_are_few(hand: Hand) -> None:
    hand.open("two")
    old = json.dumps(
        [[f"/ {number}", json.dumps({"code": "x", "steps": []})] for number in range(30)]
    )
    hand.page.evaluate("(old) => sessionStorage.setItem('asgi-demo-drafts', old)", old)
    hand.write("# newest\n")
    keep(hand, "# newest")
    kept = json.loads(hand.page.evaluate("sessionStorage.getItem('asgi-demo-drafts')"))
    assert len(kept) == 20
    assert "# newest" in kept[-1][1]
