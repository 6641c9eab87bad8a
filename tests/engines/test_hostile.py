"""The hostile corpus in each engine: nothing gets out, no Python is kept, the next run is right.

`make test` tries a program of each group, in the two engines in turn; `make test-all` tries every
one in both.
"""

from __future__ import annotations

import re
from itertools import cycle

import pytest
from _pytest.mark import ParameterSet

from asgiscope import play
from asgiscope.spec import RULES
from scripts.engines import wanted_engines
from tests.browser import small_site
from tests.browser.canary import PLANT
from tests.browser.hostile.target import CORPUS, GROUPS, NOT_KEPT, PATIENCE, source_of
from tests.engines.engine import Engine, ScriptError
from tests.engines.reader import Reader
from tests.engines.server import escaped
from tests.engines.test_nothing_leaves import PLANTED, STORED

DEMO = small_site.HELLO
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


def every_pair() -> list[ParameterSet]:
    """Each engine with each program, as parameters; what is long but for a program of each group.

    Chromium has the whole corpus in tests/browser/hostile.
    """
    first = [f"{group}: {next(iter(programs))}" for group, programs in GROUPS.items()]
    turns = set(zip(cycle(("firefox", "webkit")), first, strict=False))
    return [
        pytest.param(
            *(engine, name),
            marks=[
                pytest.mark.xdist_group(f"engine {engine}"),
                *([] if (engine, name) in turns else [pytest.mark.long]),
            ],
        )
        for engine in wanted_engines()
        for name in CORPUS
    ]


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


@pytest.mark.parametrize(("started", "name"), every_pair(), indirect=["started"])
def test_a_hostile_program_harms_nothing(reader: Reader, name: str) -> None:
    attack(reader, name)
    check(reader, name)


def test_the_engine_is_the_one_that_was_asked_for(engine: Engine) -> None:
    agent = engine.run("return navigator.userAgent;")
    names = {"chromium": "Chrome/", "firefox": "Firefox/", "webkit": "AppleWebKit/605"}
    assert names[engine.name] in agent
