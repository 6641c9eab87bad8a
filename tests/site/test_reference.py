"""The reference pages, and what is written for machines, against the engine's own data."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import jsonschema
import pytest
from bs4 import BeautifulSoup

from asgiscope.reference.specification import in_language, specification
from asgiscope.spec import EXTENSIONS, MESSAGES, RULES, SCOPES
from asgiscope.spec.source import COMMIT, DAY, LATER
from asgiscope.spec.statements import STATEMENTS
from site_plugin.fences import FenceError, Place
from site_plugin.kinds.specification import expand
from site_plugin.reference_html import anchor
from tests.site.conftest import LANGUAGES, PAGES

PLACE = Place("docs/en/look-up/x.md", 10)


def page(site: Path, root: str, name: str) -> BeautifulSoup:
    path = site / root.lstrip("/") / "look-up" / name / "index.html"
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


@pytest.mark.parametrize("root", LANGUAGES.values())
def test_every_type_and_every_key_has_its_anchor_and_its_words(built_site: Path, root: str) -> None:
    data = in_language(specification(), "zh" if root == "/" else "en")
    article = page(built_site, root, "specification")
    for kind in ("scopes", "messages", "extensions"):
        for name, entry in data[kind].items():
            if kind == "messages":
                assert article.find(id=anchor(name)) is not None, name
            for key in entry["keys"]:
                row = article.find(id=anchor(name, key["name"]))
                assert row is not None, (name, key["name"])
                assert key["meaning"] in row.get_text(), (name, key["name"])
                assert key["type"] in row.get_text()


@pytest.mark.parametrize("root", LANGUAGES.values())
def test_every_rule_and_every_statement_is_told(built_site: Path, root: str) -> None:
    rules = page(built_site, root, "rules")
    assert {str(row["id"]) for row in rules.select(".reference-rules > div")} == set(RULES)
    reference = page(built_site, root, "specification")
    assert len(reference.select(".reference-statements > li")) == len(STATEMENTS)


@pytest.mark.parametrize("root", LANGUAGES.values())
def test_the_page_says_which_state_of_the_specification_it_follows(
    built_site: Path, root: str
) -> None:
    article = page(built_site, root, "specification").find("article")
    assert article is not None
    assert DAY in article.get_text()
    assert COMMIT[:7] in article.get_text()
    for change in LATER:
        assert article.find("a", href=change.url)
        assert change.day in article.get_text()


@pytest.mark.parametrize("root", LANGUAGES.values())
def test_no_slot_of_a_text_is_left(built_site: Path, root: str) -> None:
    for name in ("rules", "specification"):
        text = page(built_site, root, name).find("article").get_text()  # type: ignore[union-attr]
        assert not re.search(r"\{\w+(!r)?\}|\{\{", text)


@pytest.mark.parametrize("root", LANGUAGES.values())
def test_demos_link_to_the_reference_of_their_language(built_site: Path, root: str) -> None:
    for path in PAGES:
        html = (built_site / root.lstrip("/") / path / "index.html").read_text("utf-8")
        demos = re.findall(r"<asgi-demo\b[^>]*", html)
        references = re.findall(r'<asgi-demo\b[^>]* data-reference="([^"]*)"', html)
        assert len(references) == len(demos)
        assert {urljoin(f"{root}{path}", each) for each in references} <= {
            f"{root}look-up/specification/"
        }


def test_the_data_for_machines_is_the_engines_and_keeps_to_its_schema(built_site: Path) -> None:
    data = json.loads((built_site / "spec.json").read_text("utf-8"))
    schema = json.loads((built_site / str(data["$schema"])).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(data, schema)
    assert {key: value for key, value in data.items() if key != "$schema"} == specification()
    for kind, ours in (("scopes", SCOPES), ("messages", MESSAGES), ("extensions", EXTENSIONS)):
        assert list(data[kind]) == list(ours)
    del data["messages"]["http.request"]["meaning"]["zh"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, schema)


@pytest.mark.parametrize("root", LANGUAGES.values())
def test_the_map_for_language_models_has_every_page(built_site: Path, root: str) -> None:
    root = root.removeprefix("/")
    text = (built_site / root / "llms.txt").read_text("utf-8")
    for path in PAGES:
        if path:
            assert f"/{root}{path})" in text, path
    maps = (built_site / "robots.txt").read_text("utf-8")
    assert f"/{root}sitemap.xml\n" in maps
    assert (built_site / root / "sitemap.xml").exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("show: scope", "two lines"),
        ("show: [", "two lines"),
        ("show: scopes\nof: http", "show: one of scope, messages"),
        ("show: scope\nof: htpp", "nothing of 'htpp'"),
        ("show: states\nof: htpp", "nothing of 'htpp'"),
        ("show: rules\nof: htpp", "nothing of 'htpp'"),
    ],
)
def test_a_wrong_fence_is_refused_with_its_line(text: str, told: str) -> None:
    with pytest.raises(FenceError, match=rf"docs/en/look-up/x\.md:13: .*{told}"):
        expand(f"# X\n\n```specification\n{text}\n```\n", "en", PLACE)
