"""What a diagram says, as Mermaid's parser has read it, in types of our own.

``READ`` runs in the page that has Mermaid and gives plain data; ``read`` makes the types of it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import Any, Final, Literal

READ: Final = """async (source) => {
    const { type, db } = await mermaid.mermaidAPI.getDiagramFromText(source);
    const said = { type, title: db.getAccTitle(), description: db.getAccDescription() };
    const entries = (map) => [...map.values()];
    if (type === "sequence") {
        const names = Object.fromEntries(Object.entries(db.LINETYPE).map(([k, v]) => [v, k]));
        const sides = Object.fromEntries(Object.entries(db.PLACEMENT).map(([k, v]) => [v, k]));
        said.actors = entries(db.getActors()).map(({ name, description, type }) =>
            ({ id: name, name: description, type }));
        said.messages = db.getMessages().map(({ type, from, to, message, placement }) =>
            ({ type: names[type], from, to, message, side: sides[placement] }));
        said.others = {
            box: db.getBoxes().length,
            create: db.getCreatedActors().size,
            destroy: db.getDestroyedActors().size,
        };
    } else if (type === "stateDiagram") {
        said.states = entries(db.getStates()).map(({ id, descriptions, type, note, doc }) =>
            ({ id, name: descriptions.join("\\n") || id, type, others: { note, doc } }));
        said.relations = db.getRelations().map(({ id1, id2, relationTitle }) =>
            ({ from: id1, to: id2, text: relationTitle ?? "" }));
    }
    return said;
}"""


class Unsupported(Exception):
    """The diagram holds what is not drawn here: Mermaid itself has to draw it."""


@dataclass(frozen=True)
class Lane:
    id: str
    name: str


@dataclass(frozen=True)
class Message:
    """An arrow; ``line`` is as Mermaid has it: an answer is dashed."""

    sender: str
    receiver: str
    text: str
    line: Literal["solid", "dashed"] = "solid"
    tip: Literal["filled", "open", "cross", "none"] = "filled"


@dataclass(frozen=True)
class Note:
    """A remark at a lane, or over all from the first to the last."""

    first: str
    last: str
    text: str
    side: Literal["OVER", "LEFTOF", "RIGHTOF"] = "OVER"


@dataclass(frozen=True)
class Activity:
    """Where a lane begins to run, or ends."""

    lane: str
    begins: bool


@dataclass(frozen=True)
class Block:
    """The edge of a block: where "alt", "opt", "loop" ... begins, goes on, or ends."""

    edge: Literal["begin", "next", "end"]
    kind: str = ""
    text: str = ""


Event = Message | Note | Activity | Block


@dataclass(frozen=True)
class Sequence:
    title: str
    description: str
    lanes: tuple[Lane, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Transition:
    """From a state to the next; None is the dot before the first state, or after the last."""

    start: str | None
    end: str | None
    text: str = ""


@dataclass(frozen=True)
class States:
    title: str
    description: str
    names: dict[str, str]  # by id, in the order in which they are named
    transitions: tuple[Transition, ...]


_ARROWS: Final[dict[str, tuple[Any, Any]]] = {
    "SOLID": ("solid", "filled"),
    "DOTTED": ("dashed", "filled"),
    "SOLID_CROSS": ("solid", "cross"),
    "DOTTED_CROSS": ("dashed", "cross"),
    "SOLID_OPEN": ("solid", "none"),
    "DOTTED_OPEN": ("dashed", "none"),
    "SOLID_POINT": ("solid", "open"),
    "DOTTED_POINT": ("dashed", "open"),
}
_BLOCKS: Final[dict[str, tuple[Any, str]]] = {
    **{f"{kind.upper()}_START": ("begin", kind) for kind in ("alt", "opt", "loop", "par")},
    **{f"{kind.upper()}_END": ("end", kind) for kind in ("alt", "opt", "loop", "par")},
    "ALT_ELSE": ("next", "else"),
    "PAR_AND": ("next", "and"),
}
_ACTIVITIES: Final = {"ACTIVE_START": True, "ACTIVE_END": False}
_BREAK: Final = re.compile(r"<br\s*/?>|\\n")


def read(said: Any) -> Sequence | States | None:
    """The diagram of what ``READ`` has given; None if it is of another kind.

    Raises Unsupported with the name of what in it cannot be drawn here.
    """
    if said["type"] == "sequence":
        return read_sequence(said)
    if said["type"] == "stateDiagram":
        return read_states(said)
    return None


def read_sequence(said: Any) -> Sequence:
    refuse(said["others"])
    for actor in said["actors"]:
        if actor["type"] not in ("participant", "actor"):
            raise Unsupported(actor["type"])
    lanes = tuple(Lane(actor["id"], words(actor["name"])) for actor in said["actors"])
    return Sequence(
        told(said["title"]), told(said["description"]), lanes, tuple(events(said["messages"]))
    )


def events(messages: Any) -> list[Event]:
    """Each message as an event; where they are numbered, with its number before its text."""
    found: list[Event] = []
    count, step = 0, 0
    for message in messages:
        name, text = message["type"], message["message"]
        if name == "AUTONUMBER":
            step = (text.get("step") or 1) if text.get("visible") else 0
            count = text.get("start") or count or 1
            continue
        event = event_of(name, message)
        if step and isinstance(event, Message):
            number = f"{count}. {event.text}"
            event = Message(event.sender, event.receiver, number, event.line, event.tip)
            count += step
        found.append(event)
    return found


def event_of(name: str, message: Any) -> Event:
    text = words(message["message"])
    if name in _ARROWS:
        return Message(message["from"], message["to"], text, *_ARROWS[name])
    if name == "NOTE":
        return Note(message["from"], message["to"], text, message["side"])
    if name in _ACTIVITIES:
        return Activity(message["from"], _ACTIVITIES[name])
    if name in _BLOCKS:
        return Block(*_BLOCKS[name], text)
    raise Unsupported(name.lower().removesuffix("_start"))


def read_states(said: Any) -> States:
    for state in said["states"]:
        refuse(state["others"])
        if state["type"] != "default":
            raise Unsupported(f"a state that is a {state['type']}")
    ends = {"root_start", "root_end"}
    names = {each["id"]: words(each["name"]) for each in said["states"] if each["id"] not in ends}
    steps = tuple(
        Transition(
            each["from"] if each["from"] in names else None,
            each["to"] if each["to"] in names else None,
            words(each["text"]),
        )
        for each in said["relations"]
    )
    return States(told(said["title"]), told(said["description"]), names, steps)


def refuse(others: dict[str, Any]) -> None:
    """Raise Unsupported if any of these is there."""
    for name, value in others.items():
        if value:
            raise Unsupported(name)


def words(text: str) -> str:
    """A text as it is read: Mermaid's own marks for entities become characters."""
    plain = text.replace("ﬂ°°", "&#").replace("ﬂ°", "&").replace("¶ß", ";")
    return _BREAK.sub("\n", unescape(plain)).strip()


def told(text: str) -> str:
    """A text as it is read aloud, where a line that is broken in a label goes on."""
    return " ".join(words(_BREAK.sub("", text)).split())
