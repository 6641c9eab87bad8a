from asgiscope import run
from await_upload import app

POST = {"request": {"method": "POST", "path": "/"}}


def test_an_upload_in_two_pieces_is_counted():
    pieces = [
        {"body": "tea"},
        {"body": "pot"},
        {"end": True},
    ]
    trace = run(app, [POST, *pieces])
    assert trace.outcome.body == b"6 bytes."
    assert trace.broken_rules() == []


# zh: 三十秒是虚拟的，这个测试只要几毫秒。
# en: The thirty seconds are virtual; this takes milliseconds.
def test_a_stalled_upload_is_408_after_30_seconds():
    trace = run(app, [POST, {"body": "tea"}, {"wait": 60}])
    end = [e for e in trace.events if e.kind == "complete"]
    assert trace.outcome.status == 408
    assert end[0].t == 30


def test_an_upload_broken_off_breaks_no_rule():
    steps = [POST, {"body": "tea"}, {"disconnect": True}]
    trace = run(app, steps)
    assert trace.outcome.status is None
    assert trace.broken_rules() == []
    assert trace.time < 30
