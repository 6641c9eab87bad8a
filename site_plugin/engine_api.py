"""A public name of the engine as Markdown: its signature, its fields, and its docstring."""

from __future__ import annotations

import inspect
import re
from typing import Any, Final

import asgiscope
from asgiscope.trace import outcomes

ROLE: Final = re.compile(r":(?:class|func|mod|data):`~?(?:[\w.]+\.)?(\w+)`")
LITERAL: Final = re.compile(r"``(.+?)``")
QUOTED: Final = re.compile(r"(: |-> )'([^']*)'")  # annotations that are not evaluated
NOT_ANCHOR: Final = re.compile(r"[^a-z0-9]+")


def api_entry(name: str, words: str | None) -> str:
    """A heading, the signature, and ``words``; or the docstring where there are none."""
    found = _find(name)
    anchor = "api-" + NOT_ANCHOR.sub("-", name.lower())
    text = words or as_markdown(inspect.getdoc(found) or "")
    level = "####" if "." in name else "###"
    return f"{level} `{name}` {{ #{anchor} }}\n\n```python\n{signature(name, found)}\n```\n\n{text}"


def _find(name: str) -> Any:
    first, *rest = name.split(".")
    found: Any = getattr(asgiscope, first, None) or getattr(outcomes, first)
    for part in rest:
        found = getattr(found, part)
    return found


def signature(name: str, found: Any) -> str:
    """How it is written in Python: a call, a property with its type, or a class with its fields."""
    if isinstance(found, property):
        annotation = inspect.signature(found.fget).return_annotation  # type: ignore[arg-type]
        return f"{name}: {_type(annotation)}"
    if not inspect.isclass(found):
        return name + QUOTED.sub(r"\1\2", str(inspect.signature(found)))
    base = found.__mro__[1].__name__
    head = f"class {name}({base}):" if issubclass(found, Exception) else f"class {name}:"
    return "\n".join([head, *(f"    {line}" for line in _fields(found))]).rstrip(":")


def _fields(found: type) -> list[str]:
    annotations = inspect.get_annotations(found)
    return [f"{name}: {_type(kind)}" for name, kind in annotations.items() if name[0] != "_"]


def _type(annotation: Any) -> str:
    unevaluated = getattr(annotation, "__forward_arg__", None)  # of a NamedTuple's field
    text = unevaluated or (annotation if isinstance(annotation, str) else annotation.__name__)
    return text.replace("O_co", "HttpOutcome | WebSocketOutcome | LifespanOutcome")


def as_markdown(docstring: str) -> str:
    """A docstring's reStructuredText, of which only literals and roles are used here."""
    return LITERAL.sub(r"`\1`", ROLE.sub(r"`\1`", docstring)).replace("\\\\", "\\")
