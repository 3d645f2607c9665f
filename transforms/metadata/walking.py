"""The walk over a header's lines: labelled lines, their values, summaries and notes; what has no label goes to `placing`."""

from __future__ import annotations

import re

from transforms.metadata import values
from transforms.metadata.coined import coined_at
from transforms.metadata.items import Item, Value, shown, with_facts
from transforms.metadata.labels import label_at
from transforms.metadata.layout import LONGEST_LINE, Line
from transforms.metadata.lines import Reading, read_line
from transforms.metadata.mail import read_mail
from transforms.metadata.pieces import MARKUP, TITLE_BY, clean, pairing_of, validates
from transforms.metadata.placing import place, row_pairs
from transforms.metadata.shapes import (
    ARTICLE,
    FORM_LINE,
    HANDLE,
    HEADING,
    LANDMARK,
    SYMBOLS,
    is_name,
    is_title_case,
    is_title_like,
    key_of,
)

ENOUGH = 1.5
"""The sum of weights (each field once) from which lines are believed to be a header."""

_BOX = frozenset(("categories", "characters", "genres", "genre", "challenges", "series", "chapters", "completed"))
_LISTED = frozenset(("characters", "tags", "relationships", "fandoms", "warnings", "categories", "authors", "cast"))
_PLURAL = frozenset(("authors", "writers", "co-authors", "coauthors", "autores", "autoras", "auteurs", "autoren", "autori"))
_AND = re.compile(r"\s+(?:and|&|und|et|y|e)\s+")
_OWN_WARNINGS = ("warn", "advert", "avis", "avert", "avv", "предуп", "ostrz", "警", "경")  # not "content notes", "triggers"
_LOOSE = {"spoilers": "warning", "setting": "author_note"}  # labels whose values authors like to talk in, and the topic
_SENTENCE = re.compile(r"[^\W\d_]{2}[.!?]$")
_CLAUSE = 4  # blanks in such a sentence, at least
_ENTRY = re.compile(r"1\. [A-Z\"“]")  # of a menu below the header
_QUOTES = ('"', "“", "*", "_", "«")
_EXCERPT = 8  # paragraphs of such a summary
_ITEM = 8  # words of a warning in a list
_TALKED = re.compile(
    r"[^\W\d_]{2}[.!?…]\s|[!?)]$|^(?!none|no\b|nope|nothing).*\byou\b|\b(?:i|i['’]m|my|me|no flames)\b", re.IGNORECASE
)
_ORIGINAL = re.compile(r"""^[«"“'‘„].{1,120}[»"”'’“],?\s+by:?\s+([^.;,]{2,60})$""", re.IGNORECASE)


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
            self.take(at, at, "metadata", [("title", self.title)], "header.title_again", weight)
            return at + 1
        if self.items and not line.gap and reading is None and len(line.text) < 60 and key_of(line.text) in self.authors():
            self.take(at, at, "metadata", [], "header.author_again", 0.25)
            return at + 1
        if reading is not None and reading.label is not None:
            return self.labelled(at, reading)
        if reading is not None and self.believed(at, reading):
            pairs = row_pairs(self, at, list(reading.pairs))
            self.take(at, at, "metadata", pairs, reading.rule, reading.weight, reading.topics, 0.92)
            return at + 1
        return place(self, at)

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
        if any(field == "title" for field, _ in pairs):
            pairs = [pair for given in pairs for pair in with_facts(given)]
        self.items.append(Item(first, last, kind, pairs, rule, weight, topics, confidence, label))
        for field, value in pairs:
            if field == "title" and self.title is None:
                self.title = shown(value)
            elif field == "authors":
                self.has_author = True

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
            self.take(at, at, "metadata", [], "header.underline", 1.0, confidence=0.9)
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

    def labelled(self, at: int, reading: Reading) -> int | None:
        label, line = reading.label, self.lines[at]
        assert label is not None
        if label.kind == "note":
            return self.note(at, reading)
        told = label.field == "title" and self.said("title") and label.value[-1:] in tuple(".!?…") and label.value.count(" ") > 3
        if label.kind == "summary" or (told and not any(item.kind == "summary" for item in self.items)):
            return self.summary(at, reading)  # "Story: Vila is caught with a lemon." below the title
        if not self.trusted:
            weight = self.block_weight(at) if line.gap or not at else self.weighed(at, reading)[1]
            if at == 0 and self.is_title_alone(reading):
                weight = ENOUGH
            elif not self.items and weight < ENOUGH and not self.label_after_gap(at):
                return place(self, at)
            if self.items and line.gap and weight < (0.75 if line.gap <= 1 else ENOUGH):
                return None
            if self.items and not line.gap and label.weight < 0.75 and not self.weighed(at, reading)[1]:
                return None
        if not label.value:
            return self.value_below(at, reading)
        if label.field == "mail" and not self.trusted:
            return None
        weight = ENOUGH if at == 0 and self.is_title_alone(reading) else self.weighed(at, reading)[1]
        if not self.trusted and not validates(label.field, label.value) and not self.inside(at):
            return place(self, at) if not self.items else None
        last = self.continued(at, metadata=True)
        value = " ".join([label.value, *(self.lines[i].text for i in range(at + 1, last + 1))])
        if (topic := _LOOSE.get(label.field)) and _SENTENCE.search(value) and value.count(" ") >= _CLAUSE:
            self.take(at, last, "note", [(label.field, value)], "header.note", weight, (topic,), 0.85, label.field)
            return last + 1
        pairs = self.pairs(label.field, value, label.label.casefold() in _PLURAL)
        if label.field == "url" and label.label.casefold().startswith("orig") and (by := _ORIGINAL.match(value)):
            pairs = [("authors", by.group(1))]  # of the work that this one translates
        self.take(at, last, "metadata", pairs, "header.label", weight, label=label.field)
        return last + 1

    def is_title_alone(self, reading: Reading) -> bool:
        """Whether the first line is a labelled title ('Fic: "Low Water"') with a gap and no form below it."""
        label = reading.label
        if label is None or label.field != "title" or len(self.lines) < 2 or not self.lines[1].gap:
            return False
        return is_title_like(label.value) and not FORM_LINE.match(self.lines[1].text)

    def label_after_gap(self, at: int) -> bool:
        """A single weak label at the start, with more after a gap ("TITLE: X", blank, "AUTHOR: Y")."""
        after = self.block_end(at)
        return (
            after < len(self.lines)
            and self.lines[after].gap <= 2
            and self.block_weight(at) > 0
            and self.block_weight(at) + self.block_weight(after) >= 2.0
        )

    def inside(self, at: int) -> bool:
        """Whether a labelled line stands between labelled lines of the same block."""
        after = at + 1
        if after < len(self.lines) and self.lines[after].gap == 0:
            reading = self.read(after)
            return bool(self.items) and reading is not None and reading.label is not None
        return bool(self.items) and self.lines[at].gap == 0 and len(self.lines[at].text) < 120

    def lists(self, at: int, value: str) -> bool:
        """Whether the warnings in line `at`, in the author's own words, are a list among facts ("mild language, a goat")."""
        previous = self.items[-1] if self.items else None
        beside = previous is not None and previous.kind in ("metadata", "summary") and not self.lines[at].gap
        label = label_at(self.lines[at].text)
        named = label is not None and label.label.casefold().startswith(_OWN_WARNINGS)
        if not (named and (self.trusted or beside)) or len(value) > 120 or self.continued(at, metadata=False) > at:
            return False
        return _TALKED.search(value) is None and max(map(len, map(str.split, re.split(r"[,;]", value)))) <= _ITEM

    def pairs(self, field: str, value: str, plural: bool = False, at: int = -1) -> list[tuple[str, Value]]:
        if field == "warnings" or field == "caution":
            items = values.split_list("warnings", value)
            listed = (
                self.in_box() or (items and all(values.warning(item) for item in items)) or (at >= 0 and self.lists(at, value))
            )
            if field == "caution" and not listed:
                return [("caution_text", value)]
            if not any(values.warning(item) for item in items):
                return [("warnings", (value,))]  # in the author's words: one statement
            return [("warnings", value)]
        if field == "title":
            by = TITLE_BY.match(value)
            if by and not self.author_ahead() and HANDLE.match(by.group(2)) and not ARTICLE.match(by.group(2)):
                return [("title", by.group(1)), ("authors", by.group(2))]
            return [("title", value)]
        if field == "classification":  # codes of mailing lists: "J/C, PG", "VRA"
            coded = values.coded_pairs(value)
            return [(field, value), *((("relationships", coded),) if coded else ())]
        if field == "authors" and plural and "," not in value and len(both := _AND.split(value)) == 2:
            return [("authors", tuple(both))]
        return [(field, value)]

    def in_box(self) -> bool:
        """Whether the lines are the box of facts of an archive's page, where all that is labelled is a fact: eFiction's."""
        if self.box is None:
            found = {label.label.casefold() for line in self.lines[:24] if (label := label_at(line.text)) is not None}
            self.box = len(found & _BOX) >= 3
        return self.box

    def author_ahead(self) -> bool:
        return self.has_author or any(
            reading is not None and any(field == "authors" for field, _ in reading.pairs)
            for reading in (self.read(i) for i in range(min(12, len(self.lines))))
        )

    def value_below(self, at: int, reading: Reading) -> int | None:
        """A label alone on its line: the value is in the next lines, up to the next label or gap."""
        label = reading.label
        assert label is not None
        field = label.field
        after = at + 1
        if field in ("stats", "work_metadata", "export"):
            last = after if self.is_plain_value(at, after) else at
            self.take(at, last, "metadata", [], "header.label", 0.5, label=field)
            return last + 1
        if after >= len(self.lines) or self.lines[after].gap > 1:
            if not self.trusted and not self.items:
                return None
            self.take(at, at, "metadata", [], "header.label", 0.0, label=field)
            return after
        spaced = self.lines[after].gap == 1
        stop = after
        while stop < len(self.lines) and (self.lines[stop].gap == 0 or stop == after) and stop - after < 60:
            found = label_at(self.lines[stop].text)
            if found is not None and found.kind in ("metadata", "summary", "note") and (found.weight > 0 or found.bare):
                break
            stop += 1
        if stop == after:  # an empty field
            if not self.trusted and not self.items and self.block_weight(at) < ENOUGH:
                return None
            self.take(at, at, "metadata", [], "header.label", 0.0, label=field)
            return after
        if field not in _LISTED or (spaced and not self.label_follows(stop)):
            stop = after + 1
        texts = [self.lines[i].text for i in range(after, stop)]
        if not self.trusted and not validates(field, texts[0]):
            return None if self.items else place(self, at)
        pairs: list[tuple[str, Value]]
        if len(texts) > 1 and not any(text.endswith((",", ";")) for text in texts[:-1]):
            pairs = [(field, tuple(text.removeprefix("- ").strip() for text in texts))]  # one item a line
        else:
            pairs = [pair for text in texts for pair in self.pairs(field, text.strip(" ,;"))]
        self.take(
            at, stop - 1, "metadata", pairs, "header.label_above", self.weighed(at, reading)[1] or label.weight, label=field
        )
        return stop

    def is_plain_value(self, at: int, after: int) -> bool:
        """Whether the line below a label whose value nobody asks for is that value: indented, or before the next label."""
        if after >= len(self.lines) or self.lines[after].gap > 1 or self.read(after) is not None:
            return False
        return self.lines[after].indent > self.lines[at].indent or self.label_follows(after + 1)

    def label_follows(self, at: int) -> bool:
        return at < len(self.lines) and label_at(self.lines[at].text) is not None

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

    def summary(self, at: int, reading: Reading) -> int | None:
        label, line = reading.label, self.lines[at]
        assert label is not None
        if label.value:
            if not self.trusted and line.gap > 4 and self.items:
                return None
            last = self.continued(at, metadata=False)
            last = self.to_landmark(last)
            text = self.joined(label.value, at + 1, last)
            pairs = [(label.field if label.field == "chapter_summary" else "summary", text)]
            self.take(at, last, "summary", pairs, "header.summary", 1.5, label=label.field)
            return last + 1
        after = at + 1
        if (
            after >= len(self.lines)
            or self.lines[after].gap > 2
            or (not self.trusted and not self.items and not self.landmark_near(after))
        ):
            return None if not self.trusted else after
        block = self.block_end(after)
        last = block - 1 if block - after <= 6 or self.trusted else after
        for i in range(after, last + 1):
            found = self.read(i)
            again = self.title is not None and key_of(self.lines[i].text) == key_of(self.title)
            if i > after and (again or (found is not None and (found.label is not None or LANDMARK.match(self.lines[i].text)))):
                last = i - 1
                break
        last = self.to_landmark(last)
        if self.lines[after].gap and self.lines[after].text[:1] in _QUOTES:
            last = self.to_chapter(last)
        text = self.joined("", after, last)
        pairs = [("summary", text)] if label.field == "summary" else [(label.field, text)]
        self.take(at, last, "summary", pairs, "header.summary_below", 1.0, label=label.field)
        return last + 1

    def joined(self, first: str, start: int, last: int) -> str:
        parts = [first] if first else []
        for i in range(start, last + 1):
            text = self.lines[i].text
            if parts and self.lines[i].gap:
                parts.append("\n\n" + text)
            elif parts:
                parts.append(" " + text)
            else:
                parts.append(text)
        return "".join(parts).strip(MARKUP)

    def landmark_near(self, at: int) -> int:
        """The index of a page's landmark ("Notes:", "Work Text:") within a few lines, or 0."""
        for i in range(at, min(at + 10, len(self.lines))):
            if i > at and LANDMARK.match(clean(self.lines[i].text)) and len(self.lines[i].text) < 50:
                return i
        return 0

    def to_landmark(self, last: int) -> int:
        """A summary of several paragraphs goes up to the page's next landmark, where one is near and nothing else between."""
        mark = self.landmark_near(last)
        if not mark:
            return last
        for i in range(last + 1, mark):
            reading = self.read(i)
            if reading is not None or self.lines[i].gap > 2 or HEADING.match(self.lines[i].text):
                return last
        return mark - 1

    def to_chapter(self, last: int) -> int:
        """A summary that quotes the story goes up to the first chapter's heading, if it is near and only paragraphs between."""
        for i in range(last + 1, min(last + _EXCERPT, len(self.lines))):
            if HEADING.match(clean(self.lines[i].text)):
                return i - 1
            if self.read(i) is not None or self.lines[i].gap > 2:
                break
        return last

    def note(self, at: int, reading: Reading) -> int | None:
        """A labelled note: belongs to the header if the header goes on after it, or if it stands in the header's block."""
        label, line = reading.label, self.lines[at]
        assert label is not None
        if label.field == "caution" and label.value:
            pairs = self.pairs("caution", label.value, at=at)
            if pairs[0][0] == "warnings":
                weight = self.block_weight(at)
                if self.trusted or self.items or weight + 1 >= ENOUGH:
                    self.take(at, at, "metadata", pairs, "header.label", 1.5, label="warnings")
                    return at + 1
        if self.trusted:
            self.take(at, at, "note", [], "header.note", 0.0, reading.topics, label=label.field)
            return at + 1
        if not self.items and not (line.gap == 0 and self.block_weight(at) >= ENOUGH and self.block_end(at) > at + 1):
            return None
        if line.gap > 2:
            return None
        last = self.continued(at, metadata=False)
        if not label.value and last == at:
            after = at + 1
            if after >= len(self.lines) or self.lines[after].gap > 1:
                return None
            last = self.continued(after, metadata=False)
        self.take(
            at,
            last,
            "note",
            [(label.field, self.joined(label.value, at + 1, last))],
            "header.note",
            0.0,
            reading.topics,
            0.95,
            label.field,
        )
        return last + 1

    def authors(self) -> set[str]:
        """The keys of the authors that the header has stated so far."""
        stated = (value for item in self.items for field, value in item.pairs if field == "authors")
        return {key_of(name) for value in stated for name in ((value,) if isinstance(value, str) else value)}

    def said(self, field: str) -> bool:
        return any(name == field for item in self.items for name, _ in item.pairs)

    def fields_ahead(self, at: int) -> set[str]:
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
