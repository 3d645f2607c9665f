"""From lines to segments: structure first (headers, headings, breaks, furniture), then the edges of each body, then what is closed.

Everything is decided per line, but for notes in brackets inside a line; the labels are put together to a partition last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms import words
from transforms.documents import Mark, Segment
from transforms.metadata.headers import find_header
from transforms.metadata.lines import read_line
from transforms.segments import edges, inside
from transforms.segments.breaks import end_mark, is_break, is_flashback_mark, is_word_break
from transforms.segments.edges import Body, Item, Voice, cut_head, cut_tail, hear
from transforms.segments.furniture import furniture, landmark
from transforms.segments.headings import Heading, confirm, heading_at
from transforms.segments.layout import OPENERS, Paragraph, Sheet, lay_out
from transforms.segments.markers import Marker, marker_at
from transforms.segments.seams import SHORTEST, find_seams
from transforms.segments.topics import find_topics

MOST_TAKEN = 1 / 3  # of a work's characters that text rules may take from the story
FEWEST_WORDS = 50  # that must be left

BELOW_HEADER = 0.8  # what the place right below a header adds to a first paragraph with any cue of an author
LEARNED = (0.0, 0.8, 1.3)  # by how much a cut may miss its threshold where the document has none, one, more notes at its edges

_SENTENCE_END = frozenset(".!?,;…\"”'’»)。！？」』")
_SHORT = 120


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


CLOSED = frozenset(("note.bracket", "note.marked", "note.inline", "note.pair"))

# How sentences of sites, end markers and headings begin; other long lines that end as sentences do are not looked at.
_LINE_OPENINGS = (
    "chapter", "chap.", "ch.", "part ", "end ", "the end", "and the end", "to be c", "prev", "next", "please drop", "please log", "you must", "not open", "generated",
    "download", "converted", "created", "be the first", "archived", "this story a", "this work i", "works insp", "work inspi", "the author w", "type your", "type", "your review",
    "copyright", "all rights", "powered", "see the end", "more notes", "edited", "last edited", "no comment", "get notif", "report", "comment", "continu", "prologue", "epilogue",
    "book ", "act ", "capítulo", "chapitre", "kapitel", "capitolo", "глава", "часть", "rozdzia", "flashback", "line break", "that's all", "thats all", "that’s all", "fin", "i", "v", "x",
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "conte", "продолж", "конец",
)  # fmt: skip
_PARTS = re.compile(
    r"[*_#~\- ]*(?:author['’]s note|acknowledge?ments|dedication|foreword|afterword|introduction|preface|conclusion|appendix(?: \w{1,3})?|epigraph|colophon|postscript|errata)[*_#~\- ]*",
    re.IGNORECASE,
)
_NONE = Marker(0.0, (), 0, False, False, "", "")
STORY = Label("story", "story", 0.95)
ENVELOPES = ("mail.", "table.")
"""Marks of what a text came in. A header may still stand in the text: a list posting's, a pasted page's in a dump."""


def partition(text: str, marks: Sequence[Mark]) -> tuple[Segment, ...]:
    """The segments of a text; see `transforms.segments.split`."""
    if not text:
        return ()
    sheet = lay_out(text, marks)
    page = _Page(sheet, any(mark.kind == "metadata" and not mark.rule.startswith(ENVELOPES) for mark in marks))
    page.label_lines()
    page.settle_furniture()
    page.find_headers()
    page.settle_headings()
    page.settle_furniture()
    page.settle_ends()
    page.find_inside()
    page.cut_bodies()
    page.guard()
    page._settle_parts()
    return _segments(sheet, page)


class _Page:
    """The labels of a sheet's lines while they are being decided."""

    def __init__(self, sheet: Sheet, structured: bool) -> None:
        self.sheet = sheet
        self.structured = structured
        self.labels: list[Label | None] = [None] * len(sheet.lines)
        self.blank: list[bool] = []
        self.candidates: list[tuple[int, Heading]] = []
        self.weak: list[int] = []
        self.half_ends: list[int] = []
        self.pieces: dict[int, list[Piece]] = {}
        self.groups = 0
        self.landmarks: dict[int, str] = {}
        self.wrapped_in: list[int] = []  # lines in brackets or asterisks from end to end
        self.doubts: list[tuple[int, int, float]] = []
        self.header_end = -1
        self.parts: list[int] = []  # lines that are named like the parts of a book
        self.voice: Voice | None = None
        self.waiting: list[tuple[Sequence[Item], edges.Cut]] = []  # cuts that nearly passed
        self.noted = 0  # cuts that passed

    # -- lines by their own shape ------------------------------------------------------------------------------------------

    def label_lines(self) -> None:
        sheet, labels, blank = self.sheet, self.labels, self.blank
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
                continue
            line = raw.strip()
            first = line[0]
            if first in OPENERS and line[-1] in _SENTENCE_END:
                continue
            if first in "[({<*【（_":
                self.wrapped_in.append(at)
            self._label_short(at, line, repeated)
        if not ("Archive of Our Own" in sheet.text or set(self.landmarks.values()) & {"chapter end notes", "end notes", "pointer", "chapter notes"}):
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
        self.labels[at] = Label(mark.kind, mark.rule or "structure", 1.0, mark.topics, mark.chapter, self._group())

    def _group(self) -> int:
        self.groups += 1
        return self.groups

    def _label_short(self, at: int, line: str, repeated: dict[str, list[int]]) -> None:
        labels = self.labels
        last = line[-1]
        letters = line[0].isalnum()
        if is_break(line):
            if line == "--" and at + 1 < len(self.sheet.lines) and self.sheet.lines[at + 1].strip():
                return  # a mail's signature follows
            labels[at] = Label("break", "break.symbols", 0.98)
            return
        if len(line) <= 5 and line.lower() in ("xxx", "ooo", "xx", "xxxx") and self._is_alone(at):
            labels[at] = Label("break", "break.letters", 0.8)
            return
        sentence = letters and last in ".!?,…\"”;" and len(line) > 24
        if sentence and line[0] not in "0123456789" and not line[:12].lower().startswith(_LINE_OPENINGS):
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
            if chrome:
                self.weak.append(at)
            return
        if chrome:
            self.weak.append(at)
            return
        if len(line) <= 24 and not letters and last not in ".!?,…\"”" and line[0] not in "[(#@":
            repeated.setdefault(line, []).append(at)

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

    def _is_free(self, at: int) -> bool:
        return self.labels[at] is None and not self.blank[at]

    def find_headers(self) -> None:
        if self.structured:
            return
        sheet, labels = self.sheet, self.labels
        count = len(sheet)
        at = self.next_text(0)
        while at < count and (at in sheet.fixed or labels[at] is not None and labels[at].kind in ("boilerplate", "break")):
            at = self.next_text(at + 1)
        if at < count and at not in sheet.fixed and not (labels[at] is not None and labels[at].kind == "heading"):
            self._place_header(at)
        for seam in self._seams():
            if labels[seam] is None or labels[seam].kind not in ("metadata", "summary"):
                self._place_header(seam, again=True)
        self._trailing_metadata()

    def _seams(self) -> list[int]:
        """Lines inside the text where a posting's header may begin again."""
        text = self.sheet.text
        found = []
        for token in ("\nFrom:", "\nTitle:", "\nTITLE:", "\nSubject:", "\nFROM:", "\n**Title"):
            at = text.find(token)
            while at >= 0 and len(found) < 200:
                found.append(at + 1)
                at = text.find(token, at + 1)
        if not found:
            return []
        places = []
        starts = {start: line for line, start in enumerate(self.sheet.starts)} if found else {}
        for offset in sorted(found):
            line = starts.get(offset)
            if line is not None and (line == 0 or self.blank[line - 1]):
                places.append(line)
        return places

    def _place_header(self, first: int, again: bool = False) -> None:
        sheet, labels = self.sheet, self.labels
        stop = len(sheet.text)
        for at in range(first, min(len(sheet), first + 200)):
            if at in sheet.fixed:
                stop = sheet.starts[at]
                break
        header = find_header(sheet.text, sheet.starts[first], stop)
        if header is None:
            return
        if again and sum(len(span.pairs) for span in header.spans if span.kind == "metadata") < 2:
            return
        at = first
        count = len(sheet)
        for span in header.spans:
            group = self._group()
            while at < count and sheet.ends[at] <= span.start:
                at += 1
            while at < count and sheet.starts[at] < span.end:
                if not self.blank[at]:
                    labels[at] = Label(span.kind, span.rule, span.confidence, span.topics, False, group)
                at += 1
        if not again:
            self.header_end = at

    def _trailing_metadata(self) -> None:
        labels, sheet = self.labels, self.sheet
        at, seen = len(sheet) - 1, 0
        while at >= 0 and seen < 12:
            if not self.blank[at] and at not in sheet.fixed:
                label = labels[at]
                if label is None or (label.kind == "heading"):
                    line = sheet.lines[at].strip()
                    if not (line[0] == "#" or ":" in line[:40] or "：" in line[:20]):
                        break
                    reading = read_line(line) if len(line) < 400 else None
                    if reading is None or reading.kind != "metadata" or reading.weight < 1:
                        break
                    labels[at] = Label("metadata", reading.rule, 0.9)
                elif label.kind not in ("boilerplate", "metadata"):
                    break
                seen += 1
            at -= 1

    def settle_headings(self) -> None:
        sheet, labels = self.sheet, self.labels
        open_ones = [(at, heading) for at, heading in self.candidates if labels[at] is None]
        company = confirm(open_ones, self._text_lines) if open_ones else set()
        titles: dict[str, list[int]] = {}
        for at, heading in open_ones:
            sure = heading.certain or at in company
            if not sure and heading.number == 1 and heading.style.endswith("t") and at == open_ones[0][0]:
                sure = self._opens(at)
            if not sure or not self._stands_free(at, True):
                continue
            rule = "heading.pov" if heading.pov is not None else f"heading.{heading.style.split('|')[0]}"
            labels[at] = Label("heading", rule, 0.95 if heading.certain else 0.85, (), heading.pov is None, self._group())
            titles.setdefault(heading.title.lower(), []).append(at)
        for at, heading in open_ones:
            if labels[at] is None and heading.title.lower() in titles:
                titles[heading.title.lower()].insert(0, at)
                labels[at] = Label("heading", "heading.listed", 0.6)
        self._book_parts()
        self._tables_of_contents(titles)
        self._titles_after_numbers()

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
        firsts = [at for at, heading in self.candidates if labels[at] is None and heading.number == 1 and heading.style.endswith("t") and self._stands_free(at, False)]
        if not firsts and not any(label is not None and label.kind == "heading" for label in labels):
            return
        for at in firsts[:1]:
            labels[at] = Label("heading", "heading.first", 0.8, (), True, self._group())
        for at in parts:
            if marker_at(sheet.lines[at].strip()) is None:
                labels[at] = Label("heading", "heading.part", 0.85, (), True, self._group())


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
            if below < len(labels) and self._is_free(below):
                line = sheet.lines[below].strip()
                alone = below + 1 >= len(labels) or self.blank[below + 1]
                if alone and len(line) <= 60 and line[-1] not in ".!?,…:;\"”" and line[0] not in OPENERS and marker_at(line) is None and len(line.split()) <= 9:
                    labels[below] = Label("heading", "heading.title", 0.8, (), True, label.group)

    def settle_furniture(self) -> None:
        """Plain words on buttons: furniture next to certain furniture, or in a run at a document's edge."""
        labels, sheet = self.labels, self.sheet
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

    def settle_ends(self) -> None:
        """Ordinary words that may be end markers ("End.", "Fine") count where nothing but notes can follow."""
        labels = self.labels
        for at in self.half_ends:
            if labels[at] is not None:
                continue
            nxt = self.next_text(at + 1)
            gap = nxt - at
            if nxt >= len(labels) or (labels[nxt] is not None and labels[nxt].kind in ("heading", "boilerplate", "note", "metadata")) or gap > self.sheet.usual_gap + 1:
                labels[at] = Label("end_marker", "end.place", 0.8)
            else:
                line = self.sheet.lines[nxt].strip()
                remaining = sum(1 for k in range(nxt, min(len(labels), nxt + 12)) if not self.blank[k])
                if marker_at(line) is not None or remaining <= 3:
                    labels[at] = Label("end_marker", "end.place", 0.8)

    # -- bodies ---------------------------------------------------------------------------------------------------------------

    def cut_bodies(self) -> None:
        labels = self.labels
        count = len(labels)
        start, before, bodies = 0, -1, 0
        for at in range(count + 1):
            label = labels[at] if at < count else None
            if at == count or (label is not None and label.kind not in ("break", "story") and label.rule not in CLOSED):
                if at > start:
                    bodies += 1
                    self._cut_body(start, at, before, at if at < count else -1)
                start, before = at + 1, at
        sure = self.noted
        for items, cut in self.waiting:
            if bodies >= 2 and cut.missing <= LEARNED[min(sure, 2)]:
                self._take(items, "note.repeated", cut.score)
            else:
                self._doubt(items, cut.score)

    def _items(self, first: int, last: int) -> list[Item]:
        sheet, labels, blank = self.sheet, self.labels, self.blank
        items: list[Item] = []
        gap, at = 0, first
        while at < last:
            if blank[at]:
                gap += 1
                at += 1
                continue
            if labels[at] is not None:
                items.append(Item(Paragraph(at, at, sheet.lines[at], gap), True, labels[at].rule if labels[at].kind == "note" else ""))
                gap, at = 0, at + 1
                continue
            stop = at + 1
            if sheet.wrapped:
                while stop < last and not blank[stop] and labels[stop] is None and not self._breaks_off(stop):
                    stop += 1
            text = sheet.lines[at] if stop == at + 1 else "\n".join(sheet.lines[at:stop])
            items.append(Item(Paragraph(at, stop - 1, text, gap)))
            gap, at = 0, stop
        return items

    def _breaks_off(self, at: int) -> bool:
        """Whether a line of a wrapped text begins a new paragraph though no blank line parts it."""
        line = self.sheet.lines[at]
        return line.strip() == "--" or (line[:1].isupper() and ":" in line[:24] and marker_at(line) is not None)

    def _voice(self, items: Sequence[Item]) -> Voice:
        texts = [item.paragraph.text for item in items if not item.fence]
        if len(texts) > 8:
            inner = texts[2:-2]
        elif len(texts) > 3:
            inner = texts[1:-1]
        else:
            inner = []
        if len(inner) > 24:
            inner = inner[:: len(inner) // 24][:24]
        voice = hear(inner)
        return self._document_voice(voice) if voice.words < 60 else voice

    def _cut_body(self, first: int, last: int, before: int, after: int) -> None:
        labels = self.labels
        items = self._items(first, last)
        paragraphs = sum(1 for item in items if not item.fence)
        if not paragraphs:
            return
        above = labels[before] if before >= 0 else None
        below = labels[after] if after >= 0 else None
        body = Body(items, self.sheet.usual_gap, lambda: self._voice(items))
        if self._cut_lines(items, body):
            return
        above_kind = above.kind if above else ""
        below_kind = below.kind if below else ""
        mark = self.landmarks.get(before, "")
        small = paragraphs <= 3
        prior, whole = 0.0, None
        if above_kind == "end_marker":
            prior, whole = (3.0, 3.0) if paragraphs <= 8 else (1.6, 2.0)
        elif mark in ("chapter end notes", "end notes", "work endnotes"):
            prior, whole = 4.0, 4.0
        elif above_kind in ("metadata", "summary", "note") and below_kind in ("heading", "boilerplate"):
            prior, whole = 0.6, 1.2
        elif above_kind == "heading" and after >= 0 and self.landmarks.get(after) in ("chapter text", "work text"):
            prior, whole = 3.0, 3.0
        elif above_kind == "heading" and below is not None and below.rule == "heading.pov":
            prior, whole = 0.5, 1.0
        elif above_kind == "boilerplate" and below_kind in ("heading", "boilerplate", ""):
            prior, whole = (0.8, 1.2) if small else (0.0, 0.0)
        elif below_kind in ("boilerplate", "") or not above or small:
            whole = 0.0
        else:
            whole = -1.0
        if mark == "pointer" or (mark == "chapter notes" and not items[0].fence):
            items[0].weight = edges.raised(body.weight(0), 4.0)
        labelled = items[0].paragraph.text.strip() if not items[0].fence else ""
        if above_kind in ("metadata", "summary", "note") and labelled:
            marker = marker_at(labelled)
            if marker is not None and 1.2 <= marker.strength < 3:
                items[0].weight = edges.raised(body.weight(0), 3.0)
            elif marker is None and below_kind != "heading" and any(cue.weight > 0 for cue in body.weight(0).cues):
                items[0].weight = edges.raised(body.weight(0), BELOW_HEADER)
        opened = above is not None and above_kind == "note" and (marker_at(self.sheet.lines[before].strip()) or _NONE).strength >= 1.8
        head = cut_head(body, prior, whole, opened)
        taken = 0
        if head.size and head.size < len(items) and not (above_kind == "note" and below_kind == "heading") and edges.is_all_note(body):
            head = edges.Cut(len(items), head.score, True, ("all",))
        if head.certain and head.size < len(items) and below_kind in ("", "boilerplate"):
            left = [item.paragraph.text for item in items[head.size :] if not item.fence]
            if len(left) <= 2 and sum(len(text.split()) for text in left) <= 8 and not any(text[:1] in OPENERS for text in left):
                head = edges.Cut(len(items), head.score, True, head.reasons)  # its sign-off
        if head.certain:
            self._take(items[: head.size], "note.after_end" if above_kind == "end_marker" else "note.head", head.score)
            taken = head.size
        elif head.doubtful:
            self.waiting.append((items[: head.size], head))
        if taken < len(items):
            tail = cut_tail(body, taken, 0.0, whole if not taken else None)
            if tail.certain:
                self._take(items[len(items) - tail.size :], "note.tail", tail.score)
            elif tail.doubtful:
                self.waiting.append((items[len(items) - tail.size :], tail))

    def _cut_lines(self, items: Sequence[Item], body: Body) -> bool:
        """Notes that run on into the story in the first or last line of a body; True if the body is one line and was settled."""
        sheet = self.sheet
        texts = [item for item in items if not item.fence]
        lost = len(texts) <= 2 and max(len(item.paragraph.text) for item in texts) >= 1500
        found = False
        for item in {id(texts[0]): texts[0], id(texts[-1]): texts[-1]}.values():
            paragraph = item.paragraph
            if paragraph.first != paragraph.last or len(paragraph.text) < (SHORTEST if item is texts[0] else 60):
                continue
            line = sheet.lines[paragraph.first]
            if item is not texts[-1] and marker_at(line.strip()) is None:
                continue
            if not lost and item is texts[-1] and item is not texts[0] and marker_at(line.strip()) is not None:
                continue
            for start, end, kind, rule in find_seams(line, body.voice, lost):
                piece = Piece(sheet.starts[paragraph.first] + start, sheet.starts[paragraph.first] + end, Label(kind, rule, 0.85))
                self.pieces.setdefault(paragraph.first, []).append(piece)
                found = True
        if found:
            for item in texts:
                self.pieces.get(item.paragraph.first, []).sort(key=lambda piece: piece.start)
        return lost or (found and len(texts) == 1)

    def _document_voice(self, own: Voice) -> Voice:
        if self.voice is None:
            texts = []
            for at, line in enumerate(self.sheet.lines):
                if self.blank[at] or self.labels[at] is not None:
                    continue
                texts.append(line)
                if len(texts) >= 120:
                    break
            if len(texts) > 4:
                texts = texts[2:-2] if len(texts) > 8 else texts[1:-1]
                self.voice = hear(texts[:: max(1, len(texts) // 24)][:24])
            else:
                self.voice = Voice()
        return self.voice if self.voice.words > own.words else own

    def _settle_parts(self) -> None:
        """An "Author's Note" line that did not begin a note is the heading of a part of the fiction."""
        labels = self.labels
        for at in self.parts:
            if (labels[at] is None or labels[at].kind == "story") and any(label is not None and label.kind == "heading" for label in labels):
                labels[at] = Label("heading", "heading.part", 0.7, (), True, self._group())

    def _take(self, items: Sequence[Item], rule: str, score: float) -> None:
        self.noted += 1
        group = self._group()
        confidence = round(min(0.99, 0.6 + 0.05 * score), 2)
        for item in items:
            if item.fence:
                group = self._group()
                continue
            for at in range(item.paragraph.first, item.paragraph.last + 1):
                self.labels[at] = Label("note", rule, confidence, (), False, group)

    def _doubt(self, items: Sequence[Item], score: float) -> None:
        confidence = round(max(0.3, 0.85 - 0.12 * max(0.0, score)), 2)
        for item in items:
            if not item.fence:
                for at in range(item.paragraph.first, item.paragraph.last + 1):
                    self.labels[at] = Label("story", "story.doubt", confidence)

    # -- what is closed, and the guard --------------------------------------------------------------------------------------

    def find_inside(self) -> None:
        sheet, labels = self.sheet, self.labels
        for at, start, end, rule in inside.find_closed(sheet, self.wrapped_in, labels, self.blank, lambda: self._document_voice(Voice())):
            if start < 0:
                labels[at] = Label("note", rule, 0.9, (), False, self._group())
            else:
                piece = Piece(sheet.starts[at] + start, sheet.starts[at] + end, Label("note", rule, 0.95))
                self.pieces.setdefault(at, []).append(piece)

    def guard(self) -> None:
        """Gives notes back to the story where text rules took too much of it, unless nothing at all speaks for a story."""
        if not self.noted:
            return
        sheet, labels = self.sheet, self.labels
        taken = kept = 0
        story_lines: list[str] = []
        doubtful: list[int] = []
        for at, label in enumerate(labels):
            if self.blank[at]:
                continue
            if label is None or label.kind == "story":
                kept += len(sheet.lines[at])
                if kept < 4000:
                    story_lines.append(sheet.lines[at])
            elif label.kind == "note" and label.rule in ("note.head", "note.tail", "note.after_end", "note.inside") and label.confidence < 0.97:
                taken += len(sheet.lines[at])
                doubtful.append(at)
        if not doubtful or kept == 0:
            return
        if taken > MOST_TAKEN * (taken + kept) or words.count("\n".join(story_lines)) < FEWEST_WORDS:
            for at in doubtful:
                if labels[at].confidence < 0.9:
                    labels[at] = Label("story", "story.doubt", 0.5)


def _segments(sheet: Sheet, page: _Page) -> tuple[Segment, ...]:
    """Labels put together; white space goes with what stands before it."""
    runs: list[tuple[int, int, Label]] = []

    def add(start: int, end: int, label: Label) -> None:
        if start >= end:
            return
        if runs:
            begin, stop, last = runs[-1]
            same = last.kind == label.kind and not label.chapter
            joined = same and (
                label.kind in ("story", "boilerplate") and last.rule.partition(".")[2] == label.rule.partition(".")[2]
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
        if not inner or label.kind != "story":
            add(start, end, label)
            continue
        cursor = start
        for piece in inner:
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
        out.append(Segment(label.kind, begin, stop, label.rule, label.confidence, topics if label.kind == "note" else (), chapter))
        position += 1
    return tuple(out)
