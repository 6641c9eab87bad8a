"""Writes into each page what the browser may load there: only what the page itself needs.

The policy stands in the page, because a plain static host sends no headers of ours. Scripts that
the theme writes into pages are allowed one by one, by their hashes. Under `make serve` there is no
policy: the live reload is a script in the page that changes with every build.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, Literal

from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page

# 'wasm-unsafe-eval' lets WebAssembly be compiled, and nothing else. Styles may stand in elements:
# the figures set positions, and the editor brings its own. Python's frame has a policy of its own,
# far stricter (runtime/inside/sandbox.html).
DIRECTIVES: Final = {
    "default-src": "'self'",  # only what has no name below: Firefox fetches the next page ahead
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "font-src": "'none'",
    "media-src": "'none'",
    "object-src": "'none'",
    "connect-src": "'self'",
    "frame-src": "'self'",
    "worker-src": "'self'",
    "manifest-src": "'self'",
    "base-uri": "'none'",
    "form-action": "'none'",
}
HEADER: Final = "Content-Security-Policy"
PLACE: Final = re.compile(r'<meta charset="utf-8" ?/?>', re.I)  # some plugins write it anew
SCRIPT: Final = re.compile(r"<script(?P<attributes>[^>]*)>(?P<text>.*?)</script>", re.S | re.I)
NOT_RUN: Final = re.compile(r"\bsrc=|\btype=\"?application/", re.I)

_command = "build"


def on_startup(command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    global _command
    _command = command


def on_config(config: MkDocsConfig) -> None:
    """The build of a further language inside this one is told (site_plugin/languages.py)."""
    config.extra.setdefault("serving", _command == "serve")


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    return output if config.extra["serving"] else with_policy(output, page.file.src_uri)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    if config.extra["serving"] or not template_name.endswith(".html"):
        return output
    return with_policy(output, template_name)


def with_policy(html: str, name: str, directives: Mapping[str, str] = DIRECTIVES) -> str:
    """The page with its policy; the offline copy has other directives (offline/pages.py)."""
    meta = f'<meta http-equiv="{HEADER}" content="{policy(html, directives)}">'
    made, count = PLACE.subn(lambda found: found[0] + meta, html, count=1)
    if not count:
        raise PluginError(f'{name}: no <meta charset="utf-8"> after which the policy could stand')
    return made


def policy(html: str, directives: Mapping[str, str] = DIRECTIVES) -> str:
    """The policy for a page as it will be sent, the hashes of its own scripts included."""
    hashes = [hash_of(script["text"]) for script in SCRIPT.finditer(html) if _is_run(script)]
    with_hashes = {**directives, "script-src": " ".join([directives["script-src"], *hashes])}
    return "; ".join(f"{name} {value}" for name, value in with_hashes.items())


def _is_run(script: re.Match[str]) -> bool:
    return not NOT_RUN.search(script["attributes"])


def hash_of(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"
