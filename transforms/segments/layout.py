"""The lines of a text and its habits: where lines start, and how large its gaps usually are. A paragraph is a line."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, compress, count, pairwise
from operator import add, not_, sub
from typing import NamedTuple

from transforms.documents import Mark
from transforms.metadata.runons import read_run_on

BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "（": "）", "［": "］", "【": "】"}
OPENERS = frozenset("\"“‘'«„「『—–")
LONGEST_TITLE = 60  # characters; longer lines are prose
SAMPLE = 600  # lines by which a text's habit is told
FEWEST_STEPS = 3  # from a paragraph to the next that tell it
CLOSE = 0.7  # of them must be without a blank line
_SENTENCE_END = frozenset(".!?…\"”'’»。！？」』")
_LABEL = re.compile(r"\W{0,3}\w[\w /'’-]{0,24}:")
SHORT = 120  # characters; longer lines have no shape of their own
_RUN_ON = 200  # characters of a line that may hold a header and more


@dataclass(slots=True)
class Sheet:
    """A text cut into lines (without line ends) that can be labelled one by one.

    `bare` are the lines without the white space round them, `blank` says which have nothing else, `solid` are the places of all
    others, `short` of those with at most `SHORT` characters: most of a story is prose, and few stages look at it line by
    line. `fixed[i]` is the mark that decided line i, if structure did. Lines that a mark cuts count as two. `lost` says that
    the text has lost its line breaks, and these are put back between its sentences; `parted` are the offsets at which an empty
    line was put between paragraphs that no blank line parts.
    """

    text: str
    lines: list[str]
    bare: list[str]
    blank: list[bool]
    solid: list[int]
    short: list[int]
    starts: list[int]
    ends: list[int]
    fixed: dict[int, Mark]
    usual_gap: int
    lost: bool = False
    parted: frozenset[int] = frozenset()

    def __len__(self) -> int:
        return len(self.lines)

    def line_at(self, offset: int) -> int:
        """The line that holds an offset of the text."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def holding(self, signs: str) -> set[int]:
        """The lines that hold one of some signs, which few lines do."""
        return {self.line_at(at) for sign in signs for at in places_of(self.text, sign)}


class Paragraph(NamedTuple):
    """The text of line `at`; `gap` counts the blank lines above it."""

    at: int
    text: str
    gap: int


def places_of(text: str, token: str) -> Iterator[int]:
    """Where a token stands in a text."""
    at = text.find(token)
    while at >= 0:
        yield at
        at = text.find(token, at + len(token))


def places_by(text: str, token: str, sign: str) -> Iterator[int]:
    """The same, for a token with a sign that few texts hold: one sign is found many times faster than several."""
    before = token.index(sign)
    for at in places_of(text, sign):
        if at >= before and text.startswith(token, at - before):
            yield at - before


def holds(text: str, token: str, sign: str) -> bool:
    """Whether a text holds a token with a sign that few texts hold."""
    return any(True for _ in places_by(text, token, sign))


def rows_of(text: str) -> frozenset[int]:
    """The rows of 256 signs in Unicode that a text has signs of (of surrogates, for what stands beyond), but for Western letters
    and punctuation. Most texts have no other, and to see that is much faster than to look for a sign."""
    return frozenset(text.encode("utf-16-be", "surrogatepass")[::2].translate(None, b"\0\x20"))


def lay_out(text: str, marks: Sequence[Mark], lost: bool = False) -> Sheet:
    """The sheet of a text. Marks must be in order and must not overlap."""
    if not marks:
        lines = text.split("\n")
        sizes = list(map(len, lines))
        starts = list(map(add, accumulate(sizes, initial=0), count()))
        starts.pop()
        ends = list(map(add, starts, sizes))
        fixed: dict[int, Mark] = {}
        _cut_run_on(lines, starts, ends)
    else:
        lines, starts, ends, fixed = _cut(text, marks)
    bare = list(map(str.strip, lines))
    solid = list(compress(count(), bare))
    parted: frozenset[int] = frozenset()
    if not lost and _is_close(bare, solid):
        parted = _spaced(lines, bare, starts, ends, fixed)
        bare = list(map(str.strip, lines))
        solid = list(compress(count(), bare))
    short = [at for at in solid if len(lines[at]) <= SHORT]
    gap = _usual_gap(solid)
    return Sheet(text, lines, bare, list(map(not_, bare)), solid, short, starts, ends, fixed, gap, lost, parted)


def _cut_run_on(lines: list[str], starts: list[int], ends: list[int]) -> None:
    """Cuts a first line that holds a header and the story behind it, where the line breaks of a text are lost."""
    at = next((k for k in range(min(len(lines), 20)) if lines[k].strip()), -1)
    if at < 0 or len(lines[at]) < _RUN_ON or ":" not in lines[at][:40]:
        return
    line, begin = lines[at], starts[at]
    pieces = read_run_on(line)
    if not pieces or pieces[-1].end >= len(line.rstrip()):
        return
    places: list[int] = [0]
    for before, piece in pairwise(pieces):
        if piece.kind != before.kind:
            places.append(piece.start)
    rest = pieces[-1].end
    while rest < len(line) and line[rest].isspace():
        rest += 1
    places.append(rest)
    stops = [*places[1:], len(line)]
    lines[at : at + 1] = [line[a:b] for a, b in zip(places, stops, strict=True)]
    starts[at : at + 1] = [begin + a for a in places]
    ends[at : at + 1] = [begin + b for b in stops]


def _cut(text: str, marks: Sequence[Mark]) -> tuple[list[str], list[int], list[int], dict[int, Mark]]:
    lines: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    fixed: dict[int, Mark] = {}

    def add(begin: int, end: int) -> None:
        for line in text[begin:end].split("\n"):
            lines.append(line)
            starts.append(begin)
            begin += len(line)
            ends.append(begin)
            begin += 1

    at = 0
    for mark in marks:
        if mark.start > at:
            add(at, mark.start)
        if mark.kind == "story" and not mark.chapter:
            if mark.end > mark.start:
                add(mark.start, mark.end)
        else:
            fixed[len(lines)] = mark
            lines.append(text[mark.start : mark.end])
            starts.append(mark.start)
            ends.append(mark.end)
        at = mark.end
    if at < len(text):
        add(at, len(text))
    return lines, starts, ends, fixed


def _is_close(bare: list[str], solid: list[int]) -> bool:
    """Whether hardly any blank line parts paragraphs of prose."""
    if _usual_gap(solid) > 0:
        return False
    prose = [_is_prose(bare[at]) for at in solid[:SAMPLE]]
    steps = [below - above for (above, below), told in zip(pairwise(solid), pairwise(prose), strict=False) if all(told)]
    return len(steps) >= FEWEST_STEPS and steps.count(1) >= CLOSE * len(steps)


def _spaced(lines: list[str], bare: list[str], starts: list[int], ends: list[int], fixed: dict[int, Mark]) -> frozenset[int]:
    """Puts an empty line of no characters between paragraphs of prose, so that they stand apart as elsewhere; the offsets where.

    Runs of short lines that are no sentences (headers, menus, verses) stay together. Blank lines that were there make a gap that
    is larger than others, as they did.
    """
    parted: list[int] = []  # lines
    above = -1
    for at, line in enumerate(bare):
        if line:
            if above >= 0 and (_is_prose(bare[above]) or _is_prose(line)):
                parted.append(above)
            above = at
    marks = {at + bisect_left(parted, at): mark for at, mark in fixed.items()}
    fixed.clear()
    fixed.update(marks)
    offsets = frozenset(ends[at] for at in parted)
    rows: list[tuple[str, int, int]] = []
    behind = set(parted)
    for at, row in enumerate(zip(lines, starts, ends, strict=True)):
        rows.append(row)
        if at in behind:
            rows.append(("", ends[at], ends[at]))
    lines[:], starts[:], ends[:] = map(list, zip(*rows, strict=True))
    return offsets


def _is_prose(line: str) -> bool:
    """Whether a stripped line is long, or a sentence that no label stands before."""
    return len(line) > LONGEST_TITLE or (line[-1] in _SENTENCE_END and _LABEL.match(line) is None)


def _usual_gap(solid: list[int]) -> int:
    """The number of blank lines that most often stands between two paragraphs."""
    solid = solid[: bisect_left(solid, SAMPLE)]
    steps = Counter(map(sub, solid[1:], solid))
    return steps.most_common(1)[0][0] - 1 if steps else 1
