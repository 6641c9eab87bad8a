"""The hostile corpus in each engine: nothing gets out, no Python is kept, the next run is right.

`make test` tries some programs of each group; `make test-all` tries every one.
"""

from __future__ import annotations

import re

import pytest

from asgiscope import play
from asgiscope.spec import RULES
from tests.browser import small_site
from tests.browser.canary import PLANT
from tests.browser.hostile.target import CORPUS, GROUPS, NOT_KEPT, PATIENCE, source_of
from tests.engines.conftest import held_in_chromium
from tests.engines.engine import Engine, ScriptError
from tests.engines.reader import Reader
from tests.engines.server import escaped
from tests.engines.test_nothing_leaves import PLANTED, STORED

DEMO = small_site.HELLO
SOME = 1  # programs of a group in `make test`: all of them take a quarter of an hour
AT_REST = 'return !document.querySelector(".demo-tool-stop").checkVisibility();'
PRESS_STOP = """
const stop = document.querySelector("asgi-demo .demo-tool-stop");
const there = stop.checkVisibility();
if (there) stop.click();
return there;
"""
MARK = 'document.querySelector("iframe").dataset.mark = "this";'
KEPT = 'return document.querySelector("iframe[data-mark]") !== null;'
STEP = """
for (const name of ["next", "last", "previous", "first"])
  document.querySelector(`asgi-demo .demo-${name}`).click();
"""
STRANGE = """
const links = [...document.querySelectorAll("asgi-demo a")].map(({ href }) => href);
return links.filter((url) => !arguments[0].includes(url) && !url.startsWith(location.origin));
"""
OWN = re.compile(r"/runtime/.*")  # the page makes a new Python ready


def some(names: list[str]) -> list[str]:
    """A few of a group, evenly chosen."""
    return names[:: max(1, len(names) // SOME)][:SOME]


CHOSEN = [f"{group}: {name}" for group, programs in GROUPS.items() for name in some([*programs])]


def attack(reader: Reader, name: str) -> None:
    """Run a program of the corpus as a reader would; press Stop if it does not end."""
    reader.open("two").run()
    reader.engine.run(f"await ({PLANT})();")
    reader.engine.run(MARK)
    reader.write(source_of(CORPUS[name], reader.bird.address, reader.url))
    reader.server.asked.clear()
    reader.click("run")
    try:
        reader.engine.wait(AT_REST, seconds=2 * PATIENCE / 1000)
    except ScriptError:
        if reader.engine.run(PRESS_STOP):
            reader.says("Stopped")


def check(reader: Reader, name: str) -> None:
    assert reader.engine.run(STRANGE, [rule.url for rule in RULES.values()]) == []
    reader.engine.run(STEP)
    if name in NOT_KEPT:
        assert not reader.engine.run(KEPT)
    reader.engine.run("await new Promise((resolve) => setTimeout(resolve, 100));")
    assert escaped(reader.bird) == []
    assert [path for path in reader.server.asked if not OWN.fullmatch(path)] == []
    assert reader.engine.run(STORED) == PLANTED
    reader.click("reset")
    reader.run()
    text = reader.engine.run("return played.at(-1);")
    assert text == play(DEMO.source, DEMO.client, DEMO.app)


@held_in_chromium
@pytest.mark.parametrize("name", CHOSEN)
def test_a_hostile_program_harms_nothing(reader: Reader, name: str) -> None:
    attack(reader, name)
    check(reader, name)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", [name for name in CORPUS if name not in CHOSEN])
def test_every_hostile_program_harms_nothing(reader: Reader, name: str) -> None:
    attack(reader, name)
    check(reader, name)


def test_the_engine_is_the_one_that_was_asked_for(engine: Engine) -> None:
    agent = engine.run("return navigator.userAgent;")
    names = {"chromium": "Chrome/", "firefox": "Firefox/", "webkit": "AppleWebKit/605"}
    assert names[engine.name] in agent
