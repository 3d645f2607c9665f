"""What two texts share and where they differ, shown by a few passages of a dozen words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from transforms.report.visible import WORDS

SHINGLE = 5  # words, as in transforms.relations
SHOWN = 4

# In scripts that write without spaces every character is a word of its own.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+(?:['’][^\W_{_UNSPACED}]+)*")


@dataclass(frozen=True, slots=True)
class Passage:
    """A dozen words at most, and how many the whole passage has."""

    text: str
    words: int


@dataclass(frozen=True, slots=True)
class Compared:
    """The longest shared passages, and the longest differences as pairs (own, other); either of a pair may be empty."""

    shared: tuple[Passage, ...] = ()
    differing: tuple[tuple[Passage, Passage], ...] = ()


def compare(own: str, other: str) -> Compared:
    """The longest passages that two texts share word for word, and the longest in which they part between two shared ones.

    Words are compared without case and punctuation. Time and memory grow with the texts' lengths and with nothing else.
    """
    if not own or not other:
        return Compared()
    left, right = list(_WORD.finditer(own)), list(_WORD.finditer(other))
    places = _places(right)
    shared: list[tuple[int, int, int]] = []  # from, to (words of own), from (words of other)
    i, keys = 0, _keys(left)
    while i < len(keys):
        j = places.get(keys[i])
        if j is None:
            i += 1
            continue
        n = SHINGLE
        while i + n < len(left) and j + n < len(right) and _same(left[i + n], right[j + n]):
            n += 1
        shared.append((i, i + n, j))
        i += n
    gaps = []
    for (start, end, at), (next_start, _, next_at) in pairwise(shared):
        after = at + end - start
        if next_at >= after and (next_start - end, next_at - after) != (0, 0):
            gaps.append(((end, next_start), (after, next_at)))
    longest = sorted(shared, key=lambda run: run[0] - run[1])[:SHOWN]
    widest = sorted(gaps, key=lambda gap: -max(gap[0][1] - gap[0][0], gap[1][1] - gap[1][0]))[:SHOWN]
    return Compared(
        tuple(_passage(own, left, start, end) for start, end, _ in sorted(longest)),
        tuple((_passage(own, left, *a), _passage(other, right, *b)) for a, b in sorted(widest)),
    )


def _key(word: re.Match[str]) -> str:
    return word[0].replace("’", "'").casefold()


def _same(left: re.Match[str], right: re.Match[str]) -> bool:
    return _key(left) == _key(right)


def _keys(words: list[re.Match[str]]) -> list[int]:
    """A number for the run of words that begins at each word."""
    hashes = [hash(_key(word)) for word in words]
    return [hash(tuple(hashes[i : i + SHINGLE])) for i in range(len(hashes) - SHINGLE + 1)]


def _places(words: list[re.Match[str]]) -> dict[int, int]:
    """Where each run of words occurs first."""
    found: dict[int, int] = {}
    for i, key in enumerate(_keys(words)):
        found.setdefault(key, i)
    return found


def _passage(text: str, words: list[re.Match[str]], start: int, end: int) -> Passage:
    if start >= end:
        return Passage("", 0)
    last = min(end, start + WORDS) - 1
    shown = " ".join(text[words[start].start() : words[last].end()].split())
    return Passage(shown + ("…" if last < end - 1 else ""), end - start)
