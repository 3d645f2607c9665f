"""Titles and authors of a header that have no label: on its first lines, and below its facts.

Each `take` looks at one line of a walk (`walking.Walk`), takes it into the header if its place tells what it is, and gives the
index of the next line; None ends the header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.metadata import values
from transforms.metadata.bare import is_author_first
from transforms.metadata.coined import coined_at
from transforms.metadata.items import Value, shown, with_facts
from transforms.metadata.pieces import NOBODY, TITLE_BY, clean
from transforms.metadata.shapes import (
    ARTICLE,
    DASHED_BY,
    DEDICATION,
    DIALOGUE,
    FORM_LINE,
    HANDLE,
    HEADING,
    LANDMARK,
    TITLE_DASH,
    is_name,
    is_title_case,
    is_title_like,
    key_of,
)
from transforms.metadata.sitelines import SHELVES, read_dash_line

if TYPE_CHECKING:
    from transforms.metadata.walking import Walk

_VALUES = frozenset(("header.value", "header.pairing"))
_FORM = 3.0  # what the labels below a first line prove that has a label which nobody knows
_STATED = 2  # facts in brackets behind a title that prove it
_SMALL = frozenset(("of", "the", "in", "and", "de", "la", "von", "van", "der", "du", "di", "da", "on", "for"))


def take_page_line(walk: Walk, at: int, text: str) -> int | None:
    """FanFiction.net's page: the line of facts a few lines below proves the title, and the shelf and fandom above it."""
    below = range(at + 1, min(at + 6, len(walk.lines)))
    facts = next((i for i in below if " - " in walk.lines[i].text and read_dash_line(walk.lines[i].text) is not None), None)
    if facts is None or not is_title_like(text):
        return None
    shelf, _, fandom = text.partition(" ")
    if shelf.casefold() in SHELVES and fandom and facts - at > 2 and not walk.items:
        walk.state(at, [("fandoms", fandom)], "header.path", 1.0, confidence=0.9)
        return at + 1
    by = walk.read(at + 1)
    if not (by is not None and any(field == "authors" for field, _ in by.pairs)) and facts - at > 2:
        return None
    walk.state(at, [("title", text)], "header.title", 0.5, confidence=0.95)
    return at + 1


def take_first_line(walk: Walk, at: int) -> int | None:
    """The first line of a header: a title, with or without its author; an author with the title below; a label nobody knows."""
    line = walk.lines[at]
    text = clean(line.text)
    said = coined_at(line.text) if at + 1 < len(walk.lines) and not walk.lines[at + 1].gap else None
    if said is not None and walk.block_weight(at + 1) >= _FORM:  # "Square filled: ..." above a header's labels
        pairs = [(said.field, said.value)] if said.field else []
        walk.take(at, at, said.kind, pairs, f"header.coined_{said.kind}", 0.0, said.topics, 0.85, said.field or "remark")
        return at + 1
    if (signed := _signed_title(walk, at, text)) is not None:
        pairs, weight, confidence = signed
        walk.state(at, pairs, "header.title_by", weight, confidence)
        return at + 1
    quoted = text.startswith(DIALOGUE) and not is_title_case(text.strip("\"“”'‘’«»"))
    closed = text[0] in '"“«「『《' and text[-1] in '"”»」』》' and walk.label_follows(at + 1) and walk.block_weight(at) >= 2.0
    if not is_title_like(text) or (quoted and not closed):
        return None
    after = walk.lines[at + 1] if at + 1 < len(walk.lines) else None
    if after is not None and not after.gap and FORM_LINE.match(text) and FORM_LINE.match(after.text):
        return None  # a form: a file, a game's window
    below = clean(after.text) if after is not None and after.gap <= 1 else ""
    if below and is_author_first([text, below], walk.read(at + 1)):
        walk.state(at, [("authors", text)], "header.author_first", 0.5, confidence=0.9)
        walk.state(at + 1, [("title", below)], "header.title", 0.5, confidence=0.9)
        return at + 2
    facts = len(with_facts(("title", text))) - 1 if text[-1] in ")]" else 0
    walk.state(at, [("title", text)], "header.title", 0.5 if facts < _STATED else 1.5, confidence=0.9)
    return at + 1


def _signed_title(walk: Walk, at: int, text: str) -> tuple[list[tuple[str, Value]], float, float] | None:
    """What a first line with a title and its author states, with what it proves and how sure that is."""
    by = TITLE_BY.match(text)
    if by and text[-1] in ")]" and (parted := with_facts(("title", text)))[1:]:  # '"Cold Frame" by Marta [Foyle's War, G]'
        by = TITLE_BY.match(shown(parted[0][1]))
        if by and (HANDLE.match(by.group(2)) or _is_named(by.group(1), by.group(2))):
            return [("title", clean(by.group(1))), ("authors", by.group(2)), *parted[1:]], 2.0, 0.9
    if by and _is_signature(walk, at, by.group(1), clean(by.group(2))):
        return [("title", clean(by.group(1))), ("authors", clean(by.group(2)))], 1.0, 0.9
    dashed = TITLE_DASH.match(text)
    if dashed and walk.header_goes_on(at) and not values.is_fandom_like(text) and is_title_like(dashed.group(1)):
        return [("title", clean(dashed.group(1))), ("authors", dashed.group(2))], 0.75, 0.85
    return None


def _is_signature(walk: Walk, at: int, title: str, author: str) -> bool:
    """Whether the author of a "Title by Author" is a handle or a name, and the header goes on or the line stands alone."""
    if not is_title_like(title) or author[-1:] in '.!?,;:"”' or len(author.split()) > 4 or ARTICLE.match(author):
        return False
    if not (HANDLE.match(author) or _is_named(title, author)):
        return False
    return walk.header_goes_on(at) or bool(re.search(r"[_\d-]|[a-z][A-Z]", author))


def _is_named(title: str, author: str) -> bool:
    """Whether what stands behind "by" is a name: with capitals, or in small letters where the title has capitals."""
    words = author.split()
    if all(word[:1].isupper() or (word in _SMALL and at) for at, word in enumerate(words)) and words[-1][:1].isupper():
        return True
    return author.islower() and 1 < len(words) <= 3 and is_title_case(title) and " " in title and not NOBODY.match(author)


def take_second_line(walk: Walk, at: int) -> int | None:
    """The line after an unlabelled title: its author (b), or a fandom nobody heard of, if typed lines follow."""
    line = walk.lines[at]
    text = clean(line.text)
    dashed = DASHED_BY.match(text)
    text = dashed.group(1) if dashed else text
    if line.gap > 1 or not is_title_like(text) or len(text.split()) > 8 or text[:3].casefold() == "by ":
        return None
    after = at + 1
    if after >= len(walk.lines):
        return None
    if not line.gap and walk.lines[after].gap and HEADING.match(clean(walk.lines[after].text)) and is_name(text):
        walk.state(at, [("authors", text)], "header.author_by_place", 1.0, confidence=0.85)
        return after
    follows = walk.read(after)
    repeated = key_of(walk.lines[after].text) == key_of(walk.title or "") if walk.title else False
    if follows is None and not repeated:
        return None
    if follows is not None and follows.kind == "note":
        return None
    if walk.lines[after].gap > 2:
        return None
    ahead = walk.fields_ahead(after)
    if follows is not None and walk.block_weight(after) < 1.0 and not repeated:
        return None
    if "authors" in ahead and "fandoms" in ahead:
        if walk.block_weight(after) < 3.0 or walk.lines[after].gap:
            return None
        walk.state(at, [], "header.by_place", 0.0, confidence=0.8)  # a day, a place: all is stated below
        return after
    shaped = bool(HANDLE.match(text)) and not values.is_known_fandom(text)
    if (shaped or "fandoms" in ahead) and "authors" not in ahead and len(text.split()) <= 4:
        walk.state(at, [("authors", text)], "header.author_by_place", 0.25, confidence=0.85)
    elif "fandoms" not in ahead and (line.gap or follows is None or follows.label is None):
        walk.state(at, [("fandoms", text)], "header.fandom_by_place", 0.25, confidence=0.85)
    else:
        walk.state(at, [], "header.by_place", 0.0, confidence=0.8)
    return after


def take_late_title(walk: Walk, at: int) -> int | None:
    """Title (and author) after the labelled lines, as in a page copied from the browser."""
    line = walk.lines[at]
    labelled = {item.label for item in walk.items if item.label} | {"stats" for item in walk.items if item.rule == "header.stats"}
    values_alone = {field for item in walk.items if item.rule in _VALUES for field, _ in item.pairs}
    labelled |= values_alone if len(values_alone) >= 3 else set()
    if not labelled or line.gap > 4 or not is_title_like(line.text):
        return None
    by = TITLE_BY.match(clean(line.text))
    second = at + 1
    author = None
    if second < len(walk.lines) and walk.lines[second].gap <= 1 and walk.read(second) is None:
        candidate = clean(walk.lines[second].text)
        apart = walk.lines[second].gap and not (
            second + 1 < len(walk.lines) and LANDMARK.match(clean(walk.lines[second + 1].text))
        )
        if is_title_like(candidate) and len(candidate.split()) <= 6 and not LANDMARK.match(candidate) and not apart:
            author = candidate
    reading = walk.read(second) if second < len(walk.lines) else None
    byline = reading is not None and reading.rule == "header.byline"
    after = second + (1 if author is not None else 0)
    if after < len(walk.lines) and DEDICATION.match(walk.lines[after].text):
        after += 1
    landmark = after < len(walk.lines) and bool(
        LANDMARK.match(clean(walk.lines[after].text)) or HEADING.match(walk.lines[after].text) or walk.begins_summary(after)
    )
    page = (
        len(labelled) >= 4
        and (author is not None or "stats" in labelled)
        and (after >= len(walk.lines) or walk.lines[after].gap >= 1)
    )
    if not (byline or landmark or page or (by and HANDLE.match(by.group(2)))):
        return None
    if by and HANDLE.match(by.group(2)) and author is None and not walk.has_author:
        walk.state(at, [("title", by.group(1)), ("authors", by.group(2))], "header.title_below", 0.5, confidence=0.9)
        return second
    walk.state(at, [("title", clean(line.text))], "header.title_below", 0.5, confidence=0.9)
    if author is not None and not walk.has_author:
        walk.state(second, [("authors", author)], "header.author_below", 0.5, confidence=0.9)
        return second + 1
    return second


def is_title_below(walk: Walk, at: int, block: int) -> bool:
    """Whether a later block of these lines begins with a title and its by-line, so that what stands above is a site's."""
    below = walk.read(at + 1) if at + 1 < block else None
    if below is not None and below.rule == "header.byline":
        return False
    for first in range(block, min(len(walk.lines) - 1, block + 12)):
        by = walk.read(first + 1)
        if not walk.lines[first].gap or walk.lines[first + 1].gap or walk.read(first) is not None:
            continue
        if by is not None and by.rule == "header.byline" and is_title_like(walk.lines[first].text):
            return block - at == 1 or not walk.items
    return False


def title_and_author(walk: Walk, at: int, text: str) -> list[tuple[str, Value]]:
    """What the first line of a metadata segment states: a title, or a title and its author."""
    parted = with_facts(("title", text))
    by = TITLE_BY.match(shown(parted[0][1]))
    if by and not walk.author_ahead() and (_is_named(by.group(1), by.group(2)) or HANDLE.match(by.group(2))):
        return [("title", clean(by.group(1))), ("authors", clean(by.group(2))), *parted[1:]]
    dashed = TITLE_DASH.match(text)
    if dashed and not walk.author_ahead() and not values.is_fandom_like(text):
        return [("title", clean(dashed.group(1))), ("authors", dashed.group(2))]
    return [("title", text)]
