"""The structure of a text, line by line: header, headings, breaks, end markers, furniture.

First each line by its own shape, then what needs its neighbours: numbers that go on, buttons in company, a table of contents.
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.segments.blocks import may_begin
from transforms.segments.breaks import end_mark, is_break, is_flashback_mark, is_word_break
from transforms.segments.furniture import furniture, is_dated, is_posting, landmark, posting_head
from transforms.segments.headings import Heading, bare_name, confirm, heading_at, tellers
from transforms.segments.layout import OPENERS, Sheet
from transforms.segments.markers import marker_at

_SENTENCE_END = frozenset(".!?,;…\"”'’»)。！？」』")
_SHORT = 120  # characters; longer lines have no shape of their own

# How sentences of sites, end markers and headings begin; other long lines that end as sentences do are not looked at.
_LINE_OPENINGS = (
    "chapter", "chap.", "ch.", "part ", "end ", "the end", "and the end", "to be c", "prev", "next", "please drop", "loading", "please log", "you must", "you have reached", "not open", "generated",
    "download", "converted", "created", "be the first", "archived", "this story a", "this work i", "works insp", "work inspi", "the author w", "type your", "type", "your review",
    "copyright", "all rights", "powered", "see the end", "more notes", "edited", "last edited", "no comment", "get notif", "report", "comment", "continu", "prologue", "epilogue",
    "book ", "act ", "capítulo", "chapitre", "kapitel", "capitolo", "глава", "часть", "rozdzia", "flashback", "line break", "that's all", "thats all", "that’s all", "fin", "i", "v", "x",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "conte", "продолж", "конец",
)  # fmt: skip
_PARTS = re.compile(
    r"[*_#~\- ]*(?:author['’]s note|acknowledge?ments|dedication|foreword|afterword|introduction|preface|conclusion|appendix(?: \w{1,3})?|epigraph|colophon|postscript|errata)[*_#~\- ]*",
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


_SUMMARY = re.compile(r"[*_ ]*(?:chapter )?summary(?: for the chapter)?[*_ ]*:?[*_ ]*|summary for the chapter:?", re.IGNORECASE)
_ITALIAN = re.compile(r"\b(?:che|di|il|della|non|una|per|gli|è|del|con|lei|lui|si)\b")
_CONVERTER = re.compile(r"^(?:Packaged|Story URL): ", re.MULTILINE)


class Structure:
    """The labels of a sheet's lines while they are being decided."""

    def __init__(self, sheet: Sheet, structured: bool) -> None:
        self.sheet = sheet
        self.structured = structured
        self.labels: list[Label | None] = [None] * len(sheet.lines)
        self.blank: list[bool] = []
        self.candidates: list[tuple[int, Heading]] = []
        self.weak: list[int] = []
        self.dated: list[int] = []
        self.names: list[tuple[int, str]] = []
        self.half_ends: list[int] = []
        self.groups = 0
        self.landmarks: dict[int, str] = {}
        self.wrapped_in: list[int] = []  # lines in brackets or asterisks from end to end
        self.begun: list[int] = []  # lines that may begin a note that another line ends
        self.parts: list[int] = []  # lines that are named like the parts of a book

    # -- lines by their own shape ------------------------------------------------------------------------------------------

    def label_lines(self) -> None:
        sheet, labels, blank = self.sheet, self.labels, self.blank
        tabbed = "\n\t" in sheet.text and _CONVERTER.search(sheet.text, 0, 4000) is not None
        fixed = sheet.fixed
        repeated: dict[str, list[int]] = {}
        for at, raw in enumerate(sheet.lines):
            if not raw or raw.isspace():
                blank.append(True)
                if at in fixed:
                    self._fix(at)
                continue
            blank.append(False)
            if at in fixed:
                self._fix(at)
                continue
            if len(raw) > _SHORT:
                first = raw[0]
                if first in "[({<*【（":
                    self.wrapped_in.append(at)
                if " left kudos on " in raw[-40:] and is_posting(raw.strip()):
                    labels[at] = Label("boilerplate", "site.line", 0.95)
                continue
            line = raw.strip()
            first = line[0]
            if tabbed and raw[0] == "\t" and self._is_parted(at):
                self.candidates.append((at, Heading(line, True, None, "tab")))  # FanFicFare's text files put a tab before titles
                continue
            if first in OPENERS and line[-1] in _SENTENCE_END:
                continue
            if first in "[({<*【（_":
                self.wrapped_in.append(at)
            self._label_short(at, line, repeated)
        if not (
            "Archive of Our Own" in sheet.text
            or set(self.landmarks.values()) & {"chapter end notes", "end notes", "pointer", "chapter notes"}
        ):
            for at, mark in self.landmarks.items():
                if mark in ("preface", "afterword") and labels[at] is not None and labels[at].kind == "boilerplate":
                    labels[at] = None  # a part of a book
                    self.parts.append(at)
        for line, places in repeated.items():
            if len(places) >= 3 and not any(ch.isdigit() for ch in line):
                for at in places:
                    labels[at] = Label("break", "break.own", 0.9)

    def _fix(self, at: int) -> None:
        mark = self.sheet.fixed[at]
        self.labels[at] = Label(mark.kind, mark.rule or "structure", 1.0, mark.topics, mark.chapter, self.new_group())

    def new_group(self) -> int:
        self.groups += 1
        return self.groups

    def _label_short(self, at: int, line: str, repeated: dict[str, list[int]]) -> None:
        labels = self.labels
        last = line[-1]
        letters = line[0].isalnum()
        if len(line) == 3 and line[1] == " " and is_posting(line):
            labels[at] = Label("boilerplate", "site.line", 0.95)
            return
        if is_break(line):
            if line == "--" and at + 1 < len(self.sheet.lines) and self.sheet.lines[at + 1].strip():
                return  # a mail's signature follows
            labels[at] = Label("break", "break.symbols", 0.98)
            return
        if len(line) <= 5 and line.lower() in ("xxx", "ooo", "xx", "xxxx") and self._is_alone(at):
            labels[at] = Label("break", "break.letters", 0.8)
            return
        if may_begin(line):
            self.begun.append(at)
        sentence = letters and last in '.!?,…"”;' and len(line) > 24
        posted = sentence and ("wrote" in line or "kudos" in line) and is_posting(line)
        if sentence and not posted and line[0] not in "0123456789" and not line[:16].lower().startswith(_LINE_OPENINGS):
            return
        if len(line) <= 40 and line[0] in "AaDdFfIiPpECcT*" and _PARTS.fullmatch(line):
            self.parts.append(at)
        end = end_mark(line) if len(line) <= 70 else 0
        if end >= 0.8:
            labels[at] = Label("end_marker", "end.words", 0.95)
            return
        if end:
            self.half_ends.append(at)
        if len(line) <= 60 and is_word_break(line):
            labels[at] = Label("break", "break.words", 0.95)
            return
        if len(line) <= 50 and is_flashback_mark(line):
            labels[at] = Label("break", "break.flashback", 0.95)
            return
        if last in "0123456789mM" and is_dated(line):
            self.dated.append(at)
        chrome = furniture(line)
        if chrome >= 1:
            labels[at] = Label("boilerplate", "site.line", 0.95)
            mark = landmark(line)
            if mark:
                self.landmarks[at] = mark
            elif line[:8].lower().startswith(("see the", "(see the")):
                self.landmarks[at] = "pointer" if "more notes" in line.lower() else "notes at the end"
            return
        heading = heading_at(line)
        if heading is not None:
            self.candidates.append((at, heading))
            if chrome and heading.number is None:
                self.weak.append(at)
            return
        if chrome:
            self.weak.append(at)
            return
        if len(line) <= 34 and (name := bare_name(line)) is not None:
            self.names.append((at, name))
        if len(line) <= 24 and not letters and last not in '.!?,…"”' and line[0] not in "[(#@":
            repeated.setdefault(line, []).append(at)

    def _is_parted(self, at: int) -> bool:
        """Whether the lines above and below are blank."""
        lines = self.sheet.lines
        return (at == 0 or not lines[at - 1].strip()) and (at + 1 >= len(lines) or not lines[at + 1].strip())

    def _is_alone(self, at: int) -> bool:
        """Whether blank lines part a line from text on both sides."""
        lines = self.sheet.lines
        if not (0 < at < len(lines) - 2) or lines[at - 1].strip() or lines[at + 1].strip():
            return False
        return any(line.strip() for line in lines[at + 2 : at + 12]) and len(lines) - at > 6

    # -- structure that needs its neighbours ---------------------------------------------------------------------------------

    def next_text(self, at: int) -> int:
        """The next line that is not blank, or the number of lines."""
        count = len(self.blank)
        while at < count and self.blank[at]:
            at += 1
        return at

    def is_free(self, at: int) -> bool:
        return self.labels[at] is None and not self.blank[at]

    def settle_headings(self) -> None:
        labels = self.labels
        open_ones = [(at, heading) for at, heading in self.candidates if labels[at] is None]
        company = confirm(open_ones, self._text_lines, lambda at: self._stands_free(at, False)) if open_ones else set()
        titles: dict[str, list[int]] = {}
        for at, heading in open_ones:
            sure = heading.certain or at in company
            if not sure and heading.number == 1 and heading.style.endswith("t") and at == open_ones[0][0]:
                sure = self._opens(at)
            if not sure or not self._stands_free(at, True):
                continue
            rule = "heading.pov" if heading.pov is not None else f"heading.{heading.style.split('|')[0]}"
            labels[at] = Label("heading", rule, 0.95 if heading.certain else 0.85, (), heading.pov is None, self.new_group())
            titles.setdefault(heading.title.lower(), []).append(at)
        for at, heading in open_ones:
            if labels[at] is None and heading.title.lower() in titles:
                titles[heading.title.lower()].insert(0, at)
                labels[at] = Label("heading", "heading.listed", 0.6)
        self._book_parts()
        self._tables_of_contents(titles)
        self._chapter_summaries()
        self._titles_after_numbers()
        self._tellers()

    def _tellers(self) -> None:
        """Bare names above the parts that their bearers tell."""
        names = [(at, name) for at, name in self.names if self.is_free(at) and self._stands_free(at, False)]
        if len(names) < 2:
            return
        for at in tellers(names, self._is_below_heading, self._text_lines):
            self.labels[at] = Label("heading", "heading.pov", 0.8, (), False, self.new_group())

    def _is_below_heading(self, at: int) -> bool:
        """Whether nothing but blank lines is between a line and a chapter's heading, the header or the beginning."""
        above = at - 1
        while above >= 0 and self.blank[above]:
            above -= 1
        label = self.labels[above] if above >= 0 else None
        return above < 0 or (label is not None and label.kind in ("heading", "metadata", "summary"))

    def _text_lines(self, first: int, last: int) -> int:
        """How many lines of text stand between two lines (counted up to a few)."""
        found = 0
        for at in range(first + 1, last):
            if not self.blank[at] and self.labels[at] is None:
                found += 1
                if found >= 3:
                    break
        return found

    def _opens(self, at: int) -> bool:
        """Whether a line stands alone at the beginning, with at most a few short notes above it."""
        if not self._stands_free(at, False):
            return False
        above = sum(1 for line in range(at) if not self.blank[line] and self.labels[line] is None)
        return above <= 6

    def _book_parts(self) -> None:
        """Names of the parts of a book ("Acknowledgements") are headings where the text has other headings, and so is a first
        "One: The Lead Line" below such a part."""
        labels, sheet = self.labels, self.sheet
        parts = [at for at in self.parts if labels[at] is None and self._stands_free(at, False)]
        if not parts:
            return
        firsts = [
            at
            for at, heading in self.candidates
            if labels[at] is None and heading.number == 1 and heading.style.endswith("t") and self._stands_free(at, False)
        ]
        if not firsts and not any(label is not None and label.kind == "heading" for label in labels):
            return
        for at in firsts[:1]:
            labels[at] = Label("heading", "heading.first", 0.8, (), True, self.new_group())
        for at in parts:
            if marker_at(sheet.lines[at].strip()) is None:
                labels[at] = Label("heading", "heading.part", 0.85, (), True, self.new_group())

    def _stands_free(self, at: int, certain: bool) -> bool:
        """Whether a line is parted from the prose around it, as headings are."""
        before = at == 0 or self.blank[at - 1] or self.labels[at - 1] is not None
        after = at + 1 >= len(self.blank) or self.blank[at + 1] or self.labels[at + 1] is not None
        if before and after:
            return True
        return (before or after) and (certain or self.sheet.usual_gap == 0)

    def _tables_of_contents(self, titles: dict[str, list[int]]) -> None:
        """Headings in a row whose titles come again further down are a table of contents."""
        labels = self.labels
        run: list[int] = []
        order = [at for at, label in enumerate(labels) if label is not None and label.kind == "heading"]
        again = {at for places in titles.values() for at in places[:-1]}
        for at in [*order, -1]:
            if run and at >= 0 and at in again and self.next_text(run[-1] + 1) == at:
                run.append(at)
                continue
            if len(run) >= 2:
                for line in run:
                    labels[line] = Label("boilerplate", "site.contents", 0.9)
            run = [at] if at in again else []
        for at, label in enumerate(labels):
            if label is not None and label.rule == "heading.listed":
                labels[at] = None

    def _chapter_summaries(self) -> None:
        """A line "Chapter Summary" below a heading, and the paragraph after it."""
        labels = self.labels
        for at, label in enumerate(labels):
            if label is None or label.kind != "heading" or not label.chapter:
                continue
            below = self.next_text(at + 1)
            if below >= len(labels) or labels[below] is not None:
                continue
            if _SUMMARY.fullmatch(self.sheet.lines[below].strip()) is None:
                continue
            group, last = self.new_group(), self.next_text(below + 1)
            labels[below] = Label("summary", "site.chapter_summary", 0.95, (), False, group)
            while last < len(labels) and self.is_free(last):
                labels[last] = Label("summary", "site.chapter_summary", 0.9, (), False, group)
                last += 1

    def _titles_after_numbers(self) -> None:
        """A short line right below a bare "Chapter 3" is its title."""
        labels, sheet = self.labels, self.sheet
        for at in range(len(labels)):
            label = labels[at]
            if label is None or label.kind != "heading" or not label.chapter or at in sheet.fixed:
                continue
            core = sheet.lines[at].strip().strip("*_~#=-–—<>[]().: ")
            if len(core.split()) > 2:
                continue
            below = at + 1
            if below < len(labels) and self.is_free(below):
                line = sheet.lines[below].strip()
                alone = below + 1 >= len(labels) or self.blank[below + 1]
                if (
                    alone
                    and len(line) <= 60
                    and line[-1] not in '.!?,…:;"”'
                    and line[0] not in OPENERS
                    and marker_at(line) is None
                    and len(line.split()) <= 9
                ):
                    labels[below] = Label("heading", "heading.title", 0.8, (), True, label.group)

    def settle_furniture(self) -> None:
        """Plain words on buttons: furniture next to certain furniture, or in a run at a document's edge."""
        labels, sheet = self.labels, self.sheet
        for date in self.dated:
            if self.is_free(date):
                for at in posting_head(sheet.lines, self.is_free, date):
                    labels[at] = Label("boilerplate", "site.posting", 0.9)
        weak = set(at for at in self.weak if labels[at] is None or (labels[at].kind == "heading" and labels[at].confidence < 0.9))
        if not weak:
            return
        certain = [at for at, label in enumerate(labels) if label is not None and label.kind == "boilerplate"]
        accepted: set[int] = set()
        for start in certain:
            for step in (1, -1):
                at = start + step
                while 0 <= at < len(labels):
                    if self.blank[at]:
                        at += step
                        continue
                    if at in weak:
                        accepted.add(at)
                    elif labels[at] is None or labels[at].kind != "boilerplate":
                        break
                    at += step
        for step, at in ((1, 0), (-1, len(labels) - 1)):
            run = []
            while 0 <= at < len(labels):
                if not self.blank[at]:
                    if at not in weak and at not in accepted and (labels[at] is None or labels[at].kind != "boilerplate"):
                        break
                    run.append(at)
                at += step
            real = [line for line in run if any(ch.isalpha() for ch in sheet.lines[line])]
            if len(run) >= 2 or (len(real) == 1 and sheet.lines[real[0]].strip().lower() in ("follow", "actions")):
                accepted.update(line for line in run if line in weak)
        for at in accepted:
            labels[at] = Label("boilerplate", "site.button", 0.85)

    def _is_italian(self) -> bool:
        sample = self.sheet.text[-4000:].lower()
        return len(_ITALIAN.findall(sample)) * 16 >= sample.count(" ") + 1

    def settle_ends(self) -> None:
        """Ordinary words that may be end markers ("End.", "Fine") count where nothing but notes can follow."""
        labels = self.labels
        for at in self.half_ends:
            line = self.sheet.lines[at].strip()
            if labels[at] is not None or (line.rstrip(".! ") == "Fine" and not self._is_italian()):
                continue
            nxt = self.next_text(at + 1)
            gap = nxt - at
            if (
                nxt >= len(labels)
                or (labels[nxt] is not None and labels[nxt].kind in ("heading", "boilerplate", "note", "metadata"))
                or gap > self.sheet.usual_gap + 1
            ):
                labels[at] = Label("end_marker", "end.place", 0.8)
            else:
                line = self.sheet.lines[nxt].strip()
                remaining = sum(1 for k in range(nxt, min(len(labels), nxt + 12)) if not self.blank[k])
                if marker_at(line) is not None or remaining <= 3:
                    labels[at] = Label("end_marker", "end.place", 0.8)
