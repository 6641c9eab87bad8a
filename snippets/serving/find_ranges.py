import re

RANGE = re.compile(r"(\d{1,18})-(\d{0,18})|-(\d{1,18})")
MOST_RANGES = 100


def find_range(written: str, size: int) -> range | None:
    found = RANGE.fullmatch(written.strip())
    if found is None:
        return None
    first, last, length = found.groups()
    if length:
        return range(max(size - int(length), 0), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last or size) + 1, size))


def find_ranges(header: str, size: int) -> list[range] | None:
    # zh: None：当作没有写，送整个文件。空的：都超出了文件，416。
    # en: None: as if not asked, the whole file. Empty: a 416.
    unit, _, listed = header.partition("=")
    found = [find_range(part, size) for part in listed.split(",")]
    if unit.strip().lower() != "bytes" or None in found:
        return None
    inside = [part for part in found if part]
    # zh: 加起来比文件还大，或者段太多，不如送整个文件。
    # en: More than the file itself, or too many: the whole file.
    if sum(map(len, inside)) > size or len(inside) > MOST_RANGES:
        return None
    return inside
