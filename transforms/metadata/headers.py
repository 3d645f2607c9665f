"""Where the bibliographic header is in a text: spans of metadata, summary and the notes among them, with what they state.

A header is a run of lines at the start of a stretch of text. Each line is read on its own (`lines`), then believed only
together with its neighbours: labels and values carry weights, and only what reaches `ENOUGH` is a header. Titles and authors
without labels are believed by their place. The layouts are those of docs/metadata.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.metadata import values
from transforms.metadata.labels import label_at
from transforms.metadata.lines import MARKUP, Reading, clean, pairing_of, read_line, validates

ENOUGH = 1.5
"""The sum of weights (each field once) from which lines are believed to be a header."""

Value = str | tuple[str, ...]
"""A value as it stands, or the items that the layout shows one by one."""

_MOST_LINES, _MOST_CHARACTERS, _LONGEST_LINE = 160, 24_000, 4_000


@dataclass(frozen=True, slots=True)
class HeaderSpan:
    """A run of a header's lines: its kind (metadata, summary, note, break), what it states, and how it was read.

    Offsets are those of the text given to `find_header`, without the white space at the edges. `field` and `value` are the
    first pair; `pairs` has all of them, names of `Metadata`'s fields or ours (`labels`). `confidence` is in 0..1.
    """

    start: int
    end: int
    kind: str
    field: str
    value: str
    rule: str
    topics: tuple[str, ...] = ()
    confidence: float = 0.95
    pairs: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """A header: where its last span ends, and its spans in order; between them is white space only."""

    end: int
    spans: tuple[HeaderSpan, ...]

    @property
    def pairs(self) -> tuple[tuple[str, Value], ...]:
        """Everything the header states, in order, for `metadata.build`."""
        return tuple(pair for span in self.spans for pair in span.pairs)


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: offsets without its white space, blank lines before it, its indentation."""

    start: int
    end: int
    text: str
    gap: int
    indent: int


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """The first lines of a stretch of text that are not blank; stops at what is too much for a header."""
    out: list[Line] = []
    at, gap = start, 0
    limit = min(end, start + _MOST_CHARACTERS)
    while at < limit and len(out) < _MOST_LINES:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        raw = text[at:stop]
        stripped = raw.strip()
        if stripped:
            indent = len(raw) - len(raw.lstrip())
            first = at + indent
            out.append(Line(first, first + len(stripped), stripped, gap, len(raw[:indent].expandtabs(4))))
            gap = 0
        else:
            gap += 1
        at = stop + 1
    return out


def find_header(text: str, start: int = 0, end: int | None = None) -> Header | None:
    """The header at the start of `text[start:end]` (the caller has skipped boilerplate), or None if the evidence is thin.

    Takes labelled notes that stand among the header's lines along as spans of kind "note"; an author's note after the last
    line is left to the caller. Linear in the size of the header; looks at 160 lines at most.

    Wrong where a story begins with a form that uses the labels of headers, and where the first line of a story without a
    header is short, has no full stop and stands alone.
    """
    lines = lines_of(text, start, len(text) if end is None else end)
    if not lines:
        return None
    walk = Walk(lines, trusted=False)
    walk.run()
    return walk.header()


# --------------------------------------------------------------------------------------------------------------------------

_SYMBOLS = re.compile(r"^[^\w\s]{3,}$|^(?:[^\w\s]\s?){3,}$")
_HEADING = re.compile(
    r"^(?:chapter|ch\.?|chap\.?|part|book|act|volume|vol\.?|episode|scene|day|entry|letter|prologue|epilogue|interlude|prelude|intro|preface|foreword|"
    r"kapitel|capítulo|capitulo|chapitre|capitolo|rozdział|глава|часть|пролог|эпилог|prólogo|epílogo|prolog|epilog)\b(?:$|\W*(?:\d|[ivxlc]+\b|one|two|three|four|five|six|seven|eight|nine|ten)|\s*[:.]|$)|"
    r"^第.{1,6}[章话話回節节]|^(?:\d{1,3}|[IVXLC]{1,6})\s*(?:[.):]|$)|^#\d|.{1,40}(?:'s|’s) p\.?o\.?v\.?$|^(?:pov|p\.o\.v\.)\b",
    re.IGNORECASE,
)
_LANDMARK = re.compile(
    r"^(?:work text|chapter text|notes?|chapter notes?|summary|chapter summary|author'?s'? notes?|preface|actions|text)\s*:?$|^see the end of (?:the|this) (?:work|chapter)",
    re.IGNORECASE,
)
_PLACE_OR_TIME = re.compile(
    r"^\d|\b\d{1,2}:\d\d\b|\b[ap]\.?m\.?$|\b(?:1[0-9]|2[0-2])\d\d(?: ?(?:AD|BC|CE|BCE|BBY|ABY))?$|\b(?:hours|later|earlier|ago|before|o'clock)\b|^(?:int|ext)[. ]|"
    r"^(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|autumn|fall|winter|midnight|noon|dawn|dusk|today|tomorrow|yesterday)\b\W*(?:\d|$|(?:morning|night|evening|afternoon|the)\b)|"
    r"\b(?:day|week|month|year|night|morning|stardate|date|present day|then|now)\b\s*\d*$",
    re.IGNORECASE,
)
_FINAL = (".", ",", ";", ":", "…", "—", "-", "。", "，", "、", "”", "\"", "»", "」")
_DIALOGUE = ("\"", "“", "„", "«", "‘", "—", "–", "-", "「", "『", "'")
_HANDLE = re.compile(r"^[@~]?(?=[\w.-]{3,40}$)(?:\w*[_\d.-][\w.-]*|[a-z]+|[a-z]+[A-Z]\w*|[A-Z][a-z]+[A-Z]\w*)$")
_LOWER_WORDS = frozenset(
    "a an the and or but nor of in on at to for from by with as is into onto over under up off vs de la le les el los las du des der die das und y e "
    "o da do di del della et à au en im am zu que if than it its".split()
)
_FORM_LINE = re.compile(r"^[*_]*[^\W\d_][\w'’ /()&-]{0,28}[*_]*\s?[:：][*_]*(?:\s+\S|$)")
_SALUTATION = re.compile(r"^(?:my |to my |to the )?(?:dear|dearest|beloved|hello|hi|hey|to whom|querid[oa]|chère?|lieber?|liebe|caro|cara|дорог\w+)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_MAIL_SURE = re.compile(r"^(?:newsgroups|message-id|path|x-[\w-]+|nntp-posting-host|references|mailing-list|xref|organization|approved|lines)\s*:", re.IGNORECASE)
_MAIL_LINE = re.compile(r"^(?:[A-Z][A-Za-z]*(?:-[A-Za-z]+){0,3})\s*:\s")
_MAIL_SUBJECT = re.compile(r"^subject\s*:.*(?:\[[A-Za-z0-9/ .:-]{1,24}\]|\b(?:new|repost|fic|xover|fanfic)\s*:|\(?\b\d{1,2}\s*/\s*(?:\d{1,2}|\?))", re.IGNORECASE)
_TITLE_BY = re.compile(r"^(.{0,119}[^\s,–—-])\s*(?:,|[-–—]+)?\s+by\s*:?\s+(\S.{0,59})$", re.IGNORECASE)
_DASHED_BY = re.compile(r"^(?:--?|–|—|~)\s*(?:by\s+)?(\S.{1,40})$")
_LISTED = frozenset(("characters", "tags", "relationships", "fandoms", "warnings", "categories", "authors"))
_SPLITTER_NOTES = frozenset(("notes", "translator_note", "update_note", "glossary", "caution"))


def _shown(value: Value) -> str:
    return value if isinstance(value, str) else ", ".join(value)


def _key(text: str) -> str:
    return "".join(char for char in clean(text).casefold() if char.isalnum())


def is_title_like(text: str) -> bool:
    """Whether a line has the shape of a title: short, without the end of a sentence, no speech, heading, place or time."""
    line = clean(text)
    if not line or len(line) > 110 or len(line.split()) > 16 or not any(char.isalpha() for char in line):
        return False
    if line[0] in "\"“«「『" and line[-1] in "\"”»」』":
        return len(line) > 2 and line[-2] not in ".,;:…—-?!" and not _HEADING.match(line[1:-1])
    if line.endswith(_FINAL):
        return line.endswith("...") or line.endswith("…") or bool(re.search(r"\b(?:Jr|Sr|Mr|Dr|St|[A-Z])\.$", line))
    return not _HEADING.match(line) and not _SYMBOLS.match(line)


def is_title_case(text: str) -> bool:
    """Whether all words but the small ones are capitalised, as in English titles (or all is in capitals)."""
    words = [word for word in re.findall(r"[^\W\d_][\w'’]*", clean(text))]
    if not words or not words[0][:1].isupper():
        return False
    large = [word for word in words[1:] if word.casefold() not in _LOWER_WORDS]
    return all(word[:1].isupper() or not word[:1].islower() for word in large)


def _is_name(text: str) -> bool:
    """Whether a line has the shape of a person's name or a pen name: two to four capitalised words, or a handle."""
    words = clean(text).split()
    if len(words) == 1:
        return bool(_HANDLE.match(words[0]))
    return 2 <= len(words) <= 4 and all(word[:1].isupper() and word.strip(".").isalpha() for word in words) and words[0].casefold() not in _LOWER_WORDS


@dataclass(slots=True)
class _Item:
    first: int
    last: int
    kind: str
    pairs: list[tuple[str, Value]]
    rule: str
    weight: float
    topics: tuple[str, ...] = ()
    confidence: float = 0.97
    label: str = ""  # the field of the label, where the line has one


class Walk:
    """One pass over the lines of a header.

    `trusted` lines are known to be metadata (or summary): unknown ones are skipped or taken for title and author, no evidence
    is asked for. Otherwise the walk stops at the first line that is not the header's.
    """

    def __init__(self, lines: list[Line], trusted: bool, title: str | None = None, has_author: bool = False, front: bool = True) -> None:
        self.lines = lines
        self.trusted = trusted
        self.front = front
        self.items: list[_Item] = []
        self.title = title
        self.has_author = has_author
        self.readings: dict[int, Reading | None] = {}
        self.block_weights: dict[int, float] = {}

    # Looking ---------------------------------------------------------------------------------------------------------------

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
                field, weight = self._weighed(i, reading)
                weights[field] = max(weights.get(field, 0.0), weight)
            self.block_weights[at] = sum(weights.values())
        return self.block_weights[at]

    def _weighed(self, at: int, reading: Reading) -> tuple[str, float]:
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

    # Walking ---------------------------------------------------------------------------------------------------------------

    def run(self) -> None:
        at = 0
        while at < len(self.lines):
            after = self.step(at)
            if after is None:
                break
            at = after
        self._settle_title()

    def _settle_title(self) -> None:
        """A labelled title wins over a first line that was taken for one (a site's path, a series)."""
        labelled = [item for item in self.items if item.label == "title"]
        if not labelled:
            return
        stated = next((_shown(value) for item in labelled for field, value in item.pairs if field == "title"), "")
        for item in self.items:
            if item.rule == "header.title" and stated and _key(_shown(item.pairs[0][1])) != _key(stated):
                item.pairs = [pair for pair in item.pairs if pair[0] != "title"]
                self.title = stated

    def step(self, at: int) -> int | None:
        """Takes the line (and its continuation) into the header; the index of the next line, or None at the header's end."""
        line = self.lines[at]
        if not self.trusted and line.gap > 5 and self.items:
            return None
        if len(line.text) > _LONGEST_LINE:
            return None
        mail = self._mail(at)
        if mail is not None:
            return mail
        reading = self.read(at)
        if _SYMBOLS.match(line.text) and (reading is None or reading.rule == "header.hashtags"):
            return self._symbols(at)
        if self.title is not None and _key(line.text) == _key(self.title) and len(line.text) < 160:
            weight = 1.0 if is_title_case(self.title) and len(self.title.split()) > 1 else 0.5
            self._take(at, at, "metadata", [("title", self.title)], "header.title_again", weight)
            return at + 1
        if reading is not None and reading.label is not None:
            return self._labelled(at, reading)
        if reading is not None and self._believed(at, reading):
            pairs = self._row_pairs(at, list(reading.pairs))
            self._take(at, at, "metadata", pairs, reading.rule, reading.weight, reading.topics, 0.92)
            return at + 1
        return self._plain(at)

    def _take(
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
        self.items.append(_Item(first, last, kind, pairs, rule, weight, topics, confidence, label))
        for field, value in pairs:
            if field == "title" and self.title is None:
                self.title = _shown(value)
            elif field == "authors":
                self.has_author = True

    def _row_pairs(self, at: int, pairs: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
        if pairs and pairs[0][0] == "first_of_row":
            value = pairs.pop(0)[1]
            if self.title is not None:
                pairs.insert(0, ("fandoms", value))
        return pairs

    def _believed(self, at: int, reading: Reading) -> bool:
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
            return near and line.gap <= 4 and not (lone and not self._header_goes_on(at))
        return reading.weight >= ENOUGH or self._header_goes_on(at)

    def _header_goes_on(self, at: int) -> bool:
        """Whether the next line is a header's too."""
        after = at + 1
        if after >= len(self.lines) or self.lines[after].gap > 3:
            return False
        reading = self.read(after)
        if reading is None:
            again = self.title is not None and _key(self.lines[after].text) == _key(self.title)
            return again or pairing_of(self.lines[after].text) is not None
        return reading.weight >= 0.5 or (reading.label is not None and reading.label.field == "summary")

    def _symbols(self, at: int) -> int | None:
        """A row of symbols: stays only between header lines (a frame round the header)."""
        if self.trusted:
            return at + 1
        after = at + 1
        if (at and not self.items) or after >= len(self.lines) or self.lines[after].gap > 2:
            return None
        if self.block_weight(after) >= ENOUGH and (found := self.read(after)) is not None and found.label is not None:
            self._take(at, at, "break", [], "header.frame", 0.0)
            return after
        return None

    def _mail(self, at: int) -> int | None:
        """The lines of a mail or news posting above the header; e-mails inside a story have no such header after them."""
        if not _MAIL_LINE.match(self.lines[at].text) or (at and self.lines[at].gap == 0):
            return None
        stop = self.block_end(at)
        if stop - at > 40:
            return None
        fields, sure = set(), False
        last = at - 1
        for i in range(at, stop):
            line = self.lines[i]
            label = label_at(line.text)
            if label is not None and (label.field == "mail" or label.label.casefold() == "date"):
                fields.add(label.label.casefold())
                sure = sure or bool(_MAIL_SURE.match(line.text) or _MAIL_SUBJECT.match(line.text))
            elif _MAIL_SURE.match(line.text):
                fields.add(line.text.split(":")[0].casefold())
                sure = True
            elif not (line.indent and i > at):
                break
            last = i
        if len(fields) < 2 or not fields & {"from", "subject", "newsgroups"}:
            return None
        if not self.trusted and not sure and not (last + 1 < len(self.lines) and self.block_weight(last + 1) >= ENOUGH):
            return None
        if not self.trusted and not sure and "to" in fields and "newsgroups" not in fields and self.block_weight(last + 1) < 3:
            return None
        pairs = []
        for i in range(at, last + 1):
            label = label_at(self.lines[i].text)
            if label is not None and label.value:
                pairs.append(("published" if label.label.casefold() == "date" else "mail", label.value))
        self._take(at, last, "metadata", pairs, "header.mail", 1.5 if sure else 1.0)
        return last + 1

    # Labelled lines ----------------------------------------------------------------------------------------------------------

    def _labelled(self, at: int, reading: Reading) -> int | None:
        label, line = reading.label, self.lines[at]
        assert label is not None
        if label.kind == "note":
            return self._note(at, reading)
        if label.kind == "summary":
            return self._summary(at, reading)
        if not self.trusted:
            weight = self.block_weight(at) if line.gap or not at else self._weighed(at, reading)[1]
            if not self.items and weight < ENOUGH and not self._label_after_gap(at):
                return self._plain(at)
            if self.items and line.gap and weight < (0.75 if line.gap <= 1 else ENOUGH):
                return None
            if self.items and not line.gap and label.weight < 0.75 and not self._weighed(at, reading)[1]:
                return None
        if not label.value:
            return self._value_below(at, reading)
        if label.field == "mail" and not self.trusted:
            return None
        weight = self._weighed(at, reading)[1]
        if not self.trusted and not validates(label.field, label.value) and not self._inside(at):
            return self._plain(at) if not self.items else None
        last = self._continued(at, metadata=True)
        value = " ".join([label.value, *(self.lines[i].text for i in range(at + 1, last + 1))])
        pairs = self._pairs(label.field, value)
        self._take(at, last, "metadata", pairs, "header.label", weight, label=label.field)
        return last + 1

    def _label_after_gap(self, at: int) -> bool:
        """A single weak label at the start, with more after a gap ("TITLE: X", blank, "AUTHOR: Y")."""
        after = self.block_end(at)
        return after < len(self.lines) and self.lines[after].gap <= 2 and self.block_weight(at) > 0 and self.block_weight(at) + self.block_weight(after) >= 2.0

    def _inside(self, at: int) -> bool:
        """Whether a labelled line stands between labelled lines of the same block."""
        after = at + 1
        if after < len(self.lines) and self.lines[after].gap == 0:
            reading = self.read(after)
            return bool(self.items) and reading is not None and reading.label is not None
        return bool(self.items) and self.lines[at].gap == 0 and len(self.lines[at].text) < 120

    def _pairs(self, field: str, value: str) -> list[tuple[str, Value]]:
        if field == "warnings" or field == "caution":
            items = values.split_list("warnings", value)
            if field == "caution" and not (items and all(values.warning(item) for item in items)):
                return [("caution_text", value)]
            return [("warnings", value)]
        if field == "title":
            by = _TITLE_BY.match(value)
            part = re.sub(r"\s*[(\[](?:part\s*)?\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|\?)[)\]]\s*$", "", value, flags=re.IGNORECASE)
            if by and not self._author_ahead() and _HANDLE.match(by.group(2)) and not _ARTICLE.match(by.group(2)):
                return [("title", by.group(1)), ("authors", by.group(2))]
            return [("title", part or value)]
        return [(field, value)]

    def _author_ahead(self) -> bool:
        return self.has_author or any(
            reading is not None and any(field == "authors" for field, _ in reading.pairs) for reading in (self.read(i) for i in range(min(12, len(self.lines))))
        )

    def _value_below(self, at: int, reading: Reading) -> int | None:
        """A label alone on its line: the value is in the next lines, up to the next label or gap."""
        label = reading.label
        assert label is not None
        field = label.field
        after = at + 1
        if field in ("stats", "work_metadata", "export"):
            self._take(at, at, "metadata", [], "header.label", 0.5, label=field)
            return after
        if after >= len(self.lines) or self.lines[after].gap > 1:
            if not self.trusted and not self.items:
                return None
            self._take(at, at, "metadata", [], "header.label", 0.0, label=field)
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
            self._take(at, at, "metadata", [], "header.label", 0.0, label=field)
            return after
        if field not in _LISTED or (spaced and not self._label_follows(stop)):
            stop = after + 1
        texts = [self.lines[i].text for i in range(after, stop)]
        if not self.trusted and not validates(field, texts[0]):
            return None if self.items else self._plain(at)
        pairs: list[tuple[str, Value]]
        if len(texts) > 1 and not any(text.endswith((",", ";")) for text in texts[:-1]):
            pairs = [(field, tuple(text.removeprefix("- ").strip() for text in texts))]  # one item a line
        else:
            pairs = [pair for text in texts for pair in self._pairs(field, text.strip(" ,;"))]
        self._take(at, stop - 1, "metadata", pairs, "header.label_above", self._weighed(at, reading)[1] or label.weight, label=field)
        return stop

    def _label_follows(self, at: int) -> bool:
        return at < len(self.lines) and label_at(self.lines[at].text) is not None

    def _continued(self, at: int, metadata: bool) -> int:
        """The last line of a value that goes on: indented, or wrapped because the next word would not have fitted."""
        last = at
        base = self.lines[at].indent
        while last + 1 < len(self.lines) and last - at < 40:
            here, after = self.lines[last], self.lines[last + 1]
            if after.gap or label_at(after.text) is not None or _SYMBOLS.match(after.text):
                break
            if after.indent >= base + 2:
                last += 1
                continue
            first_word = after.text.split(None, 1)[0]
            would_be = here.indent + len(here.text) + 1 + len(first_word)
            wrapped = len(here.text) <= 84 and would_be >= 58 and len(here.text) >= 40
            if metadata:
                wrapped = (wrapped and (after.text[0].islower() or here.text.endswith((",", "/", "&")) or would_be >= 68)) or here.text.endswith(",")
                wrapped = wrapped and self.read(last + 1) is None
            if not wrapped and not (not metadata and self._label_later(last + 1)):
                break
            last += 1
        return last

    def _label_later(self, at: int) -> bool:
        """Whether a label of the header follows in the same block: then the lines before it belong to the value above."""
        for i in range(at, min(at + 8, self.block_end(at - 1) if at else at)):
            found = label_at(self.lines[i].text)
            if found is not None and not found.bare and found.weight >= 0.75:
                return True
        return False

    # Summaries and notes -----------------------------------------------------------------------------------------------------

    def _summary(self, at: int, reading: Reading) -> int | None:
        label, line = reading.label, self.lines[at]
        assert label is not None
        if label.value:
            if not self.trusted and line.gap > 4 and self.items:
                return None
            last = self._continued(at, metadata=False)
            last = self._to_landmark(last)
            text = self._joined(label.value, at + 1, last)
            pairs = [("summary", text)] if label.field == "summary" else [(label.field, text)]
            self._take(at, last, "summary", pairs, "header.summary", 1.5, label=label.field)
            return last + 1
        after = at + 1
        if after >= len(self.lines) or self.lines[after].gap > 2 or (not self.trusted and not self.items and not self._landmark_near(after)):
            return None if not self.trusted else after
        block = self.block_end(after)
        last = block - 1 if block - after <= 6 or self.trusted else after
        for i in range(after, last + 1):
            found = self.read(i)
            if i > after and found is not None and (found.label is not None or _LANDMARK.match(self.lines[i].text)):
                last = i - 1
                break
        last = self._to_landmark(last)
        text = self._joined("", after, last)
        pairs = [("summary", text)] if label.field == "summary" else [(label.field, text)]
        self._take(at, last, "summary", pairs, "header.summary_below", 1.0, label=label.field)
        return last + 1

    def _joined(self, first: str, start: int, last: int) -> str:
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

    def _landmark_near(self, at: int) -> int:
        """The index of a page's landmark ("Notes:", "Work Text:") within a few lines, or 0."""
        for i in range(at, min(at + 10, len(self.lines))):
            if i > at and _LANDMARK.match(clean(self.lines[i].text)) and len(self.lines[i].text) < 50:
                return i
        return 0

    def _to_landmark(self, last: int) -> int:
        """A summary of several paragraphs goes up to the page's next landmark, where one is near and nothing else between."""
        mark = self._landmark_near(last)
        if not mark:
            return last
        for i in range(last + 1, mark):
            reading = self.read(i)
            if reading is not None or self.lines[i].gap > 2 or _HEADING.match(self.lines[i].text):
                return last
        return mark - 1

    def _note(self, at: int, reading: Reading) -> int | None:
        """A labelled note: belongs to the header if the header goes on after it, or if it stands in the header's block."""
        label, line = reading.label, self.lines[at]
        assert label is not None
        if label.field == "caution" and label.value:
            pairs = self._pairs("caution", label.value)
            if pairs[0][0] == "warnings":
                weight = self.block_weight(at)
                if self.trusted or self.items or weight + 1 >= ENOUGH:
                    self._take(at, at, "metadata", pairs, "header.label", 1.5, label="warnings")
                    return at + 1
        if self.trusted:
            self._take(at, at, "note", [], "header.note", 0.0, reading.topics, label=label.field)
            return at + 1
        if not self.items and not (line.gap == 0 and self.block_weight(at) >= ENOUGH and self.block_end(at) > at + 1):
            return None
        if line.gap > 2:
            return None
        last = self._continued(at, metadata=False)
        if not label.value and last == at:
            after = at + 1
            if after >= len(self.lines) or self.lines[after].gap > 1:
                return None
            last = self._continued(after, metadata=False)
        self._take(at, last, "note", [(label.field, self._joined(label.value, at + 1, last))], "header.note", 0.0, reading.topics, 0.95, label.field)
        return last + 1

    # Lines without a label ---------------------------------------------------------------------------------------------------

    def _plain(self, at: int) -> int | None:
        """A line that states nothing by itself: title, author, fandom or summary by its place, or the end of the header."""
        line = self.lines[at]
        text = clean(line.text)
        if self.trusted:
            return self._plain_trusted(at)
        if not self.items:
            return self._first_line(at) if at == 0 else None
        pairing = pairing_of(text)
        if pairing is not None and line.gap <= 1 and sum(item.weight for item in self.items) >= 1.0 and not self._said("relationships"):
            self._take(at, at, "metadata", [("relationships", pairing)], "header.pairing", 0.75, confidence=0.85)
            return at + 1
        if self._unknown_label(at):
            self._take(at, at, "metadata", [], "header.unknown_label", 0.0, confidence=0.85)
            return at + 1
        if self._is_unlabelled_summary(at):
            self._take(at, at, "summary", [("summary", text)], "header.summary_by_place", 0.5, confidence=0.9)
            return at + 1
        if self.title is None:
            return self._late_title(at)
        if len(self.items) == 1 and self.items[0].rule.startswith("header.title") and not self.has_author and at == 1:
            return self._second_line(at)
        return None

    def _said(self, field: str) -> bool:
        return any(name == field for item in self.items for name, _ in item.pairs)

    def _unknown_label(self, at: int) -> bool:
        """A label that the vocabulary does not have, between labels of a header that is sure already, or as its last line."""
        line = self.lines[at]
        sure = sum({item.label: item.weight for item in self.items if item.label}.values())
        if line.gap or not _FORM_LINE.match(line.text) or sure < 2.0:
            return False
        if sure >= 3.0 and len(line.text) <= 100 and (at + 1 == len(self.lines) or self.lines[at + 1].gap):
            return True
        after = self.read(at + 1) if at + 1 < len(self.lines) and not self.lines[at + 1].gap else None
        return after is not None and after.label is not None and after.label.weight >= 0.75 and not after.label.bare

    def _first_line(self, at: int) -> int | None:
        line = self.lines[at]
        text = clean(line.text)
        by = _TITLE_BY.match(text)
        if by and self._title_by(at, by.group(1), by.group(2)):
            self._take(at, at, "metadata", [("title", by.group(1).strip(MARKUP)), ("authors", by.group(2).strip(MARKUP))], "header.title_by", 1.0, confidence=0.9)
            return at + 1
        if not is_title_like(text) or (text.startswith(_DIALOGUE) and not is_title_case(text.strip("\"“”'‘’«»"))):
            return None
        if _FORM_LINE.match(text) and at + 1 < len(self.lines) and not self.lines[at + 1].gap and _FORM_LINE.match(self.lines[at + 1].text):
            return None  # a form: a file, a game's window
        self._take(at, at, "metadata", [("title", text)], "header.title", 0.5, confidence=0.9)
        return at + 1

    def _title_by(self, at: int, title: str, author: str) -> bool:
        """"Title by Author": the author is a handle or a name, and the header goes on, or the line stands alone."""
        author = author.strip(MARKUP)
        if not is_title_like(title) or author[-1:] in ".!?,;:\"”" or len(author.split()) > 4 or _ARTICLE.match(author):
            return False
        named = bool(_HANDLE.match(author)) or all(word[:1].isupper() for word in author.split())
        if not named:
            return False
        goes_on = self._header_goes_on(at)
        return goes_on or bool(re.search(r"[_\d-]|[a-z][A-Z]", author)) and is_title_like(title)

    def _second_line(self, at: int) -> int | None:
        """The line after an unlabelled title: its author (b), or a fandom nobody heard of, if typed lines follow."""
        line = self.lines[at]
        text = clean(line.text)
        dashed = _DASHED_BY.match(text)
        text = dashed.group(1) if dashed else text
        if line.gap > 1 or not is_title_like(text) or len(text.split()) > 8:
            return None
        after = at + 1
        if after >= len(self.lines):
            return None
        if not line.gap and self.lines[after].gap and _HEADING.match(clean(self.lines[after].text)) and _is_name(text):
            self._take(at, at, "metadata", [("authors", text)], "header.author_by_place", 1.0, confidence=0.85)
            return after
        follows = self.read(after)
        repeated = _key(self.lines[after].text) == _key(self.title or "") if self.title else False
        if follows is None and not repeated:
            return None
        if follows is not None and follows.kind == "note":
            return None
        if self.lines[after].gap > 2:
            return None
        ahead = self._fields_ahead(after)
        if follows is not None and self.block_weight(after) < 1.0 and not repeated:
            return None
        if "authors" in ahead and "fandoms" in ahead:
            return None
        shaped = bool(_HANDLE.match(text)) and not values.is_known_fandom(text)
        if (shaped or "fandoms" in ahead) and "authors" not in ahead and len(text.split()) <= 4:
            self._take(at, at, "metadata", [("authors", text)], "header.author_by_place", 0.25, confidence=0.85)
        elif "fandoms" not in ahead and (line.gap or follows is None or follows.label is None):
            self._take(at, at, "metadata", [("fandoms", text)], "header.fandom_by_place", 0.25, confidence=0.85)
        else:
            self._take(at, at, "metadata", [], "header.by_place", 0.0, confidence=0.8)
        return after

    def _fields_ahead(self, at: int) -> set[str]:
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

    def _is_unlabelled_summary(self, at: int) -> bool:
        """FanFiction.net's page: title, by-line, a paragraph, then the dash line."""
        if self.title is None or at + 1 >= len(self.lines) or any(item.kind == "summary" for item in self.items):
            return False
        follows = self.read(at + 1)
        return follows is not None and follows.rule == "header.dash_line" and follows.weight >= 3 and self.lines[at + 1].gap <= 2

    def _late_title(self, at: int) -> int | None:
        """Title (and author) after the labelled lines, as in a page copied from the browser."""
        line = self.lines[at]
        labelled = {item.label for item in self.items if item.label} | {"stats" for item in self.items if item.rule == "header.stats"}
        if not labelled or line.gap > 4 or not is_title_like(line.text):
            return None
        by = _TITLE_BY.match(clean(line.text))
        second = at + 1
        author = None
        if second < len(self.lines) and self.lines[second].gap <= 1 and self.read(second) is None:
            candidate = clean(self.lines[second].text)
            apart = self.lines[second].gap and not (second + 1 < len(self.lines) and _LANDMARK.match(clean(self.lines[second + 1].text)))
            if is_title_like(candidate) and len(candidate.split()) <= 6 and not _LANDMARK.match(candidate) and not apart:
                author = candidate
        reading = self.read(second) if second < len(self.lines) else None
        byline = reading is not None and reading.rule == "header.byline"
        after = second + (1 if author is not None else 0)
        landmark = after < len(self.lines) and bool(_LANDMARK.match(clean(self.lines[after].text)) or _HEADING.match(self.lines[after].text) or self._is_summary(after))
        page = len(labelled) >= 4 and (author is not None or "stats" in labelled) and (after >= len(self.lines) or self.lines[after].gap >= 1)
        if not (byline or landmark or page or (by and _HANDLE.match(by.group(2)))):
            return None
        if by and _HANDLE.match(by.group(2)) and author is None and not self.has_author:
            self._take(at, at, "metadata", [("title", by.group(1)), ("authors", by.group(2))], "header.title_below", 0.5, confidence=0.9)
            return second
        self._take(at, at, "metadata", [("title", clean(line.text))], "header.title_below", 0.5, confidence=0.9)
        if author is not None and not self.has_author:
            self._take(second, second, "metadata", [("authors", author)], "header.author_below", 0.5, confidence=0.9)
            return second + 1
        return second

    def _is_summary(self, at: int) -> bool:
        label = label_at(self.lines[at].text)
        return label is not None and label.kind == "summary"

    def _plain_trusted(self, at: int) -> int:
        """A line of a metadata segment that states nothing by itself: a title or author where one is missing."""
        line = self.lines[at]
        text = clean(line.text)
        if not text or len(text) > 300:
            return at + 1
        by = _TITLE_BY.match(text)
        if self.title is None and self.front:
            if by and not self._author_ahead() and (_HANDLE.match(by.group(2)) or all(word[:1].isupper() for word in by.group(2).split())):
                self._take(at, at, "metadata", [("title", by.group(1).strip(MARKUP)), ("authors", by.group(2).strip(MARKUP))], "header.title_by", 1.0)
            else:
                self._take(at, at, "metadata", [("title", text)], "header.title", 0.5)
            return at + 1
        pairing = pairing_of(text)
        if pairing is not None and self.items and not self._said("relationships"):
            self._take(at, at, "metadata", [("relationships", pairing)], "header.pairing", 0.75)
            return at + 1
        previous = self.items[-1] if self.items else None
        if self.front and previous is not None and previous.last == at - 1 and previous.rule in ("header.title", "header.title_again"):
            ahead = self._fields_ahead(at + 1)
            shaped = bool(_HANDLE.match(text)) and not values.is_known_fandom(text)
            stated = {field for item in self.items for field, _ in item.pairs} | ahead
            if not self.has_author and at + 1 == len(self.lines) and not line.gap and _is_name(text) and not stated & {"authors", "fandoms"} and not values.is_fandom_like(text):
                self._take(at, at, "metadata", [("authors", text)], "header.author_by_place", 0.25)
            elif not self.has_author and "authors" not in ahead and (shaped or "fandoms" in stated) and len(text.split()) <= 5:
                self._take(at, at, "metadata", [("authors", text)], "header.author_by_place", 0.25)
            elif "fandoms" not in stated and len(text.split()) <= 8 and at + 1 < len(self.lines) and text[0] not in "[(" and ":" not in text:
                self._take(at, at, "metadata", [("fandoms", text)], "header.fandom_by_place", 0.25)
        return at + 1

    # The result --------------------------------------------------------------------------------------------------------------

    def header(self) -> Header | None:
        items = self._trimmed()
        if not items:
            return None
        if not self.trusted:
            weights: dict[str, float] = {}
            for item in items:
                name = item.label or (item.pairs[0][0] if item.pairs else item.rule)
                if item.rule == "header.title_again":
                    name = item.rule
                weights[name] = max(weights.get(name, 0.0), item.weight)
            if sum(weights.values()) < self._enough(items):
                only = self._title_alone(items)
                if only is None:
                    return None
                items = only
        spans = tuple(
            HeaderSpan(
                self.lines[item.first].start,
                self.lines[item.last].end,
                item.kind,
                item.pairs[0][0] if item.pairs else item.label or item.rule.partition(".")[2],
                _shown(item.pairs[0][1]) if item.pairs else "",
                item.rule,
                item.topics,
                item.confidence,
                tuple(item.pairs),
            )
            for item in items
        )
        return Header(spans[-1].end, spans)

    def _enough(self, items: list[_Item]) -> float:
        """More is asked for where the block goes on with labels that headers do not have: a form inside the story."""
        after = items[-1].last + 1
        form = after < len(self.lines) and not self.lines[after].gap and _FORM_LINE.match(self.lines[after].text)
        if form:
            return ENOUGH + 1.5
        alone = len(items) == 1 and items[0].first == items[0].last
        if alone and after < len(self.lines) and self.lines[after].gap and items[0].rule == "header.value":
            return 1.25  # "Rated T" by itself, before a gap
        return ENOUGH

    def _trimmed(self) -> list[_Item]:
        """The items without what only the header's continuation would have made its own."""
        items = list(self.items)
        if self.trusted:
            return items
        while items:
            last = items[-1]
            loose_note = last.kind == "note" and (last.label in _SPLITTER_NOTES or self.lines[last.first].gap > 0 or len(items) == 1)
            if loose_note or last.kind == "break" or (last.kind == "metadata" and last.weight == 0 and not last.pairs and last.rule != "header.unknown_label"):
                items.pop()
            else:
                break
        return items

    def _title_alone(self, items: list[_Item]) -> list[_Item] | None:
        """A title with nothing else to prove it: short, alone before a gap at the very start, unlike the text that follows."""
        first = items[0]
        if first.rule != "header.title" or first.first != 0:
            return None
        following = self.lines[len([item for item in items if item.last == 0]) :] if len(items) == 1 else self.lines[items[-1].last + 1 :]
        if len(items) > 1:
            # A title and one more line of little weight ("Title", "by Name"): both count if they stand together before a gap.
            if len(items) == 2 and (items[1].rule in ("header.byline", "header.value") or items[1].label == "authors") and following and following[0].gap >= 1:
                return items
            return None
        if not following:
            return None
        after = following[0]
        text = clean(self.lines[0].text)
        cased = is_title_case(text)
        if _PLACE_OR_TIME.search(text) or _SALUTATION.match(text) or (not cased and (text[-1] in "?!" or "," in text or ":" in text)):
            return None
        if _HEADING.match(clean(after.text)):
            return items if after.gap <= 3 else None
        if after.gap < 1 or text.startswith(_DIALOGUE):
            return None
        # The lines after it are sentences: several of the next paragraphs end as sentences do, and are longer than the title.
        sample = following[:8]
        ended = sum(
            1
            for line in sample
            if line.text.rstrip(MARKUP)[-1:] in ".!?…\"”’'»:。！？」" or _PLACE_OR_TIME.search(line.text) or _SALUTATION.match(line.text)
        )
        longest = max(len(line.text) for line in sample)
        if ended * 3 < len(sample) * 2 or longest < max(40, len(text) + 10):
            return None
        words = text.split()
        if not 2 <= len(words) <= 10:
            return None  # one word can be a title, a name, a cry: it cannot be told
        confidence = 0.8 if cased else 0.65
        first.confidence = confidence
        first.rule = "header.title_alone"
        return [first]
