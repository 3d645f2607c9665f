"""From lines to segments: structure first (headers, headings, breaks, furniture), then what is closed, then the edges of bodies.

Everything is decided per line, but for notes in brackets inside a line; the labels are put together to a partition last.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from transforms.documents import Mark, Segment
from transforms.segments.headers import Headers
from transforms.segments.layout import lay_out
from transforms.segments.lost import restore_lines
from transforms.segments.notes import Page
from transforms.segments.shapes import Label, Piece
from transforms.segments.topics import find_topics
from transforms.wrapping import joined

Run = tuple[int, int, Label]  # start, end
STORY = Label("story", "story", 0.95)
ENVELOPES = ("mail.", "table.")
"""Marks of what a text came in. A header may still stand in the text: a list posting's, a pasted page's in a dump."""


def partition(text: str, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    """The segments of a text; see `transforms.segments.split`."""
    if not text:
        return ()
    whole = joined(text, {place for mark in marks for place in (mark.start - 1, mark.end)})
    restored = whole if marks else restore_lines(whole)
    sheet = lay_out(restored, marks, restored != whole)
    page = Page(sheet, any(mark.kind == "metadata" and not mark.rule.startswith(ENVELOPES) for mark in marks))
    page.label_lines()
    page.find_menu()
    page.find_pairs()
    page.settle_furniture()
    headers = Headers(page)
    if not page.structured:
        headers.find()
    page.settle_headings()
    page.settle_furniture(late=True)
    page.settle_ends()
    page.find_inside()
    page.find_recaps()
    page.find_title_of_run_on()
    page.find_likeness()
    page.give_back_facts()
    headers.find_summary()
    page.settle_rules()
    page.find_boxes()
    page.cut_bodies()
    page.find_remarks()
    page.settle_note_rules()
    page.guard()
    page.settle_parts()
    return _number(sheet.text, _joined(_runs(page)))


def _runs(page: Page) -> Iterator[Run]:
    """What has a label, and what has none between it, in order; an empty mark only where it begins a chapter."""
    sheet, labels = page.sheet, page.labels
    at = 0
    for here in [*sorted({*page.labelled(), *page.pieces}), len(labels)]:
        solid = sheet.solid[bisect_left(sheet.solid, at) : bisect_left(sheet.solid, here)]
        if solid:
            yield sheet.starts[solid[0]], sheet.ends[solid[-1]], STORY
        at = here + 1
        if here == len(labels):
            break
        start, end, label = sheet.starts[here], sheet.ends[here], labels[here] or STORY
        if here in sheet.fixed:
            if start < end or label.chapter:
                yield start, end, label
        elif here in page.pieces and label.kind in ("story", "heading"):
            yield from _parts(sheet.text, start, end, label, page.pieces[here])
        elif not page.blank[here]:
            yield start, end, label


def _parts(text: str, start: int, end: int, label: Label, pieces: Sequence[Piece]) -> Iterator[Run]:
    """The pieces of a line, and what is left of it. What two rules found at one place is one piece."""
    for piece in pieces:
        if piece.start < start:
            continue
        if text[start : piece.start].strip():
            yield start, piece.start, label
        yield piece.start, piece.end, piece.label
        start = piece.end
    if text[start:end].strip():
        yield start, end, label


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Runs of which those are one that belong together."""
    out: list[Run] = []
    for start, end, label in runs:
        if out and _belongs(label, out[-1][2]):
            out[-1] = (out[-1][0], end, out[-1][2])
        else:
            out.append((start, end, label))
    return out


def _belongs(label: Label, above: Label) -> bool:
    """Whether what has a label goes on with what stands above it."""
    if label.kind != above.kind or label.chapter:
        return False
    if label.kind in ("story", "boilerplate") and label.rule.partition(".")[2] == above.rule.partition(".")[2]:
        return True
    return label.group == above.group and (label.group >= 0 or label.kind in ("break", "metadata", "end_marker"))


def _number(text: str, runs: list[Run]) -> tuple[Segment, ...]:
    """Segments that touch each other, with their chapters."""
    out: list[Segment] = []
    chapter, begun, content, story = 0, False, False, False
    solid = [run for run in runs if run[1] > run[0]]
    if not solid:
        return (Segment("story", 0, len(text), "story.blank"),)
    position = 0
    for start, end, label in runs:
        if label.chapter:
            if (begun and content) or (not begun and story):
                chapter += 1
            begun, content = True, False
        if label.kind in ("story", "note", "summary"):
            content = content or begun
            story = story or label.kind == "story"
        if start == end:
            content = False
            continue
        begin = 0 if position == 0 else start
        stop = solid[position + 1][0] if position + 1 < len(solid) else len(text)
        topics = label.topics
        if label.kind == "note" and not topics:
            topics = find_topics(text[start:end])
        out.append(
            Segment(label.kind, begin, stop, label.rule, label.confidence, topics if label.kind == "note" else (), chapter)
        )
        position += 1
    return tuple(out)
