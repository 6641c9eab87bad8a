from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp

from snippets.serving.cut_pieces import Piece, cut_pieces, take
from snippets.serving.find_ranges import find_ranges
from snippets.serving.index_site import Copy
from snippets.serving.send_file import SendFile


def asked_ranges(
    copy: Copy, method: str, asked: Headers
) -> list[range] | None:
    headers = copy.headers
    same = (None, headers["etag"], headers["last-modified"])
    if method == "GET" and asked.get("if-range") in same:
        return find_ranges(asked.get("range", ""), copy.size)
    return None


def send_copy(copy: Copy, method: str, asked: Headers) -> ASGIApp:
    status, headers, size = 200, copy.headers, copy.size
    pieces: list[Piece] = [range(size)]
    ranges = asked_ranges(copy, method, asked)
    if ranges == []:
        place = {"content-range": f"bytes */{size}"}
        return Response(None, 416, place)
    if ranges:
        status = 206
        pieces, headers = cut_pieces(ranges, size, headers)
    length = str(sum(map(len, pieces)))
    headers = {**headers, "content-length": length}
    if method == "HEAD":
        pieces = []
    if copy.body is None:
        return SendFile(copy, pieces, status, headers)
    body = b"".join(take(copy.body, piece) for piece in pieces)
    return Response(body, status, headers)
