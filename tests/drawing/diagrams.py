"""Diagrams as Mermaid has read them, written by hand: each shape that a page may have."""

from __future__ import annotations

from drawing.parsed import (
    Activity,
    Block,
    Event,
    Lane,
    Message,
    Note,
    Sequence,
    States,
    Transition,
)

THREE = ("client", "server", "app")


def sequence(*events: Event, lanes: tuple[str, ...] = THREE) -> Sequence:
    return Sequence("A title", "What is seen.", tuple(Lane(each, each) for each in lanes), events)


def states(*arrows: tuple[str | None, str | None, str]) -> States:
    steps = tuple(Transition(*arrow) for arrow in arrows)
    names = [end for step in steps for end in (step.start, step.end) if end]
    return States("A title", "What is seen.", {name: name for name in names}, steps)


LONG = "a request with rather many words, of which no line has room for all at once"
SEQUENCES = {
    "one lane": sequence(Note("app", "app", "alone"), lanes=("app",)),
    "nothing happens": sequence(),
    "two lanes": sequence(Message("server", "app", "app(scope, receive, send)"), lanes=THREE[1:]),
    "every arrow": sequence(
        Message("client", "server", "GET /"),
        Message("server", "app", "app(scope)"),
        Message("app", "server", "await receive()"),
        Message("server", "app", "http.request", "dashed"),
        Message("app", "server", "KeyError", "dashed", "cross"),
        Message("app", "server", "", "solid", "none"),
        Message("app", "server", "return", "dashed"),
    ),
    "across a lane": sequence(
        Message("client", "app", "past the server"), Message("app", "client", LONG)
    ),
    "to oneself": sequence(
        Message("client", "client", LONG),
        Message("server", "server", "once more"),
        Message("app", "app", LONG),
    ),
    "remarks": sequence(
        Note("client", "client", LONG),
        Note("server", "server", LONG),
        Note("app", "app", LONG),
        Note("server", "server", "right", "RIGHTOF"),
        Note("client", "client", "left", "LEFTOF"),
        Note("app", "app", LONG, "RIGHTOF"),
        Note("client", "app", LONG),
        Note("server", "app", "over two"),
    ),
    "blocks": sequence(
        Block("begin", "loop", LONG),
        Message("client", "server", "GET /"),
        Block("begin", "alt", "it is there"),
        Message("server", "app", LONG),
        Block("next", "else", LONG),
        Message("server", "server", "404"),
        Block("end", "alt"),
        Block("end", "loop"),
        Block("begin", "opt"),
        Note("app", "app", "nothing but this"),
        Block("end", "opt"),
    ),
    "at work": sequence(
        Activity("app", True),
        Message("server", "app", "app(scope)"),
        Activity("app", True),
        Message("app", "server", "return", "dashed"),
        Activity("app", False),
        Message("app", "server", "and runs on"),
    ),
    "six lanes": sequence(
        *(Message(start, end, LONG) for start, end in zip("abcde", "bcdef", strict=True)),
        lanes=tuple("abcdef"),
    ),
    "long names": sequence(
        Message("ServerErrorMiddleware", "ExceptionMiddleware", "KeyError"),
        lanes=("server", "ServerErrorMiddleware", "yours", "ExceptionMiddleware", "endpoint"),
    ),
    "Chinese": sequence(
        Message(
            "客户端", "服务器", "请求行和头部，一共有两行，后面跟着一段很长的请求体，分几次到来"
        ),
        Note("服务器", "服务器", "先不调用应用，等请求体的第一段到来，再调用应用"),
        Message("服务器", "应用", "http.request，more_body=True"),
        lanes=("客户端", "服务器", "应用"),
    ),
}
STATES = {
    "a chain": states((None, "start", ""), ("start", "end", "go"), ("end", None, "")),
    "a fan": states(
        (None, "waiting", ""),
        ("waiting", "waiting", "more_body=True"),
        ("waiting", "complete", "the last piece"),
        ("waiting", "gone", "http.disconnect"),
        ("waiting", "too large, and an answer that says so", LONG),
    ),
    "several labels": states(
        (None, "body", ""),
        ("body", "body", "http.response.body, more to come"),
        ("body", "body", "http.response.zerocopysend, more to come"),
        ("body", "complete", "http.response.body"),
        ("body", "complete", "http.response.pathsend"),
        ("complete", None, ""),
    ),
    "over several": states(
        (None, "a", ""),
        ("a", "b", "on"),
        ("b", "c", "on"),
        ("c", "d", "on"),
        ("a", "d", "all at once"),
        ("a", "c", "one left out"),
        ("d", "a", "back"),
        ("d", None, ""),
    ),
    "no label": states((None, "a", ""), ("a", "b", ""), ("a", "c", ""), ("b", "b", "")),
}
