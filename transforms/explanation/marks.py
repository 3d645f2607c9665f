"""What was found inside a segment: doubts and opt-outs, as runs of its text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from transforms.documents import Segment
from transforms.explanation.building import Explanation


@dataclass(frozen=True, slots=True)
class Run:
    """A run of text: plain, or marked with what was found there."""

    start: int
    text: str
    mark: str = ""  # "doubt", "opt-out" or nothing
    title: str = ""


def trim(explanation: Explanation, segment: Segment) -> tuple[int, int]:
    """A segment's start and end without the empty lines around it."""
    text = explanation.text[segment.start : segment.end]
    return segment.start + len(text) - len(text.lstrip("\r\n")), segment.end - len(text) + len(text.rstrip("\r\n"))


def runs(explanation: Explanation, start: int, end: int) -> Iterator[Run]:
    """The text from `start` to `end`, cut where doubts and opt-outs begin and end. Where they overlap, the first has it."""
    marks = [
        (doubt.start, doubt.end, "doubt", f"may be a note: {doubt.reason} {doubt.score:.2f}") for doubt in explanation.doubts
    ]
    marks += [(found.start, found.end, "opt-out", f"{found.kind} {found.confidence:.2f}") for found in explanation.opt_outs]
    at = start
    for first, last, mark, title in sorted(marks):
        first, last = max(first, at), min(last, end)
        if first >= last:
            continue
        if first > at:
            yield Run(at, explanation.text[at:first])
        yield Run(first, explanation.text[first:last], mark, title)
        at = last
    if at < end:
        yield Run(at, explanation.text[at:end])
