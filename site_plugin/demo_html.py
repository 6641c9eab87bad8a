"""A demo as HTML: its code, the client's steps, and what happened, readable without JavaScript."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from typing import Any, NamedTuple

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from asgiscope import Event, Finding, Trace, explain, texts
from asgiscope.running import explanations
from asgiscope.trace.summary import labels_in, summary
from asgiscope.trace.values import plain_number
from common.words import words
from site_plugin.demo_fence import Fence


@dataclass(frozen=True)
class Recorded:
    """A demo that has been run: the source as the page shows it, and the trace."""

    fence: Fence
    language: str
    source: str
    trace: Trace[Any]


class Addresses(NamedTuple):
    """Where a demo finds the runtime's manifest and the reference of every key, from its page."""

    manifest: str
    reference: str = ""


def render(demo: Recorded, addresses: Addresses) -> str:
    """The whole figure."""
    parts = [
        f'<figure class="figure figure-demo" id="demo-{demo.fence.name}">',
        element(demo, addresses),
        '<figcaption><span class="figure-number"></span> ',
        f"{escape(demo.fence.title)}</figcaption>",
        "</figure>",
    ]
    return "\n".join(parts)


def element(demo: Recorded, addresses: Addresses, attributes: str = "") -> str:
    """The demo itself, without the figure around it."""
    reference = f' data-reference="{escape(addresses.reference)}"' if addresses.reference else ""
    view = f' data-view="{demo.fence.view}"' if demo.fence.view else ""
    parts = [
        f'<asgi-demo data-runtime="{escape(addresses.manifest)}"{reference}{view}{attributes}>',
        _code(demo),
        _client(demo),
        _steps(demo),
        _findings(demo),
        f'<script type="application/json" class="demo-data">{_data(demo)}</script>',
        "</asgi-demo>",
    ]
    return "\n".join(parts)


def _label(demo: Recorded, key: str) -> str:
    return escape(words(demo.language).DEMO[key])


def _code(demo: Recorded) -> str:
    lines = highlight(demo.source, PythonLexer(), HtmlFormatter(nowrap=True)).rstrip("\n")
    numbered = "\n".join(
        f'<span class="demo-line" data-line="{number}">{line}</span>'
        for number, line in enumerate(lines.split("\n"), 1)
    )
    return (
        f'<div class="demo-code" role="group" aria-label="{_label(demo, "code")}">'
        f'<p class="demo-file"><code>{escape(demo.fence.app)}</code></p>'
        f'<div class="highlight"><pre tabindex="0"><code>{numbered}</code></pre></div></div>'
    )


def _client(demo: Recorded) -> str:
    return (
        f'<div class="demo-client" data-search-exclude><p class="demo-label">'
        f'{_label(demo, "client")}</p><pre tabindex="0"><code>'
        f"{escape(demo.fence.client_text)}</code></pre></div>"
    )


def _steps(demo: Recorded) -> str:
    levels = {
        finding.event: finding.level
        for level in ("note", "warning", "error")  # the gravest last: it stays
        for finding in demo.trace.findings
        if finding.level == level
    }
    items = "\n".join(_step(demo, event, levels.get(event.n)) for event in demo.trace.events)
    return f'<ol class="demo-steps" aria-label="{_label(demo, "steps")}">\n{items}\n</ol>'


def _step(demo: Recorded, event: Event, level: str | None) -> str:
    classes = f"demo-step demo-kind-{event.kind}"
    if level:
        classes += f" demo-found-{level}"
    time = words(demo.language).DEMO["seconds"].format(t=plain_number(event.t))
    return (
        f'<li data-n="{event.n}" class="{classes}"'
        f' data-from="{event.from_}" data-to="{event.to}">'
        f'<span class="demo-time">{time}</span>'
        f' <span class="demo-from">{actor(event.from_, demo.language)}</span>'
        f' → <span class="demo-to">{actor(event.to, demo.language)}</span>'
        f' <code class="demo-what">{escape(summary(event, demo.language))}</code></li>'
    )


def _findings(demo: Recorded) -> str:
    if not demo.trace.findings:
        return ""
    items = "\n".join(_finding(demo, finding) for finding in demo.trace.findings)
    return f'<ul class="demo-findings">\n{items}\n</ul>'


def _finding(demo: Recorded, finding: Finding) -> str:
    told = explain(finding, demo.language)
    said = _label(demo, "between").join((told.text, told.fix))
    return (
        f'<li data-event="{finding.event}" class="demo-level-{finding.level}">'
        f"<strong>{escape(told.title)}</strong>"
        f' <code class="demo-rule">{finding.rule}</code>'
        f" <span>{escape(said)}</span>"
        f' <a href="{escape(finding.spec)}">{_label(demo, "specification")}</a></li>'
    )


def _data(demo: Recorded) -> str:
    """What the element needs, as JSON that can stand in HTML."""
    text = json.dumps(data_of(demo), ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c")


def data_of(demo: Recorded) -> dict[str, Any]:
    """What the element needs of a demo: ``DemoData`` of runtime/types.ts."""
    data: dict[str, Any] = {
        "name": demo.fence.name,
        "app": demo.fence.app,
        "source": demo.source,
        "client": demo.fence.client,
        "clientText": demo.fence.client_text,
        "trace": demo.trace.as_data(),
        "texts": explanations(demo.trace),
        "labels": {demo.language: labels_in(demo.trace, demo.language)},
    }
    return {**data, "console": True} if demo.fence.console else data


def actor(name: str, language: str) -> str:
    """A lane's name: "app/2" is the app's second task."""
    kind, _, number = name.partition("/")
    word: str = texts.words(language, "events").LANES[kind]
    return str(words(language).DEMO["task"]).format(actor=word, n=number) if number else word
