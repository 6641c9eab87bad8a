"""Whatever code does: nothing gets out, the page stays usable, the next run is right."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.canary import ALIVE, look
from tests.browser.hostile.target import CORPUS, NOT_KEPT, Target, target_in


@pytest.fixture(scope="module")
def opened(whole_browser: Browser, small_site: Path) -> Iterator[Target]:
    """One page for all: what one program leaves behind, the next would meet."""
    with target_in(whole_browser, small_site) as target:
        yield target


@pytest.fixture
def target(opened: Target) -> Target:
    """The page; opened anew where the test before has failed in it."""
    if not opened.sound:
        opened.open()
    opened.canary.noted.clear()
    return opened


GROUPED = [  # a page for each kind of them
    pytest.param(name, marks=pytest.mark.xdist_group(f"hostile {name.partition(':')[0]}"))
    for name in CORPUS
    if name not in NOT_KEPT
]


@pytest.mark.parametrize("name", GROUPED)
def test_a_hostile_program_harms_nothing(target: Target, name: str) -> None:
    target.attack(CORPUS[name])
    target.check()


@pytest.mark.parametrize("name", NOT_KEPT)
def test_a_python_that_was_touched_is_not_used_again(target: Target, name: str) -> None:
    target.mark_python()
    target.attack(CORPUS[name])
    assert not target.keeps_python
    target.check()


def test_a_python_that_was_not_touched_is(target: Target) -> None:
    target.mark_python()
    target.attack("open('/lib/python314.zip', 'rb').close()\nprint('no harm')")
    assert target.keeps_python
    target.check()


def test_the_corpus_is_large() -> None:
    assert len(CORPUS) >= 150


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
