from collections.abc import AsyncIterator
from typing import BinaryIO

from anyio.to_thread import run_sync

from snippets.serving.cut_pieces import Piece
from snippets.serving.open_file import Mark, read_same

AT_ONCE = 64 * 1024


async def read_pieces(
    file: BinaryIO, mark: Mark, pieces: list[Piece]
) -> AsyncIterator[bytes]:
    for piece in pieces:
        if isinstance(piece, bytes):
            yield piece
            continue
        for start in range(0, len(piece), AT_ONCE):
            part = piece[start : start + AT_ONCE]
            # zh: 磁盘可能很慢，所以在线程里读。
            # en: A disk may be slow, so a thread reads it.
            yield await run_sync(read_same, file, mark, part)
