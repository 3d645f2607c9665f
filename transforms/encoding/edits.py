"""Changes to a text as data: what was replaced where, so that rules stay plain and places can be named in the first text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple


class Edit(NamedTuple):
    """`text[start:end]` becomes `new`; `rules` are the names of what decided it, in order, and how many times each counts."""

    start: int
    end: int
    new: str
    rule: str


def apply(text: str, edits: Sequence[Edit]) -> str:
    """The text with sorted edits that do not overlap carried out."""
    out = []
    at = 0
    for start, end, new, _ in edits:
        out.append(text[at:start])
        out.append(new)
        at = end
    out.append(text[at:])
    return "".join(out)


@dataclass(slots=True)
class Step:
    """One pass over a text: before, after, and its edits, which are made only when somebody asks for places."""

    before: str
    after: str
    make_edits: Callable[[], Sequence[Edit]]
    counts: dict[str, int]  # by rule
    first: dict[str, list[int]]  # the first places of each rule, in `before`
    _edits: Sequence[Edit] | None = None
    _starts: list[int] = field(default_factory=list)  # of each edit, in `before`
    _after_starts: list[int] = field(default_factory=list)  # of each edit, in `after`

    @property
    def edits(self) -> Sequence[Edit]:
        if self._edits is None:
            edits = self._edits = self.make_edits()
            shifts = accumulate((len(e.new) - (e.end - e.start) for e in edits), initial=0)
            self._starts = [e.start for e in edits]
            self._after_starts = [e.start + shift for e, shift in zip(edits, shifts, strict=False)]
        return self._edits

    def back(self, place: int) -> int:
        """A place in `after` as a place in `before`; inside a replacement, where the replaced run began."""
        edits = self.edits
        i = bisect_right(self._after_starts, place) - 1
        if i < 0:
            return place
        edit, start = edits[i], self._after_starts[i]
        return edit.start if place < start + len(edit.new) else edit.end + place - start - len(edit.new)

    def forward(self, place: int) -> int:
        """A place in `before` as a place in `after`; inside a replaced run, where its counterpart seems to be."""
        edits = self.edits
        i = bisect_right(self._starts, place) - 1
        if i < 0:
            return place
        edit, start = edits[i], self._after_starts[i]
        if place >= edit.end:
            return start + len(edit.new) + place - edit.end
        return start + _counterpart(self.before[edit.start : edit.end], edit.new, place - edit.start)


def _counterpart(old: str, new: str, place: int) -> int:
    """Where in `new` the cut at `place` in `old` falls: exact where white space or ASCII around it lines up."""
    if place == 0:
        return 0
    if len(new) <= 1:  # CR LF cut in two: its LF ends the first piece
        return len(new)
    if len(old) > 2000 or len(new) > 2000:  # the matcher is quadratic
        old_tail = old[place:]
        if new.endswith(old_tail[-200:]) and len(old_tail) <= 200:
            return len(new) - len(old_tail)
        return min(len(new), round(place * len(new) / len(old)))
    for a, b, size in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        if a + size >= place:
            return min(len(new), b + max(0, place - a))
    return len(new)


def step(text: str, edits: Sequence[Edit], places: int) -> Step:
    """A step that carries out edits, with up to `places` places for each rule."""
    counts: dict[str, int] = {}
    first: dict[str, list[int]] = {}
    for edit in edits:
        counts[edit.rule] = counts.get(edit.rule, 0) + 1
        found = first.setdefault(edit.rule, [])
        if len(found) < places:
            found.append(edit.start)
    return Step(text, apply(text, edits), lambda: edits, counts, first)


def first_places(steps: Iterable[Step], places: Iterable[int]) -> tuple[int, ...]:
    """Places in the last step's `before`, traced back to the first text."""
    steps = list(steps)[::-1]
    found = []
    for place in places:
        for step in steps:
            place = step.back(place)
        found.append(place)
    return tuple(found)
