"""The front door: text and marks -> segments."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.documents import KINDS, Mark, Segment
from transforms.segments.partition import partition


def split(text: str, marks: Sequence[Mark] = ()) -> tuple[Segment, ...]:
    """The segments of a repaired text: a partition (joined in order they are the text; no segment is empty; "" gives ()).

    `marks` are the spans that a source's structure decided, in characters of `text`; they are kept as they are, and an empty
    one with `chapter` set starts a chapter. Marks of kind "story" say where story stands, but notes are still looked for at
    its edges, as authors write notes into the text itself. White space belongs to the segment before it.

    Wrong where a note has no marker, no word of an author and no contrast with the narration, and where a story imitates an
    author's note at its edge; see docs/segments.md for measured figures. Time is linear in the length of the text.

    Raises ValueError for marks that overlap, lie outside the text, or have an unknown kind.
    """
    ordered = sorted(marks, key=lambda mark: (mark.start, mark.end))
    at = 0
    for mark in ordered:
        if mark.kind not in KINDS:
            raise ValueError(f"unknown kind of mark: {mark.kind!r}")
        if mark.start < at or mark.end < mark.start or mark.end > len(text):
            raise ValueError(f"mark at {mark.start}-{mark.end} overlaps another or lies outside the text")
        at = mark.end
    return partition(text, ordered)
