"""The tables against a second opinion: ``asgiref.typing``, with the known disagreements listed."""

from __future__ import annotations

import re
import typing

import asgiref.typing as second
import pytest

from asgiscope.spec import EXTENSIONS, MESSAGES, REQUIRED, RULES, SCOPES
from asgiscope.spec.statements import STATEMENTS
from asgiscope.spec.types import TYPES
from asgiscope.texts import languages, words
from asgiscope.texts.en import meanings as meanings_en
from asgiscope.texts.en.statements import REASONS
from asgiscope.texts.zh import meanings as meanings_zh

# asgiref.typing has no such type.
NOT_IN_ASGIREF = {"http.response.zerocopysend", "http.response.early_hint"}


def typed_dicts() -> dict[str, type]:
    found = {}
    for name in dir(second):
        item = getattr(second, name)
        if typing.is_typeddict(item) and "type" in item.__annotations__:
            hints = typing.get_type_hints(item)
            found[typing.get_args(hints["type"])[0]] = item
    return found


TYPED = typed_dicts()


def test_every_type_of_the_one_is_in_the_other() -> None:
    ours = set(MESSAGES) | set(SCOPES)
    assert set(TYPED) - ours == set()
    assert ours - set(TYPED) == NOT_IN_ASGIREF


@pytest.mark.parametrize("kind", sorted(TYPED))
def test_every_type_has_the_same_keys(kind: str) -> None:
    keys = SCOPES[kind].keys if kind in SCOPES else MESSAGES[kind].keys
    ours = {key.name for key in keys} | {"type"}
    theirs = set(TYPED[kind].__annotations__)
    # asgiref.typing leaves out: more_body and trailers' flag are there; nothing is missing today
    assert ours == theirs


def test_every_key_has_a_known_type_and_a_default_of_that_type() -> None:
    for owner in (*SCOPES.values(), *MESSAGES.values()):
        for key in owner.keys:
            assert key.type in TYPES, (owner.type, key.name)
            if key.default is not REQUIRED and key.default is not None:
                assert TYPES[key.type](key.default), (owner.type, key.name)


def test_the_required_keys_are_those_of_the_specification() -> None:
    required = {
        f"{message.type}.{key.name}"
        for message in MESSAGES.values()
        for key in message.keys
        if key.required
    }
    assert required == {
        "http.response.start.status",
        "http.response.push.path",
        "http.response.push.headers",
        "http.response.zerocopysend.file",
        "http.response.pathsend.path",
        "http.response.early_hint.links",
        "http.response.trailers.headers",
        "http.response.debug.info",
        "websocket.disconnect.code",
        "websocket.http.response.start.status",
    }


def test_every_scope_message_key_and_extension_has_its_meaning_in_both_languages() -> None:
    keys = {f"{m.type}.{key.name}" for m in MESSAGES.values() for key in m.keys}
    for meanings in (meanings_en, meanings_zh):
        assert set(meanings.MESSAGES) == set(MESSAGES)
        assert set(meanings.KEYS) == keys
        assert set(meanings.EXTENSIONS) == set(EXTENSIONS)
        assert set(meanings.TLS) == {key.name for key in EXTENSIONS["tls"].keys}
        scopes = {kind: {key.name for key in scope.keys} for kind, scope in SCOPES.items()}
        assert {kind: set(told) for kind, told in meanings.SCOPES.items()} == scopes


def test_every_message_of_an_extension_belongs_to_one_that_is_described() -> None:
    assert {m.extension for m in MESSAGES.values() if m.extension} == set(EXTENSIONS) - {"tls"}
    for extension in EXTENSIONS.values():
        for kind in extension.messages:
            assert MESSAGES[kind].protocol in extension.protocols


# Rules that rest on another document (an RFC, Python's own), or on a run that has no end.
FROM_ELSEWHERE = {
    "app-import",
    "app-cancelled",
    "app-exception-answered",
    "app-exception-unseen",
    "app-error-logged",
    "app-coroutine-not-awaited",
    "http-error-unexplained",
    "http-header-name",
    "http-header-control",
    "http-header-blanks",
    "http-header-repeated",
    "http-header-twice",
    "http-transfer-encoding-not-ignored",
    "http-content-length-not-allowed",
    "app-stuck",
    "app-over-budget",
    "app-tasks-left",
    "send-not-awaited",
    "receive-not-awaited",
    "loop-blocked",
    "loop-busy",
    "loop-held",
    "loop-waits-for-ever",
    "thread-waits-for-ever",
    "thread-pool-full",
    "engine-cannot-follow",
    "engine-real-time",
    "engine-gave-up",
    "http-header-characters",
    "http-status-range",
    "http-content-length-invalid",
    "http-content-length-long",
    "http-content-length-short",
    "http-body-not-allowed",
    "websocket-subprotocol-not-offered",
    "websocket-close-reason-long",
}


def test_every_statement_is_checked_by_rules_or_says_why_it_is_not() -> None:
    for statement in STATEMENTS:
        assert bool(statement.rules) != (statement.reason is not None), statement
        assert set(statement.rules) <= set(RULES), statement
        assert statement.reason is None or statement.reason in REASONS


def test_the_verb_of_a_statement_is_not_in_its_text_too() -> None:
    verbs = re.compile(r"\b(must|should|may)\b|必须|应当|可以")
    texts = [
        text
        for language in languages()
        for section in words(language, "statements").STATEMENTS.values()
        for text in section
    ]
    assert len(texts) == len(STATEMENTS) * len(languages())
    assert [text for text in texts if verbs.search(text)] == []


def test_every_rule_rests_on_a_statement_or_on_another_document() -> None:
    named = {rule for statement in STATEMENTS for rule in statement.rules}
    assert set(RULES) - named == FROM_ELSEWHERE
    assert not named & FROM_ELSEWHERE
