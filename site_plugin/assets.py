"""Gives each page one stylesheet and one small script, and both languages the same copies.

The files of ``docs/assets/styles`` are joined, in the order of cascade, and so are the scripts,
into one whose name carries its hash, so that it can be cached for good. The theme's own
stylesheets are left out.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import material
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from common.colours import LANES, colours
from common.places import ROOT

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

THEME: Final = Path(material.__file__).parent / "templates" / "assets"
STYLES: Final = ROOT / "docs" / "assets" / "styles"
SCRIPTS: Final = ROOT / "docs" / "assets" / "scripts"
ORDER: Final = (
    *("tokens", "base", "code", "frame", "search"),
    *("components", "diagrams", "demo", "time", "workbench", "playground", "reference", "print"),
)
SCRIPTED: Final = ("theme", "progress")
DECODER: Final = ("decoder_matching", "decoder")  # only the page of the error decoder loads it
UNUSED: Final = ("assets/stylesheets", "assets/javascripts/lunr", "assets/images/favicon.png")


def joined_styles() -> str:
    """The whole stylesheet of the site: all of it is ours, none of it the theme's."""
    return _joined([STYLES / f"{name}.css" for name in ORDER])


def joined_scripts() -> str:
    """The whole script that every page loads."""
    return _joined([SCRIPTS / f"{name}.js" for name in SCRIPTED])


def decoder_script() -> str:
    """The script of the error decoder's page."""
    return _joined([SCRIPTS / f"{name}.js" for name in DECODER])


def _joined(paths: list[Path]) -> str:
    for path in paths:
        if not path.is_file():
            raise PluginError(f"{path.relative_to(ROOT).as_posix()} is missing")
    return "\n".join(path.read_text("utf-8").strip() for path in paths) + "\n"


def icon() -> str:
    """The three lanes, as an address of their own: client, server, app."""
    paths = "".join(
        f"<path stroke='{colours()[lane]}' d='M{4 + 8 * place} 3v18'/>"
        for place, lane in enumerate(LANES)
    )
    svg = (
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24' fill='none'"
        f" stroke-width='3' stroke-linecap='round'>{paths}</svg>"
    )
    return "data:image/svg+xml," + quote(svg, safe=" '/:=")


def on_config(config: MkDocsConfig) -> None:
    config.theme["favicon"] = icon()
    """Name the files that the template asks for, from the site's root."""
    bundle = next((THEME / "javascripts").glob("bundle.*.min.js"))
    config.extra["stylesheet"] = f"assets/site.{_digest(joined_styles())}.css"
    config.extra["theme_script"] = f"assets/theme.{_digest(joined_scripts())}.js"
    config.extra["decoder_script"] = f"assets/decoder.{_digest(decoder_script())}.js"
    config.extra["theme_bundle"] = f"assets/javascripts/{bundle.name}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add the stylesheet and the scripts, once, to the Chinese build, whose root is the site's."""
    if config.extra["to_root"]:
        return
    files.append(File.generated(config, config.extra["stylesheet"], content=joined_styles()))
    files.append(File.generated(config, config.extra["theme_script"], content=joined_scripts()))
    files.append(File.generated(config, config.extra["decoder_script"], content=decoder_script()))


def on_post_page(output: str, page: Page, config: MkDocsConfig) -> str:
    return _from_root(output, config)


def on_post_template(output: str, template_name: str, config: MkDocsConfig) -> str:
    return _from_root(output, config) if template_name.endswith(".html") else output


def _from_root(html: str, config: MkDocsConfig) -> str:
    """Point the theme's scripts at the copy in the site's root."""
    to_root = config.extra["to_root"]
    if not to_root:
        return html
    return re.sub(r'"([^"\s]*?)(assets/javascripts/)', rf'"\1{to_root}\2', html)


def on_post_build(config: MkDocsConfig) -> None:
    """Leave out what no page asks for."""
    site = Path(config.site_dir)
    if config.extra["to_root"]:
        shutil.rmtree(site / "assets", ignore_errors=True)
        return
    for unused in UNUSED:
        path = site / unused
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    for path in site.rglob("*.map"):
        path.unlink()


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: object) -> None:
    server.watch(str(STYLES.parent))
