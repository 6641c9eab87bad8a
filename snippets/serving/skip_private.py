from pathlib import Path


def is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def is_hidden(parts: tuple[str, ...]) -> bool:
    # zh: .git 和 .env 不是给人看的；/.well-known/ 是（RFC 8615）。
    # en: .git, .env are private, /.well-known/ is not (RFC 8615).
    known = parts[0] == ".well-known"
    names = parts[1:] if known else parts
    return any(name.startswith(".") for name in names)
