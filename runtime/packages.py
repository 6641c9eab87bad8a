"""Which packages the browser gets, and how they are put together into archives.

One archive is what one kind of demo needs beyond the archives it depends on, so that a run fetches
one file for it. Versions and hashes are those of ``requirements.txt``; see :mod:`runtime.lock`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SELDOM: Final = "python_seldom"  # the second part of the standard library


@dataclass(frozen=True)
class Package:
    """An archive: the distributions in it, the modules that call for it, the archives below it.

    ``keep`` names files that read their own source. ``without`` are beginnings of the paths of
    files that no demo can need.
    """

    distributions: tuple[str, ...]
    imports: tuple[str, ...]
    depends: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


PACKAGES: Final[dict[str, Package]] = {
    "starlette": Package(
        ("starlette", "anyio", "idna", "typing-extensions"),
        ("starlette", "anyio", "idna", "typing_extensions"),
        keep=("anyio/__init__.py",),  # it reads its own source when it is imported
    ),
    "fastapi": Package(
        (
            "fastapi", "annotated-doc", "annotated-types", "opentelemetry-api", "pydantic",
            "pydantic-core", "typing-inspection",
        ),
        ("fastapi", "pydantic", "pydantic_core"),
        depends=("starlette", SELDOM),
    ),
    "quart": Package(
        (
            "quart", "aiofiles", "blinker", "click", "flask", "h11", "h2", "hpack",
            "hypercorn", "hyperframe", "itsdangerous", "jinja2", "markupsafe", "priority",
            "werkzeug", "wsproto",
        ),
        ("quart", "werkzeug", "jinja2", "markupsafe", "hypercorn", "h11"),
        depends=(SELDOM,),
    ),
    "litestar": Package(
        ("litestar", "click", "litestar-htmx", "msgspec", "multidict", "multipart", "pyyaml"),
        ("litestar", "msgspec"),
        depends=("starlette", SELDOM),
    ),
    "falcon": Package(("falcon",), ("falcon",), depends=(SELDOM,)),
    "blacksheep": Package(
        (
            "blacksheep", "certifi", "essentials", "essentials-openapi", "guardpost",
            "itsdangerous", "markupsafe", "pyyaml", "rodi",
        ),
        ("blacksheep",),
        depends=("starlette", SELDOM),
    ),
    "django": Package(
        ("django", "asgiref", "sqlparse"),
        ("django", "asgiref"),
        depends=(SELDOM,),
        without=(
            "django/bin/", "django/contrib/admin/", "django/contrib/admindocs/",
            "django/contrib/auth/locale/", "django/contrib/gis/", "django/contrib/postgres/",
            "django/conf/locale/", "django/contrib/flatpages/", "django/contrib/humanize/",
            "django/test/",
        ),
    ),
}  # fmt: skip

# Their wheels have compiled parts for other machines only, without which they work as well.
COMPILED: Final = frozenset(("markupsafe", "pyyaml"))


def distributions() -> list[str]:
    """Every distribution of the table, once, in alphabetical order."""
    return sorted({name for package in PACKAGES.values() for name in package.distributions})
