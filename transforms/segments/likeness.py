"""What a short line is most like, where no rule has decided: metadata, a heading, a break, furniture of a site, or text.

Sites and authors dress such lines in endless ways, but a reader knows them by their shape ("~ Aaaa ~", "9/9"), their words, the
lines above and below, and where they stand. Those are the features of a multinomial logit, fitted by `bench/lines_fit.py` on
marked documents that were written for this project; its weights are in `likeness.tsv`. Only what it is sure of is labelled.
"""

# ruff: noqa: E501  (tables)
from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from transforms.metadata.lines import read_line
from transforms.segments.breaks import end_mark, is_break
from transforms.segments.furniture import furniture
from transforms.segments.headings import heading_at
from transforms.segments.layout import OPENERS
from transforms.segments.markers import marker_at
from transforms.segments.wording import lean_of, tokens

if TYPE_CHECKING:
    from transforms.segments.shapes import Label

KINDS = ("story", "note", "metadata", "summary", "heading", "break", "end_marker", "boilerplate")
MOST_TEXT = 0.1  # how likely a line may be text where it is labelled as something else
LEAST = 0.5  # how likely it must be what it is labelled as
SHORT = 110  # characters; longer lines are text
PROSE = 120  # characters from which a line is prose whatever it holds
NEAR = 10  # lines of text from an edge, or from a labelled line, within which a line may be anything
FRONT = 150  # lines at most that stand above the first prose; a text may have none
ALONE = 60  # characters of a line that stands alone between blank ones

_MASK = re.compile(r"[A-ZÀ-ÞА-Я]{2,}|[A-ZÀ-ÞА-Я]?[^\W\d_A-ZÀ-ÞА-Я]+(?:['’][^\W\d_]+)?|[A-ZÀ-ÞА-Я]|\d+|\s+|[^\w\s]|_")
_DATE = re.compile(
    r"\b(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
_COUNT = re.compile(r"\d[\d.,]*\s?[kKmM]?\b")
_PLACES = {kind: place for place, kind in enumerate(KINDS)}
_STORY, _NOTE = 0, 1
_CLEARLY = math.log(LEAST / MOST_TEXT)  # by how much a kind's score must pass those of text
_LATE = {  # the names of the late features, and how many of that name a line may have
    "reads": 2, "chrome": 1, "heading": 2, "end": 1, "break": 1, "marker": 2, "date": 1, "count": 1,
    "like_above": 1, "like_below": 1, "dress_again": 2,
}  # fmt: skip
_NAMES = ("word.", "pair.", "shapes.")  # of the features that are pieces of a line
_LENGTHS = (3, 8, 16, 30, 50, 80)
_DISTANCES = (0, 1, 2, 4, 8, 15, 30)


def mask(line: str) -> str:
    """A line's shape: words as A (capitals), Aa or a, numbers as 9, signs as themselves: `~ Clarke ~` is `~ Aa ~`."""
    out: list[str] = []
    last = ""
    for piece in _MASK.findall(line[:SHORT]):
        first = piece[0]
        if first.isalpha():
            last = "A" if len(piece) > 1 and piece.isupper() else "Aa" if first.isupper() else "a"
            out.append(last)
            continue
        sign = " " if first.isspace() else "9" if first.isdigit() else first
        if sign != last:
            out.append(sign)
            last = sign
    return "".join(out)


def _leaning(words: list[str]) -> str:
    return f"lean.{round(max(-4, min(4, lean_of(words))))}"


def _bucket(value: float, steps: Sequence[float]) -> int:
    return bisect_left(steps, value)


def _pieces(words: Sequence[str], shape: str) -> tuple[set[str], set[tuple[str, str]], set[str]]:
    """The words of a line, its pairs of neighbours, and the pieces of its shape; each is a feature (`_NAMES`)."""
    padded = f"^{shape}$"
    return set(words[1:]), set(pairwise(words)), {padded[k : k + 4] for k in range(max(1, len(padded) - 3))}


def _looks(line: str, shape: str) -> list[str]:
    """The other features of a line alone."""
    first, last = line[0], line[-1]
    found = [
        f"length.{_bucket(len(line), _LENGTHS)}", f"words.{_bucket(line.count(' ') + 1, (1, 2, 4, 7, 12))}", f"shape.{shape[:14]}",
        f"last.{'letter' if last.isalpha() else 'digit' if last.isdigit() else last}",
        f"first.{'capital' if first.isupper() else 'letter' if first.isalpha() else 'digit' if first.isdigit() else first}",
    ]  # fmt: skip
    if not first.isalnum() and first == last:
        found.append("ornaments")
    if sum(map(str.isalpha, line)) * 2 < len(line):
        found.append("few_letters")
    return found


class Place(NamedTuple):
    """What stands round a line, and where it stands, in steps."""

    above: str
    above2: str
    below: str
    below2: str
    gap: int
    gap_below: int
    alone: bool
    from_start: int
    from_end: int
    to_prose: int  # -1 below the first line of prose
    run: str
    same: int
    as_first: bool
    shorts: int  # which share of the text is in short lines, as verse is: 0 to 4

    def features(self) -> list[str]:
        above, below = self.above, self.below
        front = "front" if self.to_prose >= 0 else "seam"
        found = [
            f"gap.{self.gap}", f"gap_below.{self.gap_below}", f"alone.{self.alone}",
            f"above.{above}", f"above2.{above}.{self.above2}", f"above.{above}.{self.gap}",
            f"below.{below}", f"below2.{below}.{self.below2}", f"below.{below}.{self.gap_below}",
            f"between.{above}.{below}", front, f"{front}.{above}", f"{front}.{below}",
            f"from_start.{self.from_start}", f"from_end.{self.from_end}",
            f"to_prose.{self.to_prose}" if self.to_prose >= 0 else "after_prose", f"run.{self.run}",
            f"shorts.{self.shorts}", f"shorts.{self.shorts}.{front}", f"shorts.{self.shorts}.{self.gap}.{self.gap_below}",
        ]  # fmt: skip
        if self.same > 1:
            found += ["again", f"again.{self.same > 2}"]
        return [*found, "as_first_line"] if self.as_first else found


@lru_cache(maxsize=1 << 12)
def _readings(line: str) -> tuple[str, ...]:
    """The features of what the rules for headers, furniture, headings, ends and notes make of a line."""
    found = []
    if _DATE.search(line):
        found.append("date")
    if _COUNT.fullmatch(line):
        found.append("count")
    reading = read_line(line)
    if reading is not None:
        found += [f"reads.{reading.kind}", f"reads.{reading.rule}"]
    chrome = furniture(line)
    if chrome:
        found.append(f"chrome.{_bucket(chrome, (0, 0.6, 0.9))}")
    heading = heading_at(line)
    if heading is not None:
        found += ["heading", f"heading.{heading.certain}.{heading.number is not None}"]
    end = end_mark(line)
    if end:
        found.append(f"end.{end >= 0.8}")
    if is_break(line):
        found.append("break")
    marker = marker_at(line)
    if marker is not None:
        found += ["marker", f"marker.{marker.name}"]
    return tuple(found)


class Lines:
    """The lines of a text that are not blank, and what surrounds each."""

    def __init__(self, lines: Sequence[str], labels: Sequence[Label | None], blank: Sequence[bool]) -> None:
        self.lines = [line.strip() for line in lines]
        self.labels = labels
        self.solid = [at for at, empty in enumerate(blank) if not empty]
        self.gaps = [0] * (len(self.solid) + 1)
        for k in range(1, len(self.solid)):
            self.gaps[k] = self.solid[k] - self.solid[k - 1] - 1
        self.gaps[0] = self.gaps[-1] = 3
        self.same = Counter(self.lines[at] for at in self.solid if len(self.lines[at]) <= SHORT)
        self.runs: list[tuple[int, int]] = []  # for each line, its place among the lines that stand together, and how many they are
        start = 0
        for k in range(1, len(self.solid) + 1):
            if k == len(self.solid) or self.gaps[k]:
                self.runs += [(j - start, k - start) for j in range(start, k)]
                start = k
        self.masks: dict[str, str] = {}
        self.worn: Counter[str] | None = None
        self.known: dict[tuple[int, Place], tuple[str, float]] = {}
        self.look()

    def look(self) -> None:
        """Sees which lines have labels by now."""
        labels, count = self.labels, len(self.solid)
        self.first_prose = next((k for k, at in enumerate(self.solid) if labels[at] is None and self.is_prose(at)), count)
        self.beside = bytearray(count)  # which lines stand near one that is labelled as no text
        for k, at in enumerate(self.solid):
            label = labels[at]
            if label is not None and label.kind not in ("story", "note", "break"):
                near = range(max(0, k - NEAR + 1), min(count, k + NEAR + 1))
                self.beside[near.start : near.stop] = b"\1" * len(near)
        free = [at for at in self.solid if labels[at] is None]
        short = sum(3 <= self.lines[at].count(" ") <= 12 and not self.is_prose(at) for at in free)
        self.shorts = _bucket(short / len(free), (0.2, 0.4, 0.6, 0.8)) if free else 0

    def mask(self, line: str) -> str:
        shape = self.masks.get(line)
        if shape is None:
            shape = self.masks[line] = mask(line)
        return shape

    def dresses(self) -> Counter[str]:
        """How many lines that stand alone have which shape."""
        if self.worn is None:
            lines = (self.lines[at] for k, at in enumerate(self.solid) if self.is_alone(k))
            self.worn = Counter(self.mask(line) for line in lines if len(line) <= ALONE)
        return self.worn

    def is_prose(self, at: int) -> bool:
        line = self.lines[at]
        return len(line) > PROSE or (line[0] in OPENERS and len(line) > 12) or (len(line) > 60 and line[-1] in ".!?…”\"")

    def is_alone(self, k: int) -> bool:
        return self.gaps[k] > 0 and self.gaps[k + 1] > 0

    def state(self, k: int) -> str:
        """What is known of the k-th line: its kind, or what free text it looks like."""
        if not 0 <= k < len(self.solid):
            return "edge"
        at = self.solid[k]
        label = self.labels[at]
        if label is not None:
            return label.kind
        return "prose" if self.is_prose(at) else "short"

    def may_be_else(self, k: int) -> bool:
        """Whether the k-th line may be anything but text: short, and near an edge or a labelled line, or standing alone."""
        at = self.solid[k]
        line = self.lines[at]
        if self.labels[at] is not None or len(line) > SHORT:
            return False
        if k <= min(self.first_prose, FRONT) or k < NEAR or len(self.solid) - k <= NEAR:
            return True
        if len(line) <= ALONE and self.is_alone(k) and line[-1] not in ".!?,…\"”":
            return True
        return bool(self.beside[k])

    def features(self, k: int) -> list[str]:
        """The features of the k-th line: its own, and those of its surroundings as far as the rules have decided them."""
        line = self.lines[self.solid[k]]
        words, shape = tokens(line), self.mask(line)
        named = zip(_NAMES, _pieces(words, shape), strict=True)
        return [
            *(name + (piece if isinstance(piece, str) else " ".join(piece)) for name, pieces in named for piece in pieces),
            *_looks(line, shape), _leaning(words), *self._place(k).features(), *self._late_features(k),
        ]  # fmt: skip

    def _place(self, k: int) -> Place:
        at = self.solid[k]
        place, count = self.runs[k]
        return Place(
            self.state(k - 1),
            self.state(k - 2),
            self.state(k + 1),
            self.state(k + 2),
            min(self.gaps[k], 2),
            min(self.gaps[k + 1], 2),
            self.is_alone(k),
            _bucket(k, _DISTANCES),
            _bucket(len(self.solid) - 1 - k, _DISTANCES),
            _bucket(self.first_prose - k, (-1, 0, 1, 2, 4, 8)) if k <= self.first_prose else -1,
            f"{_bucket(count, (1, 2, 4, 8))}.{'first' if place == 0 else 'last' if place == count - 1 else 'inside'}",
            min(self.same[self.lines[at]], 3),
            bool(k) and k <= self.first_prose and self.lines[at] == self.lines[self.solid[0]],
            self.shorts,
        )

    def _late_features(self, k: int) -> list[str]:
        """The features that cost most, with the names that `_LATE` knows: asked for where the plain ones leave a doubt."""
        line = self.lines[self.solid[k]]
        found = [*_readings(line)]
        shape = self.mask(line)
        for name, other in (("above", k - 1), ("below", k + 1)):
            if 0 <= other < len(self.solid):
                found.append(f"like_{name}.{self.mask(self.lines[self.solid[other]])[:8] == shape[:8]}")
        if len(line) <= ALONE and self.is_alone(k) and self.dresses()[shape] > 1 and not shape.isalpha():
            found += ["dress_again", f"dress_again.{self.dresses()[shape] > 2}"]
        return found

    def kind_of(self, k: int) -> tuple[str, float]:
        """What the k-th line likely is and how likely that is; "text" where it may well be story or note."""
        place = self._place(k)
        if (k, place) not in self.known:
            self.known[k, place] = self._likeliest(k, place)
        return self.known[k, place]

    def _likeliest(self, k: int, place: Place) -> tuple[str, float]:
        line = self.lines[self.solid[k]]
        words, shape = tokens(line), self.mask(line)
        rows = [_row_of(place), *_rows([*_looks(line, shape), _leaning(words)])]
        for weights, pieces in zip(_piece_weights(), _pieces(words, shape), strict=True):
            rows += filter(None, map(weights.get, pieces))
        scores = _sum(rows)
        return _likeliest(_sum([scores, *_rows(self._late_features(k))])) if _may_be_else(scores) else ("text", 1.0)


Row = tuple[float, ...]  # a number for each of `KINDS`


@cache
def _weights() -> dict[str, Row]:
    """Feature -> weight of each kind."""
    table: dict[str, list[float]] = {}
    for row in files(__package__).joinpath("likeness.tsv").read_text(encoding="utf-8").split("\n"):
        if not row or row.startswith("# "):
            continue
        feature, kind, weight = row.split("\t")
        table.setdefault(feature, [0.0] * len(KINDS))[_PLACES[kind]] = float(weight)
    return {feature: tuple(weights) for feature, weights in table.items()}


@cache
def _most() -> tuple[Row, Row]:
    """By how much all late features together can raise each kind, at most, against story and against note."""
    late: dict[str, list[Row]] = {name: [] for name in _LATE}
    for feature, row in _weights().items():
        name = feature.partition(".")[0]
        if name in late:
            late[name].append(row)
    story, note = (
        tuple(
            sum(sum(sorted((max(0.0, row[kind] - row[text]) for row in rows), reverse=True)[: _LATE[name]]) for name, rows in late.items())
            for kind in range(len(KINDS))
        )
        for text in (_STORY, _NOTE)
    )
    return story, note


@cache
def _piece_weights() -> tuple[dict[str, Row], dict[tuple[str, str], Row], dict[str, Row]]:
    """The weights of the `_pieces` of lines: words, pairs, shapes."""
    words, pairs, shapes = (
        {feature[len(name) :]: row for feature, row in _weights().items() if feature.startswith(name)} for name in _NAMES
    )
    return words, {tuple(pair.split(" ", 1)): row for pair, row in pairs.items()}, shapes


@lru_cache(maxsize=1 << 13)
def _row_of(place: Place) -> Row:
    """What a place says of each kind, with what is said without any feature."""
    return _sum([_weights()[""], *_rows(place.features())])


def _rows(features: Iterable[str]) -> Iterable[Row]:
    return filter(None, map(_weights().get, features))


def _sum(rows: Iterable[Row]) -> Row:
    return tuple(map(sum, zip(*rows, strict=True)))


def _may_be_else(scores: Row) -> bool:
    """Whether the late features can still make a line anything but text."""
    over_story, over_note = _most()
    story, note = scores[_STORY] + _CLEARLY, scores[_NOTE] + _CLEARLY
    return any(
        score + most >= story and score + more >= note
        for score, most, more in zip(scores[2:], over_story[2:], over_note[2:], strict=True)
    )


def _likeliest(scores: Row) -> tuple[str, float]:
    """The likeliest kind of a line and how likely it is; "text" where it may well be story or note."""
    top = max(scores)
    raised = [math.exp(score - top) for score in scores]
    total = sum(raised)
    text = (raised[_STORY] + raised[_NOTE]) / total
    best = max(range(2, len(KINDS)), key=raised.__getitem__)
    chance = raised[best] / total
    return (KINDS[best], round(chance, 2)) if text <= MOST_TEXT and chance >= LEAST else ("text", round(text, 2))
