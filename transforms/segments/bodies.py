"""Notes: the edges of each body by the sum of their evidence, what is closed inside, and the guard over all of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from transforms import words
from transforms.segments import asides, blocks, edges, inside, likeness, setoff
from transforms.segments.body import Body, Item
from transforms.segments.dresses import find_dresses
from transforms.segments.edges import Place, cut_head, cut_tail
from transforms.segments.headings import is_notice
from transforms.segments.layout import OPENERS, Paragraph, Sheet
from transforms.segments.markers import Marker, marker_at
from transforms.segments.postings import is_informational
from transforms.segments.quoted import find_quoted
from transforms.segments.seams import SHORTEST, find_seams, seam_at
from transforms.segments.shapes import Label, Piece
from transforms.segments.signed import find_signed
from transforms.segments.structure import Structure
from transforms.segments.titles import is_named, is_time
from transforms.segments.voices import Voice, hear
from transforms.segments.weighing import Weight, raised, weigh

AMID = frozenset(("metadata", "summary", "boilerplate"))
SURE = 0.9  # how likely a line of those kinds must be what it is like, where it stands in the middle of text
PASSES = 3  # what is decided about a line tells something about the next
MOST_TAKEN = 1 / 3  # of a work's characters that text rules may take from the story
FEWEST_WORDS = 50  # that must be left
BELOW_HEADER = 0.8  # what the place right below a header adds to a first paragraph with any cue of an author
LEARNED = (0.0, 0.25, 0.5)  # by how much a cut may miss its threshold where the document has none, one, more notes at its edges
BLAND = frozenset(("base", "bland", "third_person"))
PREAMBLE = 12  # paragraphs that may stand between the head of a posting and the title that it names
PART_OF_A_BOOK = -6.0  # "Author's Note" where there are "Acknowledgements" too
REMARK = 120  # characters of a labelled remark below a heading
CLOSED = frozenset(("note.bracket", "note.aside", "note.marked", "note.inline", "site.theft"))

QUOTED = Weight(-4.0, (), None, (), 0, 10)  # what somebody in the story writes or says
_PARTS = re.compile(r"\b(?:CHAPTER|PART|BOOK|VOLUME|PROLOGUE|ACT|KAPITEL|CAP[IÍ]TULO|CHAPITRE|ГЛАВА)\b")
_BYLINE = re.compile(
    r"(?:^\W*(?:from|authors?|writer|pen ?name|pseud|poster|autora?|auteure?|autorin|автор|作者)\W*[:：]|\b[bB]y:?(?= ))"
    r"\s*(\S.{1,60})",
    re.IGNORECASE,
)
_NONE = Marker(0.0, (), 0, False, False, "", "")


class Page(Structure):
    """A sheet's labels with its notes."""

    def __init__(self, sheet: Sheet, structured: bool) -> None:
        super().__init__(sheet, structured)
        self.pieces: dict[int, list[Piece]] = {}
        self.voice: Voice | None = None
        self.waiting: list[tuple[Sequence[Item], edges.Cut]] = []  # cuts that nearly passed
        self.remarks: Counter[str] | None = None  # the labels that stand right below headings
        self.likely: list[asides.Remark] = []  # remarks that are not sure enough
        self.noted = 0  # cuts that passed
        self.kinds: set[str] = set()  # what there is before bodies are cut
        self.signs: tuple[str, ...] = ()  # that begin notes
        self.authors = ""

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
        labels = self.labels
        self.kinds = {label.kind for label in labels if label is not None}
        self.signs = find_dresses(self.sheet.lines, self.blank, labels)
        self.authors = self._authors()
        count = len(labels)
        start, before, bodies = 0, -1, 0
        for at in range(count + 1):
            label = labels[at] if at < count else None
            if at == count or (
                label is not None
                and (label.kind not in ("break", "story") or label.rule == "story.recap")
                and label.rule not in CLOSED
            ):
                if at > start:
                    bodies += 1
                    self._cut_body(start, at, before, at if at < count else -1)
                start, before = at + 1, at
        sure = self.noted
        for items, cut in self.waiting:
            if bodies >= 2 and cut.plain and cut.missing <= LEARNED[min(sure, 2)]:
                self._take(items, "note.repeated", cut.confidence)
            else:
                self._doubt(items, cut.confidence)

    def _authors(self) -> str:
        """The names of the authors in the lines of headers, in small letters."""
        labelled = (at for at, label in enumerate(self.labels) if label is not None and label.kind == "metadata")
        found = (_BYLINE.search(self.sheet.lines[at]) for at in labelled)
        return "\n".join(by.group(1).lower() for by in found if by is not None)

    def _items(self, first: int, last: int) -> list[Item]:
        sheet, labels = self.sheet, self.labels
        items: list[Item] = []
        stop = first  # the line after the last item
        for at in sheet.solid[bisect_left(sheet.solid, first) : bisect_left(sheet.solid, last)]:
            if at < stop:
                continue
            gap, stop, label, text = at - stop, at + 1, labels[at], sheet.lines[at]
            if label is not None:
                quoted = label.rule == "story.quoted"
                closed = label.rule if label.kind == "note" else ""
                paragraph = Paragraph(at, at, text, gap)
                items.append(Item(paragraph, weight=QUOTED) if quoted else Item(paragraph, True, closed))
                continue
            items.append(Item(Paragraph(at, at, text, gap)))
        return items

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

    def _cut_body(self, first: int, last: int, before: int, after: int, forms: bool = True) -> None:
        labels = self.labels
        items = _without_quoted(self._items(first, last))
        paragraphs = sum(1 for item in items if not item.fence)
        if not paragraphs:
            return
        above = labels[before] if before >= 0 else None
        below = labels[after] if after >= 0 else None
        body = Body(items, self._gap(items), lambda: self._voice(items), authors=self.authors)
        if self._cut_lines(items, body):
            return
        above_kind = above.kind if above else ""
        below_kind = below.kind if below else ""
        notice = above_kind == "heading" and is_notice(self.sheet.lines[before])
        if forms and (rest := self._cut_forms(items, body, above_kind, notice)) is not None:
            if rest:
                first, last = rest[0].paragraph.first, rest[-1].paragraph.last + 1
                before = next((at for at in range(first - 1, -1, -1) if labels[at] is not None), -1)
                after = next((at for at in range(last, len(labels)) if labels[at] is not None), -1)
                self._cut_body(first, last, before, after, False)
            return
        if above_kind == "boilerplate" and below_kind == "heading" and paragraphs <= PREAMBLE:
            speeches = sum(1 for item in items if item.paragraph.text[:1] in OPENERS)
            if 2 * speeches < paragraphs and is_named(self.sheet.lines, before, self.sheet.lines[after]):
                self._take(items, "note.landmark", 0.9)  # what a posting says above the title that its head names
                return
        mark = self.landmarks.get(before, "notice" if notice else "")
        small = paragraphs <= 3
        prior = 0.0
        if above_kind == "end_marker":
            prior = 3.0 if paragraphs <= 8 else 1.6
        elif mark in ("chapter end notes", "end notes", "work endnotes"):
            prior = 4.0
        elif above_kind == "boilerplate" and is_informational(self.sheet.lines, before):
            prior = 3.0
        elif above_kind in ("metadata", "summary", "note") and below_kind in ("heading", "boilerplate"):
            prior = 0.6
        elif above_kind == "heading" and after >= 0 and self.landmarks.get(after) in ("chapter text", "work text"):
            prior = 3.0
        elif above_kind == "heading" and below is not None and below.rule == "heading.pov":
            prior = 0.5
        elif above_kind == "boilerplate" and below_kind in ("heading", "boilerplate", ""):
            prior = 0.8 if small else 0.0
        if above is not None and above.rule == "story.recap":
            prior = 1.0
        if (mark == "pointer" or mark == "chapter notes") and not items[0].fence:
            items[0].weight = raised(body.weight(0), 4.0 if mark == "pointer" else 6.5)
        labelled = items[0].paragraph.text.strip() if not items[0].fence else ""
        if above_kind in ("metadata", "summary", "note") and labelled:
            marker = marker_at(labelled)
            if marker is not None and 1.2 <= marker.strength < 4:
                items[0].weight = raised(body.weight(0), 3.0)
            elif marker is None and below_kind != "heading" and any(cue.weight > 0 for cue in body.weight(0).cues):
                items[0].weight = raised(body.weight(0), BELOW_HEADER)
        if above_kind == "heading" and labelled and len(labelled) <= REMARK:
            marker = marker_at(labelled)
            if marker is not None and not marker.bare and 1.2 <= marker.strength < 4 and self._labelled(labelled) >= 2:
                items[0].weight = raised(body.weight(0), 5.0)
        if len(self.parts) >= 2 and not items[0].fence:  # a book in the fiction has an author and his note
            label = marker_at(labelled) if labelled else None
            if label is not None and label.bare and label.strength < 5:
                items[0].weight = raised(body.weight(0), PART_OF_A_BOOK, "part_of_a_book")
        opened = (
            above is not None and above_kind == "note" and (marker_at(self.sheet.lines[before].strip()) or _NONE).strength >= 1.8
        )
        noted = self.noted > 0 or "note" in self.kinds or bool(self.pieces)
        headed, lost = "metadata" in self.kinds, self.sheet.lost
        place = Place(above_kind, below_kind, mark, prior, opened, True, noted, headed, lost, self.signs)
        head = _unless_quoted(cut_head(body, place), items, 0)
        taken = 0
        if head.certain and head.size == len(items) and items[0].closed == "note.marked":
            head = self._without_tiny_story(items, body, head)
        if head.certain and head.size < len(items) and below_kind in ("", "boilerplate"):
            left = [item.paragraph.text for item in items[head.size :] if not item.fence]
            if len(left) <= 2 and sum(len(text.split()) for text in left) <= 8 and not any(text[:1] in OPENERS for text in left):
                head = edges.Cut(len(items), head.confidence, True)  # its sign-off
        if head.certain:
            landmark = prior >= 2.5 and above_kind != "end_marker"
            rule = (
                "note.whole"
                if head.size == len(items)
                else "note.landmark"
                if landmark
                else "note.after_end"
                if above_kind == "end_marker"
                else "note.head"
            )
            self._take(items[: head.size], rule, head.confidence)
            taken = head.size
            if taken < len(items):
                self._part(items[taken - 1], body, place, "head")
        elif head.doubtful:
            self.waiting.append((items[: head.size], head))
        if taken < len(items):
            tail = cut_tail(body, replace(place, prior=0.0, opened=False, whole=not taken, noted=noted or taken > 0), taken)
            tail = _unless_quoted(tail, items, len(items) - tail.size)
            if tail.certain:
                self._take(items[len(items) - tail.size :], "note.tail", tail.confidence)
                if tail.size < len(items):
                    self._part(items[len(items) - tail.size], body, place, "tail")
            elif tail.doubtful:
                self.waiting.append((items[len(items) - tail.size :], tail))

    def _part(self, item: Item, body: Body, place: Place, side: str) -> None:
        """Parts the note from the story in a paragraph that was taken for a note and holds both."""
        if item.fence or (seam := seam_at(item, body, place, side)) is None:
            return
        self.labels[item.paragraph.first] = None
        self._add_piece(item.paragraph.first, *seam, 0.85, rule="note.seam")

    def _without_tiny_story(self, items: Sequence[Item], body: Body, head: edges.Cut) -> edges.Cut:
        """No head, where a story of a few bland paragraphs stands below a marked note and above another, and nothing else in
        the document is story: a challenge in twenty words, not a notice (which would talk of updates)."""
        bland = [k for k, item in enumerate(items) if not item.fence and {cue.name for cue in body.weight(k).cues} <= BLAND]
        if bland != list(range(1, len(bland) + 1)) or len(bland) < 2 or len(items) <= len(bland) + 1:
            return head
        first, last = items[0].paragraph.first, items[-1].paragraph.last
        rest = any(self.is_free(at) for at in range(len(self.labels)) if not first <= at <= last)
        update = any(cue.name in ("schedule", "chapter") for k in range(len(items)) for cue in body.weight(k).cues)
        return head if rest or update else edges.NONE

    def _labelled(self, line: str) -> int:
        """Below how many headings a line with the same label stands."""
        if self.remarks is None:
            self.remarks = Counter()
            for at, above in enumerate(self.labels):
                if above is not None and above.kind == "heading":
                    below = self.next_text(at + 1)
                    if below < len(self.blank) and ":" in self.sheet.lines[below][:40]:
                        self.remarks[self.sheet.lines[below].split(":", 1)[0].strip().lower()] += 1
        return self.remarks[line.split(":", 1)[0].strip().lower()]

    def _gap(self, items: Sequence[Item]) -> int:
        """The number of blank lines that usually stands between the paragraphs of a body."""
        gaps = Counter(item.paragraph.gap for item in items[1:400] if not item.fence)
        if sum(gaps.values()) < 6:
            return self.sheet.usual_gap
        return gaps.most_common(1)[0][0]

    def _cut_forms(self, items: Sequence[Item], body: Body, above: str, notice: bool) -> Sequence[Item] | None:
        """Takes what the form of several lines shows to be a note at the edges of a body. The items that are left, or None if
        there was no such form.
        """
        size = len(items)
        head = next((k for k, item in enumerate(items) if item.fence), size)
        texts = [item.paragraph.text.strip() for item in items[:head][: edges.REACH]]
        last = next((k for k in range(len(items) - 1, -1, -1) if items[k].fence), -1)
        middle = items[head:last] if last > head else items[head:]
        inner = [item.paragraph.text.strip() for item in middle[:200] if not item.fence]
        taken = blocks.skit(texts, inner) if texts else 0
        rule = "note.skit"
        if not taken and texts and above in ("metadata", "summary", "note", ""):
            taken, rule = blocks.key(texts, [item.paragraph.gap for item in items[: len(texts)]]), "note.key"
        if not taken and notice and 0 < head < size and any(item.lean() > edges.AUTHORLIKE for item in items[:head]):
            taken, rule = head, "note.landmark"  # what a chapter that is none says before its first break
        if taken and taken < min(size, edges.REACH):
            self._take(items[:taken], rule, 0.9)
            items = items[taken:]
            last -= taken
        else:
            taken = 0
        end = items[last + 1 :]
        if last > 0 and end:
            texts = [item.paragraph.text.strip() for item in end[: edges.REACH + 1]]
            outside = inner or [item.paragraph.text.strip() for item in items[:last][:200]]
            if len(texts) <= edges.REACH and blocks.skit(texts, outside) == len(texts):
                self._take(end, "note.skit", 0.9)
                items = items[:last]
        texts = [item.paragraph.text.strip() for item in items[-12:]]
        first = blocks.footnotes(texts)
        if first >= 0 and len(items) - len(texts) + first > 0:
            first += len(items) - len(texts)
            joined = "\n".join(item.paragraph.text for item in items[first:])
            strange = not body.voice().first_person and any(
                cue.name == "stranger_i" for item in items[first:] for cue in weigh(item.paragraph.text, body.voice).cues
            )
            if strange or blocks.speaks_of_sources(joined):
                self._take(items[first:], "note.footnotes", 0.85)
                items = items[:first]
        if not taken and len(items) == size:
            return None
        return items if any(not item.fence for item in items) else []

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
        """The voice of the whole document, without the first and last paragraph of each body, where notes stand."""
        if self.voice is None:
            texts: list[str] = []
            run: list[str] = []
            for at, line in enumerate(self.sheet.lines):
                if self.blank[at]:
                    continue
                if self.labels[at] is None:
                    run.append(line)
                    if len(texts) + len(run) >= 160:
                        break
                elif self.labels[at].kind != "break":
                    texts += run[2:-2] if len(run) > 6 else run[1:-1]
                    run = []
            texts += run[2:-2] if len(run) > 6 else run[1:-1]
            self.voice = hear(texts[:: max(1, len(texts) // 24)][:24])
            if self.voice.words < 60:  # a small document: more text counts for more than clean text
                free = [line for at, line in enumerate(self.sheet.lines) if not self.blank[at] and self.labels[at] is None][:120]
                if len(free) > 4:
                    self.voice = hear(free[2:-2] if len(free) > 8 else free[1:-1])
        return self.voice if self.voice.words > own.words else own

    def settle_parts(self) -> None:
        """An "Author's Note" line that did not begin a note is the heading of a part of the fiction."""
        labels = self.labels
        for at in self.parts:
            if (labels[at] is None or labels[at].kind == "story") and any(
                label is not None and label.kind == "heading" for label in labels
            ):
                labels[at] = Label("heading", "heading.part", 0.7, (), True, self.new_group())

    def _take(self, items: Sequence[Item], rule: str, likely: float) -> None:
        self.noted += 1
        group = self.new_group()
        confidence = round(min(0.99, likely), 2)
        for item in items:
            if item.fence:
                group = self.new_group()
                continue
            for at in range(item.paragraph.first, item.paragraph.last + 1):
                self.labels[at] = Label("note", rule, confidence, (), False, group)

    def _doubt(self, items: Sequence[Item], likely: float) -> None:
        confidence = round(max(0.3, 1 - likely), 2)
        for item in items:
            if not item.fence:
                for at in range(item.paragraph.first, item.paragraph.last + 1):
                    if self.labels[at] is None:  # a cut at the other end may have taken it
                        self.labels[at] = Label("story", "story.doubt", confidence)

    def find_inside(self) -> None:
        sheet, labels = self.sheet, self.labels
        for at, start, end in find_signed(sheet, self.is_free):
            if not sheet.lines[at][:start].strip() and not sheet.lines[at][end:].strip():
                labels[at] = Label("note", "note.bracket", 0.9)
            else:
                self._add_piece(at, start, end, 0.9)
        for at in find_quoted(sheet, self.is_free):
            labels[at] = Label("story", "story.quoted", 0.9)
        for at, start, end, rule in inside.find_marked(sheet, labels):
            if start < 0:
                labels[at] = Label("note", rule, 0.9, (), False, self.new_group())
            else:
                self._add_piece(at, start, end, 0.95)
        for at, start, end in setoff.find_states(sheet, labels):
            if not sheet.lines[at][:start].strip() and not sheet.lines[at][end:].strip():
                labels[at] = Label("note", "note.bracket", 0.85, (), False, self.new_group())
            else:
                self._add_piece(at, start, end, 0.85)
        self._take_remarks(setoff.find_closed(sheet, labels))

    def find_remarks(self) -> None:
        """Remarks in what is story after its edges have been cut."""
        self._take_remarks(setoff.find_others(self.sheet, self.labels, self.blank))
        self._doubt_likely()

    def _take_remarks(self, candidates: Iterator[setoff.Candidate]) -> None:
        document = asides.Document(self.sheet, self.labels, self.blank, lambda: self._document_voice(Voice()))
        for remark in asides.find_remarks(document, candidates):
            if not remark.certain:
                self.likely.append(remark)
            elif remark.start >= 0:
                self._add_piece(remark.first, remark.start, remark.end, round(remark.confidence, 2))
            else:
                group = self.new_group()
                for at in range(remark.first, remark.last + 1):
                    if setoff.is_text(self.labels[at]) and not self.blank[at]:
                        self.labels[at] = Label("note", "note.aside", round(remark.confidence, 2), (), False, group)

    def _add_piece(self, at: int, start: int, end: int, confidence: float, kind: str = "note", rule: str = "note.inline") -> None:
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
                self._add_piece(remark.first, remark.start, remark.end, doubt, "story", "story.doubt")
                continue
            for at in range(remark.first, remark.last + 1):
                if not self.blank[at]:
                    self.labels[at] = Label("story", "story.doubt", doubt)

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
            elif (
                label.kind == "note"
                and label.rule in ("note.head", "note.tail", "note.after_end", "note.inside")
                and label.confidence < 0.97
            ):
                taken += len(sheet.lines[at])
                doubtful.append(at)
        if not doubtful or kept == 0:
            return
        much = taken > MOST_TAKEN * (taken + kept)
        story = "\n".join(story_lines)
        if much or (words.count(story[:1000]) < FEWEST_WORDS and words.count(story) < FEWEST_WORDS):
            for at in doubtful:
                if labels[at].confidence < (0.9 if much and kept > 400 else 0.8):
                    labels[at] = Label("story", "story.doubt", 0.5)


def _without_quoted(items: list[Item]) -> list[Item]:
    """The items without what somebody in the story writes or says at their beginning and end."""
    first, last = 0, len(items)
    while first < last and items[first].weight is QUOTED:
        first += 1
    while last > first and items[last - 1].weight is QUOTED:
        last -= 1
    return items[first:last]


def _unless_quoted(cut: edges.Cut, items: Sequence[Item], start: int) -> edges.Cut:
    """A cut that begins at an item, or none where it would take what somebody in the story writes or says."""
    taken = items[start : start + cut.size]
    return edges.NONE if any(item.weight is QUOTED for item in taken) else cut
