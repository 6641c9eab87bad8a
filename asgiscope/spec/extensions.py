"""The extensions of the ASGI documentation: their names, their messages, what their scope holds."""

from __future__ import annotations

from typing import Final, NamedTuple

from .messages import MESSAGES
from .model import SPECIFICATION, Key

_PAGE = "extensions.html#"


class Extension(NamedTuple):
    """A name below ``scope["extensions"]``. ``keys`` are those of its entry there."""

    name: str
    protocols: tuple[str, ...]
    section: str
    keys: tuple[Key, ...] = ()

    @property
    def url(self) -> str:
        return SPECIFICATION + self.section

    @property
    def messages(self) -> tuple[str, ...]:
        """The types of the messages that it allows."""
        return tuple(m.type for m in MESSAGES.values() if m.extension == self.name)


_TLS_KEYS = (
    Key("server_cert", "str or None"),
    Key("client_cert_chain", "iterable of str", []),
    Key("client_cert_name", "str or None", None),
    Key("client_cert_error", "str or None", None),
    Key("tls_version", "int or None"),
    Key("cipher_suite", "int or None"),
)

EXTENSIONS: Final[dict[str, Extension]] = {
    extension.name: extension
    for extension in (
        Extension("websocket.http.response", ("websocket",), _PAGE + "websocket-denial-response"),
        Extension("http.response.push", ("http",), _PAGE + "http-2-server-push"),
        Extension("http.response.zerocopysend", ("http",), _PAGE + "zero-copy-send"),
        Extension("http.response.pathsend", ("http",), _PAGE + "path-send"),
        Extension("tls", ("http", "websocket"), "specs/tls.html#tls-connection-scope", _TLS_KEYS),
        Extension("http.response.early_hint", ("http",), _PAGE + "early-hints"),
        Extension("http.response.trailers", ("http",), _PAGE + "http-trailers"),
        Extension("http.response.debug", ("http",), _PAGE + "debug"),
    )
}
