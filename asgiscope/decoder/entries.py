"""The messages that are known, as ``scripts/decoder_data.py`` writes them from ``data/errors/``."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from .matching import Decoder


@cache
def entries() -> dict[str, dict[str, Any]]:
    """By id: ``message``, ``who`` with its version, ``where``, ``zh`` and ``en``, each with ``why``
    and ``fix`` in Markdown, and ``see``: pages of the site, the message's own first, or addresses.
    """
    text = files(__package__).joinpath("entries.json").read_text("utf-8")
    return {entry["id"]: entry for entry in json.loads(text)}


@cache
def decoder() -> Decoder:
    """A decoder that knows them all."""
    return Decoder({name: (entry["message"], entry["where"]) for name, entry in entries().items()})
