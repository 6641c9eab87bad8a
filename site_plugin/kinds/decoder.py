"""The field of the error decoder: a fence ``decoder``, on the page that has all the entries.

A reader pastes a message, a traceback or a log, and gets the entry that explains it; a choice
beside it leaves only the entries of one server or framework, or of one layer of them. Without
JavaScript the field is not there.
"""

from __future__ import annotations

from html import escape
from typing import Final

from mkdocs.utils import get_relative_url

from asgiscope import texts
from common.words import words
from site_plugin.error_data import groups, load
from site_plugin.fences import Place, RawFence
from site_plugin.kinds.errors import title_of
from site_plugin.registry import Kind, OnPage, register

# Who speaks, by layer; whoever is in none of them is of the last.
LAYERS: Final = {
    "server": {"uvicorn", "hypercorn", "h11"},
    "framework": {
        *("starlette", "fastapi", "django", "quart", "litestar", "falcon", "blacksheep"),
        "asgiref",
    },
    "client": {"httpx", "websockets"},
    "python": set[str](),
}


def nothing(fence: RawFence, place: Place) -> None:
    """The fence is empty. Raises :class:`FenceError`."""
    if fence.text.strip():
        raise place.error(fence.start, "a fence 'decoder' is empty: it is the field, nothing more")


def layers() -> dict[str, list[str]]:
    """Those who say an entry, by layer, in the order of the alphabet."""
    everyone = sorted({entry.who for group in groups() for entry in load(group)})
    known = set().union(*LAYERS.values())
    return {
        layer: [who for who in everyone if who in members or (not members and who not in known)]
        for layer, members in LAYERS.items()
    }


def render(_: None, at: OnPage) -> str:
    """The form, hidden until its script is there."""
    labels, told = words(at.language).DECODER, texts.words(at.language, "decoder")
    root = get_relative_url(".", at.page.url) + "/" + at.config.extra["to_root"]
    data = {
        "also": told.ALSO,
        "nearest": told.NEAREST,
        "unknown": told.NOT_HERE,
        "common": labels["common"],
    }
    said = "".join(f' data-{name}="{escape(text)}"' for name, text in data.items())
    return (
        f'<form class="decoder" hidden{said}>'
        f'<label for="decoder-text">{labels["field"]}</label>'
        '<textarea id="decoder-text" rows="7" spellcheck="false" autocapitalize="off"'
        ' autocomplete="off" aria-describedby="decoder-hint"></textarea>'
        f'<p id="decoder-hint">{labels["hint"]}</p>'
        '<div class="decoder-answer" aria-live="polite"></div>'
        f"<label>{labels['who']} <select>{_options(labels)}</select></label>"
        f'</form><script src="{root}{at.config.extra["decoder_script"]}"></script>'
    )


def _options(labels: dict[str, str]) -> str:
    """A choice has as its value those whose entries it shows; the first has none: all."""
    options = [f'<option value="">{labels["all"]}</option>']
    for layer, members in layers().items():
        options.append(f'<option value="{" ".join(members)}">{labels[layer]}</option>')
        options += [f'<option value="{who}">\u2003{title_of(who)}</option>' for who in members]
    return "".join(options)


register(Kind("decoder", nothing, render, html=True))
