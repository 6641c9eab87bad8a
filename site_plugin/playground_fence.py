"""Reads the ``asgi-playground`` fence: groups of presets, each written like an ``asgi`` fence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import yaml

from site_plugin.demo_fence import Fence, check_ids, check_marks, parse, read_demo, talks
from site_plugin.fences import Place, RawFence

NAME: Final = "asgi-playground"
FORM: Final = "a playground is a list of groups: '- group: ...' and below it 'presets:' with a list"


@dataclass(frozen=True)
class Preset:
    """A demo that the playground offers; ``about`` says in a sentence what there is to see."""

    fence: Fence
    about: str


@dataclass(frozen=True)
class Group:
    title: str
    presets: tuple[Preset, ...]


@dataclass(frozen=True)
class Playground:
    """A page's playground. ``start`` is its first line in the Markdown, from 0."""

    start: int
    groups: tuple[Group, ...]

    @property
    def presets(self) -> list[Preset]:
        return [preset for group in self.groups for preset in group.presets]


def read_playground(raw: RawFence, at: Place) -> Playground:
    """The playground that a fence describes. Raises :class:`FenceError` for a wrong one."""
    check_marks(raw, at)
    node, data = parse(raw, at)
    if not isinstance(node, yaml.SequenceNode):
        raise at.error(raw.start, FORM)
    groups = [_read_group(*pair, raw, at) for pair in zip(node.value, data, strict=True)]
    playground = Playground(raw.start, tuple(groups))
    check_ids((preset.fence for preset in playground.presets), "preset")
    return playground


def check_only_one(found: Sequence[Playground], at: Place) -> None:
    """A page has one playground. Raises :class:`FenceError`."""
    for second in found[1:]:
        first = at.offset + found[0].start + 1
        raise at.error(second.start, f"line {first} has a playground; one")


def _read_group(node: yaml.Node, data: Any, raw: RawFence, at: Place) -> Group:
    index = _index(node, raw)
    if not isinstance(node, yaml.MappingNode) or set(data) != {"group", "presets"}:
        raise at.error(index, FORM)
    (presets,) = (value for key, value in node.value if key.value == "presets")
    if not isinstance(data["group"], str) or not isinstance(presets, yaml.SequenceNode):
        raise at.error(index, FORM)
    pairs = zip(presets.value, data["presets"], strict=True)
    return Group(data["group"], tuple(_read_preset(*pair, raw, at) for pair in pairs))


def _read_preset(node: yaml.Node, data: Any, raw: RawFence, at: Place) -> Preset:
    index = _index(node, raw)
    if not isinstance(node, yaml.MappingNode):
        raise at.error(index, "a preset has keys like an asgi fence: id, title, app, client")
    about = data.pop("about", "")
    if not isinstance(about, str):
        raise at.error(index, "about is a sentence; put it in quotes")
    node.value = [(key, value) for key, value in node.value if key.value != "about"]
    fence = read_demo(node, data, raw, index, at)
    return Preset(replace(fence, console=talks(fence.client)), about)


def _index(node: yaml.Node, raw: RawFence) -> int:
    """The Markdown's line in which a part of the fence begins."""
    return raw.start + 1 + int(node.start_mark.line)
