"""site_plugin/headings.py: names are broken behind dots, and nothing else of a heading changes."""

from __future__ import annotations

import pytest

from site_plugin.headings import with_breaks


@pytest.mark.parametrize(
    ("heading", "broken"),
    [
        (
            '<h3 id="a.b"><code>http.response.start</code><a href="#a.b">#</a></h3>',
            '<h3 id="a.b"><code>http.<wbr>response.<wbr>start</code><a href="#a.b">#</a></h3>',
        ),
        ("<h2>Python 3.14, in short. Then</h2>", "<h2>Python 3.14, in short. Then</h2>"),
        ("<h2>第一稿：频道层</h2>", "<h2>第一稿：频道层</h2>"),
    ],
)
def test_breaks_are_behind_the_dots_of_names(heading: str, broken: str) -> None:
    assert with_breaks(heading) == broken
