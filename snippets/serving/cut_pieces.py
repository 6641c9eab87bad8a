from secrets import token_hex

# zh: 一段现成的字节，或者文件的一段：len() 都是要送出的长度。
# en: Bytes, or a part of the file: len() is what will be sent.
Piece = bytes | range
Headers = dict[str, str]


def cut_pieces(
    ranges: list[range], size: int, headers: Headers
) -> tuple[list[Piece], Headers]:
    places = [
        f"bytes {part.start}-{part.stop - 1}/{size}"
        for part in ranges
    ]
    if len(ranges) == 1:
        return [*ranges], {**headers, "content-range": places[0]}
    mark, kind = token_hex(13), headers["content-type"]
    pieces: list[Piece] = []
    for part, place in zip(ranges, places, strict=True):
        head = [
            f"\r\n--{mark}",
            f"content-type: {kind}",
            f"content-range: {place}\r\n\r\n",
        ]
        pieces += ["\r\n".join(head).encode(), part]
    pieces.append(f"\r\n--{mark}--\r\n".encode())
    kind = f"multipart/byteranges; boundary={mark}"
    return pieces, {**headers, "content-type": kind}


def take(body: bytes, piece: Piece) -> bytes:
    if isinstance(piece, bytes):
        return piece
    return body[piece.start : piece.stop]
