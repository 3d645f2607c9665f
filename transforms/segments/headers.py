"""Where a document's headers stand: at its beginning, below words to readers, and again at the head of each posted part.

`metadata.headers` reads a header at a given place; here the places are chosen, and what it states is compared with what the
document has stated already. A form inside the story has the labels of headers too; but it follows narration, it names another
title, and its values are none of their kinds ("RATING: Internal").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import compress, count
from typing import TYPE_CHECKING

from transforms.metadata.descriptions import PART_BEHIND
from transforms.metadata.headers import Header, HeaderSpan, find_header
from transforms.metadata.items import with_facts
from transforms.metadata.labels import label_at
from transforms.metadata.lines import read_line
from transforms.metadata.pieces import clean, validates
from transforms.metadata.quantities import date_of
from transforms.metadata.ratings import may_state_rating
from transforms.metadata.rows import read_row
from transforms.metadata.runons import read_run_on
from transforms.metadata.shapes import POSTER, TALK, is_of_site, is_title_case, key_of
from transforms.metadata.sitelines import read_dash_line
from transforms.segments.blurbs import label_blurb
from transforms.segments.furniture import furniture
from transforms.segments.layout import OPENERS, places_of
from transforms.segments.postings import is_dated
from transforms.segments.shapes import Label, Piece
from transforms.segments.wording import lean

if TYPE_CHECKING:
    from transforms.segments.notes import Page

_FRONT = 24  # paragraphs in which the words to readers above a header may stand
_FACTS_IN = 60  # lines in which FanFiction.net's line of facts stands
_TRAILING = 12  # lines at the end among which facts may stand
_MOST_TALK = 8  # paragraphs of such words
_SURE = 3  # fields that a header must state where nothing but talk stands above it
_LABELLED = frozenset(("title", "authors", "fandoms", "relationships", "rating", "characters"))
_COUNTED = frozenset(("stated_words", "warnings", "tags"))
_FACTS = frozenset(("header.label", "header.labels", "header.row", "header.description", "header.value"))
_FIRST_LABELS = frozenset(("From:", "To:", "Sent:", "Newsgroups:", "Title:", "TITLE:", "Subject:", "Date:", "FROM:", "title:"))
_BOLD_LABEL = "\n**Title"
_MOST_PLACES = 200
_LABEL_SIGNS = (":", "：", "|", "=", " - ", " – ", " — ")  # between a label and its value
_MAIL = frozenset(("mail", "subject_title"))
_SPOKEN = 1.0  # how much words to readers lean to an author's
_LONG_TALK, _NARRATION = 150, -1.0  # characters of words above a header, and how they lean where they are narration
_QUOTED_TITLE = re.compile(r"[\"“][^\"”]{2,80}[^.,!?\"”][\"”],? by [^\s.,][^.,!?]{1,40}$")
_FENCES = frozenset(("boilerplate", "break", "end_marker", "heading"))


def _is_row(line: str) -> bool:
    """Whether a line is a row of facts or a path. Most lines with a comma are prose: what only rows have is asked for first."""
    if not any(sign in line for sign in ",|/»>❯"):
        return False
    if not any(sign in line for sign in "|»>❯") and "published" not in line.lower() and read_row(clean(line)) is None:
        return False
    reading = read_line(line)
    return reading is not None and reading.rule in ("header.row", "header.path") and reading.weight >= 1.5


class Headers:
    """The headers of one document while its lines are being labelled."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.titles: set[str] = set()
        self.written: set[str] = set()  # the titles as they are written
        self.authors: set[str] = set()
        self.subjects: list[str] = []
        self.stated: set[str] = set()  # the fields that the headers state
        self.end = -1  # the line after the first header
        self.top = -9  # the line below a site's lines at the top, where no header begins there

    def find(self) -> None:
        """Labels the lines of all headers, and the author's words that stand between two parts of one."""
        page = self.page
        at = page.next_text(0)
        while at < len(page.sheet) and (at in page.sheet.fixed or self._is_sites(at)):
            at = page.next_text(at + 1)
        if at < len(page.sheet) and page.kind_at(at) not in ("heading", "note"):
            header = self._header_at(at)
            if header is not None and (below := self._below_site(at, header)) is not None:
                at, header = below
            if header is not None:
                self._learn(header)
                self.end = self._place(at, header)
            elif page.kind_at(at - 1) and not page.blank[at - 1]:
                self.top = at
        for line in self._front(max(self.end, 0)):
            if self._row_before_words(line):
                break
        for line in self._places(max(self.end, 0)):
            if page.kind_at(line) not in ("metadata", "summary"):
                header = self._header_at(line)
                if header is not None and self._is_ours(line, header):
                    self._learn(header)
                    self._place(line, header)
        self._facts()
        self._trailing()

    def _below_site(self, at: int, header: Header) -> tuple[int, Header] | None:
        """The header below a site's lines, where what stands right above them seemed a title: it is the site's own name."""
        page = self.page
        if len(header.spans) > 1 or header.spans[0].rule not in ("header.title_alone", "header.title"):
            return None
        below = at + 1
        if page.kind_at(below) != "boilerplate" or page.blank[below]:
            return None
        while below < len(page.labels) and (page.blank[below] or self._is_sites(below)):
            below += 1
        if below >= len(page.labels) or below in page.sheet.fixed or page.labels[below] is not None:
            return None
        other = self._header_at(below)
        if other is None or len(other.pairs) < 2 or not any(field == "title" for field, _ in other.pairs):
            return None
        page.label(at, "boilerplate", "site.name", 0.85)
        return below, other

    def _is_sites(self, at: int) -> bool:
        """Whether a line above the first header is a site's or a break; a site's bare name is labelled so."""
        page, line = self.page, self.page.sheet.bare[at]
        label, above = page.labels[at], page.kind_at(at - 1)
        beside = "boilerplate" in (above, page.kind_at(at + 1))
        if label is None and is_of_site(line) and read_line(line) is None and (beside or not 0 < furniture(line) < 1):
            page.label(at, "boilerplate", "site.name", 0.9)
        elif label is None and above == "boilerplate" and is_dated(line):
            page.label(at, "boilerplate", "site.posting", 0.85)  # the day of an entry, below whose it is
        elif label is None and (poster := POSTER.match(line)) is not None and (poster.group(1) or poster.group(2)):
            page.label(at, "boilerplate", "site.posting", 0.9)
            below = page.sheet.bare[at + 1] if at + 1 < len(page.sheet) else ""
            if below and len(below) <= 40 and date_of(below) is not None:
                page.label(at + 1, "boilerplate", "site.posting", 0.9)
        elif label is not None and label.rule == "site.line" and line.count(":") > 1:
            reading = read_line(line)
            if reading is not None and reading.rule == "header.labels" and reading.weight >= 2.5:
                page.labels[at] = None  # a row of labels looks like a menu
        return page.kind_at(at) in ("boilerplate", "break")

    def _facts(self) -> None:
        """FanFiction.net's line of facts where no header reached it, with the summary and the author above it."""
        page, bare = self.page, self.page.sheet.bare
        for at in range(min(_FACTS_IN, len(bare))):
            if not page.is_free(at) or " - " not in bare[at] or read_dash_line(bare[at]) is None:
                continue
            page.label(at, "metadata", "header.dash_line", 0.95)
            above = page.last_text(at)
            if above < 0 or page.labels[above] is not None or at - above > 2:
                return
            reading = read_line(bare[above])
            if reading is None and len(page.sheet.lines[above]) >= 20:
                page.label(above, "summary", "header.summary_by_place", 0.85)
                above -= 1
                reading = read_line(bare[above]) if above >= 0 else None
            if reading is not None and reading.kind == "metadata" and page.labels[above] is None:
                page.label(above, "metadata", reading.rule, 0.9)
            return

    def _header_at(self, first: int) -> Header | None:
        """The header that begins in a line and goes on to a chapter's heading at most, unless it is a chapter's title itself."""
        sheet = self.page.sheet
        cut = sheet.ends[first] < len(sheet.text) and sheet.text[sheet.ends[first]] != "\n"
        if cut and (header := self._run_on(first)) is not None:
            return header
        told = sum(heading.pov is not None for _, heading in self.page.candidates) > 1
        counted = {
            at: heading.pov is None  # what stands right above a chapter may be known by it
            for at, heading in self.page.candidates
            if heading.certain and (heading.number is not None or (told and heading.pov is not None)) and at > first
        }
        reach = range(first, min(len(sheet), first + 200))
        at = next((at for at in reach if at in counted or self._stops(at)), len(sheet))
        stop = len(sheet.text) if at == len(sheet) else sheet.ends[at] if counted.get(at) else sheet.starts[at]
        header = find_header(sheet.text, sheet.starts[first], stop, self._aside(first), sheet.parted)
        if header is None:
            return None
        span = header.spans[0]
        bracketed = span.value[:1] in "[(" and sheet.lines[first].strip()[-1:] in "])"
        if span.rule == "header.title_alone" and bracketed:
            return None  # a remark in brackets is no title
        if span.rule in ("header.title_alone", "header.title") and len(header.spans) == 1 and self._is_counted(first):
            return None
        return header

    def _is_counted(self, first: int) -> bool:
        """Whether a line is a chapter's number and title ("TWELVE | salt"), or the first of several that count ("Nails 1.1")."""
        page = self.page
        here = [heading for at, heading in page.candidates if at == first]
        if any(heading.parted for heading in here):
            return True
        styles = {heading.style for heading in here if not heading.certain or heading.number is not None}
        if any(heading.style in styles for at, heading in page.candidates if at > first):
            return True
        if any(heading.style == "named" for heading in here):  # "Prologue – Ash" above "Chapter One – Salt"
            return any(heading.certain and heading.number is not None for at, heading in page.candidates if at > first)
        dress = next((dress for at, dress, _ in page.dresses if at == first), None)
        alike = {title for at, other, title in page.dresses if other == dress and at > first and page.is_free(at)}
        return dress is not None and len(alike) >= (2 if dress == "capitals" else 1)

    def _stops(self, at: int) -> bool:
        """Whether a header cannot reach beyond a line: a mark of the source, or a heading that a menu names."""
        label = self.page.labels[at]
        return at in self.page.sheet.fixed or (label is not None and label.rule == "heading.listed")

    def _run_on(self, first: int) -> Header | None:
        """The header of a line that was cut because its line breaks are lost."""
        sheet = self.page.sheet
        spans = []
        for piece in read_run_on(sheet.text[sheet.starts[first] : sheet.starts[first] + 4000].split("\n", 1)[0]):
            start, end = sheet.starts[first] + piece.start, sheet.starts[first] + piece.end
            pairs = ((piece.field, piece.value),)
            spans.append(HeaderSpan(start, end, piece.kind, piece.field, piece.value, "header.run_on", pairs=pairs))
        return Header(spans[-1].end, tuple(spans)) if spans else None

    def _aside(self, first: int) -> set[int]:
        """Where lines of a site stand among a header's; a page's "Word count: 462" is the header's own."""
        sheet = self.page.sheet
        reach = compress(count(first), self.page.labels[first : first + 60])
        return {sheet.starts[at] for at in reach if at not in sheet.fixed and self._is_aside(at)}

    def _is_aside(self, at: int) -> bool:
        """Whether a line among a header's is a site's own: "[Reviews - 6]" is a button, "[Rating] G" is none."""
        if self.page.kind_at(at) != "boilerplate" or self.page.labels[at].rule == "site.contents":
            return self.page.kind_at(at) == "boilerplate"
        line = self.page.sheet.bare[at]
        if line[0] != "[" and read_line(line) is not None:
            return False
        return line[-1] == "]" or (label := label_at(line)) is None or (line[0] == "[" and label.field == "counts")

    def _place(self, first: int, header: Header) -> int:
        """Labels a header's lines; the line after them."""
        page = self.page
        sheet, labels = page.sheet, page.labels
        aside = self._aside(first)
        at, count = first, len(sheet)
        for span in header.spans:
            group = page.new_group()
            while at < count and sheet.ends[at] <= span.start:
                at += 1
            while at < count and sheet.starts[at] < span.end:
                if not page.blank[at] and sheet.starts[at] not in aside:
                    labels[at] = Label(span.kind, span.rule, span.confidence, span.topics, False, group)
                at += 1
        return at

    def _learn(self, header: Header) -> None:
        """Keeps what a header of the document states."""
        for field, value in header.pairs:
            text = value if isinstance(value, str) else ", ".join(value)
            self.stated.add(field)
            if field == "title":
                self.titles.add(key_of(text))
                self.written.add(text)
            elif field == "authors":
                self.authors.add(key_of(text))
            elif field == "mail":
                self.subjects.append(key_of(text))

    # -- places ----------------------------------------------------------------------------------------------------------

    def _front(self, start: int) -> Iterator[int]:
        """The first free lines below a gap, from a line on."""
        page = self.page
        seen, at = 0, page.next_text(start)
        while at < len(page.blank) and seen < _FRONT:
            label = page.labels[at]
            free = (label is None or label.rule.startswith("break")) and at not in page.sheet.fixed
            below = at == 0 or page.blank[at - 1] or page.labels[at - 1] is not None
            if free and (below or 0 < at - self.top <= 3):
                seen += 1
                yield at
            at = page.next_text(at + 1)

    def _places(self, start: int) -> Iterator[int]:
        """Lines below a gap at which a header may begin: near the front by shape, anywhere by their first word or the title."""
        page = self.page
        blank, labels = page.blank, page.labels
        yield from (at for at in self._front(start) if self._may_begin(at))
        for offset in sorted(self._offsets()):
            line = self.page.sheet.line_at(offset)
            if line > start and (line == 0 or blank[line - 1] or labels[line - 1] is not None):
                yield line

    def _row_before_words(self, at: int) -> bool:
        """Cuts a line that begins with a row of facts and goes on with the author's words, and labels both.

        "Life on Mars, Annie & Phyllis, PG-13, 640 words. Nothing you wouldn't know from series one."
        """
        page = self.page
        line = page.sheet.lines[at]
        if not 20 < len(line) <= 1000 or ", " not in line[:80] or line.lstrip()[:1] in OPENERS:
            return False
        stop = line.find(". ", 12, 200)
        if stop >= 0 and not (may_state_rating(line[:200]) or any(sign in line[:200] for sign in _LABEL_SIGNS)):
            return False  # nor a number of words
        while stop >= 0:
            reading = read_row(line[: stop + 1].strip())
            if reading is not None and {"rating", "stated_words"} & {field for field, _ in reading.pairs} and reading.weight >= 2:
                begin, end, cut = page.sheet.starts[at], page.sheet.ends[at], page.sheet.starts[at] + stop + 1
                page.labels[at] = Label("story", "story.cut", 0.9, (), False, page.new_group())
                words = Label("note", "note.in_header", 0.9)
                page.pieces[at] = [Piece(begin, cut, Label("metadata", reading.rule, 0.9)), Piece(cut, end, words)]
                talk = self._talk(at) or []
                for above in talk if self.titles and self._speaks(talk) else ():
                    page.labels[above] = Label("note", "note.in_header", 0.9)
                return True
            stop = line.find(". ", stop + 1, 200)
        return False

    def _may_begin(self, at: int) -> bool:
        """Whether a header may begin in a line, by its shape."""
        lines = self.page.sheet.lines
        line = lines[at].strip()
        if not 3 <= len(line) <= 160:
            return False
        if line[0] in OPENERS:
            return _QUOTED_TITLE.match(line) is not None
        if line[-1] in ")]" and line[0] not in "([" and len(with_facts(("title", clean(line)))) > 2:
            return True  # "Cold Hands (Arcane, Vi/Caitlyn, T)"
        signs = "".join(filter(str.isalnum, line.casefold()))
        if any(title in signs for title in self.titles) and self._key(line) in self.titles:
            return True
        if ":" in line[:40] or " - " in line[:40]:
            label = label_at(line)
            if label is not None:
                return label.kind == "metadata" and label.field in _LABELLED
        if len(line) > 110:
            return False
        if self.subjects and line[-1] not in '.!?…"”':
            key = self._key(line)
            if key and any(key in subject for subject in self.subjects):
                return True
        if _is_row(line):
            return True
        below = lines[at + 1].strip() if at + 1 < len(lines) else ""
        if not below or len(below) > 110 or line[-1] in '.,;…"”':
            return False
        reading = read_line(below)  # a title with its by-line or its labels below it
        return reading is not None and reading.kind == "metadata" and reading.weight >= 0.75

    def _key(self, line: str) -> str:
        return key_of(PART_BEHIND.sub("", clean(line)))

    def _offsets(self) -> set[int]:
        """Where lines begin with a label that comes first in headers, or with the title."""
        text = self.page.sheet.text
        starts = ((text.rfind("\n", 0, at), at) for at in places_of(text, ":"))  # a label ends in a colon
        found = {start + 1 for start, at in starts if start >= 0 and text[start + 1 : at + 1] in _FIRST_LABELS}
        for token in [_BOLD_LABEL] * ("*" in text) + ["\n" + title for title in self.written if 6 <= len(title) <= 100]:
            found.update(at + 1 for at in places_of(text, token))
        return set(sorted(found)[:_MOST_PLACES])

    # -- whose header it is --------------------------------------------------------------------------------------------------

    def _is_ours(self, line: int, header: Header) -> bool:
        """Whether a header below text is the document's and none of a form inside the story."""
        pairs = [(field, value) for span in header.spans if span.kind == "metadata" for field, value in span.pairs]
        stated = {field for field, _ in pairs}
        if len(pairs) < 2:
            return False
        titles = {key_of(str(value)) for field, value in pairs if field == "title"}
        if titles & self.authors and not titles & self.titles:
            return False  # a signature
        agrees = bool(titles & self.titles) or any(title and title in subject for title in titles for subject in self.subjects)
        if not agrees and any(isinstance(value, str) and not validates(field, value) for field, value in pairs):
            return False
        talk = self._talk(line)
        told = {span.rule for span in header.spans} & _FACTS
        fenced = self._is_fenced(line)
        if "mail" in stated or (agrees and fenced):
            return True
        if titles and self.titles and not agrees:
            return fenced and len(stated & _LABELLED) >= _SURE  # another story of a collection, not an article in this one
        if fenced and told and len(stated & _LABELLED) >= 2:
            return True
        known = {key_of(str(value)) for field, value in pairs if field == "authors"} & self.authors
        if agrees and not (told or known or self.subjects):
            return False  # the title and a by-line may stand above an article in the story
        if talk is None:
            return agrees
        glued = 0 <= self.top < line <= self.top + 3 and not any(self.page.blank[self.top : line])
        if self.end < 0 and titles and (glued or (len(talk) <= 2 and all(map(is_title_case, map(self._line, talk))))):
            return True  # the first header, below a site's lines and at most two that nobody knows
        if not agrees and (len(stated & (_LABELLED | _COUNTED)) < _SURE - (not titles) or not self._speaks(talk)):
            return False
        self._label_talk(talk)
        return True

    def _label_talk(self, talk: list[int]) -> None:
        """Labels the lines above a header: labels of mail, the day and the name of an entry, and words to readers."""
        page = self.page
        group = page.new_group()
        text = "\n".join(map(self._line, talk))
        speaks = TALK.search(text) is not None or lean(text) > _SPOKEN
        dates = {at for at in talk if is_dated(page.sheet.bare[at])}
        for at in talk:
            label = label_at(page.sheet.bare[at])
            if label is not None and label.kind == "metadata" and label.value and (label.weight or label.field in _MAIL):
                page.label(at, "metadata", "header.label", 0.85)
            elif at in dates or (at + 1 in dates and len(self._line(at)) <= 100):
                page.label(at, "metadata", "header.entry", 0.85)
            elif speaks and at not in page.weak:
                page.label(at, "note", "note.in_header", 0.9, group)

    def _line(self, at: int) -> str:
        return self.page.sheet.lines[at]

    def _is_fenced(self, line: int) -> bool:
        """Whether something that is no text stands right above a line: a break, an end, a site's line, another header."""
        above = self.page.last_text(line)
        label = self.page.labels[above] if above >= 0 else None
        return above < 0 or (label is not None and label.kind in _FENCES and label.rule != "heading.pov")

    def _talk(self, line: int) -> list[int] | None:
        """The free lines between the first header (or the beginning) and a line near it; None where it is too far."""
        page = self.page
        first = max(self.end, 0)
        paragraphs, lines = 0, []
        for at in range(first, line):
            if page.blank[at]:
                continue
            label = page.labels[at]
            if label is not None and label.kind in ("heading", "end_marker"):
                return None
            if label is None:
                lines.append(at)
                paragraphs += at == first or page.blank[at - 1]
        return lines if paragraphs <= _MOST_TALK else None

    def _speaks(self, talk: list[int]) -> bool:
        """Whether the lines above a header may be an author's words: nobody speaks in them, and they are no narration."""
        text = "\n".join(map(self._line, talk))
        if len(text) > _LONG_TALK and lean(text) < _NARRATION:
            return False
        return not any(self.page.sheet.lines[at].strip()[:1] in OPENERS for at in talk)

    def find_summary(self) -> None:
        """Labels a summary without a label, once what stands below it is known."""
        label_blurb(self.page, self.stated)

    def _trailing(self) -> None:
        """Facts at the end of the document ("#fluff #modern au"), with nothing but facts and a site's lines below them."""
        page = self.page
        for at in [at for at in reversed(page.sheet.solid) if at not in page.sheet.fixed][:_TRAILING]:
            if page.kind_at(at) in ("boilerplate", "metadata"):
                continue
            line = page.sheet.bare[at]
            labelled = line[0] == "#" or ":" in line[:40] or "：" in line[:20]
            reading = read_line(line) if labelled and len(line) < 400 and page.kind_at(at) in ("", "heading") else None
            if reading is None or reading.kind != "metadata" or reading.weight < 1:
                break
            page.label(at, "metadata", reading.rule, 0.9)
