"""The words for findings, in both languages."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

from .findings import Problem
from .trace import Finding

LANGUAGES = ("zh", "en")


class Explanation(NamedTuple):
    """``title`` names the rule, ``text`` says what was found, ``fix`` what to do about it."""

    title: str
    text: str
    fix: str


def explain(finding: Finding, language: str) -> Explanation:
    """The words for a finding. ``language`` is "zh" or "en"."""
    return explain_problem(Problem(finding.rule, finding.values), language)


def explain_problem(problem: Problem, language: str) -> Explanation:
    words = import_module(f".spec.texts_{language}", __package__)
    values = {key: visible(str(value)) for key, value in problem.values.items()}
    nearest = values.get("nearest")
    values["hint"] = words.DID_YOU_MEAN.format(nearest=nearest) if nearest else ""
    return Explanation(*(part.format_map(values) for part in words.TEXTS[problem.rule]))


def visible(text: str) -> str:
    """The text with its unprintable characters as escapes: they could turn a sentence round."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char in "\n\t" else repr(char)[1:-1] for char in text
    )


def explanation_data(finding: Finding) -> dict[str, dict[str, str]]:
    """The words of a finding by language, as JSON can say them."""
    return {language: explain(finding, language)._asdict() for language in LANGUAGES}
