"""site_plugin/plugin.py, options.py, registry.py: what MkDocs finds, and what it is told."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from mkdocs.plugins import CombinedEvent

import site_plugin
from site_plugin import kinds, registry
from site_plugin.fences import FenceError, Place
from site_plugin.options import NAME, Options
from site_plugin.plugin import SitePlugin
from site_plugin.registry import all_kinds, read_fences

PLACE = Place("docs/en/page.md", 4)
CHINESE = {"code": "zh", "hreflang": "zh-Hans", "name": "中文"}


def modules() -> list[ModuleType]:
    """Every module of the plugin."""
    folders = {package.__name__: package.__path__ for package in (site_plugin, kinds)}
    names = [
        f"{package}.{found.name}"
        for package, path in folders.items()
        for found in pkgutil.iter_modules(path)
    ]
    return [import_module(name) for name in names]


def test_mkdocs_finds_the_plugin_by_its_entry_point() -> None:
    [found] = entry_points(group="mkdocs.plugins", name=NAME)
    assert found.load() is SitePlugin


def test_every_handler_of_a_module_has_its_place_in_the_plugins_order() -> None:
    written = {
        (name, function)
        for module in modules()
        for name, function in vars(module).items()
        if name.startswith("on_") and function.__module__ == module.__name__
    }
    placed = [
        (name, handler)
        for name, event in vars(SitePlugin).items()
        if isinstance(event, CombinedEvent)
        for handler in event.__get__(None, SitePlugin).methods
    ]
    assert len(placed) == len(set(placed))
    assert set(placed) == written


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Required configuration not provided"),
        ({"languages": [{**CHINESE, "code": "fr"}]}, "'code': Expected one of: ('en', 'zh')"),
        ({"languages": [{**CHINESE, "name": 1}]}, "'name': Expected type: <class 'str'>"),
        ({"languages": [{**CHINESE, "path": "en"}]}, "'path': 'en' needs a '/' at its end"),
        ({"languages": [{"code": "zh", "name": "中文"}]}, "'hreflang': Required"),
    ],
)
def test_a_wrong_option_is_named(given: dict[str, Any], told: str) -> None:
    errors, _ = SitePlugin().load_config(given)
    [(option, error)] = errors
    assert option == "languages"
    assert told in str(error)


def test_an_unknown_option_is_a_warning_which_ends_a_strict_build() -> None:
    plugin = SitePlugin()
    errors, warnings = plugin.load_config({"languages": [{**CHINESE, "pathh": "en/"}]})
    assert errors == []
    assert "pathh" in str(warnings)
    assert isinstance(plugin.config, Options)


def test_every_file_of_kinds_registers_one_kind() -> None:
    assert len(all_kinds()) == len(list(pkgutil.iter_modules(kinds.__path__)))
    some = next(iter(all_kinds().values()))
    with pytest.raises(ValueError, match=f"two kinds of fences '{some.name}'"):
        registry.register(some)


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("agsi", "asgi"), ("tble", "table"), ("specificatio", "specification")),
        *(("mermiad", "mermaid"), ("asgi-playgroud", "asgi-playground")),
    ],
)
def test_a_name_that_is_nearly_one_of_ours_is_named_with_its_line(name: str, meant: str) -> None:
    with pytest.raises(FenceError) as caught:
        read_fences(f"# X\n\n```{name}\n```\n", PLACE)
    told = f"docs/en/page.md:7: there is no fence {name!r}; did you mean {meant!r}?"
    assert str(caught.value) == told


@pytest.mark.parametrize("name", ["", "python", "http", "text", "mermaid", "env", "tablegen"])
def test_code_may_be_in_any_language(name: str) -> None:
    assert read_fences(f"```{name}\n```\n", PLACE) == []


def test_every_fence_of_the_pages_is_ours_or_code(project: Path) -> None:
    for page in sorted((project / "docs").rglob("*.md")):
        place = Place(page.relative_to(project).as_posix(), 0)
        read_fences(page.read_text("utf-8"), place)
