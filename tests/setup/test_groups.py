"""tests/groups.py: tests of one group run in one process, with the versions that are installed."""

from __future__ import annotations

import copy

import pytest
from xdist.scheduler import LoadGroupScheduling

from tests.groups import name_groups


@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("text", ["plain", "a@b"])
def test_the_scheduler_finds_the_group_of_a_test_in_its_id(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    item = copy.copy(request.node)
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    for _ in range(2):
        name_groups([item])
        scheduler = object.__new__(LoadGroupScheduling)
        assert scheduler._split_scope(item.nodeid) == "together"
        assert text in item.nodeid
