from urllib.parse import urlsplit

from starlette.datastructures import Headers

from snippets.serving.read_weights import read_weights, weight_of

HOMES = {"zh": "/", "en": "/en/"}


def language_of(path: str) -> str:
    return "en" if path.startswith("/en/") else "zh"


def is_visit(asked: Headers, method: str, path: str) -> bool:
    # zh: 浏览器为人打开一页时才这样说；爬虫和缓存不说。
    # en: Browsers say so of a page for a person, crawlers do not.
    opened = asked.get("sec-fetch-dest") == "document"
    return opened and method == "GET" and path.endswith("/")


def came_from(asked: Headers) -> str | None:
    # zh: 上一页属于本站时，是哪种语言。
    # en: The language of the page before, if it was one of ours.
    try:
        before = urlsplit(asked.get("referer", ""))
    except ValueError:
        return None
    own = before.netloc and before.netloc == asked.get("host")
    return language_of(before.path) if own else None


def recorded(asked: Headers) -> str | None:
    pairs = asked.get("cookie", "").replace(" ", "").split(";")
    return next(
        (c for c in HOMES if f"language={c}" in pairs), None
    )


def preferred(asked: Headers) -> str:
    weights = read_weights(asked.get("accept-language", ""))
    first = max(HOMES, key=lambda name: weight_of(name, weights))
    return recorded(asked) or first
