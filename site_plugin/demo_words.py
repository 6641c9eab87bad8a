"""The few words around a demo, in the page's language."""

from __future__ import annotations

from typing import Final

from asgiscope.texts import words

LABELS: Final[dict[str, dict[str, str]]] = {
    "zh": {
        "code": "代码",
        "client": "客户端的步骤",
        "steps": "发生的事，按先后顺序",
        "seconds": "{t} 秒",
        "specification": "规范原文",
        "between": "",
        "task": "{actor}的任务 {n}",
    },
    "en": {
        "code": "Code",
        "client": "What the client does",
        "steps": "What happens, in order",
        "seconds": "{t} s",
        "specification": "in the specification",
        "between": " ",
        "task": "{actor}, task {n}",
    },
}


def actor(name: str, language: str) -> str:
    """A lane's name: "app/2" is the app's second task."""
    kind, _, number = name.partition("/")
    word: str = words(language, "events").LANES[kind]
    return LABELS[language]["task"].format(actor=word, n=number) if number else word
