"""From lines to segments: structure first (headers, headings, breaks, furniture), then what is closed, then the edges of bodies.

Everything is decided per line, but for notes in brackets inside a line; the labels are put together to a partition last.
"""

from __future__ import annotations

from collections.abc import Sequence

from transforms.documents import Mark, Segment
from transforms.segments.headers import Headers
from transforms.segments.layout import Sheet, lay_out
from transforms.segments.lost import restore_lines
from transforms.segments.notes import Page
from transforms.segments.shapes import Label
from transforms.segments.topics import find_topics
from transforms.wrapping import joined

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
    return _segments(sheet, page)


def _segments(sheet: Sheet, page: Page) -> tuple[Segment, ...]:
    """Labels put together; white space goes with what stands before it."""
    runs: list[tuple[int, int, Label]] = []

    def add(start: int, end: int, label: Label) -> None:
        if start >= end:
            return
        if runs:
            begin, _, last = runs[-1]
            same = last.kind == label.kind and not label.chapter
            joined = same and (
                (label.kind in ("story", "boilerplate") and last.rule.partition(".")[2] == label.rule.partition(".")[2])
                or (label.group >= 0 and label.group == last.group)
                or (label.kind in ("break", "metadata", "end_marker") and label.group == last.group)
            )
            if joined:
                runs[-1] = (begin, end, last)
                return
        runs.append((start, end, label))

    blank, labels, starts, ends = page.blank, page.labels, sheet.starts, sheet.ends
    count = len(labels)

    def add_story(first: int, stop: int) -> None:
        """The unlabelled lines from `first` up to `stop`."""
        while first < stop and blank[first]:
            first += 1
        while stop > first and blank[stop - 1]:
            stop -= 1
        if first < stop:
            add(starts[first], ends[stop - 1], STORY)

    special = sorted({at for at, label in enumerate(labels) if label is not None} | set(page.pieces))
    at = 0
    for here in [*special, count]:
        add_story(at, here)
        at = here + 1
        if here == count:
            break
        start, end, label = starts[here], ends[here], labels[here]
        if here in sheet.fixed:
            if start < end:
                add(start, end, label)
            elif label.chapter:
                runs.append((start, end, label))
            continue
        if blank[here]:
            continue
        label = label or STORY
        inner = page.pieces.get(here)
        if not inner or label.kind not in ("story", "heading"):
            add(start, end, label)
            continue
        cursor = start
        for piece in inner:
            if piece.start < cursor:
                continue  # what two rules found at one place is one piece
            if sheet.text[cursor : piece.start].strip():
                add(cursor, piece.start, label)
            add(piece.start, piece.end, piece.label)
            cursor = piece.end
        if sheet.text[cursor:end].strip():
            add(cursor, end, label)
    return _number(sheet.text, runs)


def _number(text: str, runs: list[tuple[int, int, Label]]) -> tuple[Segment, ...]:
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
