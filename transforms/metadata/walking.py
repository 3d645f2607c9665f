"""The walk over a header's lines: labelled lines go to `labelled`, what is known by its shape is believed or not, and what states
nothing by itself goes to `placing`.
"""

from __future__ import annotations

import re

from transforms.metadata import values
from transforms.metadata.coined import coined_at
from transforms.metadata.items import ENOUGH, Item, Reading, Value, shown, with_facts
from transforms.metadata.labelled import take_labelled
from transforms.metadata.labels import label_at
from transforms.metadata.layout import LONGEST_LINE, Line
from transforms.metadata.lines import read_line
from transforms.metadata.mail import read_mail
from transforms.metadata.pieces import MARKUP, pairing_of, validates
from transforms.metadata.placing import place, row_pairs
from transforms.metadata.shapes import FORM_LINE, SYMBOLS, is_name, is_title_case, key_of
from transforms.metadata.trusted import take_trusted

_BOX = frozenset(("categories", "characters", "genres", "genre", "challenges", "series", "chapters", "completed"))
_ENTRY = re.compile(r"1\. [A-Z\"“]")  # of a menu below the header


class Walk:
    """One pass over the lines of a header.

    `trusted` lines are known to be metadata (or summary): unknown ones are skipped or taken for title and author, no evidence
    is asked for. Otherwise the walk stops at the first line that is not the header's.
    """

    def __init__(
        self, lines: list[Line], trusted: bool, title: str | None = None, has_author: bool = False, front: bool = True
    ) -> None:
        self.lines = lines
        self.trusted = trusted
        self.front = front
        self.items: list[Item] = []
        self.title = title
        self.has_author = has_author
        self.readings: dict[int, Reading | None] = {}
        self.block_weights: dict[int, float] = {}
        self.box: bool | None = None

    def read(self, at: int) -> Reading | None:
        """What a line states by itself."""
        if at not in self.readings:
            self.readings[at] = read_line(self.lines[at].text)
        return self.readings[at]

    def block_end(self, at: int) -> int:
        """The index after the last line of the block (lines without a blank one between) that line `at` is in."""
        stop = at + 1
        while stop < len(self.lines) and self.lines[stop].gap == 0:
            stop += 1
        return stop

    def block_weight(self, at: int) -> float:
        """What the lines of a block from `at` on prove together, each field once."""
        if at not in self.block_weights:
            weights: dict[str, float] = {}
            for i in range(at, min(self.block_end(at), at + 40)):
                reading = self.read(i)
                if reading is None or reading.kind == "note":
                    continue
                field, weight = self.weighed(i, reading)
                weights[field] = max(weights.get(field, 0.0), weight)
            self.block_weights[at] = sum(weights.values())
        return self.block_weights[at]

    def weighed(self, at: int, reading: Reading) -> tuple[str, float]:
        """The field that a line states and what it proves: nothing by a label whose value is none of its kind."""
        label = reading.label
        if label is None:
            return (reading.pairs[0][0] if reading.pairs else reading.rule), reading.weight
        value = label.value
        if not value and at + 1 < len(self.lines) and self.lines[at + 1].gap <= 1:
            value = self.lines[at + 1].text
        if not value or not validates(label.field, value):
            return label.field, 0.0
        weight = label.weight
        if label.field in ("rating", "categories", "warnings") and (label.field != "categories" or values.category(value)):
            weight += 0.5
        return label.field, weight

    def restart(self) -> None:
        """Forgets what was taken; the lines stay read."""
        self.items = []
        self.title, self.has_author = None, False

    def run(self, at: int = 0) -> None:
        """Takes lines from `at` on, up to the header's end."""
        while at < len(self.lines):
            after = self.step(at)
            if after is None:
                break
            at = after
        self.settle_title()

    def settle_title(self) -> None:
        """A labelled title wins over a first line that was taken for one (a site's path, a series)."""
        labelled = [item for item in self.items if item.label == "title"]
        if not labelled:
            return
        stated = next((shown(value) for item in labelled for field, value in item.pairs if field == "title"), "")
        for item in self.items:
            if item.rule == "header.title" and stated and key_of(shown(item.pairs[0][1])) != key_of(stated):
                name = shown(item.pairs[0][1])
                item.pairs = [pair for pair in item.pairs if pair[0] != "title"]
                self.title = stated
                below = self.lines[item.last + 1].text if item.last + 1 < len(self.lines) else ""
                if not self.has_author and is_name(name) and len(below) <= 40 and values.date_of(below) is not None:
                    item.pairs.append(("authors", name))  # who posted it, above the day

    def step(self, at: int) -> int | None:
        """Takes the line (and its continuation) into the header; the index of the next line, or None at the header's end."""
        line = self.lines[at]
        if not self.trusted and line.gap > 5 and self.items:
            return None
        if len(line.text) > LONGEST_LINE:
            return None
        mail = read_mail(self, at)
        if mail is not None:
            return mail
        reading = self.read(at)
        if SYMBOLS.match(line.text) and (reading is None or reading.rule == "header.hashtags"):
            return self.symbols(at)
        if self.title is not None and key_of(line.text) == key_of(self.title) and len(line.text) < 160:
            weight = 1.0 if is_title_case(self.title) and len(self.title.split()) > 1 else 0.5
            self.state(at, [("title", self.title)], "header.title_again", weight)
            return at + 1
        if self.items and not line.gap and reading is None and len(line.text) < 60 and key_of(line.text) in self.authors():
            self.state(at, [], "header.author_again", 0.25)
            return at + 1
        if reading is not None and reading.label is not None:
            return take_labelled(self, at, reading)
        if reading is not None and self.believed(at, reading):
            pairs = row_pairs(self, at, list(reading.pairs))
            self.take(at, at, "metadata", pairs, reading.rule, reading.weight, reading.topics, 0.92)
            return at + 1
        return take_trusted(self, at) if self.trusted else place(self, at)

    def take(
        self,
        first: int,
        last: int,
        kind: str,
        pairs: list[tuple[str, Value]],
        rule: str,
        weight: float,
        topics: tuple[str, ...] = (),
        confidence: float = 0.97,
        label: str = "",
    ) -> None:
        """Takes lines `first` to `last` into the header; a title is parted from the facts behind it."""
        if any(field == "title" for field, _ in pairs):
            pairs = [pair for given in pairs for pair in with_facts(given)]
        self.items.append(Item(first, last, kind, pairs, rule, weight, topics, confidence, label))
        for field, value in pairs:
            if field == "title" and self.title is None:
                self.title = shown(value)
            elif field == "authors":
                self.has_author = True

    def state(
        self, at: int, pairs: list[tuple[str, Value]], rule: str, weight: float, confidence: float = 0.97, label: str = ""
    ) -> None:
        """Takes one line as metadata."""
        self.take(at, at, "metadata", pairs, rule, weight, (), confidence, label)

    def believed(self, at: int, reading: Reading) -> bool:
        """Whether a line without a label, read by its shape, is the header's: sure by itself, or near other header lines."""
        line = self.lines[at]
        if self.trusted:
            return True
        if reading.rule == "header.byline" and not self.items:
            return False
        if reading.rule == "header.hashtags":
            return bool(self.items)
        if self.items:
            near = line.gap <= 1 or reading.weight >= 1.0
            lone = reading.rule == "header.value" and reading.weight < 1.0 and line.gap >= 1
            return near and line.gap <= 4 and not (lone and not self.header_goes_on(at))
        return reading.weight >= ENOUGH or self.header_goes_on(at)

    def header_goes_on(self, at: int) -> bool:
        """Whether the next line is a header's too."""
        after = at + 1
        if after >= len(self.lines) or self.lines[after].gap > 3:
            return False
        reading = self.read(after)
        if reading is None:
            again = self.title is not None and key_of(self.lines[after].text) == key_of(self.title)
            return again or pairing_of(self.lines[after].text) is not None
        return reading.weight >= 0.5 or (reading.label is not None and reading.label.field == "summary")

    def symbols(self, at: int) -> int | None:
        """A row of symbols: stays only between header lines (a frame round the header)."""
        if self.trusted:
            return at + 1
        after = at + 1
        if self.is_underline(at):
            self.state(at, [], "header.underline", 1.0, confidence=0.9)
            return after
        if (at and not self.items) or after >= len(self.lines) or self.lines[after].gap > 2:
            return None
        block = self.block_end(after)
        closed = any(SYMBOLS.match(self.lines[i].text) for i in range(after + 1, min(block, after + 5)))
        if closed and not at and self.block_weight(after) >= 0.75:
            self.take(at, at, "break", [], "header.frame", 0.0)  # a title page in a frame
            return after
        if self.block_weight(after) >= ENOUGH and (found := self.read(after)) is not None and found.label is not None:
            self.take(at, at, "break", [], "header.frame", 0.0)
            return after
        return None

    def is_underline(self, at: int) -> bool:
        """Whether a row of one sign stands right below the title and is about as long."""
        if at != 1 or self.lines[at].gap or len(self.items) != 1 or not self.items[0].rule.startswith("header.title"):
            return False
        row, title = self.lines[at].text, self.lines[0].text
        return len(set(row)) == 1 and 0.6 * len(title) <= len(row) <= 1.5 * len(title)

    def author_ahead(self) -> bool:
        """Whether the header has an author, or one of its first lines names one."""
        return self.has_author or any(
            reading is not None and any(field == "authors" for field, _ in reading.pairs)
            for reading in (self.read(i) for i in range(min(12, len(self.lines))))
        )

    def label_follows(self, at: int) -> bool:
        """Whether there is a line with a label at a place."""
        return at < len(self.lines) and label_at(self.lines[at].text) is not None

    def begins_summary(self, at: int) -> bool:
        """Whether a line begins with the label of a summary."""
        reading = self.read(at)
        return reading is not None and reading.label is not None and reading.label.kind == "summary"

    def continued(self, at: int, metadata: bool) -> int:
        """The last line of a value that goes on: indented, or wrapped because the next word would not have fitted."""
        last = at
        base = self.lines[at].indent
        while last + 1 < len(self.lines) and last - at < 40:
            here, after = self.lines[last], self.lines[last + 1]
            if after.gap or label_at(after.text) is not None or SYMBOLS.match(after.text) or _ENTRY.match(after.text):
                break
            if metadata and after.indent <= base and len(here.text) < 60 and FORM_LINE.match(after.text):
                break  # a label that nobody knows
            if after.indent <= base and (said := coined_at(after.text)) is not None and (said.known or len(here.text) < 50):
                break
            if after.indent >= base + 2:
                last += 1
                continue
            first_word = after.text.split(None, 1)[0]
            would_be = here.indent + len(here.text) + 1 + len(first_word)
            wrapped = len(here.text) <= 84 and would_be >= 58 and len(here.text) >= 40
            if metadata:
                wrapped = (
                    wrapped and (after.text[0].islower() or here.text.endswith((",", "/", "&")) or would_be >= 68)
                ) or here.text.endswith(",")
                wrapped = wrapped and self.read(last + 1) is None
            if not wrapped and not (not metadata and self.label_later(last + 1)):
                break
            last += 1
        return last

    def label_later(self, at: int) -> bool:
        """Whether a label of the header follows in the same block: then the lines before it belong to the value above."""
        for i in range(at, min(at + 8, self.block_end(at - 1) if at else at)):
            found = label_at(self.lines[i].text)
            if found is not None and not found.bare and found.weight >= 0.75:
                return True
        return False

    def joined(self, first: str, start: int, last: int) -> str:
        """A text and lines `start` to `last` below it, with blank lines between paragraphs only."""
        text = first
        for line in self.lines[start : last + 1]:
            text += ("\n\n" if line.gap else " ") * bool(text) + line.text
        return text.strip(MARKUP)

    def authors(self) -> set[str]:
        """The keys of the authors that the header has stated so far."""
        stated = (value for item in self.items for field, value in item.pairs if field == "authors")
        return {key_of(name) for value in stated for name in ((value,) if isinstance(value, str) else value)}

    def stated(self) -> set[str]:
        """The fields that the header has stated so far."""
        return {field for item in self.items for field, _ in item.pairs}

    def said(self, field: str) -> bool:
        """Whether the header has stated a field."""
        return field in self.stated()

    def has(self, kind: str) -> bool:
        """Whether lines of a kind were taken."""
        return any(item.kind == kind for item in self.items)

    def in_box(self) -> bool:
        """Whether the lines are the box of facts of an archive's page, where all that is labelled is a fact: eFiction's."""
        if self.box is None:
            found = {label.label.casefold() for line in self.lines[:24] if (label := label_at(line.text)) is not None}
            self.box = len(found & _BOX) >= 3
        return self.box

    def fields_ahead(self, at: int) -> set[str]:
        """The fields that the lines from one on state, up to a gap above a line that states nothing."""
        found: set[str] = set()
        for i in range(at, min(at + 16, len(self.lines))):
            reading = self.read(i)
            if reading is None and self.lines[i].gap:
                break
            if reading is not None:
                found.update(field for field, _ in reading.pairs)
                if reading.label is not None:
                    found.add(reading.label.field)
        return found
