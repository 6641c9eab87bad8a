"""The site's colours, for what no style sheet reaches: the icon, the cards, a failed build."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from common.places import ROOT

FILE: Final = ROOT / "docs" / "assets" / "styles" / "tokens.css"
PAIR: Final = re.compile(r"^ *--([\w-]+): light-dark\((#\w+), #\w+\);", re.M)
LANES: Final = ("client", "server", "app")


@cache
def colours() -> dict[str, str]:
    """Each colour of tokens.css on light ground, by its name there: ``{"ink": "#...", ...}``."""
    return dict(PAIR.findall(FILE.read_text("utf-8")))
