"""What the engine's tests ask for: under other Pythons (scripts/test_pythons.py) all there is."""

from __future__ import annotations

from pathlib import Path

import pytest

from common.places import ROOT


@pytest.fixture(scope="session")
def project() -> Path:
    """The project's root folder."""
    return ROOT


@pytest.fixture(scope="session")
def loopback() -> None:
    """This machine's loopback sockets: a test that listens on a port asks for it, directly or not.

    The quick part leaves such tests out; one that listens without asking fails.
    """
