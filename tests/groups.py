"""Tests that share what is dear to start run in one process: `pytest.mark.xdist_group("name")`.

pytest-xdist tells the group by the end of a test's id, which it writes into an attribute that
pytest 9.2 has no longer: all its groups fall apart without a word. So it is done here.
"""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from _pytest.nodeid import NodeId
from xdist.scheduler import LoadGroupScheduling


class ByGroup(LoadGroupScheduling):  # type: ignore[misc] # has no types
    """Tests of one group run in one process; a test without a group belongs to its module's."""

    def _split_scope(self, nodeid: str) -> str:
        scope = str(super()._split_scope(nodeid))
        return nodeid.partition("::")[0] if scope == nodeid else scope


def name_groups(items: list[pytest.Item], apart: Callable[[pytest.Item], bool]) -> None:
    """Write the group of each test where pytest-xdist looks for it; for its workers only.

    Tests that have to run ``apart`` from the others are a group of their own in each group.
    """
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return
    for item in items:
        mark = item.get_closest_marker("xdist_group")
        group = mark.args[0] if mark else item.nodeid.partition("::")[0] if apart(item) else ""
        ending = f"@{group} (apart)" if apart(item) else f"@{group}"
        if group and not item.nodeid.endswith(ending):
            item._id = NodeId.parse(f"{item.nodeid}{ending}")
