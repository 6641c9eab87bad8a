"""The words for findings, in every language that there is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

from ..texts import languages, words
from .findings import Finding, Problem

# Values that may have words of their own for a rule, those that say more first.
TELLING: Final = ("case", "limit", "type")


class Explanation(NamedTuple):
    """``title`` names the rule, ``text`` says what was found, ``fix`` what to do about it."""

    title: str
    text: str
    fix: str


def explain(finding: Finding, language: str) -> Explanation:
    """The words for a finding. ``language`` is one of ``asgiscope/texts``, such as "en"."""
    return explain_problem(Problem(finding.rule, finding.values), language)


def explain_problem(problem: Problem, language: str) -> Explanation:
    told = words(language, "findings")
    values = {key: _shown(value, told) for key, value in problem.values.items()}
    if "own_line" in values:
        values["exception"] += told.AT_LINE.format(values["own_line"])
    for name, sentence in told.SENTENCES.items():
        given = values.get(name)
        values[f"and_{name}"] = sentence.format(given) if given else ""
    title, text, fix = (part.format_map(values) for part in _words_for(problem, told))
    if "server" in values:
        text += told.BY_SERVER["raised" if "raised" in values else "took"].format_map(values)
    return Explanation(title, text, fix)


def _words_for(problem: Problem, told: Any) -> tuple[str, str, str]:
    """Those of the case, where a rule has several; else those of the rule."""
    for key in TELLING:
        case: tuple[str, str, str] | None = told.CASES.get(
            f"{problem.rule}/{problem.values.get(key)}"
        )
        if case:
            return case
    text: tuple[str, str, str] = told.TEXTS[problem.rule]
    return text


def _shown(value: Any, told: Any) -> str:
    if isinstance(value, list):
        return str(told.BETWEEN.join(_listed(value, told)))
    return visible(str(value))


def _listed(items: Iterable[Mapping[str, Any]], told: Any) -> Iterable[str]:
    """Exceptions or tasks by name, each with the line of the app that it comes from."""
    for item in items:
        place = told.AT_LINE.format(item["line"]) if "line" in item else ""
        yield visible(str(item.get("exception", item.get("name", "")))) + place


def visible(text: str) -> str:
    """The text with its unprintable characters as escapes: they could turn a sentence round."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char in "\n\t" else repr(char)[1:-1] for char in text
    )


def explanation_data(finding: Finding) -> dict[str, dict[str, str]]:
    """The words of a finding by language, as JSON can say them."""
    return {language: explain(finding, language)._asdict() for language in languages()}
