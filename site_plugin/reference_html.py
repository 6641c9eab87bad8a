"""The parts of the reference as Markdown and HTML: scopes, messages, extensions, states, rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import Any, Final

from asgiscope.reference.state_diagrams import state_diagram
from common.words import words
from site_plugin import reference_tables

Data = dict[str, Any]
CODE: Final = re.compile(r"`([^`]+)`")
SLOT: Final = re.compile(r"\{(\w+)(?:!r)?\}")
NOT_ANCHOR: Final = re.compile(r"[^a-z0-9]+")


def anchor(*parts: str) -> str:
    """ "http.response.start", "status" -> "http-response-start-status", as the demos link to it."""
    return NOT_ANCHOR.sub("-", "-".join(parts).lower())


def scope(data: Data, name: str, language: str) -> str:
    found = data["scopes"].get(name)
    return _keys(name, found["keys"], language) if found else ""


def messages(data: Data, protocol: str, language: str) -> str:
    """The messages of a protocol, each under a heading; those of extensions are elsewhere."""
    return "\n\n".join(
        _message(name, message, language)
        for name, message in data["messages"].items()
        if message["protocol"] == protocol and "extension" not in message
    )


def _message(name: str, message: Data, language: str) -> str:
    told = words(language).REFERENCE
    way = told[message["direction"]]
    source = f'<a href="{message["url"]}">{told["source"]}</a>'
    parts = [
        f"### `{name}` {{ #{anchor(name)} }}",
        f'<p class="reference-way"><span class="lane-{_giver(message)}">{way}</span> {source}</p>',
        _inline(message["meaning"]),
    ]
    if message["keys"]:
        parts.append(_keys(name, message["keys"], language))
    return "\n\n".join(parts)


def _giver(message: Data) -> str:
    return "app" if message["direction"] == "send" else "server"


def _keys(owner: str, keys: Iterable[Data], language: str) -> str:
    """A list of keys; each has an anchor and links to itself."""
    rows = "".join(_key(owner, key, language) for key in keys)
    return f'<dl class="reference-keys">{rows}</dl>'


def _key(owner: str, key: Data, language: str) -> str:
    told = words(language).REFERENCE
    place = anchor(owner, key["name"])
    default = (
        told["default"].format(value=f"<code>{escape(key['default'])}</code>")
        if "default" in key
        else told["required"]
    )
    since = f" · {told['since'].format(version=key['since'])}" if "since" in key else ""
    return (
        f'<div id="{place}"><dt><a href="#{place}"><code>{key["name"]}</code></a>'
        f'<span class="reference-type"><code>{escape(key["type"])}</code> · {default}{since}</span>'
        f"</dt><dd>{_inline(key['meaning'])}</dd></div>"
    )


def extensions(data: Data, protocol: str, language: str) -> str:
    """The extensions, with the messages and the keys that each brings."""
    told = words(language).REFERENCE
    return "\n\n".join(
        "\n\n".join(
            [
                f"### `{name}` {{ #extension-{anchor(name)} }}",
                f'<p class="reference-way">{", ".join(found["protocols"])}'
                f' <a href="{found["url"]}">{told["source"]}</a></p>',
                _inline(found["meaning"]),
                *([_keys(name, found["keys"], language)] if found["keys"] else []),
                *(_sub_message(each, data, language) for each in found["messages"]),
            ]
        )
        for name, found in data["extensions"].items()
        if protocol in ("all", *found["protocols"])
    )


def _sub_message(name: str, data: Data, language: str) -> str:
    message = data["messages"][name]
    heading = f"#### `{name}` {{ #{anchor(name)} }}\n\n{_inline(message['meaning'])}"
    return f"{heading}\n\n{_keys(name, message['keys'], language)}"


def states(data: Data, protocol: str, language: str) -> str:
    """The state diagram, as a fence that is drawn like every other."""
    if protocol not in data["states"]:
        return ""
    return f"```mermaid\n{state_diagram(protocol, language)}```"


def source(data: Data, name: str, language: str) -> str:
    """Which state of the specification is followed."""
    read, told = data["read_from"], words(language).REFERENCE
    if name != "specification":
        return ""
    url, commit = f"{read['repository']}/tree/{read['commit']}", read["commit"][:7]
    text = told["read"].format(day=read["day"], url=url, commit=commit)
    later = told["join"].join(
        f"[#{change['url'].rpartition('/')[2]}]({change['url']})"
        f"{told['on'].format(day=change['day'])}"
        for change in read["later"]
    )
    return str(text + (told["later"].format(changes=later) if later else told["stop"]))


def statements(data: Data, page: str, language: str) -> str:
    """Every must, should and may of one of the specification's pages."""
    found = [each for each in data["statements"] if page in each["url"]]
    rows = "".join(_statement(each, data, language) for each in found)
    return f'<ul class="reference-statements">{rows}</ul>' if rows else ""


def _statement(each: Data, data: Data, language: str) -> str:
    told = words(language).REFERENCE
    checked = told["join"].join(
        f'<a href="../rules/#{rule}"><code>{rule}</code></a>' for rule in each["rules"]
    )
    if "reason" in each:
        checked = data["reasons"][each["reason"]]
    return (
        f'<li><span class="reference-verb reference-{each["verb"]}">{told[each["verb"]]}</span>'
        f" {_inline(each['text'])} "
        f'<small><a href="{each["url"]}">{told["source"]}</a> · {checked}</small></li>'
    )


def rules(data: Data, prefixes: str, language: str) -> str:
    """What the mock server says of an app, of the rules whose ids begin with one of these words."""
    wanted = tuple(f"{prefix}-" for prefix in prefixes.split())
    rows = "".join(
        _rule(name, rule, language)
        for name, rule in data["rules"].items()
        if name.startswith(wanted)
    )
    return f'<dl class="reference-rules">{rows}</dl>' if rows else ""


def _rule(name: str, rule: Data, language: str) -> str:
    told = words(language).REFERENCE
    level = f'<span class="reference-level reference-{rule["level"]}">{told[rule["level"]]}</span>'
    return (
        f'<div id="{name}"><dt><a href="#{name}"><code>{name}</code></a> {level}</dt>'
        f"<dd><strong>{_inline(rule['title'])}</strong>{told['stop']}{_template(rule['fix'])}"
        f' <small><a href="{rule["url"]}">{told["source"]}</a></small></dd></div>'
    )


def _inline(text: str) -> str:
    return CODE.sub(r"<code>\1</code>", escape(text, quote=False))


def _template(text: str) -> str:
    """A text of a finding, with what depends on the app as variables."""
    return SLOT.sub(r"<var>\1</var>", _inline(text)).replace("{{", "{").replace("}}", "}")


SECTIONS: Final[dict[str, Callable[[Data, str, str], str]]] = {
    "scope": scope,
    "messages": messages,
    "extensions": extensions,
    "states": states,
    "statements": statements,
    "rules": rules,
    "source": source,
    "scope table": reference_tables.scopes,
    "message table": reference_tables.messages,
    "state table": reference_tables.states,
}
