"""The labels of a text's lines by their own shape: breaks, end markers, furniture, and what may be a heading.

What needs its neighbours is left to `structure`, with the lines that may be something (`candidates`, `weak`, `dresses` ...).
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import compress, count, islice

from transforms.metadata.lines import read_line
from transforms.segments import pages, titles
from transforms.segments.blocks import may_begin
from transforms.segments.breaks import is_break, is_chant, is_flashback_mark, is_ornate, is_rating, is_word_break
from transforms.segments.endings import end_mark
from transforms.segments.furniture import furniture, is_count, is_step
from transforms.segments.headings import Heading, counted_line, counted_title, heading_at, is_extra
from transforms.segments.landmarks import box_owner, landmark, notes_label
from transforms.segments.layout import OPENERS, SHORT, Sheet
from transforms.segments.markers import QUOTED_READER
from transforms.segments.menus import is_row_of_parts
from transforms.segments.narrators import bare_name, in_turn, small_name
from transforms.segments.postings import is_cut_text, is_dated, is_posting
from transforms.segments.wrappers import list_feet, wrapping

_SENTENCE = 24  # characters; shorter lines that end like sentences may be something else
_ROWS = frozenset("oOxXvVuUzZqQ")  # letters that rows of letters are made of
_SENTENCE_END = frozenset(".!?,;…\"”'’»)。！？」』")

# How sentences of sites, end markers and headings begin; other long lines that end as sentences do are not looked at.
_LINE_OPENINGS = (
    "day ", "week ", "track ", "episode ", "scene ", "entry ", "letter ", "level ", "round ", "drabble ", "interlude", "chapter", "chap.", "ch.", "part ", "end ", "the end", "and the end", "to be c", "prev", "next", "please drop", "loading", "please log", "you must", "you are not", "you have reached", "not open", "generated",
    "the project g", "project guten", "download", "converted", "created", "be the first", "archived", "this story a", "this work i", "works insp", "work inspi", "the author w", "type your", "type", "your review",
    "copyright", "all rights", "powered", "see the end", "more notes", "edited", "last edited", "no comment", "get notif", "report", "comment", "continu", "prologue", "epilogue",
    "book ", "act ", "capítulo", "chapitre", "kapitel", "capitolo", "глава", "часть", "rozdzia", "flashback", "line break", "that's all", "thats all", "that’s all", "fin", "i", "v", "x",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "conte", "продолж", "конец",
)  # fmt: skip
# Sentences that begin like roman numerals, and are none.
_TOLD = re.compile(r"I (?!(?:is|was|are|as|stands?|means?)\b)[a-z]{2}|I['’](?:m|d|ll|ve) |(?:Into|Inside|If|It|In the) [a-z]")
PROMPTS = 3
_PROMPT = re.compile(r"> ?\w[^<>|»«]{0,60}$")
_FACTS = ("header.stats", "header.labels")
_PARTS = re.compile(
    r"[*_#~\- ]*(?:author['’]s note|acknowledge?ments|dedication|foreword|afterword|introduction|preface|conclusion|appendix(?: \w{1,3})?|about the author|epigraph|colophon|postscript|errata)[*_#~\- ]*",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Label:
    """What a line (or a piece of one) is, and why."""

    kind: str
    rule: str
    confidence: float
    topics: tuple[str, ...] = ()
    chapter: bool = False
    group: int = -1  # lines of one group are one segment


@dataclass(frozen=True, slots=True)
class Piece:
    """A labelled run of characters."""

    start: int
    end: int
    label: Label


def _is_sentence(line: str) -> bool:
    """Whether a stripped line is plainly a sentence, of which no rule for short lines makes anything: most are."""
    return (
        len(line) > _SENTENCE
        and line[-1] in '.!?,"”'
        and line[0].isalpha()
        and line[0] not in _ROWS
        and (not line[:16].lower().startswith(_LINE_OPENINGS) or (_TOLD.match(line) is not None and ":" not in line))
        and not ("::" in line or " | " in line or "wrote" in line or "kudos" in line)
    )


_CONVERTER = re.compile(r"^(?:Packaged|Story URL): ", re.MULTILINE)


class Shapes:
    """The labels of a sheet's lines while they are being decided, as far as a line alone decides."""

    def __init__(self, sheet: Sheet, structured: bool) -> None:
        self.sheet = sheet
        self.structured = structured
        self.labels: list[Label | None] = [None] * len(sheet.lines)
        self.blank = sheet.blank
        self.candidates: list[tuple[int, Heading]] = []
        self.weak: list[int] = []
        self.cuts: list[int] = []
        self.dated: list[int] = []
        self.names: list[tuple[int, str]] = []
        self.dresses: list[tuple[int, str, str]] = []  # lines in ornaments or capitals: dress and title
        self.half_ends: list[int] = []
        self.groups = 0
        self.landmarks: dict[int, str] = {}
        self.begun: list[int] = []  # lines that may begin a note that another line ends
        self.ratings: list[tuple[int, float]] = []  # rows of stars that may be a rating, and what they prove
        self.extras: list[int] = []  # lines such as "+1. The time he didn't", which follow five numbers
        self.cards: set[int] = set()  # lines that are cards of a film in the story
        self.boxes: list[tuple[int, str]] = []  # lines that may stand above a box with an author's note, and the name in them
        self.prompts = -1  # how many lines stand behind a prompt, once somebody has asked
        self.parts: list[int] = []  # lines that are named like the parts of a book

    def label_lines(self) -> None:
        """Labels the lines that a mark, their own words or their shape decide."""
        sheet, labels, blank, bare = self.sheet, self.labels, self.blank, self.sheet.bare
        tabbed = "\t" in sheet.text and "\n\t" in sheet.text and _CONVERTER.search(sheet.text, 0, 4000) is not None
        fixed = sheet.fixed
        repeated: dict[str, list[int]] = {}
        for at in fixed:
            self._fix(at)
        for at in sheet.solid:
            line = bare[at]
            first = line[0]
            if first in OPENERS and line[-1] in _SENTENCE_END and not tabbed:
                if first == "«" and is_step(line) and at not in fixed:
                    labels[at] = Label("boilerplate", "site.line", 0.95)  # "« Prev Next »"
                continue
            if at in fixed:
                continue
            raw = sheet.lines[at]
            if len(raw) > SHORT:
                if " left kudos on " in raw[-40:] and is_posting(line):
                    labels[at] = Label("boilerplate", "site.line", 0.95)
                continue
            if tabbed and raw[0] == "\t" and self.is_parted(at):
                self.candidates.append((at, Heading(line, True, None, "tab")))  # FanFicFare's text files put a tab before titles
                continue
            if first in OPENERS and line[-1] in _SENTENCE_END:
                continue
            if not _is_sentence(line):
                self._label_short(at, line, repeated)
            elif pages.opens(line) and pages.proof(line.lower().replace("’", "'")) == pages.CERTAIN:
                labels[at] = Label("boilerplate", "site.line", 0.95)
            elif may_begin(line):
                self.begun.append(at)
        marks = set(self.landmarks.values())
        if (
            marks & {"preface", "afterword"}
            and not marks & {"chapter end notes", "end notes", "pointer", "chapter notes"}
            and "Archive of Our Own" not in sheet.text
        ):
            for at, mark in self.landmarks.items():
                if mark in ("preface", "afterword") and labels[at] is not None and labels[at].kind == "boilerplate":
                    labels[at] = None  # a part of a book
                    self.parts.append(at)
        for at in {sheet.line_at(at) for at in pages.theft_places(sheet.text)}:
            if labels[at] is None and pages.is_theft_notice(bare[at]):
                labels[at] = Label("boilerplate", "site.theft", 0.95)
        self._label_repeated(repeated)
        self._give_back_ratings()
        for at in wrapping(sheet.text, sheet.lines):
            if not blank[at] and at not in fixed:
                labels[at] = Label("boilerplate", "site.wrapper", 0.95)
        for at in list_feet(sheet.text, sheet.lines):
            if not blank[at] and at not in fixed and (labels[at] is None or labels[at].kind != "end_marker"):
                labels[at] = Label("boilerplate", "site.list", 0.9)

    def _give_back_ratings(self) -> None:
        """Ratings in stars are no breaks: some full and some empty; with such a one in the text, where their number changes, or close
        above words, also full ones.
        """
        rated = (
            any(rating >= 1 for _, rating in self.ratings) or len({self.sheet.lines[at].strip() for at, _ in self.ratings}) > 1
        )
        for at, rating in self.ratings:
            close = not self.is_parted(at) and at + 1 < len(self.blank) and not self.blank[at + 1]
            if (rated or close or rating >= 1) and self.labels[at] is not None and self.labels[at].kind == "break":
                self.labels[at] = Label("story", "story.quoted", 0.9)

    def _label_repeated(self, repeated: dict[str, list[int]]) -> None:
        """Ornate lines that come again: the document's own breaks, unless they are the names of several who tell."""
        told = {name for _, name in self.names}
        turns = set(in_turn(self.names))
        for line, places in repeated.items():
            if turns.issuperset(places) or (len(told) >= 2 and (name := bare_name(line)) is not None and self.is_told_of(name)):
                continue
            row = line[0].isalnum() or line == "."
            if len(places) >= (2 if row else 3) or (line[0].isalnum() and len(line) <= 4 and self._is_alone(places[0])):
                for at in places:
                    self.labels[at] = Label("break", "break.own" if len(places) > 1 else "break.letters", 0.9)

    def is_told_of(self, name: str) -> bool:
        """Whether somebody of this name comes in the text, outside of lines that are nothing else."""
        word = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
        alone = sum(other == name for _, other in self.names)
        return sum(1 for _ in islice(word.finditer(self.sheet.text), alone + 1)) > alone

    def _fix(self, at: int) -> None:
        mark = self.sheet.fixed[at]
        self.labels[at] = Label(mark.kind, mark.rule or "structure", 1.0, mark.topics, mark.chapter, self.new_group())

    def new_group(self) -> int:
        """A number for lines that are one segment."""
        self.groups += 1
        return self.groups

    def _label_short(self, at: int, line: str, repeated: dict[str, list[int]]) -> None:
        """Labels a short line by its shape, or keeps it where it may be something in company. `repeated` gathers ornate lines."""
        letters = line[0].isalnum()
        if line[0] == ">" and (self._is_in_quotation(at) or self._is_typed()):
            return
        if line[0] in "★⭐✭✮" and (rating := is_rating(line)):
            self.ratings.append((at, rating))
        if len(line) == 3 and line[1] == " " and is_posting(line):
            self.labels[at] = Label("boilerplate", "site.line", 0.95)
            return
        if self._label_break(at, line, repeated):
            return
        if may_begin(line):
            self.begun.append(at)
        sentence = letters and line[-1] in '.!?,…"”;' and len(line) > _SENTENCE and "::" not in line and " | " not in line
        posted = sentence and ("wrote" in line or "kudos" in line) and is_posting(line)
        if sentence and not posted and line[0] not in "0123456789" and not line[:16].lower().startswith(_LINE_OPENINGS):
            return
        if self._label_words(at, line) or self._label_furniture(at, line):
            return
        if (dress := titles.dress_of(line)) is not None:
            self.dresses.append((at, *dress))
        elif (counted := counted_title(line)) is not None and not titles.is_time(line):
            self.candidates.append((at, counted))
        if len(line) <= 34 and (name := bare_name(line) or small_name(line)) is not None:
            self.names.append((at, name))
        if not letters and is_ornate(line):
            repeated.setdefault(line, []).append(at)

    def _label_break(self, at: int, line: str, repeated: dict[str, list[int]]) -> bool:
        """Labels a break in signs, or keeps what is one where it comes again; True if the line can be nothing else."""
        if is_break(line):
            if line == "--" and at + 1 < len(self.sheet.lines) and self.sheet.lines[at + 1].strip():
                return True  # a mail's signature follows
            self.labels[at] = Label("break", "break.symbols", 0.98)
        elif line in ("-", "–") and self.is_parted(at):
            self.labels[at] = Label("break", "break.symbols", 0.85)
        elif line == "." and self.is_parted(at):
            repeated.setdefault(line, []).append(at)
        elif is_chant(line) and self.is_parted(at):
            self.labels[at] = Label("break", "break.chant", 0.9)
        elif line[0].isalnum() and is_ornate(line):
            repeated.setdefault(line, []).append(at)
        else:
            return False
        return True

    def _label_words(self, at: int, line: str) -> bool:
        """Labels what is known by its words: ends, breaks, labels of notes, rows of parts; True if the line can be nothing else."""
        if len(line) <= 40 and line[0] in "AaDdFfIiPpECcT*" and _PARTS.fullmatch(line):
            self.parts.append(at)
        end = end_mark(line) if len(line) <= 70 else 0
        if end >= 0.8:
            self.labels[at] = Label("end_marker", "end.words", 0.95)
            return True
        if end:
            self.half_ends.append(at)
        if len(line) <= 60 and is_word_break(line):
            self.labels[at] = Label("break", "break.words", 0.95)
            return True
        if len(line) <= 50 and is_flashback_mark(line):
            self.labels[at] = Label("break", "break.flashback", 0.95)
            return True
        if line[-1] == ")" and is_cut_text(line):
            self.cuts.append(at)
        if line[-1] in "0123456789mM" and is_dated(line):
            self.dated.append(at)
        if line[0] in "aAcCN" and (owner := box_owner(line)) is not None:
            self.boxes.append((at, owner))
        mark = notes_label(line) if line[-1] == ":" and "ote" in line else ""
        if mark:
            self.landmarks[at] = mark
            self.labels[at] = Label("note", "note.label", 0.95)
            return True
        if line[0] in "+*(_~pP" and is_extra(line):
            self.extras.append(at)
            return True
        if is_row_of_parts(line):
            self.labels[at] = Label("boilerplate", "site.contents", 0.9)
            return True
        return False

    def _label_furniture(self, at: int, line: str) -> bool:
        """Labels a site's line, and keeps what may be one or a heading; True if the line can be nothing else."""
        chrome = furniture(line)
        if chrome >= 1 and line[:8].lower() == "click to" and self._is_quoted_reader(at):
            return True
        if (
            chrome >= 1
            and line.count(":") > 2
            and (facts := read_line(line)) is not None
            and facts.rule in _FACTS
            and facts.weight >= 2
        ):
            return True  # a row of labels looks like a menu
        if chrome >= 1:
            self.labels[at] = Label("boilerplate", "site.line", 0.95)
            mark = landmark(line)
            if mark:
                self.landmarks[at] = mark
            elif line[:8].lower().startswith(("see the", "(see the")):
                self.landmarks[at] = "pointer" if "more notes" in line.lower() else "notes at the end"
            return True
        heading = heading_at(line)
        if counts := counted_line(line):
            self.candidates += [(at, count) for count in counts]
            if heading is None:
                return True
        if heading is not None:
            self.candidates.append((at, heading))
            if (chrome and heading.number is None) or (is_count(line) and not self.is_parted(at)):
                self.weak.append(at)
            return True
        if chrome:
            reading = read_line(line) if ":" in line else None
            if reading is None or reading.label is None or reading.kind != "metadata":
                self.weak.append(at)
            return True
        return False

    def _is_in_quotation(self, at: int) -> bool:
        """Whether a line in the dress of a quotation (`> like this`) has another above or below; what it holds is one block."""
        lines = self.sheet.lines
        return any(0 <= k < len(lines) and lines[k].lstrip()[:1] == ">" for k in (at - 1, at + 1))

    def _is_typed(self) -> bool:
        """Whether several lines stand behind a prompt (`> GO HOME`), as in a game that is the story."""
        if self.prompts < 0:
            self.prompts = sum(_PROMPT.match(line) is not None for line in self.sheet.lines[:2000] if line[:1] == ">")
        return self.prompts >= PROMPTS

    def _is_quoted_reader(self, at: int) -> bool:
        """Whether a line closes the words of a reader that a forum quotes ("Gull said: ↑"); they belong to the answer below."""
        above = (line.strip() for line in self.sheet.lines[max(0, at - 8) : at])
        return any(len(line) <= 60 and QUOTED_READER.match(line) is not None for line in above)

    def is_parted(self, at: int) -> bool:
        """Whether the lines above and below are blank."""
        lines = self.sheet.lines
        return (at == 0 or not lines[at - 1].strip()) and (at + 1 >= len(lines) or not lines[at + 1].strip())

    def _is_alone(self, at: int) -> bool:
        """Whether blank lines part a line from text on both sides."""
        lines = self.sheet.lines
        if not (0 < at < len(lines) - 2) or lines[at - 1].strip() or lines[at + 1].strip():
            return False
        return any(line.strip() for line in lines[at + 2 : at + 12]) and len(lines) - at > 6

    def next_text(self, at: int) -> int:
        """The next line that is not blank, or the number of lines."""
        count = len(self.blank)
        while at < count and self.blank[at]:
            at += 1
        return at

    def labelled(self) -> list[int]:
        """The lines with labels."""
        return list(compress(count(), self.labels))

    def is_free(self, at: int) -> bool:
        """Whether a line is text without a label."""
        return self.labels[at] is None and not self.blank[at]
