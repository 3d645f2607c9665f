"""What a short line is most like, where no rule has decided: metadata, a heading, a break, furniture of a site, or text.

Sites and authors dress such lines in endless ways, but a reader knows them by their shape ("~ Aaaa ~", "9/9"), their words, the
lines above and below, and where they stand. Those are the features of a multinomial logit, fitted by `bench/lines_fit.py` on
marked documents that were written for this project; its weights are in `likeness.tsv`. Only what it is sure of is labelled.
"""

# ruff: noqa: E501  (tables)
from __future__ import annotations

import math
import re
import struct
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise, repeat
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from transforms.metadata.lines import read_line
from transforms.segments import wording
from transforms.segments.blocks import are_listed
from transforms.segments.breaks import is_break
from transforms.segments.endings import end_mark
from transforms.segments.furniture import furniture
from transforms.segments.headings import heading_at
from transforms.segments.layout import OPENERS, Sheet
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
_AGAIN = re.compile(r"([^Aa])(?=\1)")
_DATE = re.compile(
    r"\b(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2}|\d{1,2}(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))",
    re.IGNORECASE,
)
_WESTERN = bytes(code for code in range(256) if bytes([code]).decode("cp1252", "replace").isalpha())
_COUNT = re.compile(r"\d[\d.,]*\s?[kKmM]?\b")
_PLACES = {kind: place for place, kind in enumerate(KINDS)}
_STORY, _NOTE = 0, 1
SCALE = 1000  # all weights are whole thousandths
_CLEARLY = SCALE * math.log(LEAST / MOST_TEXT)  # by how much a kind's score must pass those of text
_LEAN = len(KINDS)  # where a row says how much words lean to an author's
_LATE = (  # the names of the late features, those that cost most last, and how many of that name a line may have
    {"like_above": 1, "like_below": 1, "dress_again": 2, "date": 1, "count": 1},
    {"break": 1, "end": 1, "marker": 2},
    {"heading": 2, "chrome": 1},
    {"reads": 2},
)
_NAMES = ("word.", "pair.", "shapes.")  # of the features that are pieces of a line
_PAIRS = 1
_LENGTHS = (3, 8, 16, 30, 50, 80)
_DISTANCES = (0, 1, 2, 4, 8, 15, 30)


@lru_cache(maxsize=1 << 12)
def _sign(piece: str) -> str:
    """What a piece of a line is in its shape."""
    first = piece[0]
    if first.isalpha():
        return "A" if len(piece) > 1 and piece.isupper() else "Aa" if first.isupper() else "a"
    return " " if first.isspace() else "9" if first.isdigit() else first


@lru_cache(maxsize=1 << 14)
def _shape(part: str) -> str:
    """The shape of what stands between two blanks."""
    return _AGAIN.sub("", "".join(map(_sign, _MASK.findall(part))))


def mask(line: str) -> str:
    """A line's shape: words as A (capitals), Aa or a, numbers as 9, signs as themselves: `~ Clarke ~` is `~ Aa ~`."""
    shape = " ".join(map(_shape, line[:SHORT].split(" ")))
    return _AGAIN.sub("", shape) if "  " in shape else shape


def _frame(line: str) -> tuple[int, str, str]:
    """What lines of one shape have in common: how many pieces they have between blanks, and the signs at their ends."""
    first, last = line[0], line[-1]
    return len(line.split()), "" if first.isalnum() else first, "" if last.isalnum() else last


def _leaning(lean: float) -> str:
    return f"lean.{round(max(-4, min(4, lean)))}"


def _bucket(value: float, steps: Sequence[float]) -> int:
    return bisect_left(steps, value)


def _parts(shape: str) -> set[str]:
    """The runs of four signs of a line's shape."""
    padded = f"^{shape}$"
    return {padded[k : k + 4] for k in range(max(1, len(padded) - 3))}


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
    if _letters(line) * 2 < len(line):
        found.append("few_letters")
    return found


def _letters(line: str) -> int:
    """How many letters a line has."""
    try:
        return len(line) - len(line.encode("cp1252").translate(None, _WESTERN))
    except UnicodeEncodeError:
        return sum(map(str.isalpha, line))


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
        """The names of what the place is like."""
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


def _marks(line: str) -> list[str]:
    """The features of what the rules for breaks, ends and notes make of a line."""
    found = ["break"] if is_break(line) else []
    end = end_mark(line)
    if end:
        found.append(f"end.{end >= 0.8}")
    marker = marker_at(line)
    if marker is not None:
        found += ["marker", f"marker.{marker.name}"]
    return found


@lru_cache(maxsize=1 << 12)
def _titles(line: str) -> tuple[str, ...]:
    """The features of what the rules for headings and furniture make of a line."""
    found = []
    heading = heading_at(line)
    if heading is not None:
        found += ["heading", f"heading.{heading.certain}.{heading.number is not None}"]
    chrome = furniture(line)
    if chrome:
        found.append(f"chrome.{_bucket(chrome, (0, 0.6, 0.9))}")
    return tuple(found)


@lru_cache(maxsize=1 << 12)
def _reads(line: str) -> tuple[str, ...]:
    """The features of what the rules for headers make of a line."""
    reading = read_line(line)
    return (f"reads.{reading.kind}", f"reads.{reading.rule}") if reading is not None else ()


class Lines:
    """The lines of a text that are not blank, and what surrounds each."""

    def __init__(self, sheet: Sheet, labels: Sequence[Label | None]) -> None:
        self.lines = sheet.bare
        self.labels = labels
        self.solid = solid = sheet.solid
        self.gaps = [3, *(below - above - 1 for above, below in pairwise(solid)), 3]
        self.runs = [k for k, gap in enumerate(self.gaps) if gap]  # where lines that stand together begin
        near_prose = [k for k, at in enumerate(solid) if len(self.lines[at]) <= PROSE]
        self.short = [k for k in near_prose if len(self.lines[solid[k]]) <= SHORT]
        self.same = Counter([self.lines[solid[k]] for k in self.short])
        self.verses = [at for at in map(solid.__getitem__, near_prose) if self._is_verse(at)]
        self.lone = bytearray(len(solid))
        for k in self.short:
            line = self.lines[solid[k]]
            self.lone[k] = len(line) <= ALONE and line[-1] not in '.!?,…"”' and self.is_alone(k)
        self.masks: dict[str, str] = {}
        self.alone: dict[tuple[int, str, str], list[str]] | None = None  # frame -> the lines that stand alone
        self.dresses: dict[tuple[int, str, str], Counter[str]] = {}  # frame -> how many of them have which shape
        self.owned: dict[str, Row] = {}
        self.text: set[int] = set()  # places of lines that are text as far as anything is known
        self.first_prose = self.shorts = -1
        self.look(())

    def look(self, changed: Iterable[int]) -> None:
        """Sees which lines have labels by now, after those at some places got theirs."""
        labels, count, before = self.labels, len(self.solid), (self.first_prose, self.shorts)
        self.first_prose = next((k for k, at in enumerate(self.solid) if labels[at] is None and self.is_prose(at)), count)
        free = [labels[at] for at in self.solid].count(None)
        short = sum(labels[at] is None for at in self.verses)
        self.shorts = _bucket(short / free, (0.2, 0.4, 0.6, 0.8)) if free else 0
        spans = [(0, max(NEAR, min(self.first_prose, FRONT) + 1)), (count - NEAR, count)]
        for k, at in enumerate(self.solid):
            label = labels[at]
            if label is not None and label.kind not in ("story", "note", "break"):
                spans.append((k - NEAR + 1, k + NEAR + 1))
        self.near = bytearray(count)  # the lines near an edge, or one that is labelled as no text
        for first, last in spans:
            near = range(max(0, first), min(count, last))
            self.near[near.start : near.stop] = b"\1" * len(near)
        if before != (self.first_prose, self.shorts):
            self.text.clear()
        else:
            self.text.difference_update(k + step for k in changed for step in (-2, -1, 1, 2))

    def open(self) -> list[int]:
        """The places of lines that may be anything but text: short, and near an edge or a labelled line, or standing alone."""
        return [
            k for k in self.short if (self.near[k] or self.lone[k]) and self.labels[self.solid[k]] is None and k not in self.text
        ]

    def _is_verse(self, at: int) -> bool:
        return 3 <= self.lines[at].count(" ") <= 12 and not self.is_prose(at)

    def mask(self, line: str) -> str:
        """The shape of a line."""
        shape = self.masks.get(line)
        if shape is None:
            shape = self.masks[line] = mask(line)
        return shape

    def start_of_mask(self, line: str) -> str:
        """How the shape of a line begins."""
        start = mask(line[:40])  # the last word may be cut, and be another piece of the shape
        return (start if len(start) > 11 else self.mask(line))[:8]

    def worn(self, k: int) -> int:
        """How many lines that stand alone have the shape of the k-th line."""
        if self.alone is None:
            self.alone = {}
            for j, at in enumerate(self.solid):
                if self.is_alone(j) and len(self.lines[at]) <= ALONE:
                    self.alone.setdefault(_frame(self.lines[at]), []).append(self.lines[at])
        line = self.lines[self.solid[k]]
        frame = _frame(line)
        if frame not in self.dresses:
            self.dresses[frame] = Counter(map(self.mask, self.alone[frame]))
        return self.dresses[frame][self.mask(line)]

    def is_prose(self, at: int) -> bool:
        """Whether a line is plainly narration or speech."""
        line = self.lines[at]
        return len(line) > PROSE or (line[0] in OPENERS and len(line) > 12) or (len(line) > 60 and line[-1] in '.!?…”"')

    def is_alone(self, k: int) -> bool:
        """Whether blank lines are above and below."""
        return self.gaps[k] > 0 and self.gaps[k + 1] > 0

    def is_amid_text(self, k: int) -> bool:
        """Whether prose stands above the k-th line, and unlabelled lines touch it on both sides."""
        beside = ("prose", "short")
        return k > self.first_prose and self.state(k - 1) in beside and self.state(k + 1) in beside

    def breaks_list(self, k: int, found: Mapping[int, tuple[str, float]]) -> bool:
        """Whether the k-th line is an item of a list of which another item next to it is like text."""
        for beside in (k - 1, k + 1):
            if not 0 <= beside < len(self.solid) or beside in found or self.labels[self.solid[beside]] is not None:
                continue
            upper, lower = sorted((k, beside))
            if self.gaps[lower] <= 1 and are_listed(self.lines[self.solid[upper]], self.lines[self.solid[lower]]):
                return True
        return False

    def state(self, k: int) -> str:
        """What is known of the k-th line: its kind, or what free text it looks like."""
        if not 0 <= k < len(self.solid):
            return "edge"
        at = self.solid[k]
        label = self.labels[at]
        if label is not None:
            return label.kind
        return "prose" if self.is_prose(at) else "short"

    def features(self, k: int) -> list[str]:
        """The features of the k-th line: its own, and those of its surroundings as far as the rules have decided them."""
        line = self.lines[self.solid[k]]
        words, shape = tokens(line), self.mask(line)
        named = zip(_NAMES, (set(words[1:]), set(pairwise(words)), _parts(shape)), strict=True)
        return [
            *(name + (piece if isinstance(piece, str) else " ".join(piece)) for name, pieces in named for piece in pieces),
            *_looks(line, shape), _leaning(lean_of(words)), *self._place(k).features(),
            *(feature for stage in range(len(_LATE)) for feature in self._late_features(k, stage)),
        ]  # fmt: skip

    def _place(self, k: int) -> Place:
        at = self.solid[k]
        run = bisect_right(self.runs, k)
        first, last = self.runs[run - 1] == k, self.runs[run] == k + 1
        count = self.runs[run] - self.runs[run - 1]
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
            f"{_bucket(count, (1, 2, 4, 8))}.{'first' if first else 'last' if last else 'inside'}",
            min(self.same[self.lines[at]], 3),
            bool(k) and k <= self.first_prose and self.lines[at] == self.lines[self.solid[0]],
            self.shorts,
        )

    def _late_features(self, k: int, stage: int) -> Sequence[str]:
        """The features that cost more, with the names of a stage of `_LATE`: asked for where those before leave a doubt."""
        line = self.lines[self.solid[k]]
        if stage:
            return (_marks, _titles, _reads)[stage - 1](line)
        shape = self.mask(line)
        found = ["date"] if _DATE.search(line) is not None else []
        if _COUNT.fullmatch(line) is not None:
            found.append("count")
        for name, other in (("above", k - 1), ("below", k + 1)):
            if 0 <= other < len(self.solid):
                found.append(f"like_{name}.{self.start_of_mask(self.lines[self.solid[other]]) == shape[:8]}")
        if len(line) <= ALONE and self.is_alone(k) and not shape.isalpha() and (worn := self.worn(k)) > 1:
            found += ["dress_again", f"dress_again.{worn > 2}"]
        return found

    def _own(self, line: str) -> Row:
        """What the words and the shape of a line say of each kind, with what is said without any feature."""
        if line not in self.owned:
            words, shape = tokens(line), self.mask(line)
            of_words, of_pairs, _, rows = _tables()
            total = rows[""] + _row_of_shape(shape)
            total += sum(map(of_words.get, set(words[1:]), _NOTHING)) + sum(map(of_pairs.get, set(pairwise(words)), _NOTHING))
            leaning = _leaning(_numbers(total)[_LEAN] / SCALE)
            self.owned[line] = total + sum(map(rows.get, [*_looks(line, shape), leaning], _NOTHING))
        return self.owned[line]

    def kind_of(self, k: int) -> tuple[str, float]:
        """What the k-th line likely is and how likely that is; "text" where it may well be story or note."""
        rows = _tables().others
        total = _row_of(self._place(k)) + self._own(self.lines[self.solid[k]])
        scores = _numbers(total)
        for stage in range(len(_LATE)):
            if not _may_be_else(scores, stage):
                self.text.add(k)
                return "text", 1.0
            total += sum(map(rows.get, self._late_features(k, stage), _NOTHING))
            scores = _numbers(total)
        found = _likeliest(scores)
        if found[0] == "text":
            self.text.add(k)
        return found


Row = int
"""What a feature says of each of `KINDS`, and how much its words lean to an author's: whole thousandths, side by side in one
number, so that one addition adds all of them."""
_NOTHING = repeat(0)
_FIELD = 32  # bits
_ROW = struct.Struct(f"<{len(KINDS) + 1}I")
_HALF = 1 << _FIELD - 1  # what makes a field positive
_HALVES = sum(_HALF << _FIELD * place for place in range(len(KINDS) + 1))


def _numbers(row: Row) -> list[int]:
    """The thousandths of a row, of each kind and of leaning."""
    return [number - _HALF for number in _ROW.unpack((row + _HALVES).to_bytes(_ROW.size, "little"))]


class Tables(NamedTuple):
    """Feature -> row, for the pieces of lines (words, pairs, runs of their shapes) and for all others, which are few and asked for most."""

    words: dict[str, Row]
    pairs: dict[tuple[str, str], Row]
    shapes: dict[str, Row]
    others: dict[str, Row]


@cache
def _tables() -> Tables:
    """The fitted weights; those of words and pairs with how they lean, too."""
    tables = Tables({}, {}, {}, {})
    for line in files(__package__).joinpath("likeness.tsv").read_text(encoding="utf-8").split("\n"):
        if not line or line.startswith("# "):
            continue
        feature, kind, weight = line.split("\t")
        place = next((place for place, name in enumerate(_NAMES) if feature.startswith(name)), len(_NAMES))
        piece = feature[len(_NAMES[place]) :] if place < len(_NAMES) else feature
        key = tuple(map(intern, piece.split(" ", 1))) if place == _PAIRS else intern(piece)
        tables[place][key] = tables[place].get(key, 0) + _entry(_PLACES[kind], float(weight))
    words, pairs, _ = wording.weights()
    start = tokens("")[0]  # is in every line
    tables.others[""] += _entry(_LEAN, lean_of([start]))
    for table, leans in ((tables.words, words), (tables.pairs, pairs)):
        for piece, lean in leans.items():
            if piece != start:
                table[piece] = table.get(piece, 0) + _entry(_LEAN, lean)
    same: dict[Row, Row] = {}  # equal rows are one object each: so many more of them fit into a processor's cache
    for table in tables:
        table.update({piece: same.setdefault(row, row) for piece, row in table.items()})
    return tables


def _entry(place: int, weight: float) -> Row:
    return round(weight * SCALE) << _FIELD * place


@cache
def _most(stage: int) -> tuple[Sequence[int], Sequence[int]]:
    """By how many thousandths all late features from a stage on can raise each kind, at most, against story and against note."""
    most = {name: count for names in _LATE[stage:] for name, count in names.items()}
    late: dict[str, list[list[int]]] = {name: [] for name in most}
    for feature, row in _tables().others.items():
        name = feature.partition(".")[0]
        if name in late:
            late[name].append(_numbers(row))
    story, note = (
        tuple(
            sum(
                sum(sorted((max(0, row[kind] - row[text]) for row in rows), reverse=True)[: most[name]])
                for name, rows in late.items()
            )
            for kind in range(len(KINDS))
        )
        for text in (_STORY, _NOTE)
    )
    return story, note


@lru_cache(maxsize=1 << 13)
def _row_of(place: Place) -> Row:
    """What a place says of each kind."""
    return sum(map(_tables().others.get, place.features(), _NOTHING))


@lru_cache(maxsize=1 << 12)
def _row_of_shape(shape: str) -> Row:
    """What the pieces of a line's shape say of each kind."""
    return sum(map(_tables().shapes.get, _parts(shape), _NOTHING))


def _may_be_else(scores: Sequence[int], stage: int) -> bool:
    """Whether the late features from a stage on can still make a line anything but text."""
    over_story, over_note = _most(stage)
    story, note = scores[_STORY] + _CLEARLY, scores[_NOTE] + _CLEARLY
    for kind in range(2, len(KINDS)):
        if scores[kind] + over_story[kind] >= story and scores[kind] + over_note[kind] >= note:
            return True
    return False


def _likeliest(scores: Sequence[int]) -> tuple[str, float]:
    """The likeliest kind of a line and how likely it is; "text" where it may well be story or note."""
    scores = scores[: len(KINDS)]
    top = max(scores)
    raised = [math.exp((score - top) / SCALE) for score in scores]
    total = sum(raised)
    text = (raised[_STORY] + raised[_NOTE]) / total
    best = max(range(2, len(KINDS)), key=raised.__getitem__)
    chance = raised[best] / total
    return (KINDS[best], round(chance, 2)) if text <= MOST_TEXT and chance >= LEAST else ("text", round(text, 2))
