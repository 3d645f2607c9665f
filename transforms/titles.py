"""Titles of works and chapters without the numbers of their parts, so that they are the same from every form of a work."""

from __future__ import annotations

import re

_WORD = r"chapter|ch\.?|part|kapitel|cap[ií]tulo|chapitre|capitolo|rozdzia[lł]|глава"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER = rf"(?:\d{{1,4}}|[ivxlc]{{1,7}}|(?:twenty|thirty|forty|fifty)?[- ]?(?:{_ONES})|ten|eleven|twelve|\w{{3,5}}teen)"
_NUMBERED = re.compile(rf"\s*(?:(?:{_WORD})\s+{_NUMBER}\s*(?:[.:|)–—-]+\s*|\s+)|\d{{1,4}}\s*[.:|)–—-]\s*)(?=\S)", re.IGNORECASE)
_PART = re.compile(r"\s*[(\[]\s*\d{1,3}\s*/\s*[\d?]{1,3}\s*[)\]]\s*$")


def plain_heading(title: str | None) -> str | None:
    """A chapter's title without its number: `Chapter 3: Ebb` is `Ebb`.

    A heading that is nothing but a number stays as it is. Wrong for a title that begins with one: `1. FC Harbour`.
    """
    return _NUMBERED.sub("", title, count=1) if title else None


def plain_title(title: str | None) -> str | None:
    """A work's title without the number of its part: `Salt Road (1/3)` is `Salt Road`."""
    return _PART.sub("", title) or title if title else None
