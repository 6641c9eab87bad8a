"""What the engine's tests ask for under other Pythons, too, where no conftest above is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.places import ROOT


@pytest.fixture(scope="session")
def loopback() -> None:
    """This machine's loopback sockets: see tests/conftest.py."""


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root folder."""
    return ROOT
