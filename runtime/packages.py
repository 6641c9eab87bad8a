"""Which packages the browser gets, and how they are put together into archives.

One archive is what one kind of demo needs beyond the archives it depends on, so that a run fetches
one file for it. Versions and hashes are those of ``requirements.txt``; see :mod:`runtime.lock`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

SELDOM: Final = "python_seldom"  # the second part of the standard library


class Package(NamedTuple):
    """An archive: the distributions in it, the modules that call for it, the archives below it.

    ``keep`` names files that read their own source. ``without`` are beginnings of the paths of
    files that no demo can need. ``library`` are beginnings of the paths of files of the standard
    library that the packages import and that are not in its first archive: so the whole second one
    is not fetched for their sake. A package is named as a whole, because only one of the archives
    that have it is looked into; of ``multiprocessing``, the rest cannot work in a browser.
    """

    distributions: tuple[str, ...]
    imports: tuple[str, ...]
    depends: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    library: tuple[str, ...] = ()


PACKAGES: Final[dict[str, Package]] = {
    "starlette": Package(
        ("starlette", "anyio", "typing-extensions"),
        ("starlette", "anyio", "typing_extensions"),
        keep=("anyio/__init__.py",),  # it reads its own source when it is imported
        without=("anyio/_backends/_trio", "anyio/pytest_plugin"),
    ),
    "fastapi": Package(
        (
            "fastapi", "annotated-doc", "annotated-types", "opentelemetry-api", "pydantic",
            "pydantic-core", "typing-inspection",
        ),
        ("fastapi", "pydantic", "pydantic_core", "annotated_types"),
        depends=("starlette",),
        library=("fractions.py", "zoneinfo/"),
        without=("fastapi/.agents/", "pydantic/mypy", "pydantic/v1/"),  # v1 is not for Python 3.14
    ),
    "quart": Package(
        (
            "quart", "aiofiles", "blinker", "click", "flask", "h11", "h2", "hpack",
            "hypercorn", "hyperframe", "itsdangerous", "jinja2", "markupsafe", "priority",
            "werkzeug", "wsproto",
        ),
        (
            "quart", "aiofiles", "blinker", "click", "h11", "hypercorn", "itsdangerous", "jinja2",
            "markupsafe", "werkzeug", "wsproto",
        ),
        without=("hypercorn/trio/", "werkzeug/debug/shared/"),
        library=(
            "code.py", "gettext.py", "multiprocessing/__init__.py", "multiprocessing/context.py",
            "multiprocessing/process.py", "multiprocessing/reduction.py",
            "multiprocessing/synchronize.py", "multiprocessing/util.py", "pprint.py", "tomllib/",
            "wsgiref/",
        ),
    ),
    "litestar": Package(
        (
            "litestar", "litestar-htmx", "msgspec", "multidict", "multipart", "pyyaml", "sniffio",
        ),
        ("litestar", "msgspec", "multidict"),
        depends=("starlette",),
        without=(
            "litestar/channels/backends/_redis", "litestar/cli/", "litestar/contrib/",
            "litestar/testing/",
        ),
        library=("wsgiref/",),
    ),
    "falcon": Package(
        ("falcon",),
        ("falcon",),
        without=("falcon/bench/", "falcon/cmd/", "falcon/testing/"),
        library=("wsgiref/", "xml/"),
    ),
    "blacksheep": Package(
        (
            "blacksheep", "certifi", "essentials", "essentials-openapi", "guardpost",
            "itsdangerous", "markupsafe", "pyyaml", "rodi", "typing-extensions",
        ),
        ("blacksheep", "guardpost", "rodi"),
        without=("certifi/cacert.pem", "openapidocs/mk/"),
    ),
    "django": Package(
        ("django", "asgiref", "sqlparse"),
        ("django", "asgiref"),
        library=("argparse.py", "gettext.py", "graphlib.py", "pprint.py", "zoneinfo/"),
        without=(
            "django/bin/", "django/conf/app_template/", "django/conf/project_template/",
            *(f"django/conf/locale/{letter}" for letter in "abcdfghijklmnopqrstuvwxyz"),  # but en
            "django/contrib/admin/", "django/contrib/admindocs/",
            "django/contrib/auth/common-passwords.txt.gz", "django/contrib/flatpages/",
            "django/contrib/gis/", "django/contrib/postgres/", "django/contrib/redirects/",
            "django/contrib/sitemaps/", "django/core/management/commands/",
            "django/db/backends/mysql/", "django/db/backends/oracle/",
            "django/db/backends/postgresql/", "django/forms/jinja2/", "django/test/",
        ),
    ),
}  # fmt: skip

# Their wheels have compiled parts for other machines only, without which they work as well.
COMPILED: Final = frozenset(("markupsafe", "pyyaml"))


def distributions() -> list[str]:
    """Every distribution of the table, once, in alphabetical order."""
    return sorted({name for package in PACKAGES.values() for name in package.distributions})
