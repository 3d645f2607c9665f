"""The labels of a text with its notes, stage by stage: what is closed inside, the edges of bodies, remarks, and the guard."""

from __future__ import annotations

import re
from collections.abc import Iterator

from transforms import words
from transforms.segments import asides, blocks, inside, likeness, setoff
from transforms.segments.bodies import Bodies
from transforms.segments.layout import Sheet
from transforms.segments.quoted import find_quoted
from transforms.segments.shapes import Label, Piece
from transforms.segments.signed import find_signed
from transforms.segments.structure import Structure
from transforms.segments.titles import is_time
from transforms.segments.voices import Voice, hear, middle_of, sample_of

AMID = frozenset(("metadata", "summary", "boilerplate"))
SURE = 0.9  # how likely a line of those kinds must be what it is like, where it stands in the middle of text
PASSES = 3  # what is decided about a line tells something about the next
MOST_TAKEN = 1 / 3  # of a work's characters that text rules may take from the story
FEWEST_WORDS = 50  # that must be left
CERTAIN = 0.97  # how likely a note must be to be safe from that
HEARD = 160  # paragraphs among which the voice of a whole document is heard
_GIVEN_BACK = ("note.head", "note.tail", "note.after_end")
_PARTS = re.compile(r"\b(?:CHAPTER|PART|BOOK|VOLUME|PROLOGUE|ACT|KAPITEL|CAP[IÍ]TULO|CHAPITRE|ГЛАВА)\b")


class Page(Structure):
    """A sheet's labels with its notes."""

    def __init__(self, sheet: Sheet, structured: bool) -> None:
        super().__init__(sheet, structured)
        self.pieces: dict[int, list[Piece]] = {}  # parts of lines with a label of their own
        self.heard: Voice | None = None
        self.likely: list[asides.Remark] = []  # remarks that are not sure enough

    def find_pairs(self) -> None:
        """Notes between lines that begin and end them in words; breaks inside stay breaks."""
        for first, last in (*blocks.find_pairs(self.sheet.lines, self.begun), *blocks.find_labelled_pairs(self.sheet)):
            group = self.new_group()
            for at in range(first, last + 1):
                if self.blank[at] or at in self.sheet.fixed:
                    continue
                if self.labels[at] is not None and self.labels[at].kind == "break" and first < at < last:
                    group = self.new_group()
                else:
                    self.labels[at] = Label("note", "note.pair", 0.97, (), False, group)

    def find_recaps(self) -> None:
        """Recaps at the beginning of a body: story, with notes before and after them."""
        labels = self.labels
        seen = 0
        for at, line in enumerate(self.sheet.lines):
            if self.blank[at]:
                continue
            if labels[at] is not None:
                seen = 0 if labels[at].kind != "break" else seen
                continue
            seen += 1
            if seen <= 6 and line.lstrip("*_([ \t")[:1] in "pPlLtTiIrR" and blocks.is_recap(line.strip()):
                labels[at] = Label("story", "story.recap", 0.9)

    def find_title_of_run_on(self) -> None:
        """Capitals that name a chapter and open a text that lost its line breaks are its title."""
        at = self.next_text(0)
        if self.sheet.lost and at < len(self.labels) and self.labels[at] is None:
            line = self.sheet.lines[at]
            if line.isupper() and _PARTS.search(line):
                self.labels[at] = Label("heading", "heading.run_on", 0.7, (), True, self.new_group())

    def find_likeness(self) -> None:
        """Labels the short lines that no rule decided where their looks and their place leave little doubt."""
        if self.sheet.lost:
            return  # sentences are no lines
        lines = likeness.Lines(self.sheet, self.labels)
        for _ in range(PASSES):
            found: dict[int, tuple[str, float]] = {}
            for k in lines.open():
                kind, confidence = lines.kind_of(k)
                if kind == "heading" and is_time(lines.lines[lines.solid[k]]):
                    continue  # "Now" above a scene
                if kind in AMID and confidence < SURE and lines.is_amid_text(k):
                    continue  # the head of an article in the story
                if kind != "text" and not (self.structured and kind in ("metadata", "summary")):
                    found[k] = kind, confidence
            for k in [k for k in found if lines.breaks_list(k, found)]:
                del found[k]
            last = ("", -2)
            for k, (kind, confidence) in found.items():
                group = self.groups if last == (kind, k - 1) else self.new_group()
                self.labels[lines.solid[k]] = Label(kind, f"{kind}.likely", confidence, (), kind == "heading", group)
                last = kind, k
            if not found:
                break
            lines.look(found)

    def cut_bodies(self) -> None:
        """Notes at the edges of what stands between two structural lines."""
        Bodies(self).cut()

    def voice(self) -> Voice:
        """The voice of the whole document, heard away from the edges of its bodies, where notes stand."""
        if self.heard is None:
            texts: list[str] = []
            run: list[str] = []
            for at in self.sheet.solid:
                label = self.labels[at]
                if label is None:
                    run.append(self.sheet.lines[at])
                    if len(texts) + len(run) >= HEARD:
                        break
                elif label.kind != "break":
                    texts += middle_of(run)
                    run = []
            self.heard = hear(sample_of(texts + middle_of(run)))
        return self.heard

    def find_inside(self) -> None:
        """Notes that are closed or marked inside the text, and what people in the story write, read or say."""
        sheet, labels = self.sheet, self.labels
        for at, start, end in find_signed(sheet, self.is_free):
            if not sheet.lines[at][:start].strip() and not sheet.lines[at][end:].strip():
                labels[at] = Label("note", "note.bracket", 0.9)
            else:
                self.add_piece(at, start, end, 0.9)
        for at in find_quoted(sheet, self.is_free):
            labels[at] = Label("story", "story.quoted", 0.9)
        for at, start, end, rule in inside.find_marked(sheet, labels):
            if start < 0:
                labels[at] = Label("note", rule, 0.9, (), False, self.new_group())
            else:
                self.add_piece(at, start, end, 0.95)
        for at, start, end in setoff.find_states(sheet, labels):
            if not sheet.lines[at][:start].strip() and not sheet.lines[at][end:].strip():
                labels[at] = Label("note", "note.bracket", 0.85, (), False, self.new_group())
            else:
                self.add_piece(at, start, end, 0.85)
        self._take_remarks(setoff.find_closed(sheet, labels))

    def find_remarks(self) -> None:
        """Remarks in what is story after its edges have been cut."""
        self._take_remarks(setoff.find_others(self.sheet, self.labels, self.blank))
        self._doubt_likely()

    def _take_remarks(self, candidates: Iterator[setoff.Candidate]) -> None:
        document = asides.Document(self.sheet, self.labels, self.blank, self.voice)
        for remark in asides.find_remarks(document, candidates):
            if not remark.certain:
                self.likely.append(remark)
            elif remark.start >= 0:
                self.add_piece(remark.first, remark.start, remark.end, round(remark.confidence, 2))
            else:
                group = self.new_group()
                for at in range(remark.first, remark.last + 1):
                    if setoff.is_text(self.labels[at]) and not self.blank[at]:
                        self.labels[at] = Label("note", "note.aside", round(remark.confidence, 2), (), False, group)

    def add_piece(self, at: int, start: int, end: int, confidence: float, kind: str = "note", rule: str = "note.inline") -> None:
        """Labels a part of a line, unless another part that it meets has a label."""
        begin = self.sheet.starts[at]
        piece = Piece(begin + start, begin + end, Label(kind, rule, confidence))
        if not any(other.start < piece.end and piece.start < other.end for other in self.pieces.get(at, ())):
            self.pieces.setdefault(at, []).append(piece)
            self.pieces[at].sort(key=lambda piece: piece.start)

    def _doubt_likely(self) -> None:
        """What is likely a remark of the author, but not surely, and still story by now, is a doubt."""
        for remark in self.likely:
            if not all(map(setoff.is_text, self.labels[remark.first : remark.last + 1])):
                continue
            doubt = round(1 - remark.confidence, 2)
            if remark.start >= 0:
                self.add_piece(remark.first, remark.start, remark.end, doubt, "story", "story.doubt")
                continue
            for at in range(remark.first, remark.last + 1):
                if not self.blank[at]:
                    self.labels[at] = Label("story", "story.doubt", doubt)

    def guard(self) -> None:
        """Gives notes back to the story where text rules took too much of it, unless nothing at all speaks for a story."""
        labels, lines = self.labels, self.sheet.lines
        doubtful = [at for at in self.labelled() if labels[at].rule in _GIVEN_BACK and labels[at].confidence < CERTAIN]
        if not doubtful:
            return
        story = [lines[at] for at in self.sheet.solid if labels[at] is None or labels[at].kind == "story"]
        kept, taken = sum(map(len, story)), sum(len(lines[at]) for at in doubtful)
        much = taken > MOST_TAKEN * (taken + kept)
        if kept and (much or words.count("\n".join(story[: 2 * FEWEST_WORDS])) < FEWEST_WORDS):
            for at in doubtful:
                if labels[at].confidence < (0.9 if much and kept > 400 else 0.8):
                    self.label(at, "story", "story.doubt", 0.5)

    def settle_parts(self) -> None:
        """An "Author's Note" line that did not begin a note is the heading of a part of the fiction."""
        labels = self.labels
        for at in self.parts:
            if (labels[at] is None or labels[at].kind == "story") and any(
                label is not None and label.kind == "heading" for label in labels
            ):
                labels[at] = Label("heading", "heading.part", 0.7, (), True, self.new_group())
