from pathlib import Path

from snippets.serving.index_site import ENCODINGS, File, read_copy

SUFFIXES = tuple(ENCODINGS.values())


def read_file(path: Path, url: str) -> File:
    copies = {"identity": read_copy(path, url, "")}
    for encoding, suffix in ENCODINGS.items():
        packed = path.with_name(path.name + suffix)
        if packed.is_file():
            copies[encoding] = read_copy(packed, url, encoding)
    return copies


def is_packed(path: Path) -> bool:
    return (
        path.suffix in SUFFIXES and path.with_suffix("").is_file()
    )


def walk_site(site: Path) -> dict[str, File]:
    # zh: 启动时走一遍。请求的路径只是这张表的键，从不碰文件系统。
    # en: Once, at startup. A request's path is only a key of this
    # zh: 表里没有的，就不存在。
    # en: table, never a file name; what is not in it is not there.
    files = {}
    for path in sorted(site.rglob("*")):
        if not path.is_file() or is_packed(path):
            continue
        url = "/" + path.relative_to(site).as_posix()
        files[url] = read_file(path, url)
        if path.name == "index.html":
            files[url.removesuffix("index.html")] = files[url]
    if "/" not in files:
        raise SystemExit(f"{site} has no index.html: make build")
    return files
