"""The demo that is attacked, with all that must stay unharmed, and the programs that attack it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, expect

from asgiscope import play
from asgiscope.spec import RULES
from tests.browser.canary import ALIVE, Canary, canary_server, look, plant
from tests.browser.conftest import BOOT, Hand
from tests.browser.hostile import escapes, forgers, ruins
from tests.browser.small_site import HELLO as DEMO
from tests.browser.small_site import serve_site
from tests.conftest import serving

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
    "kept": forgers.KEPT,
    "files": forgers.FILES,
    "shown": forgers.SHOWN,
}
NOT_KEPT = [f"{group}: {name}" for group in ("kept", "files") for name in GROUPS[group]]
CORPUS = {
    f"{group}: {name}": program
    for group, programs in GROUPS.items()
    for name, program in programs.items()
}

NAMES_JS = re.compile(r"\bjs\.|\bpyodide_js\b")  # to import them is to touch JavaScript
PATIENCE = 1_500  # milliseconds that a run may take before the reader presses Stop
# A page that shows nothing for so long counts as frozen, even where other tests take all of the
# processor; what freezes one does so for minutes. `make bench` has figures.
FROZEN = 10_000
RUNS = 6  # numbers of runs that a forger tries; each Python counts its own
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


# Those of the page itself: in its frame the reader's code may fail as it likes.
FAULTS = """() => {
    window.faults = [];
    addEventListener("error", ({ message }) => window.faults.push(message));
    addEventListener("unhandledrejection", ({ reason }) => window.faults.push(String(reason)));
}"""


# A run may end by itself at the last moment: then there is nothing to be pressed any more.
PRESS_STOP = """() => {
    const stop = document.querySelector("asgi-demo .demo-tool-stop");
    const there = stop.checkVisibility();
    if (there) stop.click();
    return there;
}"""


def source_of(program: str, canary: str, site: str) -> str:
    """An app that a reader could run, with a program of the corpus in it."""
    program = program.replace("CANARY", canary).replace("SITE", site)
    if "RUN" in program:
        program = "\n".join(program.replace("RUN", str(n)) for n in range(1, RUNS))
    imports = "import js, pyodide_js\n" if NAMES_JS.search(program) else ""
    return f"{imports}{DEMO.source}\n{program}\n"


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
        hand.page.evaluate("window.longest = 0")
        hand.write(source_of(program, self.canary.address, hand.url))
        hand.click("run")
        stop = hand.find(".demo-tool-stop")
        try:
            expect(stop).to_be_hidden(timeout=PATIENCE)
        except AssertionError:
            if hand.page.evaluate(PRESS_STOP):
                hand.says("Stopped")

    def mark_python(self) -> None:
        """Put a mark on the frame in which Python is, to know it again."""
        self.hand.run()
        self.hand.page.evaluate("document.querySelector('iframe').dataset.mark = 'this'")

    @property
    def keeps_python(self) -> bool:
        """Whether the page has the marked Python still."""
        return bool(self.hand.page.locator("iframe[data-mark]").count())

    def check(self) -> None:
        """Nothing got out, the page is as it was, and the next run is right."""
        page = self.hand.page
        page.wait_for_timeout(50)
        assert self.canary.noted == []
        assert self.strange_links() == [], self.strange_links()
        self.step()
        faults = page.evaluate("window.faults")
        assert faults == [], faults
        assert look(page) == ALIVE
        assert self.longest_gap() < FROZEN, self.longest_gap()
        self.hand.click("reset")
        assert self.hand.run() == play(DEMO.source, DEMO.client, DEMO.app)
        self.sound = True

    def step(self) -> None:
        """Through what is shown of the run, as a reader may."""
        for name in ("next", "last", "previous", "first"):
            self.hand.find(f".demo-{name}").dispatch_event("click")

    def strange_links(self) -> list[str]:
        """Links of the demo that lead neither to this site nor to where rules are written."""
        found = self.hand.find("a").evaluate_all("links => links.map(({ href }) => href)")
        own = {rule.url for rule in RULES.values()}
        return [url for url in found if url not in own and not url.startswith(self.hand.url)]

    def open(self) -> None:
        """Open the page anew, in a tab of its own: the old one may be on its way elsewhere."""
        left = self.hand.page
        self.hand.page = left.context.new_page()
        left.close()
        self.hand.open("two")
        plant(self.hand.page)
        self.hand.page.evaluate(FRAMES)
        self.hand.page.evaluate(FAULTS)

    def longest_gap(self) -> float:
        """Milliseconds between two frames of the page, at most, since the attack began."""
        return float(self.hand.page.evaluate("window.longest"))


@contextmanager
def target_in(browser: Browser, small_site: Path) -> Iterator[Target]:
    with serving(serve_site(small_site)) as url, canary_server() as canary:
        context = browser.new_context()
        context.set_default_timeout(BOOT)
        yield Target(Hand(context.new_page(), url), canary)
        context.close()
