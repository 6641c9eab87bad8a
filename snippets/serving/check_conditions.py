from email.utils import mktime_tz, parsedate_tz

from starlette.datastructures import Headers


def has_tag(header: str, etag: str) -> bool:
    tags = [tag.strip() for tag in header.split(",")]
    return "*" in tags or etag in tags


def seconds_of(header: str) -> float | None:
    # zh: 看不懂的日期，按规范当作没有写。
    # en: A date that cannot be read counts as none.
    try:
        date = parsedate_tz(header)
        return mktime_tz(date) if date else None
    except (ValueError, OverflowError):
        return None


def check_conditions(asked: Headers, file: dict[str, str]) -> int:
    # zh: 顺序见 RFC 9110 的 13.2.2。
    # en: The order is that of RFC 9110, 13.2.2.
    etag, changed = (
        file["etag"],
        seconds_of(file["last-modified"]) or 0,
    )
    before = seconds_of(asked.get("if-unmodified-since", ""))
    since = seconds_of(asked.get("if-modified-since", ""))
    if (tags := asked.get("if-match")) is not None:
        if not has_tag(tags, etag):
            return 412
    elif before is not None and changed > before:
        return 412
    if (tags := asked.get("if-none-match")) is not None:
        # zh: 中间的缓存会把标签改成弱的：W/"..."。
        # en: A cache on the way may have made the tag weak: W/"...".
        return 304 if has_tag(tags.replace("W/", ""), etag) else 200
    return 304 if since is not None and changed <= since else 200
