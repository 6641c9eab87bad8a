"""One event in a few words: what passed between the two sides, as code where it is code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from .events import Event
from .values import Opaque

SHORT: Final = 48  # characters of one value

_WORDS: Final[dict[str, dict[str, str]]] = {
    "en": {
        "disconnect": "disconnects",
        "disconnect-why": "disconnects ({reason})",
        "refuse": "send() raises {exception}: {text}",
        "raise": "raises {exception}: {text}{behind}",
        "pause": "send() waits: {buffered} bytes in the buffer",
        "resume": "send() goes on: {buffered} bytes in the buffer",
        "complete": "the response ends",
        "close": "the connection is cut",
        "close-code": "closes with {code} {reason}",
        "close-plain": "closes, without a code",
        "reject": "denies the handshake: {status}",
        "cancel": "stops waiting in {call}()",
        "cancelled": "is cancelled",
        "stuck": "waits for something that never comes",
        "lost": "{call}() was never awaited",
        "print": "prints {text}",
        "stderr": "writes to stderr: {text}",
        "log": "logs {level} ({logger}): {text}{error}{behind}",
        "warning": "is warned by Python: {category}: {text}",
        "unseen": "{name} fails unseen: {exception}{behind}",
    },
    "zh": {
        "disconnect": "断开",
        "disconnect-why": "断开（{reason}）",
        "refuse": "send() 抛出 {exception}: {text}",
        "raise": "抛出 {exception}: {text}{behind}",
        "pause": "send() 在等：缓冲区里有 {buffered} 字节",
        "resume": "send() 继续：缓冲区里有 {buffered} 字节",
        "complete": "响应结束",
        "close": "连接被切断",
        "close-code": "关闭，状态码 {code} {reason}",
        "close-plain": "关闭，不带状态码",
        "reject": "拒绝握手：{status}",
        "cancel": "不再等待 {call}()",
        "cancelled": "被取消",
        "stuck": "在等永远不会来的东西",
        "lost": "{call}() 没有被 await",
        "print": "打印 {text}",
        "stderr": "写到 stderr：{text}",
        "log": "写日志 {level}（{logger}）：{text}{error}{behind}",
        "warning": "得到 Python 的警告 {category}：{text}",
        "unseen": "{name} 失败，没有人看到：{exception}{behind}",
    },
}


def summary(event: Event, language: str = "en") -> str:
    """The event in a few words, such as ``send(http.response.start, status=200)``."""
    message = event.message if isinstance(event.message, dict) else {}
    if event.kind in _CODE:
        return _CODE[event.kind](message)
    words = _WORDS[language].get(_wording(event, message))
    return words.format_map({**_optional(message), **message}).rstrip() if words else event.kind


def _optional(message: Mapping[str, Any]) -> dict[str, str]:
    """What a message may have, and the words may name: nothing where it is not there."""
    causes = message.get("causes") or ()
    behind = "; ".join(f"{cause['exception']}{_at(cause)}" for cause in causes)
    error = message.get("exception")
    return {
        "reason": "",
        "behind": f" ← {behind}" if behind else "",
        "error": f" [{error}]" if error else "",
    }


def _at(cause: Mapping[str, Any]) -> str:
    return f" (:{cause['line']})" if "line" in cause else ""


def _wording(event: Event, message: Mapping[str, Any]) -> str:
    """Which words an event is told in; some kinds have several."""
    if event.kind == "disconnect" and message:
        return "disconnect-why"
    if event.kind == "close" and message:
        return "close-code"
    if event.kind == "close" and event.from_ == "client":
        return "close-plain"
    return event.kind


def value(item: Any) -> str:
    """A value as Python writes it, cut where it is long."""
    if isinstance(item, Opaque):
        return f"<{item.type}>"
    if isinstance(item, (dict, list)) and len(repr(item)) > SHORT:
        return "{…}" if isinstance(item, dict) else f"[… {len(item)}]"
    text = repr(item)
    if len(text) <= SHORT:
        return text
    quote = text[-1] if text[-1] in "'\"" else ""
    size = f" ({len(item)} B)" if isinstance(item, bytes) else ""
    return f"{text[: SHORT - 1]}…{quote}{size}"


def _message(message: Mapping[str, Any]) -> str:
    rest = [f"{key}={value(item)}" for key, item in message.items() if key != "type"]
    return ", ".join([str(message.get("type", "?")), *rest])


_CODE: Final[Mapping[str, Callable[[Mapping[str, Any]], str]]] = {
    "request": lambda m: f"{m['method']} {m['target']}",
    "body": lambda m: value(m["body"]),
    "connect": lambda m: f"GET {m['target']}  upgrade: websocket",
    "accept": lambda m: "101" + (f" {m['subprotocol']}" if "subprotocol" in m else ""),
    "text": lambda m: value(m["text"]),
    "bytes": lambda m: value(m["bytes"]),
    "call": lambda m: f'app(scope, receive, send)  type="{m["type"]}"' if m else "app(…)",
    "receive": lambda m: "await receive()",
    "event": _message,
    "send": lambda m: f"await send({_message(m)})",
    "response": lambda m: str(m["status"]),
    "data": lambda m: value(m["body"]),
    "return": lambda m: "return",
    "blocking": lambda m: f"{m['call']}({m['seconds']})",
}
