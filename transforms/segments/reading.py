"""What others read from segments: chapters, the story text, narrators named by headings, doubts, evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from transforms.documents import Segment
from transforms.segments.cues import Cue
from transforms.segments.narrators import pov_at
from transforms.segments.voices import Voice
from transforms.segments.weighing import weigh

BREAK = "* * *"

_DRESS = " \t*_~#=-–—<>[]{}|:•·+☆★♥♡◆◇■□●○"
_PARAGRAPHS = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: its index from 0, its title as its heading states it (None without one), and its segments in order."""

    index: int
    title: str | None
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A stretch of story that is likely a note, in characters of the text, with the reason and a score in 0..1."""

    start: int
    end: int
    reason: str
    score: float


def chapters(text: str, segments: Sequence[Segment]) -> tuple[Chapter, ...]:
    """The chapters of a split text, in order. A text without headings is one chapter without a title."""
    by_index: dict[int, list[Segment]] = {}
    for segment in segments:
        by_index.setdefault(segment.chapter, []).append(segment)
    return tuple(Chapter(index, _title(text, members), tuple(members)) for index, members in sorted(by_index.items()))


def _title(text: str, segments: Iterable[Segment]) -> str | None:
    for segment in segments:
        if segment.kind == "heading" and segment.rule != "heading.pov":
            lines = [line.strip().strip(_DRESS).strip() for line in text[segment.start : segment.end].split("\n")]
            title = ": ".join(line for line in lines if line)
            return title or None
    return None


def _runs(text: str, segments: Sequence[Segment]) -> list[tuple[Segment, str]]:
    """Story and breaks of the published text: paragraphs of each story segment, parted by blank lines."""
    out: list[tuple[Segment, str]] = []
    for segment in segments:
        if segment.kind == "story":
            body = text[segment.start : segment.end].strip("\n")
            body = _PARAGRAPHS.sub("\n\n", body).strip()
            if body:
                out.append((segment, body))
        elif segment.kind == "break" and segment.rule != "break.flashback" and out and out[-1][1] != BREAK:
            out.append((segment, BREAK))
    while out and out[-1][1] == BREAK:
        out.pop()
    return out


def story_text(text: str, segments: Sequence[Segment]) -> str:
    """The story alone: its segments in order, paragraphs parted by one blank line, scene breaks as a line `* * *`.

    A note inside a paragraph leaves no gap: the words before and after it stay one paragraph.
    """
    return _joined(text, segments)[0]


def _joined(text: str, segments: Sequence[Segment]) -> tuple[str, dict[int, int]]:
    """The published text, and where in it each story segment begins (by the segment's start)."""
    parts: list[str] = []
    places: dict[int, int] = {}
    size = 0
    last: Segment | None = None
    for segment, body in _runs(text, segments):
        if parts:
            inline = (
                last is not None
                and segment.kind == last.kind == "story"
                and "\n" not in text[last.end - _tail(text, last) : segment.start]
            )
            joint = " " if inline else "\n\n"
            parts.append(joint)
            size += len(joint)
        places[segment.start] = size
        parts.append(body)
        size += len(body)
        last = segment
    return "".join(parts), places


def _tail(text: str, segment: Segment) -> int:
    """How many characters of white space end a segment."""
    body = text[segment.start : segment.end]
    return len(body) - len(body.rstrip())


def pov_headings(text: str, segments: Sequence[Segment]) -> tuple[tuple[int, str], ...]:
    """(offset in `story_text` of these segments, name) for each heading that names a narrator ("Clarke's POV").

    The name is "" where the heading says that nobody in particular narrates ("Normal POV").
    """
    _, places = _joined(text, segments)
    out: list[tuple[int, str]] = []
    waiting: str | None = None
    for segment in segments:
        if segment.kind == "heading":
            name = pov_at(text[segment.start : segment.end].strip())
            if name is not None:
                waiting = name
        elif segment.kind == "story" and waiting is not None and segment.start in places:
            out.append((places[segment.start], waiting))
            waiting = None
    return tuple(out)


def doubts(text: str, segments: Sequence[Segment]) -> tuple[Doubt, ...]:
    """Stretches that are likely notes but were left in the story, for the flag `uncertain_notes` and the review list."""
    out = []
    for segment in segments:
        if segment.kind == "story" and segment.rule == "story.doubt":
            body = text[segment.start : segment.end]
            end = segment.start + len(body.rstrip())
            out.append(Doubt(segment.start, end, "likely a note, left in the story", round(1 - segment.confidence, 2)))
    return tuple(out)


def evidence(text: str, start: int, end: int) -> tuple[Cue, ...]:
    """The named cues of a stretch of text, strongest first, as if it stood at the edge of a story in the third person."""
    weight = weigh(text[start:end], Voice(words=100))
    return tuple(sorted(weight.cues, key=lambda cue: -abs(cue.weight)))
