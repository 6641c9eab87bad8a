"""The languages of the site, as mkdocs.yml lists them."""

from __future__ import annotations

from functools import cache
from typing import Any

import yaml

from common.places import ROOT


class _Plain(yaml.SafeLoader):
    """Reads mkdocs.yml without what its tags stand for: none of it is about languages."""


_Plain.add_multi_constructor("", lambda _loader, _tag, _node: None)


@cache
def paths() -> dict[str, str]:
    """Where each language's pages are, from the site's root: ``{"zh": "", "en": "en/"}``."""
    config: dict[str, Any] = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _Plain)
    plugins = {name: options for each in config["plugins"] for name, options in each.items()}
    return {one["code"]: one["path"] for one in plugins["asgi-illustrated"]["languages"]}
