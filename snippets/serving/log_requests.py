import json
import time
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class LogRequests:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        # zh: 一行一个 JSON：路径里的换行伪造不出另一行。
        # en: One JSON a line: no path can forge another line.
        # zh: 不记地址和浏览器：数得出请求，认不出人。
        # en: No address, no browser: requests count, not people.
        line: dict[str, Any] = {
            "time": datetime.now(UTC).isoformat("T", "seconds"),
            "method": scope["method"][:20],
            "path": scope["path"][:400],
            "status": 500,
            "bytes": 0,
        }

        async def count(message: Message) -> None:
            line["status"] = message.get("status", line["status"])
            line["bytes"] += len(message.get("body", b""))
            await send(message)

        start = time.perf_counter()
        try:
            await self.app(scope, receive, count)
        finally:
            line["ms"] = round(
                (time.perf_counter() - start) * 1e3, 1
            )
            print(json.dumps(line), flush=True)
