"""What people ask of the search: enough of it, in every form, with answers that exist."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from bench.search import Query, queries, rank_of, table
from common.languages import paths

ENOUGH = 120
KINDS = {"identifier", "log", "traceback", "question", "phrase", "typo"}


@cache
def ids(page: Path) -> set[str]:
    return {str(tag["id"]) for tag in BeautifulSoup(page.read_text("utf-8"), "lxml").select("[id]")}


@pytest.mark.parametrize("language", paths())
def test_there_are_enough_queries_of_every_kind_and_none_twice(language: str) -> None:
    asked = queries(language)
    assert len(asked) >= ENOUGH
    assert {query.kind for query in asked} >= KINDS
    assert [ask for ask, count in Counter(query.ask for query in asked).items() if count > 1] == []


@pytest.mark.parametrize(("language", "path"), paths().items())
def test_every_place_that_answers_is_on_the_site(
    built_site: Path, language: str, path: str
) -> None:
    for query in queries(language):
        for place in query.at:
            address, _, anchor = place.partition("#")
            page = built_site / path / address / "index.html"
            assert page.is_file(), f"{query.ask}: {place}"
            assert not anchor or anchor in ids(page), f"{query.ask}: {place}"


def test_the_rank_is_that_of_the_first_place_that_answers() -> None:
    query = Query("phrase", "back pressure", ("understand/back-pressure/", "learn/#it"))
    assert rank_of(query, [("learn/", False), ("learn/#it", False)]) == 2
    assert rank_of(query, [("learn/", True), ("learn/#it", False)]) == 1
    assert rank_of(query, [("understand/back-pressure/", True), ("learn/#it", False)]) == 1
    assert rank_of(query, [("do/", False)]) == 0


def test_the_table_counts_first_places_and_those_of_three() -> None:
    ranks = {Query("phrase", ask, ()): rank for ask, rank in zip("abcd", (1, 2, 4, 0), strict=True)}
    _, phrase, every = table(ranks).splitlines()
    assert phrase.split() == ["phrase", "4", "25%", "50%", "0.44"]
    assert every.split()[0] == "all"
