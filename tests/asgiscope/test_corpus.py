"""Every wrong app of the corpus is named by its rule, and no valid one by any."""

from __future__ import annotations

import pytest

from asgiscope import Limits, run
from asgiscope.spec import RULES
from tests.asgiscope.corpus import VALID, WRONG, Case

LIMITS = Limits(turns=20_000, seconds=3_600, events=2_000)
LEAST_WRONG, LEAST_VALID = 150, 50

# What loading source text does wrong has its tests in test_trace; these need no app to be wrong.
# What threads do wrong is in test_real_threads, and what never comes back in test_never_hangs.
NOTES = {rule.id for rule in RULES.values() if rule.level == "note"}
ELSEWHERE = {"app-import", "loop-held", "loop-waits-for-ever", "thread-waits-for-ever"}


@pytest.mark.parametrize("case", WRONG, ids=lambda case: case.name)
def test_a_wrong_app_is_named_by_its_rule(case: Case) -> None:
    trace = run(case.app, case.client, limits=LIMITS)
    assert trace.broken_rules(), "nothing was found"
    assert trace.broken_rules()[0] == case.rule


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.name)
def test_a_valid_app_breaks_no_rule(case: Case) -> None:
    assert run(case.app, case.client, limits=LIMITS).broken_rules() == []


def test_the_corpus_is_large_and_every_rule_has_a_wrong_app() -> None:
    assert len(WRONG) >= LEAST_WRONG
    assert len(VALID) >= LEAST_VALID
    assert {case.rule for case in WRONG} >= set(RULES) - NOTES - ELSEWHERE


def test_the_cases_have_names_of_their_own() -> None:
    names = [case.name for case in (*WRONG, *VALID)]
    assert len(names) == len(set(names))
