"""A snippet's app, imported as a reader would import it."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType
from typing import Any

from common.places import ROOT

SNIPPETS = ROOT / "snippets"


def load(name: str) -> Any:
    return load_module(name).app


def load_module(name: str) -> ModuleType:
    """The module itself, made anew by each call."""
    path = SNIPPETS / name
    spec = importlib.util.spec_from_file_location(f"snippet_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # some frameworks look there for the names in annotations
    spec.loader.exec_module(module)
    return module
