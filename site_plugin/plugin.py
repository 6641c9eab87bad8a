"""The plugin: what happens at each of MkDocs' events, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mkdocs.plugins import BasePlugin, CombinedEvent

from site_plugin import (
    assets,
    diagrams,
    failures,
    figures,
    headings,
    languages,
    machines,
    page_checks,
    policy,
    redo,
    registry,
    runtime,
    scrolling,
    snippets,
)
from site_plugin.kinds import downloads
from site_plugin.options import Options


def in_order(*handlers: Callable[..., Any]) -> CombinedEvent[..., Any]:
    """Functions of modules as one event's handlers: MkDocs would hand methods the plugin first."""
    return CombinedEvent(*map(staticmethod, handlers))


class SitePlugin(BasePlugin[Options]):
    """Everything of the site that MkDocs, its theme and the other plugins do not do.

    It stands last under ``plugins``, so that at each event the others have had their turn.
    """

    on_startup = in_order(
        redo.on_startup,  # which kind of build this is; neither needs the other
        policy.on_startup,
    )
    on_config = in_order(
        languages.on_config,  # first: everything below asks which language is built
        redo.on_config,  # how it is built, unless the first language's build has said so
        policy.on_config,  # likewise
        page_checks.on_config,  # in any place: notes whose pages are built
        snippets.on_config,  # before the Markdown extensions are made of their settings
        diagrams.on_config,  # after mermaid2, whose place in superfences it takes
        assets.on_config,  # in any place: names files for the templates
        runtime.on_config,  # last: it may take a minute, and all else is right by then
    )
    on_files = in_order(
        languages.on_files,  # first: pages that are not translated are pages as others
        page_checks.on_files,  # then: nobody else has to look whether a page can be read
        redo.on_files,  # looks at every page
        diagrams.on_files,  # reads every page, those that are not translated included
        downloads.on_files,  # the rest adds files, in any order
        assets.on_files,
        runtime.on_files,
        machines.on_files,
    )
    on_nav = in_order(
        redo.on_nav,  # in any order: each notes something else of the pages
        figures.on_nav,
        machines.on_nav,
    )
    on_env = in_order(languages.on_env)
    on_page_markdown = in_order(
        languages.on_page_markdown,  # only notes; the text is still as in the file
        page_checks.on_page_markdown,  # before it: names lines of the file
        registry.on_page_markdown,  # needs the text of the file, for the lines that it names
        diagrams.on_page_markdown,  # after it: the reference's diagrams are checked too
    )
    on_page_content = in_order(
        registry.on_page_content,  # first: demos have figures, code and tables as pages have
        headings.on_page_content,  # the rest in any order: each changes other tags
        figures.on_page_content,
        scrolling.on_page_content,
    )
    on_page_context = in_order(languages.on_page_context)
    on_post_page = in_order(
        assets.on_post_page,  # first: it changes addresses
        policy.on_post_page,  # last: it has the hashes of the scripts that are then in the page
    )
    on_post_template = in_order(
        assets.on_post_template,  # as for pages
        policy.on_post_template,
    )
    on_post_build = in_order(
        languages.on_post_build,  # builds the others into this one's folder, which then is whole
        assets.on_post_build,  # removes what no page of any language asks for
        machines.on_post_build,  # in any place: writes a file
    )
    on_build_error = in_order(failures.on_build_error)
    on_serve = in_order(
        failures.on_serve,  # in any place: it stands between MkDocs' server and its builds
        languages.on_serve,  # what else is watched, in any order
        assets.on_serve,
        runtime.on_serve,
    )
