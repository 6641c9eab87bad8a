"""The engine and asgion, a validator by others, on the same corpus: where they disagree, and why.

asgion watches while the mock server drives the app. The test fails when the list of disagreements
changes, in either direction. asgion needs Python 3.12.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import pytest

from asgiscope import Limits, run
from tests.asgiscope.corpus import VALID, WRONG, Case

pytestmark = [
    pytest.mark.skipif(sys.version_info < (3, 12), reason="asgion needs Python 3.12"),
    # its wrappers around calls that the corpus forgets to await
    pytest.mark.filterwarnings("ignore:coroutine:RuntimeWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
LIMITS = Limits(turns=20_000, seconds=3_600, events=2_000)

# Wrong apps that asgion is silent about, by our rule: how many, and why.
SILENT: dict[str, tuple[int, str]] = {
    "message-type-unknown": (2, "it does not look at the types sent on a WebSocket"),
    "message-of-server": (3, "the same: it does not look at the types sent on a WebSocket"),
    "message-of-other-protocol": (2, "the same: HTTP messages on a WebSocket pass"),
    "message-key-missing": (1, "it does not check the start of a denial"),
    "message-key-type": (1, "it does not check the file of zero copy send"),
    "message-key-unknown": (6, "it says nothing of keys that it does not know"),
    "message-key-newer": (2, "the same: it does not ask which version has a key"),
    "http-no-response": (2, "it judges when an app returns; these wait, or return after leaving"),
    "http-response-unfinished": (10, "it tells this as information only"),
    "http-header-lowercase": (1, "it checks the headers of responses, not those of accept"),
    "http-header-pseudo": (2, "it has no rule for pseudo headers of responses"),
    "http-header-characters": (5, "it does not look into names and values of headers"),
    "http-header-name": (6, "the same"),
    "http-header-control": (3, "the same"),
    "http-header-blanks": (4, "the same"),
    "http-header-twice": (2, "it does not compare the headers with each other"),
    "http-status-range": (1, "it takes 100 for a status of a final response"),
    "http-content-length-invalid": (2, "it ignores a length that it cannot read"),
    "http-content-length-not-allowed": (1, "it takes a length of 0 on 204 for a right one"),
    "extension-not-offered": (2, "it does not compare trailers and denials with the scope"),
    "http-trailers-early": (1, "it does not order trailers and body"),
    "http-trailers-missing": (1, "it does not wait for the last of several trailers"),
    "http-pathsend-mixed": (1, "it has no rule for mixing a path with a body"),
    "websocket-no-reply": (1, "it judges a return before accept as allowed"),
    "websocket-after-close": (1, "it allows a second close"),
    "websocket-subprotocol-not-offered": (3, "it does not compare with what the client offered"),
    "websocket-subprotocol-header": (1, "it has no rule for this header"),
    "websocket-close-code": (6, "it does not check the range of close codes"),
    "websocket-close-reason-long": (2, "it tells this as information only, or not at all"),
    "websocket-denial-only": (1, "it allows a close within a denial"),
    "websocket-denial-unfinished": (2, "it does not follow a denial to its end"),
    "lifespan-startup-no-reply": (1, "it takes a return at once for an app without lifespan"),
    "lifespan-ended-early": (1, "it allows to return after the startup"),
    "lifespan-shutdown-no-reply": (1, "it does not ask for the answer to the shutdown"),
    "app-raised": (6, "it leaves exceptions to the server, but for those before a response"),
    "app-cancelled": (1, "it leaves what ends the app to the server"),
    "app-coroutine-not-awaited": (1, "it sees only what is sent and received"),
    "app-exception-answered": (1, "the same: it does not read the log"),
    "app-exception-unseen": (2, "the same: it does not watch tasks and callbacks"),
    "app-stuck": (2, "it judges when an app returns; these never do"),
    "send-not-awaited": (1, "it sees only what is sent"),
    "receive-not-awaited": (1, "it sees only what is received"),
    "loop-blocked": (3, "its clock is the real one, and no real time passes here"),
}

# Valid apps that asgion warns of, with the id of its rule, and why they are valid all the same.
WARNED: dict[str, tuple[str, str]] = {
    "headers from a generator": ("G-010", "the format says iterable; it asks for a list"),
    "headers from dict items": ("G-010", "the format says iterable; it asks for a list"),
    "a header twice": ("SEM-004", "advice on cookies, not a rule of ASGI"),
    "HEAD with a length and no body": ("SEM-003", "HEAD declares the length of GET"),
    "304 with the length of the whole": ("SEM-003", "304 declares the length of the whole"),
    "transfer-encoding: chunked": ("HE-010", "servers drop it, as the specification asks"),
}


def told(case: Case) -> list[str]:
    """The ids of asgion's rules above the level of information."""
    import asgion

    found: list[Any] = []
    run(asgion.inspect(case.app, on_violation=found.append), case.client, limits=LIMITS)
    return [v.rule_id for v in found if str(v.severity) in ("warning", "error")]


def test_what_asgion_does_not_notice_is_listed_with_its_reason() -> None:
    cases = [case for case in WRONG if case.rule != "app-over-budget" and callable(case.app)]
    silent = Counter(case.rule for case in cases if not told(case))
    assert silent == {rule: count for rule, (count, _) in SILENT.items()}


def test_what_asgion_warns_of_in_valid_apps_is_listed_with_its_reason() -> None:
    warned = {case.name: told(case) for case in VALID}
    assert {name: ids[0] for name, ids in warned.items() if ids} == {
        name: rule for name, (rule, _) in WARNED.items()
    }
