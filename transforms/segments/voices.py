"""How a narration speaks: its person, its letters, its names. What stands out against it at the edges may be the author."""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.segments.cues import FIRST_PERSONS, QUOTED, SECOND_PERSONS, SMALL_I, WORD
from transforms.segments.layout import BRACKETS

CAPITAL = re.compile(r"[^\W\d_]")
ITALICS = re.compile(r"^\s*([*_])(?![*_\s])[^\n]*[^\s*_]\1\s*$")
_LETTER = re.compile(
    r"^\s*[*_]{0,2}(?:my |to |o )?(?:dear(?:est)?|sir|madam|cher|chère|querid[oa]|liebe[rs]?|car[oa])\b[^.!?\n]{0,40},?[*_]{0,2}\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_PLURAL = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
_ENGLISH = re.compile(r"\b(?:the|and|of|was|that|with|you|is|her|his)\b")
_CAPITALISED = re.compile(r"[A-ZÀ-ÞА-Я][^\W\d_]{2,}")
_NAME = re.compile(r"(?<=[a-z,;] )[A-ZÀ-ÞА-Я][^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Voice:
    """How the narration in the middle of a body speaks: first and second person per hundred words outside quotation marks."""

    first: float = 0.0
    second: float = 0.0
    lower: bool = False  # paragraphs begin in lower case
    lower_i: bool = False
    words: int = 0
    share: float = 0.0  # of the paragraphs, those with an "I" outside quotation marks
    letters: bool = False  # the story holds letters with a salutation
    english: bool = True
    cast: re.Pattern[str] | None = None  # the names that occur most in the narration

    @property
    def first_person(self) -> bool:
        return self.english and self.first >= 1.6 and self.share >= (0.18 if self.first >= 3.0 else 0.25)


def hear(texts: Sequence[str]) -> Voice:
    """The voice of a narration from a sample of its paragraphs."""
    first = second = words = lower = lower_i = counted = shared = 0
    letters = False
    marks = 0
    for text in texts:
        text = text[:400]
        if text[:1] in "—–" or (text[:1] in BRACKETS and text.rstrip().endswith(BRACKETS[text[0]])) or ITALICS.match(text):
            continue  # speech after a dash, asides and letters are not the narrator's voice
        bare = QUOTED.sub(" ", text) if '"' in text or not text.isascii() else text
        words += bare.count(" ") + 1
        marks += len(_ENGLISH.findall(bare.lower()))
        own = len(FIRST_PERSONS.findall(bare)) + len(_PLURAL.findall(bare))
        first += own
        shared += own > 0
        second += len(SECOND_PERSONS.findall(bare.lower()))
        start = CAPITAL.search(text)
        if start is not None:
            counted += 1
            lower += start.group().islower()
        lower_i += SMALL_I.search(bare) is not None
        letters = letters or (len(text) < 60 and _LETTER.search(text) is not None)
    if not words:
        return Voice(letters=letters)
    return Voice(
        100 * first / words,
        100 * second / words,
        counted > 0 and lower > 0.4 * counted,
        lower_i > 0.15 * len(texts),
        words,
        shared / len(texts),
        letters,
        marks * 25 >= words,
        _cast(texts),
    )


def _cast(texts: Sequence[str]) -> re.Pattern[str] | None:
    """A pattern for the capitalised words that several paragraphs share in mid-sentence: the names of the story."""
    inside = {name for text in texts for name in _NAME.findall(text)}
    seen = Counter(word for text in texts for word in set(_CAPITALISED.findall(text)) & inside)
    names = [name for name, count in seen.most_common(8) if count >= 2]
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})\b") if names else None


def vocabulary_of(texts: Iterable[str]) -> frozenset[str]:
    """The longer words of a text, in lower case."""
    return frozenset(word.lower() for text in texts for word in WORD.findall(text) if len(word) >= 4)
