"""One event in a few words, the same wherever it is told: in a terminal, in a figure, in a diagram.

What is code is written as code, in every language alike; the rest is in ``texts/*/events.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from ..protocol.explain import visible
from ..texts import languages, words
from .events import Event
from .trace import Trace
from .values import Opaque, plain_number


class Room(NamedTuple):
    """How many characters one value may have, and all of it; 0: as many as there are."""

    value: int
    whole: int


LINE: Final = Room(48, 0)  # of a terminal
ARROW: Final = Room(22, 64)  # of a figure

_MAIN: Final = ("status", "body", "text", "bytes")  # known by their values, without the key
_APART: Final = ("type", "headers", "more_body")  # told in another way, or elsewhere


def summary(event: Event, language: str = "en", room: Room = LINE) -> str:
    """The event in a few words, such as ``http.response.start 200``."""
    message = event.message if isinstance(event.message, dict) else {}
    told_as = telling(event)
    if told_as in CODE:
        text = CODE[told_as](message, room.value)
    else:
        told = words(language, "events").LABELS.get(told_as, told_as)
        shown = {key: visible(_plain(item)) for key, item in message.items()}
        text = told.format_map({**_ABSENT, **shown, **_about_error(message)}).rstrip()
    return _cut(_on_one_line(text), room.whole)


def labels(trace: Trace[Any]) -> dict[str, list[str]]:
    """What a figure writes at each event, by language."""
    return {language: labels_in(trace, language) for language in languages()}


def labels_in(trace: Trace[Any], language: str) -> list[str]:
    return [summary(event, language, ARROW) for event in trace.events]


def telling(event: Event) -> str:
    """What an event is told as; some kinds are told in several ways."""
    if event.kind == "disconnect" and event.message:
        return "disconnect-why"
    if event.kind == "close" and not (event.message and "code" in event.message):
        return "close-plain" if event.from_ == "client" else "cut"
    if event.kind == "hang-up" and event.message:
        return "hang-up-half"
    if event.kind == "exit" and event.message:
        return "exit-why"
    return event.kind


_ABSENT: Final = {"reason": "", "status": "", "exception": ""}


def _plain(item: Any) -> str:
    return str(plain_number(item) if isinstance(item, float) else item)


def _about_error(message: Mapping[str, Any]) -> dict[str, str]:
    """The exception of what was logged, and what is behind one; nothing where there is none."""
    causes = "; ".join(f"{cause['exception']}{_at(cause)}" for cause in message.get("causes") or ())
    error = message.get("exception")
    told = {"behind": f" ← {causes}" if causes else "", "error": f" [{error}]" if error else ""}
    return {key: visible(text) for key, text in told.items()}


def _at(cause: Mapping[str, Any]) -> str:
    return f" (:{cause['line']})" if "line" in cause else ""


def _on_one_line(text: str) -> str:
    return text.replace("\n", "\\n").replace("\t", "\\t")


def _cut(text: str, most: int) -> str:
    return f"{text[: most - 1]}…" if 0 < most < len(text) else text


def value(item: Any, most: int) -> str:
    """A value as Python source with double quotes, cut where it is long."""
    if isinstance(item, Opaque):
        return f"<{item.type}>"
    if isinstance(item, (str, bytes)):
        return _cut(_literal(item[:most]), most)
    text = visible(repr(item))
    if isinstance(item, (dict, list)) and len(text) > most:
        return "{…}" if isinstance(item, dict) else f"[… {len(item)}]"
    return _cut(text, most)


def _literal(item: str | bytes) -> str:
    """Python's own form, which has double quotes only where there is a single one in the text."""
    mark, text = ("b", repr(item)[2:-1]) if isinstance(item, bytes) else ("", repr(item)[1:-1])
    return f'{mark}"{text}"' if '"' not in text else f'{mark}"{_requoted(text)}"'


def _requoted(text: str) -> str:
    return text.replace("\\'", "'").replace('"', '\\"')


def _message(message: Mapping[str, Any], most: int) -> str:
    """``http.response.body "Hi" …``: what says most without its key, the rest with theirs."""
    main = next((key for key in _MAIN if message.get(key) is not None), None)
    parts = [visible(str(message.get("type", "?")))]
    if main:
        parts.append(value(message[main], most))
    parts += [
        visible(f"{key}={value(item, most)}")
        for key, item in message.items()
        if key not in (*_APART, main) and item is not None
    ]
    return " ".join(parts) + _more(message)


def _more(message: Mapping[str, Any]) -> str:
    return " …" if message.get("more_body") is True else ""


CODE: Final[Mapping[str, Callable[[Mapping[str, Any], int], str]]] = {
    "wire": lambda m, most: value(m["data"], most),
    "request": lambda m, _: visible(f"{m['method']} {m['target']}"),
    "body": lambda m, most: value(m["body"], most) + _more(m),
    "connect": lambda m, _: visible(f"WebSocket {m['target']}"),
    "accept": lambda m, _: visible(f"101 {m.get('subprotocol') or ''}".rstrip()),
    "text": lambda m, most: value(m["text"], most),
    "bytes": lambda m, most: value(m["bytes"], most),
    "call": lambda m, _: f"app({m.get('type', 'scope')})",
    "receive": lambda m, _: "receive()",
    "event": _message,
    "send": _message,
    "push": lambda m, most: visible(f"push {m['path']}"),
    "early-hint": lambda m, _: "HTTP 103",
    "response": lambda m, _: f"HTTP {m['status']}",
    "data": lambda m, most: value(m["body"], most),
    "return": lambda m, _: "return",
}
