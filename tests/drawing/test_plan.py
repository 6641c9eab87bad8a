"""drawing/plan.py: which state stands where."""

from __future__ import annotations

from drawing.plan import plan_of
from tests.drawing.diagrams import STATES, states


def test_a_chain_is_a_spine_and_has_no_tracks() -> None:
    plan = plan_of(STATES["a chain"], beside=True)
    assert plan.spine == ("start", "end")
    assert plan.leaves == {}
    assert plan.tracks() == ()


def test_states_at_which_a_way_ends_stand_beside_where_there_is_room() -> None:
    plan = plan_of(STATES["a fan"], beside=True)
    assert plan.spine == ("waiting",)
    assert set(plan.leaves.values()) == {"waiting"}
    assert plan_of(STATES["a fan"], beside=False).leaves == {}


def test_arrows_between_the_same_states_are_one_with_several_labels() -> None:
    plan = plan_of(STATES["several labels"], beside=True)
    assert plan.labels["body", "complete"] == ("http.response.body", "http.response.pathsend")


def test_a_state_that_leads_on_is_reached_before_one_that_does_not() -> None:
    plan = plan_of(
        states((None, "a", ""), ("a", "denied", ""), ("a", "b", ""), ("b", "closed", "")), False
    )
    assert plan.spine == ("a", "b", "closed", "denied")
    assert plan.tracks() == ("denied",)


def test_tracks_are_ordered_so_that_they_cross_as_little_as_can_be() -> None:
    plan = plan_of(
        states((None, "a", ""), ("a", "b", ""), ("b", "c", ""), ("c", "d", ""), ("a", "d", "")),
        False,
    )
    assert plan.tracks() == ("d",)
    both = plan_of(STATES["over several"], beside=False)
    assert set(both.tracks()) == {"a", "c", "d"}
    assert both.tracks().index("c") < both.tracks().index("d")
