"""What mkdocs.yml says to the plugin; MkDocs names a wrong value by its option."""

from __future__ import annotations

from typing import Final

from mkdocs.config import config_options as c
from mkdocs.config.base import Config, ValidationError

from common.words import known

NAME: Final = "asgi-illustrated"  # of the entry point, and so in mkdocs.yml


class Folder(c.Type[str]):
    """A path that ends in a slash, or nothing."""

    def __init__(self) -> None:
        super().__init__(str, default="")

    def run_validation(self, value: object) -> str:
        path = super().run_validation(value)
        if path and not path.endswith("/"):
            raise ValidationError(f"{path!r} needs a '/' at its end")
        return path


class Language(Config):
    """A language of the site; a further one also names what mkdocs.yml has in the first's."""

    code = c.Choice(known())  # its folder beside docs_dir, too
    hreflang = c.Type(str)
    name = c.Type(str)
    path = Folder()  # from the site's root to the language's
    fallback = c.Optional(c.Type(str))  # the language of data that has no text in this one
    site_name = c.Optional(c.Type(str))
    site_description = c.Optional(c.Type(str))
    nav = c.DictOfItems(c.Type(str), default={})  # titles of sections, by those of the first


class Options(Config):
    """``languages``: MkDocs builds the first of them, languages.py each further one beside it."""

    languages = c.ListOfItems(c.SubConfig(Language))
