"""``python -m asgiscope explain``."""

from __future__ import annotations

import io
import sys

import pytest

from asgiscope.cli.command import main

KNOWN = "RuntimeError: No response returned."


@pytest.fixture
def standard_input(monkeypatch: pytest.MonkeyPatch) -> io.BytesIO:
    """What comes on standard input: write into it before the command runs."""
    stream = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    return stream


def explain(*arguments: str, language: str = "en") -> int:
    return main(["explain", "--lang", language, *arguments])


def test_a_known_message_gets_its_card(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(KNOWN) == 0
    message, *fields = capsys.readouterr().out.splitlines()
    assert message == KNOWN
    assert [field.split()[0] for field in fields] == ["From", "Why", "Fix", "See"]
    assert "look-up/errors/#no-response-returned, understand/contextvars/#costs" in fields[-1]


def test_the_card_is_in_the_language_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(KNOWN, language="zh") == 0
    assert "  出处  Starlette" in capsys.readouterr().out


def test_words_need_no_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(*KNOWN.split()) == 0
    assert capsys.readouterr().out.startswith(KNOWN)


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_a_log_comes_on_standard_input(
    standard_input: io.BytesIO, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    standard_input.write(f"ERROR:    Exception in ASGI application\n\xff{KNOWN}".encode("latin-1"))
    standard_input.seek(0)
    assert explain(*arguments) == 0
    assert capsys.readouterr().out.endswith(
        "Also in the text:\n- Exception in ASGI application [exception-in-app]\n"
    )


def test_the_nearest_are_named_with_the_words_in_common(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert explain("unhandled errors in a TaskGroup") == 1
    assert capsys.readouterr().out.splitlines()[1:] == [
        "- ExceptionGroup: unhandled errors in a TaskGroup (…) [errors-in-a-task-group]",
        "  unhandled errors in taskgroup",
    ]


def test_what_is_not_known_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert explain("ValueError: boom") == 1
    assert capsys.readouterr().out.startswith("No message that is known, nor any near it.")


@pytest.mark.parametrize("text", ["", " \n\t", "\u200f\ufeff"])
def test_a_text_without_anything_in_it_is_refused_in_words(
    text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(text) == 2
    assert capsys.readouterr().err == (
        "asgiscope: There is no text. Give it as an argument, or on standard input.\n"
    )


def test_a_text_that_is_too_long_is_read_from_its_end(
    standard_input: io.BytesIO, capsys: pytest.CaptureFixture[str]
) -> None:
    standard_input.write(b"x" * 1_000_000 + f"\n{KNOWN}".encode())
    standard_input.seek(0)
    assert explain() == 0
    assert capsys.readouterr().out.endswith("Only the last 100,000 characters were read.\n")


def test_what_the_shell_could_not_decode_is_no_exception(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert explain("\udcff\x00<b>\u202e") == 1
    assert capsys.readouterr().out
