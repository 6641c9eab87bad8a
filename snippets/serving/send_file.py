from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import BinaryIO

from anyio.to_thread import run_sync
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from snippets.serving.cut_pieces import Headers, Piece
from snippets.serving.index_site import Copy
from snippets.serving.open_file import open_same, read_same

AT_ONCE = 64 * 1024


@dataclass
class SendFile:
    copy: Copy
    pieces: list[Piece]
    status: int
    headers: Headers

    async def __call__(
        self, scope: Scope, receive: Receive, send: Send
    ) -> None:
        path, mark = self.copy.path, self.copy.mark
        try:
            file = await run_sync(open_same, path, mark)
        except OSError:
            await Response(None, 503)(scope, receive, send)
            return
        with file:
            read, status = self.read(file), self.status
            answer = StreamingResponse(read, status, self.headers)
            await answer(scope, receive, send)

    async def read(self, file: BinaryIO) -> AsyncIterator[bytes]:
        # zh: 每读一段都再看一眼：换了内容，就停在这里。
        # en: Looks again after each part: if it changed, stop here.
        for piece in self.pieces:
            if isinstance(piece, bytes):
                yield piece
                continue
            for at in range(0, len(piece), AT_ONCE):
                part, mark = (
                    piece[at : at + AT_ONCE],
                    self.copy.mark,
                )
                yield await run_sync(read_same, file, mark, part)
