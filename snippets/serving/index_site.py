import hashlib
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

from snippets.serving.open_file import Mark, mark_of, open_file
from snippets.serving.read_rules import cache_control, content_type

KEPT_IN_MEMORY = 256 * 1024


@dataclass(frozen=True)
class Copy:
    path: Path
    mark: Mark
    size: int
    headers: dict[str, str]
    body: bytes | None


# zh: 一个网址的所有副本：原样的，和压缩好的。
# en: All the copies of one address: plain and compressed.
File = dict[str, Copy]


def read_copy(path: Path, url: str, encoding: str) -> Copy:
    with open_file(path) as file:
        mark, data = mark_of(file), file.read()
    size, digest = len(data), hashlib.sha256(data).hexdigest()[:20]
    headers = {
        "accept-ranges": "bytes",
        "cache-control": cache_control(url),
        "content-type": content_type(url),
        "etag": f'"{digest}"',
        "last-modified": formatdate(mark[2] // 10**9, usegmt=True),
        "vary": "accept-encoding",
    }
    if encoding:
        headers["content-encoding"] = encoding
    body = data if size <= KEPT_IN_MEMORY else None
    return Copy(path, mark, size, headers, body)
