"""The few words around the tables of the reference, in the page's language."""

from __future__ import annotations

from typing import Final

WORDS: Final[dict[str, dict[str, str]]] = {
    "zh": {
        "send": "应用发给服务器",
        "receive": "服务器交给应用",
        "source": "规范原文",
        "default": "默认 {value}",
        "required": "必需",
        "since": "{version} 起",
        "must": "必须",
        "should": "应当",
        "may": "可以",
        "error": "错误",
        "warning": "警告",
        "note": "说明",
        "join": "、",
        "read": "这里依据的是规范在 {day} 的状态（提交 [{commit}]({url})）",
        "on": "（{day}）",
        "later": "，加上之后合并的 {changes}。",
        "stop": "。",
    },
    "en": {
        "send": "from the app to the server",
        "receive": "from the server to the app",
        "source": "specification",
        "default": "{value} when missing",
        "required": "required",
        "since": "since {version}",
        "must": "must",
        "should": "should",
        "may": "may",
        "error": "error",
        "warning": "warning",
        "note": "note",
        "join": ", ",
        "read": "This follows the specification as it was on {day} (commit [{commit}]({url}))",
        "on": " ({day})",
        "later": ", with what was merged after that: {changes}.",
        "stop": ". ",
    },
}
