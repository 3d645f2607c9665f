"""What stands round a line: the labels of a sheet so far, and what they tell of a line's place."""

from __future__ import annotations

from itertools import compress, count, islice

from transforms.segments.furniture import SENTENCE_END
from transforms.segments.layout import OPENERS
from transforms.segments.shapes import Label, Shapes

FRONT = 16  # lines of the block that opens a pasted page


class Neighbours(Shapes):
    """The labels of a sheet's lines, asked about the neighbours of a line."""

    def label(self, at: int, kind: str, rule: str, confidence: float, group: int = -1, topics: tuple[str, ...] = ()) -> None:
        """Labels a line; lines of one `group` are one segment."""
        self.labels[at] = Label(kind, rule, confidence, topics, False, group)

    def label_heading(self, at: int, rule: str, confidence: float, chapter: bool = True) -> None:
        """Labels a line as a heading of its own; `chapter` says that it may begin a chapter."""
        self.labels[at] = Label("heading", rule, confidence, (), chapter, self.new_group())

    def chapters(self) -> list[int]:
        """The headings that may begin chapters."""
        return [at for at in self.labelled() if self.labels[at].kind == "heading" and self.labels[at].chapter]

    def kind_at(self, at: int) -> str:
        """The kind of a line's label; "" where it has none, and outside of the sheet."""
        label = self.labels[at] if 0 <= at < len(self.labels) else None
        return "" if label is None else label.kind

    def last_text(self, at: int) -> int:
        """The last line before one that is not blank, or -1."""
        at -= 1
        while at >= 0 and self.blank[at]:
            at -= 1
        return at

    def is_headed(self, at: int) -> bool:
        """Whether a blank line or the beginning is above a line: a note may touch it from below."""
        return at == 0 or self.blank[at - 1]

    def stands_free(self, at: int, certain: bool = False) -> bool:
        """Whether a line is parted from the prose around it, as headings are."""
        before = self.is_headed(at) or self.labels[at - 1] is not None
        after = at + 1 >= len(self.blank) or self.blank[at + 1] or self.labels[at + 1] is not None
        if before and after:
            return True
        return (before or after) and (certain or self.sheet.usual_gap == 0)

    def is_amid_text(self, at: int, spoken: bool) -> bool:
        """Whether text stands right above and below a line, and people speak soon after it if they must (`spoken`)."""
        labels = self.labels
        above = self.last_text(at)
        if above < 0 or labels[above] is not None:
            return False
        below = [k for k in range(at + 1, min(len(labels), at + 14)) if not self.blank[k]][:5]
        if any(self.sheet.bare[k] == "--" for k in below):
            return False  # a mail's signature
        spoken = not spoken or any(self.sheet.lines[k].lstrip()[:1] in OPENERS for k in below)
        return len(below) >= 3 and spoken and all(labels[k] is None or labels[k].kind == "end_marker" for k in below[:2])

    def is_below_heading(self, at: int) -> bool:
        """Whether nothing but blank lines is between a line and a chapter's heading, the header or the beginning."""
        above = self.last_text(at)
        return above < 0 or self.kind_at(above) in ("heading", "metadata", "summary")

    def is_in_front(self, at: int) -> bool:
        """Whether a line stands in the block of short lines that opens a document, as a pasted page does."""
        lines = self.sheet.lines
        last = at + 1
        while last < len(lines) and not self.blank[last]:
            last += 1
        return last <= FRONT and all(len(line) <= 60 and line.strip()[-1:] not in SENTENCE_END for line in lines[:last])

    def opens(self, at: int, most: int = 6) -> bool:
        """Whether a line stands alone at the beginning, with at most a few short notes above it."""
        return self.stands_free(at, most < 6) and self.has_little_above(at, most)

    def has_little_above(self, at: int, most: int = 6) -> bool:
        """Whether at most a few short notes stand above a line, and nobody speaks in them."""
        above = [line for line in range(at) if not self.blank[line] and self.labels[line] is None]
        return len(above) <= most and not any(self.sheet.lines[line].lstrip()[0] in OPENERS for line in above)

    def is_told(self, at: int, most: int = 1) -> bool:
        """Whether the last line above a line is text: a paragraph (or one in `most` lines), no short line beside a site's own."""
        while (at := self.last_text(at)) >= 0 and self.labels[at] is None:
            if len(self.sheet.lines[at]) > 25:
                return True
            most -= 1
            if not most:
                break
        return False

    def text_lines(self, first: int, last: int) -> int:
        """How many lines of text stand between two lines (counted up to three)."""
        return sum(1 for _ in islice(filter(self.is_free, range(first + 1, last)), 3))

    def is_emphasised(self, at: int) -> bool:
        """Whether a line stands in single asterisks or underscores."""
        line = self.sheet.lines[at].strip()
        return len(line) > 4 and line[0] in "*_" and line[-1] == line[0] and line[1] != line[0] and line[-2] != line[0]

    def kinds_so_far(self) -> list[str]:
        """The kind of each line so far: "" for text."""
        kinds = [""] * len(self.labels)
        for at in self.labelled():
            kinds[at] = self.labels[at].kind
        for at in compress(count(), self.blank):
            kinds[at] = "blank"
        return kinds
