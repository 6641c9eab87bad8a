"""The pages are built where there are threads, and run in browsers, where there are none."""

from __future__ import annotations

import pytest

from asgiscope import run_source
from common.places import ROOT
from site_plugin.demo_fence import Fence, read_fence
from site_plugin.fences import Place, scan

SNIPPETS = ROOT / "snippets"
ONCE = ("frameworks/answer_with_django.py",)  # Django can be set up only once in a process
WORDS = ("thread", "executor", "run_sync", "time.sleep", "def endpoint", "sync_to_async")


def demos() -> list[tuple[Fence, str]]:
    """The demos whose code may use threads, directly or by way of a framework."""
    found = []
    for page in sorted((ROOT / "docs" / "en").rglob("*.md")):
        place = Place(page.relative_to(ROOT).as_posix(), 0)
        raws = [raw for raw in scan(page.read_text("utf-8")) if raw.language == "asgi"]
        for fence in (read_fence(raw, place) for raw in raws):
            text = (SNIPPETS / fence.app).read_text("utf-8")
            may_use = any(word in text for word in WORDS) or fence.app.startswith("frameworks/")
            if may_use and fence.app not in ONCE:
                found.append((fence, text))
    return found


@pytest.mark.parametrize(("fence", "text"), demos(), ids=lambda value: getattr(value, "name", ""))
def test_a_demo_is_the_same_with_threads_and_without(
    fence: Fence, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_source(text, fence.client, fence.app)  # BlackSheep logs it when it is loaded again
    real = run_source(text, fence.client, fence.app).to_json()
    monkeypatch.setattr("asgiscope.clock.thread_facts.REAL", False)
    assert run_source(text, fence.client, fence.app).to_json() == real
