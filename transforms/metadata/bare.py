"""Headers without a label and without a vocabulary: a title, or a title with its author or fandom, at the very start.

    What the Ferryman Owes          the harbour keeps receipts       A Short Guide to Drowning
    Ancient Egyptian Religion       quince_butter                    by Tam Holloway
                                    Moonacre Series

One line proves nothing, so these are believed by shape and place together: the first block of a text, one to three short
lines that end no sentence, a gap (or an author's note, or a site's line), and text unlike them below. With two or three lines
one of them has to have a shape of its own: a by-line, a pen name, a fandom as archives write it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from transforms.metadata import values
from transforms.metadata.items import Reading
from transforms.metadata.labels import entry_of
from transforms.metadata.lines import read_line
from transforms.metadata.pieces import MARKED_NAME, MARKUP, TITLE_BY, clean, is_work, pairing_of, typed, validates
from transforms.metadata.rows import MATTER
from transforms.metadata.shapes import (
    DASHED_BY,
    DIALOGUE,
    FORM_LINE,
    HANDLE,
    HEADING,
    PLACE_OR_TIME,
    POSTER,
    SALUTATION,
    TITLE_DASH,
    is_name,
    is_of_site,
    is_title_case,
    is_title_like,
    key_of,
)

if TYPE_CHECKING:
    from transforms.metadata.layout import Line
    from transforms.metadata.walking import Walk

Pairs = list[tuple[str, str]]

_MOST_WORDS, _MOST_CHARACTERS, _MOST_LINES = 12, 90, 9
_ENOUGH, _PEN_NAME = 1.25, 0.4
_WORLD = re.compile(
    r"(?:\b(?:religions?|mytholog(?:y|ies)|mythos|folklore|lore|legends?|fairy tales?|universe|trilogy|quartet|series|saga|"
    r"cycle|chronicles|franchise|rpf)"
    r"|\s-\s(?:[\w' ]{1,24} )?(?:works|books?|novels?|fandom|musical|poems?|plays?|films?|comics?)"
    r"|\((?:[\w',. -]{1,40} )?(?:tv|films?|movies?|anime|manga|books?|novels?|games?|comics?|musical|podcast|radio|play|opera|"
    r"ballet|poems?|songs?|ballads?|short story|stories|myth|cartoon|webcomic|series|video games?|\d{4})(?: \d{4})?\))$",
    re.IGNORECASE,
)
_CREATOR = re.compile(r"^[^\n]{2,80}? - ([^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4})$")
_PARTICLES = frozenset(("de", "da", "di", "du", "la", "le", "von", "van", "der", "den", "of", "and", "y", "bin", "al"))
_NO_CREATOR = re.compile(
    r"^(?:part|chapter|book|volume|act|episode|day|one|two|three|prologue|epilogue|complete|oneshot)\b", re.IGNORECASE
)
_ORIGINAL = re.compile(r"^original (?:work|fiction|story|characters?|novel)s?$", re.IGNORECASE)
_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_NO_TITLE = re.compile(
    r"[^\W\d_]{3}[.!?]+\s|\b(?:author|writer|translator)['’]?s?['’]? note|\ba/n\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|\b{_MONTH} \d{{1,2}}\b",
    re.IGNORECASE,
)
"""More than one sentence, as in stage directions; the mark of a note; a day of a diary or a letter."""
_NOTICE = re.compile(
    r"\W*(?:important|notice|attention|please read|read this|announcement|update|hiatus|discontinued|on hold|up for adoption)\b"
    r"|.*\b(?:up for adoption|on hiatus|please read|been rewritten)\b",
    re.IGNORECASE,
)
_PHRASE = re.compile(r"(?:an?|the|how|what|why|on|in|for|of|to|from|with|\w+ing|five|three|seven|ten|\d+)\s", re.IGNORECASE)
_FINITE = re.compile(r"\b(?:was|were|is|are|am|had|has|have|came|went|said|did|could|would|will|\w{2,}ed)\b", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{1,60}[)\]]\s*$")


def is_fandom_by_shape(text: str) -> bool:
    """Whether a line is written as archives write fandoms: "X - Creator Name", "X & Lore", "X (TV)", "The X Series".

    True for many other lines too; ask only for a line whose place is that of a fandom.
    """
    value = clean(text)
    if not value or len(value) > _MOST_CHARACTERS or value[-1] in ".!?,;:":
        return False
    if values.is_fandom_like(value) or _ORIGINAL.match(value):
        return True
    if is_title_case(value) and len(value.split()) > 1 and _WORLD.search(value):
        return True
    works = value.split(" / ")
    if len(works) == 2 and all(is_title_case(work) for work in works) and any(is_work(work) for work in works):
        return True  # a crossover
    creator = _CREATOR.match(value)
    if creator is None or _NO_CREATOR.match(creator.group(1)):
        return False
    names = creator.group(1).split()
    return len(names) > 1 and all(name[:1].isupper() or name.casefold() in _PARTICLES for name in names)


def read_block(texts: Sequence[str]) -> list[Pairs] | None:
    """The (field, value) pairs of each line of a block of two or three that is metadata: a title first, then its facts.

    None where a line says nothing, or where nothing but the first line has a shape that proves it.
    """
    read = _read_lines(texts, [read_line(text) for text in texts])
    if read is None:
        return None
    said = sum(weight for _, weight in read[1:])
    named = [weight for pairs, weight in read[1:] if pairs and pairs[0][0] == "authors"]
    alone = len(read) == 2 and bool(named) and " " not in texts[1].strip("-–—~ ")
    return [pairs for pairs, _ in read] if said >= 1.0 or alone else None


def _read_lines(texts: Sequence[str], readings: Sequence[Reading | None]) -> list[tuple[Pairs, float]] | None:
    """Each line of a block as (pairs, what its shape proves): a title first, then author, fandom, rating ... in any order.

    None where a line cannot be any of them: then the block is text. A name alone proves little (it may be the second line of
    a poem, or a place), and a label whose value is none of its kind belongs to a form inside the story.
    """
    if not 2 <= len(texts) <= _MOST_LINES or not _could_be_title(texts[0], heading=True):
        return None
    if FORM_LINE.match(texts[0]) and FORM_LINE.match(texts[1]):
        return None  # a form: a file, a game's window
    title = clean(texts[0])
    if is_author_first(texts, readings[1]):
        rest = _read_lines(texts[1:], readings[1:]) if len(texts) > 2 else [([("title", clean(texts[1]))], 0.5)]
        return None if rest is None else [([("authors", title)], 1.0), *rest]
    by = TITLE_BY.match(title) or TITLE_DASH.match(title)
    if by and (HANDLE.match(by.group(2)) or is_name(by.group(2))):
        title = clean(by.group(1))
        lines: list[tuple[Pairs, float]] = [([("title", title), ("authors", clean(by.group(2)))], 0.75)]
    else:
        lines = [([("title", title)], 0.5 if is_title_case(title) and " " in title else 0.25)]
    taken = {field for field, _ in lines[0][0]}
    unknown = 0
    ahead = {field for reading in readings[1:] if reading is not None for field, _ in reading.pairs}
    for text, reading in zip(texts[1:], readings[1:], strict=True):
        value = clean(text)
        pairs, weight = _read_one(value, reading, taken, ahead)
        if weight < 0:
            return None
        if not pairs:
            if key_of(value) == key_of(title):
                weight = 0.75
            elif reading is None or reading.label is None:
                if not FORM_LINE.match(text):
                    return None
                unknown += 1
        taken.update(field for field, _ in pairs)
        lines.append((pairs, weight))
    return None if unknown and 2 * unknown >= len(texts) - 1 else lines


_INITIALED = re.compile(r"^(?:[A-Z]\. ?){1,3}[A-Z][\w'’-]+$")


def is_author_first(texts: Sequence[str], second: Reading | None) -> bool:
    """Whether a block begins with a pen name that can be nothing else, and its second line is written as titles are."""
    first = clean(texts[0])
    if len(texts) < 2 or second is not None or not (MARKED_NAME.match(first) or _INITIALED.match(first)):
        return False
    title = clean(texts[1])
    return " " in title and is_title_case(title) and is_title_like(title) and not is_fandom_by_shape(title)


def _read_one(value: str, reading: Reading | None, taken: set[str], ahead: set[str]) -> tuple[Pairs, float]:
    """The pairs of one line below a title and their weight; no pairs where its shape says nothing, less than 0 for a form's."""
    if reading is not None and reading.label is not None:
        label = reading.label
        if label.kind == "note":
            return [], 0.0
        if label.field == "mail":
            return [], -1.0
        if label.value and not validates(label.field, label.value):
            return [], -1.0
        return list(reading.pairs), label.weight if label.value else 0.0
    if reading is not None and reading.rule == "header.byline":
        return (list(reading.pairs), 1.0) if "authors" not in taken else ([], -1.0)
    if reading is not None and reading.rule != "header.address":
        pairs = list(reading.pairs)
        if pairs[0][0] == "first_of_row":
            unknown = pairs.pop(0)[1]
            pairs = [pair for pair in pairs if pair[0] != "second_of_row"]
            stated = {field for field, _ in pairs}
            if "fandoms" not in stated and (stated & MATTER or "authors" in taken | stated or not is_name(unknown)):
                pairs.insert(0, ("fandoms", unknown))
            elif "authors" not in taken | stated and is_name(unknown):
                pairs.insert(0, ("authors", unknown))
        return pairs, reading.weight
    author_free = "authors" not in taken | ahead
    if MARKED_NAME.match(value) and not values.is_known_fandom(value) and author_free:
        return [("authors", value)], 1.0
    if "fandoms" not in taken and (row := _fandom_row(value)) is not None:
        return row, 1.0
    dashed = DASHED_BY.match(value)
    if author_free and dashed and _is_pen_name(dashed.group(1)):
        return [("authors", dashed.group(1))], 0.75
    if author_free and _is_pen_name(value):
        return [("authors", value)], _PEN_NAME
    if (pairing := pairing_of(value)) is not None and "relationships" not in taken:
        return [("relationships", pairing)], 0.75
    if values.language_of(value) is not None and len(value) > 2 and "language_stated" not in taken:
        return [("language_stated", value)], 0.25
    return [], 0.0


def _is_pen_name(value: str) -> bool:
    single = value.isalpha() and value[:1].isupper() and value[1:].islower() and len(value) >= 3
    return bool(HANDLE.match(value)) or single or is_name(value)


def _fandom_row(value: str) -> Pairs | None:
    """A fandom, alone or before what is typed: "The Salt Road (TV) | PG"."""
    pieces = [piece.strip() for piece in value.split(" | ")]
    if not is_fandom_by_shape(pieces[0]):
        return None
    others = [typed(piece) for piece in pieces[1:]]
    if not all(others):
        return None
    return [("fandoms", pieces[0]), *(found[0] for found in others if found)]


def _could_be_title(text: str, heading: bool = False) -> bool:
    """Whether a line may be a title; with `heading`, also one that begins like a chapter's ("Episode 41: Lost and Found")."""
    line = clean(text)
    named = line.partition(":")[2].strip() if heading and HEADING.match(line) else ""
    return (
        len(line) <= _MOST_CHARACTERS
        and len(line.split()) <= _MOST_WORDS
        and (is_title_like(line) or (bool(named) and is_title_like(named)))
        and (not line.startswith(DIALOGUE) or _is_quoted_title(line))
        and not _is_salutation(line)
        and not is_of_site(line)
        and not POSTER.match(line)
        and line.count(" | ") + line.count(" • ") + line.count(" · ") < 2  # a row of links
        and not _NO_TITLE.search(line)
        and not _NOTICE.match(line)
    )


def _is_salutation(line: str) -> bool:
    """Whether a line greets somebody ("Dear Mr. Holmes"); "Hello From the Overnight Desk" is a title."""
    words = line.split()
    titled = len(words) >= 4 and is_title_case(line) and ("From" in words or any(word.islower() for word in words[1:-1]))
    return bool(SALUTATION.match(line)) and not titled


def bare_head(walk: Walk) -> list[tuple[int, Pairs, str, float]] | None:
    """The lines (index, pairs, rule, confidence) of a header without labels at the start of a walk, or None."""
    lines = walk.lines
    if not lines or len(lines[0].text) > _MOST_CHARACTERS + 20 or not _could_be_title(lines[0].text, heading=True):
        return None
    stop = walk.block_end(0)
    stop = next((at for at in range(1, stop) if lines[at].aside), stop)
    limit = min(stop, _MOST_LINES + 1)
    note = next((at for at in range(1, limit) if _is_note(walk, at)), None)
    heading = next((at for at in range(1, limit) if HEADING.match(clean(lines[at].text))), None)
    summary = next((at for at in range(1, limit) if walk.begins_summary(at)), None)
    size = min(at for at in (note, summary, heading, stop) if at is not None)
    if size == len(lines) or size > _MOST_LINES:
        return None
    if size > 1:
        return _block(walk, size)
    after = walk.read(1)
    if after is not None and after.rule == "header.byline" and lines[1].gap <= 2 and len(lines) > 2 and lines[2].gap:
        if _could_be_title(lines[0].text) and _is_text(lines[2:]):
            return [
                (0, [("title", clean(lines[0].text))], "header.bare_title", 0.85),
                (1, [("authors", after.pairs[0][1])], "header.bare_authors", 0.85),
            ]
        return None
    by = TITLE_BY.match(clean(lines[0].text))
    if by and _could_be_title(by.group(1)) and lines[1].gap and _is_text(lines[1:]):
        named = is_name(by.group(2)) and is_title_case(by.group(1)) and " " in by.group(2)
        set_off = HANDLE.match(by.group(2)) and clean(lines[0].text)[by.end(1) :].lstrip()[:1] in (",", "|", "-", "–", "—", "~")
        if named or set_off or MARKED_NAME.match(by.group(2)):
            return [(0, [("title", clean(by.group(1))), ("authors", by.group(2))], "header.title_by", 0.8)]
    confidence = _title_alone(walk, note is not None)
    return None if confidence is None else [(0, [("title", clean(lines[0].text))], "header.title_alone", confidence)]


def _block(walk: Walk, size: int) -> list[tuple[int, Pairs, str, float]] | None:
    """The lines of a block of several without labels: what they prove together, with what stands below them."""
    lines = walk.lines
    read = _read_lines([line.text for line in lines[:size]], [walk.read(at) for at in range(size)])
    if read is None:
        return None
    total = sum(weight for _, weight in read)
    named = [pairs[0][1] for pairs, weight in read[1:] if weight == _PEN_NAME]
    fenced = _is_fenced(walk, size)
    if named and total < _ENOUGH + 1.0:
        rest = " ".join(line.text for line in lines[size:]).casefold()
        if named[0].casefold() in rest or PLACE_OR_TIME.search(named[0]) or PLACE_OR_TIME.search(lines[0].text):
            return None  # a person or a place of the story
    total += 0.5 if fenced else 0.25 if lines[size].gap > 1 or lines[size].aside else 0.0
    total += 0.25 if named and HANDLE.match(named[0]) else 0.0
    total += 0.25 if named and len(named[0]) >= 10 and " " not in named[0] else 0.0
    if total < _ENOUGH or (total < 3.0 and not fenced and not _is_text(lines[size:])):
        return None
    return [(at, pairs, f"header.bare_{pairs[0][0] if pairs else 'line'}", 0.85) for at, (pairs, _) in enumerate(read)]


def _is_fenced(walk: Walk, at: int) -> bool:
    """Whether a chapter's heading, a labelled note or summary, or a site's line stands at a place: a header ends there."""
    line, reading = walk.lines[at], walk.read(at)
    if line.aside or HEADING.match(clean(line.text)):
        return True
    return reading is not None and reading.label is not None and reading.label.kind != "metadata" and reading.label.weight >= 0.5


def _is_note(walk: Walk, at: int) -> bool:
    reading = walk.read(at)
    return reading is not None and reading.label is not None and reading.label.kind == "note" and reading.label.weight >= 1


def _is_text(lines: Sequence[Line]) -> bool:
    """Whether sentences follow: not a list, a form or more short lines."""
    sample = [line.text for line in lines[:10]]
    return bool(sample) and max(len(text) for text in sample) >= 40 and 2 * _ended(sample) >= len(_counted(sample))


def _counted(texts: Sequence[str]) -> list[str]:
    """The lines that can tell: no headings, and none in italics or between marks, as lyrics, mottoes and their sources are."""
    return [
        text
        for text in texts
        if text[0] not in "~*_♪♫—–" and any(char.isalpha() for char in text) and not (len(text) < 40 and HEADING.match(text))
    ]


def _ended(texts: Sequence[str]) -> int:
    return sum(
        1
        for text in _counted(texts)
        if text.rstrip(MARKUP)[-1:] in ".!?…\"”’'»:)。！？」" or PLACE_OR_TIME.search(text) or SALUTATION.match(text)
    )


def _is_capitalised(text: str, or_heading: bool = False) -> bool:
    line = clean(text)
    return len(line) <= 60 and bool((is_title_like(line) and is_title_case(line)) or (or_heading and HEADING.match(line)))


def _is_lone_word(word: str, below: Sequence[Line]) -> bool:
    """Whether one word above a text may be its title: no name that the text knows, and no such line comes again below."""
    if not (word.isalpha() and len(word) >= 4 and word[0].isupper() and not word.isupper()) or entry_of(word) is not None:
        return False
    text = " ".join(line.text for line in below)
    return not re.search(rf"[^\W\d_],? {word}\b", text) and not any(" " not in line.text and line.gap for line in below)


def _is_verse(below: Sequence[Line]) -> bool:
    """Whether stanzas follow: short lines in blocks of several, and none of them in italics as lyrics inside a story are."""
    sample = below[:24]
    stanzas = sum(bool(line.gap) for line in sample)
    if len(sample) < 12 or stanzas < 3 or sample[1].gap or max(len(line.text) for line in sample) > 70:
        return False
    plain = all(line.text[0] not in "*_~♪" for line in sample)
    return plain and len(sample) - stanzas >= 1.2 * stanzas and _ended([line.text for line in sample]) < 0.6 * len(sample)


def _is_quoted_title(text: str) -> bool:
    """Whether a line is a title in quotes: all of it, with capitals as titles have and no mark that would end speech."""
    inner = text.strip("\"“”'‘’«»")
    return text[-1] in "\"”’'»" and inner.count(" ") > 0 and is_title_case(inner) and is_title_like(text)


def _could_stand_alone(text: str, core: str, cased: bool) -> bool:
    """Whether what could be a title may be one with nothing beside it; `core` is the line without brackets at its end, `cased`
    says that it has capitals as titles have them.
    """
    if not is_title_like(text) or PLACE_OR_TIME.search(text) or (core.isascii() and not re.search(r"\w{3}", core)):
        return False  # a chapter's heading, a place, initials
    return cased or not (core[-1] in "?!" or ("," in core and not core.islower()) or ":" in core)


def _title_alone(walk: Walk, note_below: bool) -> float | None:
    """How sure a single line is a title, with nothing else to prove it: unlike the text that follows, before a gap."""
    lines, after = walk.lines, walk.lines[1]
    text = clean(lines[0].text)
    core = _IN_BRACKETS.sub("", text) or text
    cased = is_title_case(core)
    if not _could_stand_alone(text, core, cased):
        return None
    if after.aside and len(text.split()) <= _MOST_WORDS:
        return 0.85  # a site's counters below: what else could it be
    if HEADING.match(clean(after.text)):
        return (0.8 if cased else 0.65) if after.gap <= 3 else None
    solid = not any(line.gap for line in lines[1:8]) and len(lines) > 3  # a text without blank lines, none of them wrapped
    set_in = (
        solid and cased and core.count(" ") > 1 and not core[-1].isdigit() and max(len(line.text) for line in lines[1:8]) > 90
    )
    if after.gap < 1 and not note_below and not set_in:
        return None
    if _is_fenced(walk, 1) and (cased or core.islower()) and len(core.split()) > 1:
        return 0.8  # an author's note below
    listed = _is_capitalised(after.text) and not FORM_LINE.match(clean(after.text))
    if is_name(text) and listed and len(lines) > 2 and _is_capitalised(lines[2].text, True):
        return None  # a person's name above more such lines: the title may be the next one
    if is_name(text) and any(text in line.text for line in lines[1:]):
        return None  # a person of the story
    return _above_text(lines[1:], text, core, cased, note_below)


def _above_text(below: Sequence[Line], text: str, core: str, cased: bool, note_below: bool) -> float | None:
    """How sure a line is a title by the text that follows: sentences or verses, and not the end of a sentence of its own."""
    texts = [line.text for line in below[:8]]
    begun = [text[0] for text in texts if text[0].isalpha()]
    plain = [
        text for text in texts if not FORM_LINE.match(clean(text)) and not (len(text) <= 40 and PLACE_OR_TIME.search(clean(text)))
    ]
    texts = plain if len(plain) >= 4 else texts  # a form at the beginning of the story says nothing of its title
    if len(_counted(texts[:1])) == 0 and 3 * len(_counted(texts)) < 2 * len(texts):
        return None  # a song's title and its words
    words = core.split()
    if not note_below and _is_verse(below):
        return 0.65 if len(words) > 1 else None
    whole = [len(text) >= 60 and text.rstrip(MARKUP)[-1:] in ".!?…\"”’'" for text in texts[:2]]
    told = len(texts) > 1 and all(whole)
    if (not told and 3 * _ended(texts) < 2 * len(_counted(texts))) or max(map(len, texts)) < max(40, len(text) + 10):
        return None
    if len(words) == 1:
        return 0.6 if whole[0] and len(texts) > 1 and _is_lone_word(core, below) else None
    if len(words) > 10:
        return None
    if not cased and below[0].text[:1].islower() and 5 * sum(char.islower() for char in begun) < 4 * len(begun):
        return None  # the sentence goes on
    if not cased and core[:1].isupper() and text.isascii() and below[0].text.isascii():
        # "Once upon a time": most English titles have capitals, or none at all
        return 0.6 if len(words) > 2 and _PHRASE.match(core) and not _FINITE.search(core) and " - " not in core else None
    return 0.8 if cased else 0.65
