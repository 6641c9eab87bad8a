"""Files of facts that are written once for both languages, and read for many fences."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from common.places import ROOT


def read_facts(name: str) -> Any:
    """What a YAML file holds, by its path from the root; nobody may change it.

    It is parsed again only when its text is another, as it may be under ``make serve``.
    """
    return _parsed((ROOT / name).read_text("utf-8"))


@lru_cache(8)
def _parsed(text: str) -> Any:
    return yaml.safe_load(text)
