"""Whatever code does: nothing gets out, the page stays usable, the next run is right."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from asgiscope import play
from tests.browser.canary import ALIVE, Canary, canary_server, look, plant
from tests.browser.conftest import BOOT, Hand
from tests.browser.hostile import escapes, ruins
from tests.browser.small_site import HELLO as DEMO
from tests.browser.small_site import serve_site
from tests.conftest import serving

PATIENCE = 1_500  # milliseconds that a run may take before the reader presses Stop
FROZEN = 2_000  # a page that shows nothing for so long counts as frozen; `make bench` has figures
RUNS = 60  # numbers of runs that a forger tries
FRAMES = """() => {
    let last = performance.now();
    window.longest = 0;
    const frame = (now) => {
        window.longest = Math.max(window.longest, now - last);
        last = now;
        requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
}"""


# A run may end by itself at the last moment: then there is nothing to be pressed any more.
PRESS_STOP = """() => {
    const stop = document.querySelector("asgi-demo .demo-tool-stop");
    const there = stop.checkVisibility();
    if (there) stop.click();
    return there;
}"""


@dataclass
class Target:
    """The demo that is attacked, and all that must stay unharmed."""

    hand: Hand
    canary: Canary
    sound: bool = False  # the last attack has been checked

    def attack(self, program: str) -> None:
        """Run a program as a reader would; press Stop if it does not end."""
        self.sound = False
        hand = self.hand
        program = program.replace("CANARY", self.canary.address).replace("SITE", hand.url)
        if "RUN" in program:
            program = "\n".join(program.replace("RUN", str(n)) for n in range(1, RUNS))
        hand.page.evaluate("window.longest = 0")
        hand.write(f"import js, pyodide_js\n{DEMO.source}\n{program}\n")
        hand.click("run")
        stop = hand.find(".demo-tool-stop")
        try:
            expect(stop).to_be_hidden(timeout=PATIENCE)
        except AssertionError:
            if hand.page.evaluate(PRESS_STOP):
                hand.says("Stopped")

    def check(self) -> None:
        """Nothing got out, the page is as it was, and the next run is right."""
        page = self.hand.page
        page.wait_for_timeout(50)
        assert self.canary.noted == []
        assert look(page) == ALIVE
        assert page.evaluate("window.longest") < FROZEN
        self.hand.click("reset")
        assert self.hand.run() == play(DEMO.source, DEMO.client, DEMO.app)
        self.sound = True


@pytest.fixture(scope="module")
def opened(browser: Browser, small_site: Path) -> Iterator[Target]:
    """One page for all: what one program leaves behind, the next would meet."""
    with serving(serve_site(small_site)) as url, canary_server() as canary:
        context = browser.new_context()
        context.set_default_timeout(BOOT)
        target = Target(Hand(context.new_page(), url), canary)
        yield target
        context.close()


@pytest.fixture
def target(opened: Target) -> Target:
    """The page; opened anew where the test before has failed in it."""
    if not opened.sound:
        left = opened.hand.page
        opened.hand.page = left.context.new_page()  # the old one may still be on its way elsewhere
        left.close()
        opened.hand.open("two")
        plant(opened.hand.page)
        opened.hand.page.evaluate(FRAMES)
    opened.canary.noted.clear()
    return opened


GROUPS = {
    "network": escapes.NETWORK,
    "storage": escapes.STORAGE,
    "page": escapes.PAGE,
    "forged": escapes.FORGED,
    "endless": ruins.ENDLESS,
    "memory": ruins.MEMORY,
    "output": ruins.OUTPUT,
    "ends": ruins.ENDS,
    "sabotage": ruins.SABOTAGE,
}
CORPUS = {
    f"{group}: {name}": program
    for group, programs in GROUPS.items()
    for name, program in programs.items()
}


@pytest.mark.parametrize("name", CORPUS)
def test_a_hostile_program_harms_nothing(target: Target, name: str) -> None:
    target.attack(CORPUS[name])
    target.check()


def test_the_corpus_is_large() -> None:
    assert len(CORPUS) >= 120


def test_the_canary_hears_what_does_get_out(target: Target) -> None:
    target.sound = False
    page = target.hand.page
    page.evaluate(f"location.href = 'http://{target.canary.address}/'")  # the policy allows links
    deadline = time.monotonic() + 10
    while not target.canary.noted and time.monotonic() < deadline:
        page.wait_for_timeout(20)
    assert "GET /" in target.canary.noted[0]


def test_the_look_at_storage_sees_what_has_changed(target: Target) -> None:
    target.sound = False
    page = target.hand.page
    page.evaluate("localStorage.canary = 'gone'; caches.open('other')")
    assert look(page) != ALIVE
