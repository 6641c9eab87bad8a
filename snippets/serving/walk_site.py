from pathlib import Path

from snippets.serving.choose_copy import ENCODINGS
from snippets.serving.index_site import File, read_copy
from snippets.serving.skip_private import is_hidden, is_plain


def read_file(path: Path, url: str) -> File:
    copies = {"identity": read_copy(path, url, "")}
    for encoding, suffix in ENCODINGS.items():
        packed = path.with_name(path.name + suffix)
        if is_plain(packed):
            copies[encoding] = read_copy(packed, url, encoding)
    return copies


def is_packed(path: Path) -> bool:
    packed = path.suffix in ENCODINGS.values()
    return packed and is_plain(path.with_suffix(""))


def walk_site(site: Path) -> dict[str, File]:
    # zh: 启动时走一遍。请求的路径只是这张表的键，从不碰文件系统。
    # en: Once, at startup. A request's path is only a key of this
    # zh: 表里没有的，就不存在。
    # en: table, never a file name; what is not in it is not there.
    files = {}
    for path in sorted(filter(is_plain, site.rglob("*"))):
        relative = path.relative_to(site)
        if is_hidden(relative.parts) or is_packed(path):
            continue
        url = f"/{relative.as_posix()}"
        files[url] = read_file(path, url)
        if path.name == "index.html":
            files[url.removesuffix("index.html")] = files[url]
    if "/" not in files:
        raise SystemExit(f"{site} has no index.html: make build")
    return files
