"""The structure of a text that needs neighbours: the header, numbers that go on, buttons in company, a table of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from transforms.metadata.lines import read_line
from transforms.metadata.shapes import is_title_case, key_of
from transforms.segments import company, menus, titles
from transforms.segments.furniture import is_dated, posting_head
from transforms.segments.headings import Heading, bare_name, confirm, in_turn, is_set_off, tellers
from transforms.segments.layout import OPENERS
from transforms.segments.markers import marker_at
from transforms.segments.shapes import Label, Shapes
from transforms.segments.wording import lean

_SUMMARY = re.compile(r"[*_ ]*(?:chapter )?summary(?: for the chapter)?[*_ ]*:?[*_ ]*|summary for the chapter:?", re.IGNORECASE)
_SENTENCE_END = frozenset('.!?,…;"”')
FRONT = 16  # lines of the block that opens a pasted page
NEAR_END = 12  # lines at the end of a document among which an end marker in the author's own words may stand
TOLD = -0.2  # how little the words of a line lean to an author's where it is narration
THREAD_HEAD = 30  # lines in which the head of a thread may stand
_TITLED_DAY = re.compile(r"[\W_]{0,4}\w+ #?\w{1,9}[*_]{0,2} ?[:–—-][*_]{0,2} ?(?P<title>\S.{1,60}?[^\s.,;:])[*_]{0,2}")
SIGNATURE, LONGEST_SIGNATURE = 10, 120  # characters of the rule above a signature, and of its lines
_CHOSEN = re.compile(r"\d{1,3}[.):] (\S.{1,60})")
FACTS = 2.0  # what a row of facts must prove that stands among a site's lines
_FACTS = ("header.stats", "header.labels", "header.row", "header.dash_line")
_STARTER = re.compile(r"thread starter:?[ \t]+\S.{0,50}", re.IGNORECASE)
_THREAD_FACT = re.compile(r"(?:start date|tags|status):?[ \t]+\S.{0,120}", re.IGNORECASE)
_STAMP = re.compile(
    r"\d{4}-\d\d-\d\d \d\d?:\d\d(?: ?[ap]m)? (?:\((?:UTC|local)\)|UTC|local)(?: \((?:link|expand|reply)\))?", re.IGNORECASE
)
_FILL = re.compile(r"\W{0,4}(?:re: ?)?\W{0,4}(?:mini-?)?fill(?:ed)?\b(?=.{0,90}$)", re.IGNORECASE)
_ANSWER = re.compile(r"(?:(?:re|aw|sv|r[eé]p|antw)(?:\[\d\])?: ?)+(?P<subject>\S.*)", re.IGNORECASE)
_POSTED_BY = re.compile(r"(?:(?:posted )?by:? )?\S.{0,40}? (?:»|on|@|-|–|,|:) .{0,20}\d{1,4}.{0,24}", re.IGNORECASE)
_COMMENTER = re.compile(r"\(anonymous\)|[\w-]{2,30}(?: \([\w.-]{2,40}\))?(?: from [\w.]+)?", re.IGNORECASE)
_TAKEN_FOR = ("header.title_alone", "header.summary_below", "header.summary_by_place")  # what a header makes of a title below it
_ABOVE_TEXT = re.compile(r"chapter (?:notes|summary)", re.IGNORECASE)
_ITALIAN = re.compile(r"\b(?:che|di|il|della|non|una|per|gli|è|del|con|lei|lui|si)\b")


class Structure(Shapes):
    """The labels of a sheet's lines with what their neighbours decide."""

    def find_menu(self) -> None:
        """The numbered menu of an archive or a page, and the headings that it names."""
        labels = self.labels

        def is_open(at: int) -> bool:
            return not self.blank[at] and at not in self.sheet.fixed and (labels[at] is None or labels[at].kind != "metadata")

        entries, headings = menus.find_menu(self.sheet, is_open, lambda at: self._is_parted(at) or self._is_headed(at))
        if len(headings) >= 2 and any(self._text_lines(a, b) < 2 for a, b in pairwise(headings)):
            return
        for at in entries:
            labels[at] = Label("boilerplate", "site.contents", 0.9)
        for at in headings:
            labels[at] = Label("heading", "heading.listed", 0.9, (), True, self.new_group())

    def _is_headed(self, at: int) -> bool:
        """Whether a blank line or the beginning is above a line: a note may touch it from below."""
        return at == 0 or self.blank[at - 1]

    def settle_headings(self) -> None:
        labels = self.labels
        self._thread_heads()
        open_ones = [(at, heading) for at, heading in self.candidates if labels[at] is None]
        confirmed = (
            confirm(
                open_ones, self._text_lines, lambda at: self._stands_free(at, False), lambda at: at == 0 or self.blank[at - 1]
            )
            if open_ones
            else set()
        )
        stated: dict[str, list[int]] = {}
        self.cards = cards = self._cards(open_ones)
        for at in cards:
            labels[at] = Label("story", "story.quoted", 0.85)
        for at, heading in open_ones:
            if labels[at] is not None or at in cards:
                continue
            sure = heading.certain or at in confirmed
            if not sure and heading.number is not None and at == open_ones[0][0]:
                if heading.style.startswith("word."):
                    sure = self._is_titled_day(at)
                elif heading.style.endswith("t"):
                    sure = self._opens(at) if heading.number == 1 else heading.parted and self._opens(at, 3)
                else:
                    first = self.sheet.lines[at].strip()[0]
                    sure = not first.isalnum() and first != "#" and self._opens(at, 3)  # ~12~
            if sure and heading.style.startswith(("words", "ordinal")) and self._runs_on(at):
                sure = False
            if not sure or not (self._stands_free(at, True) or (heading.certain and self._is_in_front(at))):
                continue
            rule = "heading.pov" if heading.pov is not None else f"heading.{heading.style.split('|')[0].split(' ')[0]}"
            labels[at] = Label("heading", rule, 0.95 if heading.certain else 0.85, (), heading.pov is None, self.new_group())
            stated.setdefault(heading.title.lower(), []).append(at)
        if (last := max((at for at in confirmed if labels[at] is not None), default=-1)) >= 0:
            for at in self.extras:
                if at > last and self.is_free(at) and self._stands_free(at, False):
                    labels[at] = Label("heading", "heading.extra", 0.85, (), True, self.new_group())
        for at, heading in open_ones:
            if labels[at] is None and heading.title.lower() in stated:
                stated[heading.title.lower()].insert(0, at)
                labels[at] = Label("heading", "heading.again", 0.6)
        self._book_parts()
        self._tables_of_contents(stated)
        self._titles()
        self._titles_above_landmarks()
        self._chapter_summaries()
        self._titles_after_numbers()
        self._tellers()
        self._chosen()
        self._page_notes()
        self._comment_heads()
        self._answers()

    def _is_titled_day(self, at: int) -> bool:
        """Whether a line below a header is a day's or a letter's number with a title behind it (`Day 2: "Under the Ice"`)."""
        found = _TITLED_DAY.fullmatch(self.sheet.lines[at].strip())
        if found is None or at == 0 or not self._is_below_heading(at):
            return False
        title = found.group("title")
        return title[0] in OPENERS or is_title_case(title)

    def _runs_on(self, at: int) -> bool:
        """Whether the text below a line goes on in small letters, in a text whose paragraphs begin with capitals."""
        lines = self.sheet.lines
        below = self.next_text(at + 1)
        if below >= len(lines) or self.labels[below] is not None or not lines[below].lstrip()[:1].islower():
            return False
        starts = [line.lstrip()[0] for line, blank in zip(lines[:400], self.blank, strict=False) if not blank]
        return 2 * sum(ch.islower() for ch in starts) < sum(ch.isupper() for ch in starts)

    def _cards(self, candidates: Sequence[tuple[int, Heading]]) -> set[int]:
        """Chapters in italics amid the text that no other goes on from: cards of a film, pages of a book in the story."""
        italic = [(at, one) for at, one in candidates if one.number is not None and one.certain and self._is_emphasised(at)]
        return {
            at
            for at, heading in italic
            if self._is_amid_text(at, True)
            and not any(
                other.number in (heading.number - 1, heading.number + 1) for _, other in candidates if other.number is not None
            )
        }

    def _is_emphasised(self, at: int) -> bool:
        """Whether a line stands in single asterisks or underscores."""
        line = self.sheet.lines[at].strip()
        return len(line) > 4 and line[0] in "*_" and line[-1] == line[0] and line[1] != line[0] and line[-2] != line[0]

    def _is_amid_text(self, at: int, spoken: bool) -> bool:
        """Whether text stands right above and below a line, and people speak soon after it if they must (`spoken`)."""
        labels = self.labels
        above = at - 1
        while above >= 0 and self.blank[above]:
            above -= 1
        if above < 0 or labels[above] is not None:
            return False
        below = [k for k in range(at + 1, min(len(labels), at + 14)) if not self.blank[k]][:5]
        if any(self.sheet.bare[k] == "--" for k in below):
            return False  # a mail's signature
        spoken = not spoken or any(self.sheet.lines[k].lstrip()[:1] in OPENERS for k in below)
        return len(below) >= 3 and spoken and all(labels[k] is None or labels[k].kind == "end_marker" for k in below[:2])

    def _titles_above_landmarks(self) -> None:
        """Titles without number in an archive's download: what stands alone above "Chapter Notes" or "Chapter Summary"."""
        lines, labels = self.sheet.lines, self.labels
        for at in self.sheet.short:
            if len(lines[at]) > 20 or _ABOVE_TEXT.fullmatch(self.sheet.bare[at]) is None:
                continue
            label = labels[at]
            if label is not None and label.kind not in ("boilerplate", "summary"):
                continue
            above = at - 1
            while above >= 0 and self.blank[above]:
                above -= 1
            if above < 0 or above in self.sheet.fixed or not self._stands_free(above, False):
                continue
            line = lines[above].strip()
            label = labels[above]
            over = next((k for k in range(above - 1, -1, -1) if not self.blank[k]), -1)
            if over >= 0 and _ABOVE_TEXT.fullmatch(lines[over].strip()) is not None:
                continue  # a summary of one line
            if len(line) <= 80 and (label is None or label.rule in _TAKEN_FOR) and marker_at(line) is None:
                labels[above] = Label("heading", "heading.title", 0.85, (), True, self.new_group())

    def _comment_heads(self) -> None:
        """Who wrote a comment and when ("(Anonymous)", "2011-06-02 09:41 pm (UTC)"), below a subject that may name a story."""
        labels, lines = self.labels, self.sheet.lines
        for at in self.sheet.short:
            line = self.sheet.bare[at]
            if not at or not line[0].isdigit() or len(lines[at]) > 60 or labels[at] is not None or _STAMP.fullmatch(line) is None:
                continue
            who = at - 1 if self.is_free(at - 1) and len(lines[at - 1]) <= 60 else -1
            subject = labels[at - 2] if at > 1 and who >= 0 else labels[at - 1]
            if who > 0 and subject is None and self.is_free(who - 1) and _FILL.match(lines[who - 1]) is not None:
                labels[who - 1] = subject = Label("metadata", "header.subject", 0.9, (), False, self.new_group())
            if who > 0 and subject is None and self.is_free(who - 1) and _ANSWER.match(lines[who - 1].strip()) is not None:
                labels[who - 1] = subject = Label("boilerplate", "site.answer", 0.9)
            ours = subject is not None and subject.kind == "metadata"
            for k in (who, at) if who >= 0 and (ours or _COMMENTER.fullmatch(lines[who].strip()) is not None) else (at,):
                labels[k] = Label("boilerplate", "site.posting", 0.9)

    def _answers(self) -> None:
        """Subjects of answers ("Re: The Understudy of Ghent") to what a posting's head named, and who answered when below it."""
        labels, lines = self.labels, self.sheet.lines
        known: set[str] = set()
        for at, line in enumerate(lines):
            if not line or len(line) > 120 or at in self.sheet.fixed or self.blank[at]:
                continue
            label, line = labels[at], line.strip()
            if label is not None and label.kind == "metadata":
                known |= {key_of(line), key_of(line.partition(":")[2])}
            found = _ANSWER.match(line)
            if label is None and found is None and _FILL.match(line) is not None:
                known.add(key_of(line))
            if found is None or (label is not None and label.kind != "metadata") or not self._is_headed(at):
                continue
            key = key_of(found.group("subject"))
            if len(key) < 4 or not any(
                key.startswith(one) or one.startswith(key) for one in known if len(one) >= 4 and one != key_of(line)
            ):
                continue
            labels[at] = Label("boilerplate", "site.answer", 0.9)
            below = labels[at + 1] if at + 1 < len(lines) else None
            if (
                at + 1 < len(lines)
                and (self.is_free(at + 1) or (below and below.rule == "header.byline"))
                and _POSTED_BY.fullmatch(lines[at + 1].strip()) is not None
            ):
                labels[at + 1] = Label("boilerplate", "site.answer", 0.9)

    def _thread_heads(self) -> None:
        """The title and the facts of a thread round its "Thread starter"."""
        labels, lines = self.labels, self.sheet.lines
        for at, line in enumerate(lines[:THREAD_HEAD]):
            if not line or at in self.sheet.fixed or _STARTER.fullmatch(line.strip()) is None:
                continue
            labels[at] = Label("metadata", "header.thread", 0.9)
            if at > 0 and self.is_free(at - 1) and len(lines[at - 1]) <= 120 and ":" not in lines[at - 1]:
                labels[at - 1] = Label("metadata", "header.thread", 0.9)
            below = at + 1
            while below < len(lines) and _THREAD_FACT.fullmatch(lines[below].strip()) is not None:
                labels[below] = Label("metadata", "header.thread", 0.9)
                below += 1
            return

    def find_boxes(self) -> None:
        """The lines above an author's words in a box ("A note from gullwing"): the name must be the author's, or come twice."""
        labels = self.labels
        known = ""
        for at, name in self.boxes:
            if not self.is_free(at) or not self._is_headed(at):
                continue
            if not known:
                pairs = zip(self.sheet.lines, labels, strict=True)
                kinds = ("metadata", "boilerplate")
                known = "\n".join(line for line, label in pairs if label is not None and label.kind in kinds)
            again = sum(other.lower() == name.lower() for _, other in self.boxes) > 1
            if name and not again and re.search(rf"\b{re.escape(name)}\b", known, re.IGNORECASE) is None:
                continue
            above = at - 1
            while above >= 0 and (labels[above] is None or labels[above].kind in ("break", "story")):
                above -= 1
            labels[at] = Label("note", "note.label", 0.95)
            self.landmarks[at] = "chapter end notes" if self._text_lines(above, at) >= 3 else "chapter notes"

    def _tellers(self) -> None:
        """Bare names above the parts that their bearers tell."""
        lines = self.sheet.lines
        names = [
            (at, name)
            for at, name in self.names
            if self.is_free(at) and (self._stands_free(at, False) or (self._is_headed(at) and is_set_off(lines[at].strip())))
        ]
        if len(names) < 2:
            return
        turns = in_turn(names)
        apart = all(self._text_lines(a, b) >= 1 for a, b in pairwise(turns))
        if turns and apart and (self._opens(turns[0]) or self._is_below_heading(turns[0])):
            for at in turns:
                self.labels[at] = Label("heading", "heading.pov", 0.8, (), False, self.new_group())
            return
        names = [(at, name) for at, name in names if bare_name(lines[at].strip()) is not None]
        if len(names) < 2:
            return
        set_off = [(at, name) for at, name in names if is_set_off(lines[at].strip())]
        told = {name for name in {name for _, name in set_off} if self._is_told_of(name)}
        if not told or len(set_off) < 3:
            set_off = [(at, name) for at, name in set_off if name in told]
        if len({name for _, name in set_off}) >= 2:
            names = set_off
        elif any(not lines[at].strip().strip("*_~=–—-+<>[]{}()|: ")[0].isupper() for at, _ in names):
            return
        opens = (lambda at: self._is_below_heading(at) or self._opens(at)) if names is set_off else self._is_below_heading
        for at in tellers(names, opens, self._text_lines, names is set_off):
            self.labels[at] = Label("heading", "heading.pov", 0.8, (), False, self.new_group())

    def _is_in_front(self, at: int) -> bool:
        """Whether a line stands in the block of short lines that opens a document, as a pasted page does."""
        lines = self.sheet.lines
        last = at + 1
        while last < len(lines) and not self.blank[last]:
            last += 1
        return last <= FRONT and all(len(line) <= 60 and line.strip()[-1:] not in _SENTENCE_END for line in lines[:last])

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

    def _opens(self, at: int, most: int = 6) -> bool:
        """Whether a line stands alone at the beginning, with at most a few short notes above it."""
        if not self._stands_free(at, most < 6):
            return False
        above = [line for line in range(at) if not self.blank[line] and self.labels[line] is None]
        return len(above) <= most and not any(self.sheet.lines[line].lstrip()[0] in OPENERS for line in above)

    def _titles(self) -> None:
        """Titles without number, by lists of them and by their dress."""
        lines, kinds = self.sheet.lines, self._kinds()
        entries, again = titles.listed(lines, kinds, self._is_title_free, self._text_lines)
        for at in entries:
            self.labels[at] = Label("boilerplate", "site.contents", 0.9)
        for at in again:
            self.labels[at] = Label("heading", "heading.title", 0.85, (), True, self.new_group())
        if entries or again:
            kinds = self._kinds()
        for at in titles.dressed(lines, kinds, self.dresses, self._is_title_free, self._opens, self._text_lines):
            self.labels[at] = Label("heading", "heading.title", 0.8, (), True, self.new_group())
        for at in self._underlined():
            group = self.new_group()
            for line in (at, at + 1):
                self.labels[line] = Label("heading", "heading.title", 0.8, (), True, group)
        for at in titles.plain(lines, self._kinds(), self._is_title_alone, self._opens, self._text_lines):
            self.labels[at] = Label("heading", "heading.title", 0.75, (), True, self.new_group())

    def _underlined(self) -> list[int]:
        """Lines with a rule of their own right below them and text after a gap, as Markdown writes titles: two at least."""
        lines, labels = self.sheet.lines, self.labels
        found = [
            at
            for at in (rule - 1 for rule in self.labelled() if labels[rule].rule == "break.symbols")
            if 0 <= at < len(lines) - 2
            and self.is_free(at)
            and len(set(lines[at + 1].strip())) == 1
            and self._is_headed(at)
            and self.blank[at + 2]
            and len(lines[at]) <= titles.LONGEST
            and lines[at].strip()[-1] not in _SENTENCE_END
            and lines[at].strip()[0] not in OPENERS
            and marker_at(lines[at].strip()) is None
        ]
        return found if len(found) > 1 else []

    def _is_title_alone(self, at: int) -> bool:
        """Whether a line stands between blank lines or what is no text, so that it may be a title without any dress."""
        below = self.next_text(at + 1)
        if below >= len(self.blank):
            return False
        label = self.labels[below]
        prose = label.kind == "heading" if label is not None else self.sheet.lines[below].strip()[-1] in _SENTENCE_END
        return prose and self._is_parted_in_text(at) and self._is_title_free(at)

    def _is_parted_in_text(self, at: int) -> bool:
        return (
            (at == 0 or self.blank[at - 1] or self.labels[at - 1] is not None) and at + 1 < len(self.blank) and self.blank[at + 1]
        )

    def _is_title_free(self, at: int) -> bool:
        return at not in self.sheet.fixed and self._stands_free(at, False) and marker_at(self.sheet.lines[at].strip()) is None

    def _kinds(self) -> list[str]:
        """The kind of each line so far: "" for text."""
        return [
            "blank" if blank else label.kind if label is not None else ""
            for blank, label in zip(self.blank, self.labels, strict=True)
        ]

    def _book_parts(self) -> None:
        """Names of the parts of a book ("Acknowledgements") are headings where the text has other headings, and so is a first
        "One: The Lead Line" below such a part."""
        labels, sheet = self.labels, self.sheet
        parts = [at for at in self.parts if labels[at] is None and self._stands_free(at, False) and not self._is_of_page(at)]
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

    def _is_of_page(self, at: int) -> bool:
        """Whether a site's lines, facts or a name touch a line from below, as below an "About the author" that a page has."""
        if at + 1 >= len(self.labels) or self.blank[at + 1]:
            return False
        label, line = self.labels[at + 1], self.sheet.bare[at + 1]
        if label is None:
            return len(line) <= 40 and line[-1] not in _SENTENCE_END
        return label.kind in ("boilerplate", "metadata")

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
        order = [at for at in self.labelled() if labels[at].kind == "heading"]
        again = {at for places in titles.values() for at in places[:-1]}
        for at in [*order, -1]:
            if run and at >= 0 and at in again and self.next_text(run[-1] + 1) == at:
                run.append(at)
                continue
            if len(run) >= 2:
                for line in run:
                    labels[line] = Label("boilerplate", "site.contents", 0.9)
            run = [at] if at in again else []
        for at in order:
            if labels[at].rule == "heading.again":
                labels[at] = None

    def _chapter_summaries(self) -> None:
        """A line "Chapter Summary" below a heading, and the paragraph after it."""
        labels = self.labels
        for at in self.labelled():
            if labels[at].kind != "heading" or not labels[at].chapter:
                continue
            below = self.next_text(at + 1)
            if below >= len(labels) or labels[below] is not None:
                continue
            if _SUMMARY.fullmatch(self.sheet.lines[below].strip()) is None:
                continue
            group, last = self.new_group(), self.next_text(below + 1)
            labels[below] = Label("summary", "site.chapter_summary", 0.95, (), False, group)
            while last < len(labels) and self.is_free(last):
                marker = marker_at(self.sheet.lines[last].strip())
                if marker is not None and marker.bare:
                    break
                labels[last] = Label("summary", "site.chapter_summary", 0.9, (), False, group)
                last += 1

    def _titles_after_numbers(self) -> None:
        """A short line right below a bare "Chapter 3" is its title."""
        labels = self.labels
        chapters = [at for at in self.labelled() if labels[at].kind == "heading" and labels[at].chapter]
        glued = {at for at in chapters if at + 1 < len(labels) and self.is_free(at + 1)}
        glued = glued if len(glued) > 1 and len(glued) == len(chapters) else set()  # a second line below each of them
        for at in chapters:
            self._title_after_number(at, glued)

    def _title_after_number(self, at: int, glued: set[int]) -> None:
        labels, sheet = self.labels, self.sheet
        label = labels[at]
        if label.kind != "heading" or not label.chapter or at in sheet.fixed:
            return
        core = sheet.bare[at].strip("*_~#=-–—<>[]().: ")
        below = at + 1
        if (len(core.split()) > 2 and at not in glued) or below >= len(labels) or not self.is_free(below):
            return
        line = sheet.bare[below]
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
            self._title_after_number(below, glued)

    def settle_furniture(self, late: bool = False) -> None:
        """Furniture by its company; once headers and headings are known (`late`), also what stands squeezed between it."""
        labels, lines = self.labels, self.sheet.lines
        for date in self.dated:
            if self.is_free(date):
                for at in posting_head(lines, self.is_free, date):
                    labels[at] = Label("boilerplate", "site.posting", 0.9)
        kinds = self._kinds()
        if late:
            for at in company.screens(lines, kinds):
                if at not in self.sheet.fixed:
                    labels[at], kinds[at] = None, ""
            for at in company.chat_events(lines, kinds):
                if at not in self.sheet.fixed:
                    labels[at], kinds[at] = Label("story", "story.quoted", 0.85), "story"
        ends = {at for at in self.half_ends if at > 0 and self.blank[at - 1] and self._is_told(at)}
        weak = {at for at in self.weak if at not in ends}
        weak = {at for at in weak if labels[at] is None or (labels[at].kind == "heading" and labels[at].confidence < 0.9)}
        accepted = company.beside(kinds, weak)
        accepted |= company.at_edges(lines, kinds, weak, accepted)
        if not late:
            accepted |= company.cuts(lines, kinds, self.cuts) | company.site_name(lines, kinds)
        elif accepted or "boilerplate" in kinds:
            for at in accepted:
                kinds[at] = "boilerplate"
            for at in (worded := {at for at in company.blocks(lines, kinds) if not self._states(at)}):
                kinds[at] = "boilerplate"
            squeezed = {at for at in company.squeezed(lines, kinds) if not self._states(at)}
            accepted |= worded | squeezed | company.foot(lines, kinds) | company.profiles(lines, kinds)
            accepted |= company.statements(lines, kinds)
            for at in accepted:
                kinds[at] = "boilerplate"
            accepted |= company.authors_between(lines, kinds)
        for at in accepted:
            labels[at] = Label("boilerplate", "site.button", 0.85)

    def _is_told(self, at: int, most: int = 1) -> bool:
        """Whether the last line above a line is text: a paragraph (or one in `most` lines), no short line beside a site's own."""
        above = at - 1
        while above >= 0:
            if not self.blank[above]:
                if self.labels[above] is not None:
                    return False
                if len(self.sheet.lines[above]) > 25:
                    return True
                most -= 1
                if not most:
                    return False
            above -= 1
        return False

    def _signatures(self) -> None:
        """A rule with a few short lines right below it at the end of a posting: of underscores, as forums put one above a
        signature, or any below the end of the story.
        """
        labels, lines = self.labels, self.sheet.lines
        for at in self.labelled():
            if labels[at].rule != "break.symbols" or len(signs := set(lines[at].strip())) != 1:
                continue
            above = next((k for k in range(at - 1, -1, -1) if not self.blank[k]), -1)
            ended = above >= 0 and labels[above] is not None and labels[above].kind == "end_marker"
            if not ended and (signs != {"_"} or len(lines[at].strip()) < SIGNATURE):
                continue
            last = at
            while last + 1 < len(lines) and self.is_free(last + 1) and len(lines[last + 1]) <= LONGEST_SIGNATURE:
                last += 1
            below = self.next_text(last + 1)
            if not 0 < last - at <= 4 or not (below >= len(lines) or (labels[below] and labels[below].kind == "boilerplate")):
                continue
            group = self.new_group()
            for line in range(at, last + 1):
                labels[line] = Label("note", "note.signature", 0.85, ("sign_off",), False, group)

    def _chosen(self) -> None:
        """What a page's box of chapters has chosen ("1. Tick"), right below a site's lines, where its heading comes below it."""
        labels = self.labels
        for at in self.sheet.short[:FRONT]:
            if self.sheet.bare[at][:2] != "1." or (labels[at] is not None and labels[at].kind != "heading"):
                continue
            only = _CHOSEN.fullmatch(self.sheet.bare[at])
            below = self.next_text(at + 1)
            if only is None or below >= len(labels) or labels[below] is not None or not self._is_below_heading(at):
                continue
            if key_of(self.sheet.bare[below]) == key_of(only.group(1)) and self._is_parted(below):  # a menu of one
                labels[at] = Label("boilerplate", "site.contents", 0.9)
                labels[below] = Label("heading", "heading.listed", 0.9, (), True, self.new_group())
        order = [at for at in self.labelled() if labels[at].kind == "heading" and labels[at].chapter]
        for at, below in pairwise(order):
            if not at or labels[at - 1] is None or labels[at - 1].kind != "boilerplate" or self._text_lines(at, below):
                continue
            title = _CHOSEN.fullmatch(self.sheet.bare[at])
            if title is not None and key_of(self.sheet.bare[below]).endswith(key_of(title.group(1))):
                labels[at] = Label("boilerplate", "site.contents", 0.85)

    def _page_notes(self) -> None:
        """A bare "Notes" below the head of an archive's download, which has its note below it."""
        if not any(mark in ("preface", "afterword") for mark in self.landmarks.values()):
            return
        for at in self.sheet.short:
            if self.sheet.bare[at] != "Notes" or not self.is_free(at) or not self._is_parted(at):
                continue
            above = next((k for k in range(at - 1, -1, -1) if not self.blank[k]), -1)
            if above >= 0 and self.labels[above] is not None and self.labels[above].kind in ("metadata", "summary"):
                self.labels[at] = Label("note", "note.label", 0.95)
                self.landmarks[at] = "chapter notes"

    def _front_matter(self) -> None:
        """The rules round a header that a site's generator writes ("---", "title: Salt", "---")."""
        lines, labels = self.sheet.lines, self.labels
        if (
            not lines
            or lines[0].strip() not in ("---", "+++")
            or len(lines) < 3
            or labels[1] is None
            or labels[1].kind != "metadata"
        ):
            return
        last = 1
        while last < len(lines) - 1 and labels[last] is not None and labels[last].kind in ("metadata", "summary", "note"):
            last += 1
        if lines[last].strip() == lines[0].strip():
            for at in (0, last):
                labels[at] = Label("metadata", "header.rule", 0.9)

    def settle_rules(self) -> None:
        """Rules that touch furniture, once all of it is known."""
        for at in company.rules(self.sheet.lines, self._kinds()):
            if at not in self.sheet.fixed:
                self.labels[at] = Label("boilerplate", "site.rule", 0.85)
        self._front_matter()
        self._signatures()
        for at in range(1, len(self.labels)):
            label, above = self.labels[at], self.labels[at - 1]
            if label is None or above is None or label.rule != "break.symbols":
                continue
            if above.kind != "heading" or not above.chapter:
                continue
            if at + 1 == len(self.labels) or self.blank[at + 1]:
                self.labels[at] = Label("heading", "heading.rule", 0.85, (), True, above.group)

    def give_back_facts(self) -> None:
        """Lines that only looked like facts, with paragraphs of text right above and below them: an article's in the story."""
        labels = self.labels
        at = 0
        while at < len(labels):
            label = labels[at]
            day = label is not None and label.rule == "boilerplate.likely" and is_dated(self.sheet.bare[at])
            if label is None or not (day or label.rule == "metadata.likely"):
                at += 1
                continue
            last, below = at, self.next_text(at + 1)
            while below < len(labels) and labels[below] is not None and labels[below].rule == "metadata.likely":
                last, below = below, self.next_text(below + 1)
            if below == last + 1 and below < len(labels) and labels[below] is None and len(self.sheet.lines[below]) <= 25:
                below = self.next_text(below + 1) if self.sheet.bare[below][-1] not in _SENTENCE_END else below  # its day
            told = below < len(labels) and labels[below] is None
            told = told and (len(self.sheet.lines[below]) > 25 or self.sheet.bare[below][-1] in _SENTENCE_END)
            above = next((k for k in range(at - 1, -1, -1) if not self.blank[k]), -1)
            if told and self._is_told(at, 2) and lean(self.sheet.lines[below]) < 0 and lean(self.sheet.lines[above]) < 0:
                for line in range(at, last + 1):
                    if not self.blank[line]:
                        labels[line] = None
            at = last + 1

    def settle_note_rules(self) -> None:
        """Rules right below a note's last line, with more of the note below them or the end of what it belongs to: kisses below a
        name, the fence of a signature. Where the story begins below, such a rule parts the two."""
        labels = self.labels
        for at in range(1, len(labels)):
            label, above = labels[at], labels[at - 1]
            if label is None or above is None or label.kind != "break" or above.kind != "note" or at in self.sheet.fixed:
                continue
            if not label.rule.startswith(("break.symbols", "break.letters", "break.own")):
                continue
            below = self.next_text(at + 1)
            next_kind = "" if below >= len(labels) else labels[below].kind if labels[below] is not None else "story"
            if next_kind == "heading" or next_kind == "" or (next_kind == "note" and below == at + 1):
                labels[at] = Label("note", above.rule, above.confidence, (), False, above.group)

    def _states(self, at: int) -> bool:
        """Whether a line states a fact of the work with its label ("Author Name: gullwing")."""
        line = self.sheet.lines[at].strip()
        reading = read_line(line) if ":" in line else None
        if reading is None or reading.kind != "metadata":
            return False
        return reading.label is not None or (reading.rule in _FACTS and reading.weight >= FACTS)

    def _is_italian(self) -> bool:
        sample = self.sheet.text[-4000:].lower()
        return len(_ITALIAN.findall(sample)) * 16 >= sample.count(" ") + 1

    def _dressed_ends(self) -> list[int]:
        """Lines in ornaments that no other wears, of a few words ("* finish line *"): below narration, and with
        nothing but notes or a site's lines below them.
        """
        lines, labels = self.sheet.lines, self.labels
        worn = Counter(dress for _, dress, _ in self.dresses)
        last = [at for at in range(len(lines) - 1, -1, -1) if not self.blank[at]][:NEAR_END]
        found = []
        for at, dress, title in self.dresses:
            if at not in last or worn[dress] > 1 or dress == "capitals" or not dress.split("|")[1] or not self.is_free(at):
                continue
            opened = dress.split("|")[0]
            emphasis = set(opened) <= {"*", "_"} and lines[at].strip()[len(opened)] != " "
            if title.count(" ") > 3 or ":" in title or emphasis:
                continue
            above = at - 1
            while above >= 0 and self.blank[above]:
                above -= 1
            below = self.next_text(at + 1)
            told = above >= 0 and labels[above] is None and len(lines[above]) > 25 and lean(lines[above]) < TOLD
            if not told or self.sheet.text.count(title) > 1 or not self._is_headed(at):
                continue
            if below >= len(lines) or labels[below] is not None or lean(lines[below]) > 0:
                found.append(at)
        return found

    def settle_ends(self) -> None:
        """Ordinary words that may be end markers ("End.", "Fine") count where nothing but notes can follow."""
        labels = self.labels
        for at, label in enumerate(labels):
            if (
                label is not None
                and label.rule == "end.words"
                and self._is_emphasised(at)
                and self._is_amid_text(at, not self.cards)
            ):
                labels[at] = Label("story", "story.quoted", 0.85)  # the last card of a film
        for at in self._dressed_ends():
            labels[at] = Label("end_marker", "end.dressed", 0.75)
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
