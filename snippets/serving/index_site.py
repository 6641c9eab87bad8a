import hashlib
import os
from dataclasses import dataclass
from email.utils import formatdate
from pathlib import Path

from snippets.serving.read_rules import cache_control, content_type

ENCODINGS = {"br": ".br", "gzip": ".gz"}
KEPT_IN_MEMORY = 256 * 1024


@dataclass(frozen=True)
class Copy:
    path: Path
    stat: os.stat_result
    headers: dict[str, str]
    body: bytes | None


# zh: 一个网址的所有副本：原样的，和压缩好的。
# en: All the copies of one address: plain and compressed.
File = dict[str, Copy]


def read_copy(path: Path, url: str, encoding: str) -> Copy:
    data, stat = path.read_bytes(), path.stat()
    digest = hashlib.sha256(data).hexdigest()[:20]
    headers = {
        "cache-control": cache_control(url),
        "content-type": content_type(url),
        "etag": f'"{digest}"',
        "last-modified": formatdate(stat.st_mtime, usegmt=True),
        "vary": "accept-encoding",
    }
    if encoding:
        headers["content-encoding"] = encoding
    small = stat.st_size <= KEPT_IN_MEMORY
    return Copy(path, stat, headers, data if small else None)
