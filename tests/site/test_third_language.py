"""A third language is a folder of words in three places, its pages, and an entry in mkdocs.yml."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NEW = "eo"  # one that the theme has its own few words of
WORDS = ("asgiscope/texts", "runtime/words", "common/words")
ENTRY = f"""\
        - code: {NEW}
          hreflang: {NEW}
          name: Made up
          path: {NEW}/
          fallback: en
          site_name: MADE UP
          site_description: Made up.
          nav: {{学: LEARN, 懂: UNDERSTAND, 做: DO, 查: LOOK UP}}

markdown_extensions:
"""
PAGE = """\
# MADE UP { #made-up }

```asgi
id: hello
title: MADE UP
app: basics/say_hello.py
client:
  - request: GET /
```

```table
wsgi-and-asgi
```

```errors
group: starting
```

```glossary
boundary
```

```engine
show: steps
```
"""


@pytest.fixture
def copied(tmp_path: Path, project: Path) -> Path:
    """The project in a folder of its own, with what setting it up has made."""
    listed = subprocess.check_output(["git", "ls-files", "-co", "--exclude-standard"], cwd=project)
    for name in listed.decode().splitlines():
        if (project / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(project / name, tmp_path / name)
    (tmp_path / "node_modules").symlink_to(project / "node_modules")
    (tmp_path / "build").mkdir()
    for name in ("wheels", "archives", "compressed"):
        if (project / "build" / name).exists():
            (tmp_path / "build" / name).symlink_to(project / "build" / name)
    return tmp_path


@pytest.mark.long
def test_it_is_built_like_the_others(copied: Path) -> None:
    for place in WORDS:
        english = copied / place / "en"
        if english.is_dir():
            shutil.copytree(english, copied / place / NEW)
        else:
            shutil.copyfile(f"{english}.py", copied / place / f"{NEW}.py")
    words = copied / "common" / "words" / f"{NEW}.py"
    words.write_text(words.read_text("utf-8").replace('"Figure', '"FIGURE'), "utf-8")
    (copied / "docs" / NEW).mkdir()
    (copied / "docs" / NEW / "index.md").write_text(PAGE, "utf-8")
    settings = copied / "mkdocs.yml"
    listed = settings.read_text("utf-8").replace("\nmarkdown_extensions:\n", ENTRY)
    settings.write_text(listed, "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "-d", "site"]
    done = subprocess.run(command, cwd=copied, capture_output=True, text=True, timeout=250)
    assert done.returncode == 0, done.stderr
    page = (copied / "site" / NEW / "index.html").read_text("utf-8")
    assert f'<html lang="{NEW}"' in page
    assert "FIGURE 1" in page
