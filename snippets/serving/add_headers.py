from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from snippets.serving.read_rules import HEADERS

FIXED = [
    (name.encode(), HEADERS[name].encode()) for name in HEADERS
]
BODY = {b"content-length", b"transfer-encoding"}


class AddHeaders:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        added = list(FIXED)
        # zh: 没有人要读的请求体：答完就关，不陪它慢慢传完。
        # en: Nobody reads this body: answer, and hang up on it.
        if BODY & {name for name, _ in scope.get("headers", [])}:
            added.append((b"connection", b"close"))

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                raw = [*message.get("headers", []), *added]
                message = {**message, "headers": raw}
                # zh: 只有文件说得出自己能存多久，别的都不许存。
                # en: Only a file knows how long it may be kept.
                kept = MutableHeaders(raw=raw)
                kept.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)
