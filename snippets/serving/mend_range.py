import re

from starlette.responses import FileResponse
from starlette.types import Receive, Scope, Send

RANGE = re.compile(r"(\d{1,18})-(\d{0,18})|-(\d{1,18})")


def mend_range(value: str, size: int) -> str | None:
    unit, _, listed = value.partition("=")
    parts = [part.strip() for part in listed.split(",")]
    found = [RANGE.fullmatch(part) for part in parts]
    if unit.strip().lower() != "bytes" or None in found:
        return None
    within = []
    for part in parts:
        first, _, last = part.partition("-")
        if first and last and int(last) < int(first):
            return None
        if int(first or 0) < size and part != "-0":
            within.append(part)
    return "bytes=" + ",".join(within or parts)


class RangeResponse(FileResponse):
    # zh: 先按 RFC 9110 的 14.2 改好头部，再交给 FileResponse。
    # en: Mends the header by RFC 9110, 14.2, for FileResponse.
    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        headers = []
        for name, value in scope["headers"]:
            if name == b"range":
                size = int(self.headers["content-length"])
                mended = mend_range(value.decode("latin-1"), size)
                if mended is None or scope["method"] != "GET":
                    continue
                value = mended.encode()
            headers.append((name, value))
        scope = {**scope, "headers": headers}
        await super().__call__(scope, receive, send)
