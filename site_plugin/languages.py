"""Builds every language of the site in one command.

MkDocs builds the first of the plugin's ``languages``. When it is done, each other entry gets a
complete build of its own from the same configuration, so that its search index, its sitemap, its
404 page and the texts of its theme are in one language.

Each build finds in ``config.extra``: ``language`` (its code), ``language_path`` (from the site's
root to the language's), ``to_root`` (the way back). Each template finds ``words`` (words.py) and
``translations`` (name, code, URL) for the switcher and for search engines.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File
from mkdocs.utils import get_relative_url

from common import languages
from common.words import words
from site_plugin.facts import read_text
from site_plugin.options import NAME, Language

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

FRONT_MATTER: Final = re.compile(r"\A---\n.*?\n---\n", re.S)


def content_hash(text: str) -> str:
    """What a translation names in its front matter as ``source``: of the text it was written from.

    Front matter and blanks at the ends of lines do not count.
    """
    body = FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
    lines = "\n".join(line.rstrip() for line in body.strip().split("\n"))
    return hashlib.sha256(lines.encode()).hexdigest()[:10]


def languages_of(config: MkDocsConfig) -> list[Language]:
    """The languages that mkdocs.yml names, the one that MkDocs builds itself first."""
    listed: list[Language] = config.plugins[NAME].config.languages
    return listed


def on_config(config: MkDocsConfig) -> None:
    language = languages_of(config)[_index(config)]
    config.extra["language"] = language.code
    config.extra["language_path"] = language.path
    config.extra["to_root"] = "../" * language.path.count("/")


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Show the first language where a page has no translation."""
    if _index(config) == 0:
        return
    first = Path(config.docs_dir).parent / languages_of(config)[0].code
    for path in sorted(first.rglob("*.md")):
        uri = path.relative_to(first).as_posix()
        if files.get_file_from_path(uri) is None:
            file = File.generated(config, uri, abs_src_path=str(path))
            file.untranslated = True  # type: ignore[attr-defined]
            files.append(file)


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> None:
    """Note what the template says above a page that is missing or behind."""
    told = words(config.extra["language"]).TEMPLATES
    if is_untranslated(page):
        page.meta["notice"] = told["untranslated"]
        page.meta["language"] = languages_of(config)[0].code
        page.meta["search"] = {"exclude": True}
    elif page.meta.get("source") and page.meta["source"] != _hash_of_counterpart(page, config):
        page.meta["notice"] = told["behind"]


def is_untranslated(page: Page) -> bool:
    """Whether a page shows the text of the first language."""
    return getattr(page.file, "untranslated", False)


def _hash_of_counterpart(page: Page, config: MkDocsConfig) -> str:
    other = languages.other(config.extra["language"])
    path = Path(config.docs_dir).parent / other / page.file.src_uri
    if not path.is_file():
        raise PluginError(
            f"docs/{config.extra['language']}/{page.file.src_uri}:1: 'source' names the page that"
            f" this one was written from, but there is no docs/{other}/{page.file.src_uri}"
        )
    return content_hash(read_text(path))


def on_page_context(
    context: TemplateContext, page: Page, config: MkDocsConfig, nav: Navigation
) -> TemplateContext:
    context["translations"] = translations(page.url, config)  # type: ignore[typeddict-unknown-key]
    return context


def on_env(env: Any, config: MkDocsConfig, files: Files) -> None:
    """Pages without a source, such as the 404 page, switch to the other language's home."""
    env.globals["site_root"] = site_root(config)
    env.globals["words"] = words(config.extra["language"]).TEMPLATES
    env.globals["language_homes"] = translations("", config)


def translations(url: str, config: MkDocsConfig) -> list[dict[str, str]]:
    """Every language's page for this one: its code, its name, its absolute and relative URL."""
    root = site_root(config)
    here = config.extra["language_path"] + url
    return [
        {
            "code": language.code,
            "hreflang": language.hreflang,
            "name": language.name,
            "url": get_relative_url(language.path + url, here),
            "absolute": f"{root}{language.path}{url}",
        }
        for language in languages_of(config)
    ]


def site_root(config: MkDocsConfig) -> str:
    """The absolute URL of the whole site, whichever language is being built."""
    return str(config.extra.get("site_root") or config.site_url or "/")


def on_post_build(config: MkDocsConfig) -> None:
    """Build the other languages, once the first one stands."""
    if _index(config):
        return
    for index, language in enumerate(languages_of(config)[1:], 1):
        build(_child(config, index, language), dirty=config.extra["dirty"])


def _child(config: MkDocsConfig, index: int, language: Language) -> MkDocsConfig:
    with Path(config.config_file_path).open("rb") as file:
        child: MkDocsConfig = load_config(
            config_file=file,
            docs_dir=str(Path(config.docs_dir).parent / language.code),
            site_dir=str(Path(config.site_dir) / language.path),
            site_url=(config.site_url or "/") + language.path,
            site_name=language.site_name,
            site_description=language.site_description,
            strict=config.strict,
        )
    if child.edit_uri:
        child.edit_uri = child.edit_uri.replace(
            f"docs/{languages.first()}/", f"docs/{language.code}/"
        )
    child.nav = _translated(child.nav, language.nav)
    child.theme["language"] = language.code
    child.extra.update(
        language_index=index,
        site_root=config.site_url,
        serving=config.extra["serving"],
        dirty=config.extra["dirty"],
    )
    command: Literal["serve", "build"] = "serve" if config.extra["serving"] else "build"
    child.plugins.on_startup(command=command, dirty=config.extra["dirty"])
    return child


def _translated(nav: Any, titles: dict[str, str]) -> Any:
    """The navigation with the titles of its sections in another language."""
    if isinstance(nav, list):
        return [_translated(item, titles) for item in nav]
    if isinstance(nav, dict):
        for title in nav:
            if title not in titles:
                raise PluginError(f"mkdocs.yml, {NAME}: languages: no title for section {title!r}")
        return {titles[title]: _translated(item, titles) for title, item in nav.items()}
    return nav


def on_serve(server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> None:
    for language in languages_of(config)[1:]:
        server.watch(str(Path(config.docs_dir).parent / language.code))


def _index(config: MkDocsConfig) -> int:
    return int(config.extra.get("language_index", 0))
