from dataclasses import dataclass

from anyio.to_thread import run_sync
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from snippets.serving.cut_pieces import Headers, Piece
from snippets.serving.index_site import Copy
from snippets.serving.open_file import open_same
from snippets.serving.read_pieces import read_pieces


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
            body = read_pieces(file, mark, self.pieces)
            status, headers = self.status, self.headers
            answer = StreamingResponse(body, status, headers)
            await answer(scope, receive, send)
