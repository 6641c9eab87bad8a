"""Where servers differ: a table of data/tables (kinds/table.py) that readers can unfold.

    ```servers
    response-servers
    ```

What holds on every server stands in the text, so the table is folded, under the same title on every
page. On paper it is open.
"""

from __future__ import annotations

from pathlib import Path

from common.words import words
from site_plugin.kinds import table
from site_plugin.registry import Context, Kind, register


def render(path: Path, at: Context) -> str:
    lines = [f"    {line}" if line else "" for line in table.render(path, at).split("\n")]
    return "\n".join([f'??? servers "{words(at.language).TEMPLATES["servers_differ"]}"', *lines])


register(Kind("servers", table.read, render))
