"""Under ``make serve``: a build that fails is told at every save, and in place of every page.

MkDocs keeps a browser waiting until a build succeeds. Here it gets the mistake, with its place, and
the page comes back by itself once it is mended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape
from typing import TYPE_CHECKING, Any, Final

from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import get_plugin_logger

from common.colours import colours
from common.languages import first, languages
from common.words import words

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

PLACE: Final = re.compile(r"^(?P<place>[\w./-]+:\d+): (?P<text>.*)", re.S)
PAGE: Final = """<!doctype html>
<html lang="{tag}"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>
:root {{ color-scheme: light dark; }}
body {{ margin: 4rem auto; padding: 0 1rem; max-width: 44rem;
  font: 1.05rem/1.6 system-ui, sans-serif; }}
code, pre {{ font-family: ui-monospace, monospace; font-size: 0.95rem; }}
pre {{ white-space: pre-wrap; overflow-wrap: anywhere; border-inline-start: 3px solid {colour};
  padding-inline-start: 1rem; }}
</style></head>
<body><h1>{title}</h1><p><code>{place}</code></p><pre>{text}</pre><p>{told}</p></body></html>
"""

App = Callable[..., Iterable[bytes]]  # as WSGI has it

log = get_plugin_logger("asgi-illustrated")


class Failure:
    """The newest build's error, or none."""

    def __init__(self) -> None:
        self.error: BaseException | None = None

    def page(self, language: str) -> str:
        """The error as a page in a language."""
        told = words(language).TEMPLATES
        found = PLACE.match(str(self.error))
        place, text = found.group("place", "text") if found else ("", str(self.error))
        return PAGE.format(
            tag=languages()[language].hreflang,
            title=escape(told["failed"]),
            colour=colours()["app"],
            place=escape(place),
            text=escape(text),
            told=escape(told["failed_told"]),
        )


_failure: Final = Failure()


def on_build_error(error: Exception) -> None:
    """Keep what was wrong first: MkDocs ends a build with a sentence that does not say it."""
    _failure.error = _failure.error or error


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Callable[..., None]) -> None:
    server.builder = telling(server.builder)
    server.set_app(showing(server, server.serve_request))


def telling(build: Callable[[], None]) -> Callable[[], None]:
    """A build after which browsers are let in even where it has failed."""

    def rebuild() -> None:
        _failure.error = None
        try:
            build()
        except MkDocsException:
            pass  # told already
        except Exception as error:
            _failure.error = error
            log.exception("this is a fault of the site's own code, or of a file that it reads")

    return rebuild


def showing(server: LiveReloadServer, app: App) -> App:
    """The server's app, but while the newest build has failed: the error in place of pages."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path: str = environ["PATH_INFO"]
        if path.startswith("/livereload/") or not path.endswith("/"):
            return app(environ, start_response)
        with server._epoch_cond:  # until the build that is under way has ended
            server._epoch_cond.wait_for(lambda: server._visible_epoch == server._wanted_epoch)
            epoch = server._visible_epoch
        if _failure.error is None:
            return app(environ, start_response)
        page = _failure.page(_language_of(path)).encode()
        start_response("500 Internal Server Error", [("Content-Type", "text/html; charset=utf-8")])
        return [server._inject_js_into_html(page, epoch)]

    return answer


def _language_of(path: str) -> str:
    """The language whose folder a path lies in."""
    others = (code for code, one in languages().items() if one.path and f"/{one.path}" in path)
    return next(others, first())
