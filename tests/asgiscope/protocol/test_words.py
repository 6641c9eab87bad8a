"""Every rule has its words in both languages, and they fit the values that findings carry."""

from __future__ import annotations

import re
import string

import pytest

from asgiscope import Limits, explain, run
from asgiscope.protocol.explain import explain_problem
from asgiscope.protocol.findings import Problem
from asgiscope.protocol.lifespan import LifespanState
from asgiscope.spec import RULES
from asgiscope.texts.en.findings import CASES as CASES_EN
from asgiscope.texts.en.findings import TEXTS as EN
from asgiscope.texts.zh.findings import CASES as CASES_ZH
from asgiscope.texts.zh.findings import TEXTS as ZH
from tests.asgiscope.apps import GET, sending
from tests.asgiscope.corpus import VALID, Case
from tests.asgiscope.corpus import WRONG as WRONG_CASES
from tests.asgiscope.server.test_run_http import WRONG


def fields(parts: tuple[str, ...]) -> set[str]:
    return {name for part in parts for _, name, _, _ in string.Formatter().parse(part) if name}


def test_every_rule_has_its_words_in_both_languages() -> None:
    assert set(EN) == set(ZH) == set(RULES)


@pytest.mark.parametrize("rule", RULES)
def test_both_languages_name_the_same_values(rule: str) -> None:
    assert fields(EN[rule]) == fields(ZH[rule])


def test_a_case_belongs_to_a_rule_and_is_told_in_both_languages() -> None:
    assert set(CASES_EN) == set(CASES_ZH)
    assert {case.partition("/")[0] for case in CASES_EN} <= set(RULES)
    for case, parts in CASES_EN.items():
        assert fields(parts) == fields(CASES_ZH[case]), case


@pytest.mark.parametrize("case", [*WRONG_CASES, *VALID], ids=lambda case: case.name)
def test_no_finding_of_the_corpus_lacks_a_value_that_its_words_name(case: Case) -> None:
    limits = Limits(turns=2_000, seconds=3_600, events=500)
    for finding in run(case.app, case.client, limits=limits).findings:
        for language in ("zh", "en"):
            said = explain(finding, language)
            assert all(said), (finding.rule, language)


@pytest.mark.parametrize("rule", WRONG)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_words_fit_the_values_of_real_findings(rule: str, language: str) -> None:
    for finding in run(sending(*WRONG[rule]), GET).findings:
        said = explain(finding, language)
        assert not re.search(r"[{}]", said.title + said.text.replace("{}", ""))


def test_every_rule_links_to_a_section() -> None:
    for rule in RULES.values():
        assert re.fullmatch(r"https://[\w./-]+\.html#[\w.-]+", rule.url), rule.id


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("state", LifespanState)
@pytest.mark.parametrize("rule", ["app-raised", "app-cancelled"])
def test_nothing_that_is_said_of_a_lifespan_speaks_of_answering_a_request(
    rule: str, state: str, language: str
) -> None:
    if (rule, state) in (("app-raised", "idle"), ("app-raised", "starting")):
        return  # these have rules of their own
    values = {"exception": "ValueError: boom", "case": state}
    said = explain_problem(Problem(rule, values), language)
    assert "500" not in "".join(said)


def test_chinese_words_use_full_width_punctuation() -> None:
    for rule, parts in [*ZH.items(), *CASES_ZH.items()]:
        for part in parts:
            prose = re.sub(r"`[^`]*`|\{[^}]*\}|[\w.]+\([^)]*\)", "", part)
            assert not re.search(r"[\u4e00-\u9fff][,;:?!]", prose), rule
