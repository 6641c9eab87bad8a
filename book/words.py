"""What the book says itself, in each language."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True)
class Words:
    """``tag`` is the language as PDF readers and screen readers know it."""

    tag: str
    contents: str
    opening: str  # the home page, which is the first chapter of a book
    chapter: str
    on: str  # the day it was made
    at: str  # where the site is

    def day(self, made: date) -> str:
        return self.on.format(year=made.year, month=made.month, day=made.day, made=made)


WORDS: Final = {
    "zh": Words(
        tag="zh-Hans",
        contents="目录",
        opening="开篇",
        chapter="第 {number} 章",
        on="{year} 年 {month} 月 {day} 日",
        at="可以动手的版本：{address}",
    ),
    "en": Words(
        tag="en",
        contents="Contents",
        opening="Opening",
        chapter="Chapter {number}",
        on="{day} {made:%B} {year}",
        at="The edition that runs: {address}",
    ),
}
