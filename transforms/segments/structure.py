"""The structure of a text that needs neighbours: the header, numbers that go on, buttons in company, a table of contents."""


from __future__ import annotations

import re

from transforms.segments import company, titles
from transforms.segments.furniture import posting_head
from transforms.segments.headings import confirm, tellers
from transforms.segments.layout import OPENERS
from transforms.segments.markers import marker_at
from transforms.segments.shapes import Label, Shapes

_SUMMARY = re.compile(r"[*_ ]*(?:chapter )?summary(?: for the chapter)?[*_ ]*:?[*_ ]*|summary for the chapter:?", re.IGNORECASE)
_ITALIAN = re.compile(r"\b(?:che|di|il|della|non|una|per|gli|è|del|con|lei|lui|si)\b")


class Structure(Shapes):
    """The labels of a sheet's lines with what their neighbours decide."""

    def settle_headings(self) -> None:
        labels = self.labels
        open_ones = [(at, heading) for at, heading in self.candidates if labels[at] is None]
        confirmed = (
            confirm(
                open_ones, self._text_lines, lambda at: self._stands_free(at, False), lambda at: at == 0 or self.blank[at - 1]
            )
            if open_ones
            else set()
        )
        stated: dict[str, list[int]] = {}
        for at, heading in open_ones:
            sure = heading.certain or at in confirmed
            if not sure and heading.number is not None and at == open_ones[0][0]:
                if heading.style.endswith("t"):
                    sure = self._opens(at) if heading.number == 1 else heading.parted and self._opens(at, 3)
                else:
                    sure = not self.sheet.lines[at].strip()[0].isalnum() and self._opens(at, 3)  # ~12~
            if not sure or not self._stands_free(at, True):
                continue
            rule = "heading.pov" if heading.pov is not None else f"heading.{heading.style.split('|')[0]}"
            labels[at] = Label("heading", rule, 0.95 if heading.certain else 0.85, (), heading.pov is None, self.new_group())
            stated.setdefault(heading.title.lower(), []).append(at)
        for at, heading in open_ones:
            if labels[at] is None and heading.title.lower() in stated:
                stated[heading.title.lower()].insert(0, at)
                labels[at] = Label("heading", "heading.listed", 0.6)
        self._book_parts()
        self._tables_of_contents(stated)
        self._titles()
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
        weak = {at for at in self.weak if labels[at] is None or (labels[at].kind == "heading" and labels[at].confidence < 0.9)}
        accepted = company.beside(kinds, weak)
        accepted |= company.at_edges(lines, kinds, weak, accepted)
        if not late:
            accepted |= company.cuts(lines, kinds, self.cuts) | company.site_name(lines, kinds)
        elif accepted or "boilerplate" in kinds:
            for at in accepted:
                kinds[at] = "boilerplate"
            for at in (worded := company.blocks(lines, kinds)):
                kinds[at] = "boilerplate"
            accepted |= worded | company.squeezed(lines, kinds) | company.foot(lines, kinds)
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
