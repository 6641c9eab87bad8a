"""The state of the specification that this package was written from."""

from __future__ import annotations

from typing import Any, Final, NamedTuple

REPOSITORY: Final = "https://github.com/django/asgiref"
COMMIT: Final = "a7cc976fe8a2395307834bc4aebb462b9f379d55"
DAY: Final = "2026-07-19"


class Change(NamedTuple):
    """A change that was merged after that commit, and is followed already."""

    number: int  # of the pull request
    day: str

    @property
    def url(self) -> str:
        return f"{REPOSITORY}/pull/{self.number}"


LATER: Final = (
    Change(579, "2026-08-10"),  # early hints come before the start of the response
    Change(589, "2026-09-16"),  # HTTP/3 is covered; http_version may be "3"
)


def source_data() -> dict[str, Any]:
    """The same as plain data."""
    later = [{"url": change.url, "day": change.day} for change in LATER]
    return {"repository": REPOSITORY, "commit": COMMIT, "day": DAY, "later": later}
