"""tests/groups.py: tests of one group run in one process, with the versions that are installed."""

from __future__ import annotations

import copy

import pytest

from tests.groups import ByGroup, name_groups


@pytest.mark.xdist_group("together")
@pytest.mark.parametrize(("apart", "group"), [(False, "together"), (True, "together (apart)")])
@pytest.mark.parametrize("text", ["plain", "a@b"])
def test_the_scheduler_finds_the_group_of_a_test_in_its_id(
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    apart: bool,
    group: str,
) -> None:
    item = copy.copy(request.node)
    monkeypatch.setenv("PYTEST_XDIST_WORKER", "gw0")
    for _ in range(2):
        name_groups([item], lambda item: apart)
        scheduler = object.__new__(ByGroup)
        assert scheduler._split_scope(item.nodeid) == group
        assert text in item.nodeid


def test_tests_of_a_module_are_a_group_unless_they_name_another() -> None:
    scheduler = object.__new__(ByGroup)
    assert scheduler._split_scope("tests/a/test_b.py::test_c[x]") == "tests/a/test_b.py"
    assert scheduler._split_scope("tests/a/test_b.py::test_c[x]@page") == "page"
