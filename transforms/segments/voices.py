"""How a narration speaks: its person, its letters, its names. What stands out against it at the edges may be the author."""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from transforms.segments.cues import QUOTED, SMALL_I, WORD, count_persons
from transforms.segments.layout import BRACKETS

_Part = TypeVar("_Part")
HEARD = 24  # paragraphs of a sample
CAPITAL = re.compile(r"[^\W\d_]")
ITALICS = re.compile(r"^\s*([*_])(?![*_\s])[^\n]*[^\s*_]\1\s*$")
_LETTER = re.compile(
    r"^\s*[*_]{0,2}(?:my |to |o )?(?:dear(?:est)?|sir|madam|cher|chère|querid[oa]|liebe[rs]?|car[oa])\b[^.!?\n]{0,40},?[*_]{0,2}\s*$",
    re.IGNORECASE | re.MULTILINE,
)
_CAPITALISED = re.compile(r"[A-ZÀ-ÞА-Я][^\W\d_]{2,}")
_WORDS = re.compile(r"\w+")
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
    sample: tuple[str, ...] = ()  # its paragraphs
    names: list[frozenset[str]] = field(default_factory=list, compare=False)

    @property
    def first_person(self) -> bool:
        """Whether the narrator is an "I"."""
        return self.english and self.first >= 1.6 and self.share >= (0.18 if self.first >= 3.0 else 0.25)

    def cast(self) -> frozenset[str]:
        """The names of the story: the capitalised words that most paragraphs share, of those in mid-sentence."""
        if not self.names:
            inside = {name for text in self.sample for name in _NAME.findall(text)}
            seen = Counter(word for text in self.sample for word in inside.intersection(_CAPITALISED.findall(text)))
            self.names.append(frozenset(name for name, count in seen.most_common(8) if count >= 2))
        return self.names[0]

    def names_cast(self, text: str) -> bool:
        """Whether a text names one of the story's people."""
        return not self.cast().isdisjoint(_WORDS.findall(text))


def middle_of(parts: Sequence[_Part]) -> Sequence[_Part]:
    """The paragraphs of a body that stand away from its edges, where notes may be; none of a few."""
    return parts[2:-2] if len(parts) > 8 else parts[1:-1]


def sample_of(texts: Sequence[str]) -> Sequence[str]:
    """As many paragraphs from all of a text as are heard of it."""
    return texts[:: max(1, len(texts) // HEARD)][:HEARD]


def hear(texts: Sequence[str]) -> Voice:
    """The voice of a narration from a sample of its paragraphs."""
    first = second = words = lower = lower_i = counted = shared = 0
    letters = False
    marks = 0
    for text in texts:
        text = text[:400]
        sign = text[:1]
        if not sign.isalnum() and (
            sign in "—–" or (sign in BRACKETS and text.rstrip().endswith(BRACKETS[sign])) or ITALICS.match(text)
        ):
            continue  # speech after a dash, asides and letters are not the narrator's voice
        bare = QUOTED.sub(" ", text) if '"' in text or not text.isascii() else text
        words += bare.count(" ") + 1
        persons = count_persons(bare)
        marks += persons.english
        own = persons.first + persons.plural
        first += own
        shared += own > 0
        second += persons.second
        start = CAPITAL.search(text)
        if start is not None:
            counted += 1
            lower += start.group().islower()
        lower_i += persons.small_i > 0 and SMALL_I.search(bare) is not None
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
        tuple(texts),
    )


def vocabulary_of(texts: Iterable[str]) -> frozenset[str]:
    """The longer words of a text, in lower case."""
    return frozenset(word.lower() for text in texts for word in WORD.findall(text) if len(word) >= 4)
