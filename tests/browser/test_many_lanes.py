"""An exchange with more lanes than anybody can tell apart: some are drawn, the rest are folded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Hand
from tests.browser.small_site import APPS, HELLO, Demo, serve_site, write_page

DATA = re.compile(r'(?<=class="demo-data">).*?(?=</script>)', re.S)
MANY = "start_many_tasks.py"
TASKS = (APPS / MANY).read_text(encoding="utf-8")
CLIENTS = {f"client-{number}": [{"request": "GET /"}] for number in range(40)}
ELEMENTS = "document.querySelectorAll('asgi-demo *').length"


def large_trace(events: int, tasks: int) -> dict[str, Any]:
    """Events of many tasks, with time between them."""

    def event(n: int) -> dict[str, Any]:
        end = f"app/{2 + n % tasks}"
        ends = ((end, end, "print"), (end, "server", "receive"), ("server", end, "event"))
        from_, to, kind = ends[n // tasks % 3]
        message = {"text": f"event {n}"} if kind == "print" else {"type": "http.request"}
        place = {"connection": "client", "from": from_, "to": to, "kind": kind}
        return {"n": n, "t": n / 1000, **place, "message": message, "line": 1}

    told = [event(n) for n in range(1, events + 1)]
    return {"schema": 1, "time": events / 1000, "events": told, "findings": [], "outcomes": {}}


def write_large_page(folder: Path, trace: dict[str, Any]) -> None:
    def put(found: re.Match[str]) -> str:
        return json.dumps({**json.loads(found[0]), "trace": trace, "texts": []})

    text = DATA.sub(put, write_page("large", [HELLO], "en", "default"), count=1)
    (folder / "large-en-default.html").write_text(text, encoding="utf-8")


@pytest.fixture
def large(page: Page, small_site: Path, serve: Callable[[Any], str]) -> Hand:
    """A page with 10,000 events of 1,000 tasks."""
    write_large_page(small_site, large_trace(10_000, 1_000))
    return Hand(page, serve(serve_site(small_site)))


@pytest.fixture
def crowd(page: Page, small_site: Path, serve: Callable[[Any], str]) -> Hand:
    for name, demo in {"crowd": Demo(MANY, [{"request": "GET /"}]), "clients": HELLO}.items():
        shown = Demo(HELLO.app, CLIENTS) if name == "clients" else demo
        text = write_page(name, [shown], "en", "default")
        (small_site / f"{name}-en-default.html").write_text(text, encoding="utf-8")
    return Hand(page, serve(serve_site(small_site)))


def heads(hand: Hand) -> list[str]:
    return [" ".join(text.split()) for text in hand.find(".demo-head").all_inner_texts()]


def all_drawn(hand: Hand, row: str = ".demo-row") -> None:
    expect(hand.find(f"{row}:empty")).to_have_count(0, timeout=60_000)


def test_ten_thousand_events_of_a_thousand_tasks_are_so_many_elements(large: Hand) -> None:
    large.open("large")
    assert large.find(".demo-row").count() == 10_000
    all_drawn(large)
    assert large.page.evaluate(ELEMENTS) < 10_000 * 17
    assert large.find(".demo-block").count() == 100
    expect(large.find(".demo-choice")).to_be_hidden()  # too much for the scale of time


def test_a_step_far_down_is_drawn_as_soon_as_it_is_needed(large: Hand) -> None:
    large.open("large")
    large.find(".demo-next").click()
    assert large.find(".demo-is-ahead:not(.demo-block)").count() == 99
    assert large.find(".demo-block.demo-is-ahead").count() == 99
    large.click("last")
    assert large.find(".demo-is-ahead").count() == 0
    expect(large.find(".demo-row.demo-is-current")).to_contain_text("10000.")
    expect(large.find(".demo-place")).to_have_text("10000 / 10000")


def test_a_program_with_900_tasks_is_drawn_in_30_lanes(crowd: Hand) -> None:
    crowd.open("crowd")
    all_drawn(crowd)
    assert len(heads(crowd)) == 30
    assert heads(crowd)[:4] == ["client", "server", "app", "app #2"]
    assert heads(crowd)[-1] == "app +874"
    assert crowd.page.evaluate(ELEMENTS) < 30_000


def test_the_rest_can_be_opened_and_steps_keep_their_names(crowd: Hand) -> None:
    crowd.open("crowd")
    expect(crowd.find(".demo-fold")).to_be_visible()
    crowd.click("last")
    place = crowd.find(".demo-place").inner_text()
    crowd.find(".demo-fold select").select_option(index=5)
    assert heads(crowd)[2] == "app #136"
    assert heads(crowd)[-1] == "app +874"
    assert crowd.find(".demo-place").inner_text() == place
    named = str(crowd.find(".demo-row").nth(499).text_content())
    assert "app #" in named
    assert "+" not in named
    crowd.find(".demo-fold select").select_option(index=33)
    assert heads(crowd)[-2] == "app #901"


def test_clients_are_folded_at_the_other_side(crowd: Hand) -> None:
    crowd.open("clients")
    found = heads(crowd)
    assert len(found) == 30
    assert found[0] == "client +27"
    assert found[-1] == "app +26"
    assert found.index("server") == 14
    crowd.find(".demo-fold select").select_option(index=1)
    assert heads(crowd)[1] == "client client-13"


def test_few_lanes_are_not_folded(hand: Hand) -> None:
    hand.open("two")
    expect(hand.find(".demo-fold").first).to_be_hidden()


def test_a_run_of_many_tasks_is_drawn_alike(hand: Hand) -> None:
    hand.open("two")
    hand.write(TASKS)
    hand.run()
    all_drawn(hand)
    assert len(heads(hand)) == 30
    assert hand.page.evaluate(ELEMENTS) < 30_000
