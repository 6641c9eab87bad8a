"""What machines read: the specification as data, a map of the pages, robots.txt.

``spec.json`` and its schema stand in the site's root, ``llms.txt`` in the root of each language.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mkdocs.structure.files import File

from asgiscope.reference.specification import specification
from common.places import ROOT
from site_plugin.languages import languages_of, site_root

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page

SCHEMA: Final = ROOT / "asgiscope" / "spec" / "spec.schema.json"
NAME: Final = "spec.json"


def spec_json() -> str:
    data = {"$schema": SCHEMA.name, **specification()}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def on_files(files: Files, config: MkDocsConfig) -> None:
    if config.extra["to_root"]:
        return
    files.append(File.generated(config, NAME, content=spec_json()))
    files.append(File.generated(config, SCHEMA.name, abs_src_path=str(SCHEMA)))
    maps = "".join(
        f"Sitemap: {site_root(config)}{language.path}sitemap.xml\n"
        for language in languages_of(config)
    )
    files.append(File.generated(config, "robots.txt", content=f"User-agent: *\nAllow: /\n{maps}"))


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    config.extra["book"] = nav


def on_post_build(config: MkDocsConfig) -> None:
    text = llms_txt(config.extra["book"], config)
    Path(config.site_dir, "llms.txt").write_text(text, encoding="utf-8")


def llms_txt(nav: Any, config: MkDocsConfig) -> str:
    """Every page with its address and what it is about, in the form of https://llmstxt.org."""
    others = [
        f"- [{language.name}]({site_root(config)}{language.path}llms.txt)"
        for language in languages_of(config)
        if language.code != config.extra["language"]
    ]
    data = f"- [spec.json]({site_root(config)}{NAME})"
    lines = [f"# {config.site_name}", "", f"> {config.site_description}", "", *others, data]
    for part in nav.items:
        if part.is_section:
            lines += ["", f"## {part.title}", "", *(_line(page) for page in part.children)]
    return "\n".join(lines) + "\n"


def _line(page: Page) -> str:
    about = page.meta.get("description", "")
    return f"- [{page.title}]({page.canonical_url}): {about}"
