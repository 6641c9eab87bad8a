import re
from urllib.parse import unquote

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

WHOLE = re.compile(rb"https?://([^/@]+)(.*)", re.I | re.S)


class ReadTarget:
    # zh: 写成整个网址的请求也要收，而且以它的主机名为准
    # en: A request may name the whole address; then its host
    # zh: （RFC 9112 的 3.2.2）。
    # en: counts, not the header's (RFC 9112, 3.2.2).
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        app, target = self.app, scope["raw_path"]
        if found := WHOLE.fullmatch(target):
            host, target = found[1], found[2] or b"/"
            others = [
                h for h in scope["headers"] if h[0] != b"host"
            ]
            scope = {
                **scope,
                "headers": [(b"host", host), *others],
                "path": unquote(target.decode("ascii")),
                "raw_path": target,
            }
        if not target.startswith(b"/"):
            app = PlainTextResponse("Bad Request", 400)
        await app(scope, receive, send)
