import os
from pathlib import Path
from typing import BinaryIO

# zh: 不跟着链接走，也不在管道前等。Windows 没有这两个标志。
# en: Follows no link, waits at no pipe. Windows has no such flags.
CAREFUL = getattr(os, "O_NOFOLLOW", 0) | getattr(
    os, "O_NONBLOCK", 0
)
Mark = tuple[int, int, int]


def open_carefully(path: str, flags: int) -> int:
    return os.open(path, flags | CAREFUL)


def open_file(path: Path) -> BinaryIO:
    return open(path, "rb", opener=open_carefully)


def mark_of(file: BinaryIO) -> Mark:
    # zh: 问打开了的文件，不问路径：路径随时可能换成别的。
    # en: Of the open file: a path may lead elsewhere by now.
    stat = os.fstat(file.fileno())
    return stat.st_ino, stat.st_size, stat.st_mtime_ns


def open_same(path: Path, mark: Mark) -> BinaryIO:
    file = open_file(path)
    if mark_of(file) != mark:
        file.close()
        raise OSError(f"{path} has changed")
    return file


def read_same(file: BinaryIO, mark: Mark, part: range) -> bytes:
    file.seek(part.start)
    data = file.read(len(part))
    if mark_of(file) != mark:
        raise OSError(f"{file.name} has changed")
    return data
