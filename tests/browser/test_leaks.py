"""Pages that come and go in one document, as with instant navigation: nothing is left behind."""

from __future__ import annotations

from playwright.sync_api import CDPSession

from tests.browser.conftest import Hand

WARM = 10
VISITS = 50
SLACK_NODES = 200
SLACK_LISTENERS = 20
SLACK_HEAP = 2_000_000  # bytes

# What instant navigation does: the other page is parsed, its content takes the place of this one's.
VISIT = """async (times) => {
    const text = await (await fetch(location.href)).text();
    for (let visit = 0; visit < times; visit++) {
        const other = new DOMParser().parseFromString(text, "text/html");
        document.querySelector("main").replaceWith(document.adoptNode(other.querySelector("main")));
        const demo = document.querySelector("asgi-demo");
        while (!demo.querySelector(".demo-next")) await new Promise((done) => setTimeout(done));
        demo.querySelector(".demo-next").click();
        const played = new Promise((done) => demo.addEventListener("trace", done));
        demo.querySelector(".demo-tool-run").click();
        if (visit % 2) await played; // every other reader leaves before the run has ended
    }
    await new Promise((done) => setTimeout(done, 500));
}"""


def counted(session: CDPSession) -> dict[str, int]:
    for _ in range(3):
        session.send("HeapProfiler.collectGarbage")
    counters = session.send("Memory.getDOMCounters")
    heap = session.send("Runtime.getHeapUsage")
    return {**counters, "heap": int(heap["usedSize"])}


def test_a_page_opened_and_left_fifty_times_leaves_nothing(fresh_hand: Hand) -> None:
    fresh_hand.open("two").run()
    session = fresh_hand.page.context.new_cdp_session(fresh_hand.page)
    fresh_hand.page.evaluate(VISIT, WARM)
    before = counted(session)
    fresh_hand.page.evaluate(VISIT, VISITS)
    after = counted(session)
    assert after["nodes"] - before["nodes"] < SLACK_NODES, (before, after)
    assert after["jsEventListeners"] - before["jsEventListeners"] < SLACK_LISTENERS, (before, after)
    assert after["heap"] - before["heap"] < SLACK_HEAP, (before, after)
    assert fresh_hand.page.locator("iframe").count() <= 2  # the one in use, and one that stands by
    fresh_hand.run()
