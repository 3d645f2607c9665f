"""The landmarks of an archive's page or download ("Chapter Notes"), labels and boxes of notes, and what stands by them."""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from transforms.segments.furniture import TRIM
from transforms.segments.markers import marker_at

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

_LANDMARKS = frozenset(
    {"chapter notes", "chapter end notes", "end notes", "preface", "afterword", "work text", "chapter text", "work endnotes"}
)
_NOTES_LABEL = re.compile(
    r"notes for the (?:chapter|work|story):|(?:author['’]?s? )?(?:(?:(?:chapter|story|work|series) )?(?P<place>end|beginning|start) |(?:chapter|story|work|series) )notes?:",
    re.IGNORECASE,
)
_BOX = re.compile(r"a note from (?P<name>[\w.'’-]{2,30}(?: [\w.'’-]{1,20}){0,3})|creators?['’]?s? (?:thoughts|notes?)", re.IGNORECASE)
BELOW_NOTES = 4  # lines of notes between a chapter's heading and its summary
_SUMMARY = re.compile(r"[*_ ]*(?:chapter )?summary(?: for the chapter)?[*_ ]*:?[*_ ]*|summary for the chapter:?", re.IGNORECASE)
_ABOVE_TEXT = re.compile(r"chapter (?:notes|summary)", re.IGNORECASE)
_TAKEN_FOR = ("header.title_alone", "header.summary_below", "header.summary_by_place")  # what a header makes of a title below it


def landmark(line: str) -> str:
    """The landmark of an AO3 page or download that a line is ("chapter end notes"), or ""."""
    core = line.strip(TRIM).lower()
    return core if core in _LANDMARKS else ""


def notes_label(line: str) -> str:
    """The landmark that a page's label with a colon stands for ("Author's Chapter Notes:"), or "". It belongs to the note below."""
    found = _NOTES_LABEL.fullmatch(line)
    if found is None:
        return ""
    return "chapter end notes" if (found.group("place") or "").lower() == "end" else "chapter notes"


def box_owner(line: str) -> str | None:
    """Whose note the box holds that has a stripped line above it ("A note from gullwing"): "" for nobody's, None for no such line."""
    found = _BOX.fullmatch(line)
    return None if found is None else found.group("name") or ""


def label_titles(page: Neighbours) -> None:
    """Labels titles without number in an archive's download: what stands alone above "Chapter Notes" or "Chapter Summary"."""
    bare = page.sheet.bare
    for at in page.sheet.short:
        if len(bare[at]) > 20 or _ABOVE_TEXT.fullmatch(bare[at]) is None:
            continue
        above = page.last_text(at)
        if page.kind_at(at) not in ("", "boilerplate", "summary") or above < 0:
            continue
        if above in page.sheet.fixed or not page.stands_free(above):
            continue
        over = page.last_text(above)
        if over >= 0 and _ABOVE_TEXT.fullmatch(bare[over]) is not None:
            continue  # a summary of one line
        label = page.labels[above]
        if len(bare[above]) <= 80 and (label is None or label.rule in _TAKEN_FOR) and marker_at(bare[above]) is None:
            page.label_heading(above, "heading.title", 0.85)


def label_summaries(page: Neighbours) -> None:
    """Labels a line "Chapter Summary" below a heading, and the paragraph after it."""
    labels, bare = page.labels, page.sheet.bare
    for at in page.chapters():
        below, passed = page.next_text(at + 1), 0
        while below < len(labels) and passed < BELOW_NOTES and page.is_free(below) and not _SUMMARY.fullmatch(bare[below]):
            below, passed = page.next_text(below + 1), passed + 1
        if below >= len(labels) or not page.is_free(below) or not _SUMMARY.fullmatch(bare[below]):
            continue
        group, last = page.new_group(), page.next_text(below + 1)
        page.label(below, "summary", "site.chapter_summary", 0.95, group)
        while last < len(labels) and page.is_free(last):
            marker = marker_at(bare[last])
            if marker is not None and marker.bare:
                break
            page.label(last, "summary", "site.chapter_summary", 0.9, group)
            last += 1


def label_notes(page: Neighbours) -> None:
    """Labels a bare "Notes" below the head of an archive's download, which has its note below it."""
    if not any(mark in ("preface", "afterword") for mark in page.landmarks.values()):
        return
    for at in page.sheet.short:
        alone = page.sheet.bare[at] == "Notes" and page.is_free(at) and page.is_parted(at)
        if alone and page.kind_at(page.last_text(at)) in ("metadata", "summary"):
            page.label(at, "note", "note.label", 0.95)
            page.landmarks[at] = "chapter notes"


def label_boxes(page: Neighbours) -> None:
    """Labels the lines above an author's words in a box ("A note from gullwing"): the name must be the author's or come twice."""
    boxes = [(at, name) for at, name in page.boxes if page.is_free(at) and page.is_headed(at)]
    stated = ("metadata", "boilerplate")
    known = "\n".join(line for at, line in enumerate(page.sheet.lines) if page.kind_at(at) in stated) if boxes else ""
    names = Counter(name.lower() for _, name in page.boxes)
    for at, name in boxes:
        if name and names[name.lower()] == 1 and re.search(rf"\b{re.escape(name)}\b", known, re.IGNORECASE) is None:
            continue
        above = at - 1
        while above >= 0 and page.kind_at(above) in ("", "break", "story"):
            above -= 1
        page.label(at, "note", "note.label", 0.95)
        page.landmarks[at] = "chapter end notes" if page.text_lines(above, at) >= 3 else "chapter notes"
