"""Lines of a header that have no label: title, author, fandom and summary by their place.

Each function looks at one line of a walk (`walking.Walk`), takes it into the header if its place tells what it is, and gives
the index of the next line; None ends the header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.metadata import values
from transforms.metadata.bare import is_author_first, is_fandom_by_shape, read_block
from transforms.metadata.coined import Coined, coined_at
from transforms.metadata.items import Value, shown, with_facts
from transforms.metadata.labels import label_at
from transforms.metadata.lines import MATTER, SHELVES, read_dash_line
from transforms.metadata.pieces import NOBODY, TITLE_BY, clean, pairing_of
from transforms.metadata.shapes import (
    ARTICLE,
    DASHED_BY,
    DIALOGUE,
    FORM_LINE,
    HANDLE,
    HEADING,
    LANDMARK,
    POSTER,
    TITLE_DASH,
    is_name,
    is_of_site,
    is_title_case,
    is_title_like,
    key_of,
)

if TYPE_CHECKING:
    from transforms.metadata.walking import Walk

_VALUES = frozenset(("header.value", "header.pairing"))
_BARE = frozenset(
    ("header.value", "header.row", "header.pairing", "header.bare_rating", "header.bare_fandoms", "header.bare_relationships")
)
_DEDICATION = re.compile(r"^(?:for|to) \S.{1,60}$", re.IGNORECASE)  # a gift's line between author and summary


def place(walk: Walk, at: int) -> int | None:
    """A line that states nothing by itself: title, author, fandom or summary by its place, or the end of the header."""
    line = walk.lines[at]
    text = clean(line.text)
    if walk.title is None and (is_of_site(text) or not text):
        return at + 1 if walk.trusted else None
    if (poster := POSTER.match(text)) is not None and walk.title is None and (at == 0 or walk.trusted):
        below = at + 1 < len(walk.lines) and not walk.lines[at + 1].gap and values.date_of(walk.lines[at + 1].text) is not None
        name = next(filter(None, poster.groups()))
        walk.take(at, at + below, "metadata", [("poster", name)], "header.poster", 0.5, confidence=0.9)
        return at + 1 + below
    if walk.trusted:
        return _plain_trusted(walk, at)
    if walk.title is None and (page := _page_line(walk, at, text)) is not None:
        return page
    if not walk.items:
        return _first_line(walk, at) if at == 0 else None
    if _is_author_by_place(walk, at, text):
        walk.take(at, at, "metadata", [("authors", text)], "header.author_by_place", 0.25, confidence=0.85)
        return at + 1
    if line.gap == 0 and values.language_of(text) is not None and len(text) > 2 and not walk.said("language_stated"):
        walk.take(at, at, "metadata", [("language_stated", text)], "header.language", 0.25, confidence=0.85)
        return at + 1
    pairing = pairing_of(text)
    if (
        pairing is not None
        and line.gap <= 1
        and sum(item.weight for item in walk.items) >= 1.0
        and not walk.said("relationships")
    ):
        walk.take(at, at, "metadata", [("relationships", pairing)], "header.pairing", 0.75, confidence=0.85)
        return at + 1
    if _is_value_by_place(walk, at, text):
        walk.take(at, at, "metadata", [("fandoms", text)], "header.fandom_by_place", 0.25, confidence=0.8)
        return at + 1
    if (listed := _listed(walk, at, text)) is not None:
        walk.take(at, at, "metadata", [(listed, text)], "header.list_by_place", 0.25, confidence=0.8)
        return at + 1
    if not line.gap and (rated := _rated_world(walk, text)):
        walk.take(at, at, "metadata", rated, "header.row", 1.25, confidence=0.85)
        return at + 1
    if (after := _coined(walk, at)) is not None:
        return after
    if _is_unlabelled_summary(walk, at):
        walk.take(at, at, "summary", [("summary", text)], "header.summary_by_place", 0.5, confidence=0.9)
        return at + 1
    if _is_summary_above_chapters(walk, at):
        walk.take(at, at, "summary", [("summary", text)], "header.summary_by_place", 0.5, confidence=0.8)
        return at + 1
    if walk.title is not None and line.gap <= 1 and _DEDICATION.match(text) and _summary_below(walk, at + 1):
        walk.take(at, at, "note", [("dedication", text)], "header.note", 0.0, ("dedication",), 0.9)
        return at + 1
    if walk.title is None:
        return _late_title(walk, at)
    if len(walk.items) == 1 and walk.items[0].rule.startswith("header.title") and not walk.has_author and at == 1:
        return _second_line(walk, at)
    return None


def _rated_world(walk: Walk, text: str) -> list[tuple[str, Value]]:
    """The pairs of a world and its rating below a title ("Friday Night Lights - T"), or none."""
    world = _RATED_WORLD.match(text) if walk.title is not None and not walk.said("fandoms") else None
    if world is None or not (values.is_rating_line(world[2]) and is_title_case(world[1]) and " " in world[1]):
        return []
    return [("fandoms", world[1]), ("rating", world[2])]


def row_pairs(walk: Walk, at: int, pairs: list[tuple[str, Value]]) -> list[tuple[str, Value]]:
    """The pairs of a row; an unknown first piece is the title where none stands above, else a fandom nobody heard of."""
    if pairs and pairs[0][0] == "first_of_row":
        value = pairs.pop(0)[1]
        second = pairs.pop(0)[1] if pairs and pairs[0][0] == "second_of_row" else None
        if walk.title is None and at == 0 and is_title_like(shown(value)):
            by = TITLE_BY.match(shown(value))
            pairs[:0] = [("title", by.group(1)), ("authors", by.group(2))] if by else [("title", value)]
            pairs += [("authors", second)] if second is not None and not by else []
        elif walk.title is not None:
            stated = {field for field, _ in pairs}
            named = not walk.has_author and "authors" not in stated and is_name(shown(value))
            if "fandoms" not in stated and not (named and not stated & MATTER):
                pairs.insert(0, ("fandoms", value))
            elif named:
                pairs.insert(0, ("authors", value))
    return pairs


def _is_author_by_place(walk: Walk, at: int, text: str) -> bool:
    """A pen name as the last line of a block that is a header's already ("The 100 (TV)", "T", "the title again", "quince")."""
    line, after = walk.lines[at], at + 1
    if line.gap or walk.has_author or walk.title is None or not is_name(text) or values.is_known_fandom(text):
        return False
    goes_on = after < len(walk.lines) and not walk.lines[after].gap
    if sum(item.weight for item in walk.items) < 1.5 or (goes_on and walk.read(after) is None):
        return False
    return "authors" not in walk.fields_ahead(after)


def _is_value_by_place(walk: Walk, at: int, text: str) -> bool:
    """A fandom nobody heard of: between lines without labels whose title and author are known, or the last of several."""
    line = walk.lines[at]
    if line.gap or walk.title is None or not walk.has_author or walk.said("fandoms"):
        return False
    if is_fandom_by_shape(text):
        return True
    if not (_could_be_fandom(text) and is_title_case(text) and len(text.split()) <= 6):
        return False
    bare = [item for item in walk.items if item.rule == "header.value"]
    after = at + 1
    if after == len(walk.lines) or walk.lines[after].gap:
        return len(bare) >= 2
    follows = walk.read(after)
    return follows is not None and follows.rule in ("header.value", "header.row") and "fandoms" not in walk.fields_ahead(after)


def _listed(walk: Walk, at: int, text: str) -> str | None:
    """The field of a list without a label below several bare values, as AO3 orders them: characters, then tags."""
    bare = sum(len(item.pairs) for item in walk.items if item.rule in _BARE)
    if not text or walk.lines[at].gap or _DEDICATION.match(text) or len(text) > 300 or text[-1] in '.!?"”' or bare < 2:
        return None
    pieces = [piece for piece in re.split(r"\s*[,;]\s*", text) if piece]
    if not all(len(piece.split()) <= 6 for piece in pieces):
        return None
    pairings = [shown(value) for item in walk.items for field, value in item.pairs if field == "relationships"]
    paired = {name.strip() for pairing in pairings for name in re.split(r"[/&,]", pairing)}
    if paired & set(pieces) and not walk.said("characters"):
        return "characters"
    if len(pieces) < 2 or walk.said("tags") or not (pairings or bare > 2 or walk.said("rating")):
        return None
    named = sum(is_name(piece) and " " in piece for piece in pieces)
    return "characters" if named == len(pieces) and not walk.said("characters") else "tags"


def _coined(walk: Walk, at: int) -> int | None:
    """A label that the vocabulary does not have, between labels of a header that is sure already, or as its last line."""
    line = walk.lines[at]
    sure = sum({item.label: item.weight for item in walk.items if item.label}.values())
    if sure < 2.0 and len({item.label for item in walk.items if item.label}) > 1:
        sure += walk.block_weight(at) if at + 1 < len(walk.lines) and not walk.lines[at + 1].gap else 0.0
    if line.gap or sure < 2.0 or HEADING.match(clean(line.text)):
        return None
    said = coined_at(line.text)
    if said is None and not FORM_LINE.match(line.text):
        return None
    if said is None or not said.known:
        last = at + 1 == len(walk.lines) or walk.lines[at + 1].gap
        after = None if last else walk.read(at + 1)
        labelled = after is not None and after.label is not None and after.label.weight >= 0.75 and not after.label.bare
        coined = not last and (below := coined_at(walk.lines[at + 1].text)) is not None and below.known
        if not (labelled or coined or (last and sure >= 3.0 and len(line.text) <= 100)):
            return None
    if said is None or said.kind == "metadata":
        pairs = [(said.field, said.value)] if said is not None and said.field and not walk.said(said.field) else []
        walk.take(at, at, "metadata", pairs, "header.unknown_label", 0.0, confidence=0.85)
        return at + 1
    if said.kind == "summary" and any(item.kind == "summary" for item in walk.items):
        said = Coined("", "note", said.value, (), False)
    last_line = walk.continued(at, metadata=False)
    pairs = [(said.field or "notes", walk.joined(said.value, at + 1, last_line))]
    walk.take(
        at,
        last_line,
        said.kind,
        pairs,
        f"header.coined_{said.kind}",
        0.0,
        said.topics,
        0.85,
        said.field if said.field not in ("", "notes") else "remark",
    )
    return last_line + 1


def _page_line(walk: Walk, at: int, text: str) -> int | None:
    """FanFiction.net's page: the line of facts a few lines below proves the title, and the shelf and fandom above it."""
    below = range(at + 1, min(at + 6, len(walk.lines)))
    facts = next((i for i in below if " - " in walk.lines[i].text and read_dash_line(walk.lines[i].text) is not None), None)
    if facts is None or not is_title_like(text):
        return None
    shelf, _, fandom = text.partition(" ")
    if shelf.casefold() in SHELVES and fandom and facts - at > 2 and not walk.items:
        walk.take(at, at, "metadata", [("fandoms", fandom)], "header.path", 1.0, confidence=0.9)
        return at + 1
    by = walk.read(at + 1)
    if not (by is not None and any(field == "authors" for field, _ in by.pairs)) and facts - at > 2:
        return None
    walk.take(at, at, "metadata", [("title", text)], "header.title", 0.5, confidence=0.95)
    return at + 1


def _first_line(walk: Walk, at: int) -> int | None:
    line = walk.lines[at]
    text = clean(line.text)
    said = coined_at(line.text) if at + 1 < len(walk.lines) and not walk.lines[at + 1].gap else None
    if said is not None and walk.block_weight(at + 1) >= _FORM:  # "Square filled: ..." above a header's labels
        pairs = [(said.field, said.value)] if said.field else []
        walk.take(at, at, said.kind, pairs, f"header.coined_{said.kind}", 0.0, said.topics, 0.85, said.field or "remark")
        return at + 1
    by = TITLE_BY.match(text)
    if by and text[-1] in ")]" and (parted := with_facts(("title", text)))[1:]:  # '"Cold Frame" by Marta [Foyle's War, G]'
        by = TITLE_BY.match(shown(parted[0][1]))
        if by and (HANDLE.match(by.group(2)) or _is_named(by.group(1), by.group(2))):
            pairs: list[tuple[str, Value]] = [("title", clean(by.group(1))), ("authors", by.group(2)), *parted[1:]]
            walk.take(at, at, "metadata", pairs, "header.title_by", 2.0, confidence=0.9)
            return at + 1
    if by and _title_by(walk, at, by.group(1), by.group(2)):
        walk.take(
            at,
            at,
            "metadata",
            [("title", clean(by.group(1))), ("authors", clean(by.group(2)))],
            "header.title_by",
            1.0,
            confidence=0.9,
        )
        return at + 1
    dashed = TITLE_DASH.match(text)
    if dashed and walk.header_goes_on(at) and not values.is_fandom_like(text) and is_title_like(dashed.group(1)):
        pairs = [("title", clean(dashed.group(1))), ("authors", dashed.group(2))]
        walk.take(at, at, "metadata", pairs, "header.title_by", 0.75, confidence=0.85)
        return at + 1
    quoted = text.startswith(DIALOGUE) and not is_title_case(text.strip("\"“”'‘’«»"))
    closed = text[0] in '"“«「『《' and text[-1] in '"”»」』》' and walk.label_follows(at + 1) and walk.block_weight(at) >= 2.0
    if not is_title_like(text) or (quoted and not closed):
        return None
    if (
        FORM_LINE.match(text)
        and at + 1 < len(walk.lines)
        and not walk.lines[at + 1].gap
        and FORM_LINE.match(walk.lines[at + 1].text)
    ):
        return None  # a form: a file, a game's window
    below = clean(walk.lines[at + 1].text) if at + 1 < len(walk.lines) and walk.lines[at + 1].gap <= 1 else ""
    if below and is_author_first([text, below], walk.read(at + 1)):
        walk.take(at, at, "metadata", [("authors", text)], "header.author_first", 0.5, confidence=0.9)
        walk.take(at + 1, at + 1, "metadata", [("title", below)], "header.title", 0.5, confidence=0.9)
        return at + 2
    facts = len(with_facts(("title", text))) - 1 if text[-1] in ")]" else 0
    walk.take(at, at, "metadata", [("title", text)], "header.title", 0.5 if facts < _STATED else 1.5, confidence=0.9)
    return at + 1


_FORM = 3.0  # what the labels below a first line prove that has a label which nobody knows
_RATED_WORLD = re.compile(r"(\S[^,;|]{2,60}?)(?:,|\s[-–—|/])\s(\S{1,8})$")  # "Friday Night Lights - T"
_STATED = 2  # facts in brackets behind a title that prove it
_SMALL = frozenset(("of", "the", "in", "and", "de", "la", "von", "van", "der", "du", "di", "da", "on", "for"))


def _is_named(title: str, author: str) -> bool:
    """Whether what stands behind "by" is a name: with capitals, or in small letters where the title has capitals."""
    words = author.split()
    if all(word[:1].isupper() or (word in _SMALL and at) for at, word in enumerate(words)) and words[-1][:1].isupper():
        return True
    return author.islower() and 1 < len(words) <= 3 and is_title_case(title) and " " in title and not NOBODY.match(author)


def _title_by(walk: Walk, at: int, title: str, author: str) -> bool:
    """ "Title by Author": the author is a handle or a name, and the header goes on, or the line stands alone."""
    author = clean(author)
    if not is_title_like(title) or author[-1:] in '.!?,;:"”' or len(author.split()) > 4 or ARTICLE.match(author):
        return False
    if not (HANDLE.match(author) or _is_named(title, author)):
        return False
    goes_on = walk.header_goes_on(at)
    return goes_on or bool(re.search(r"[_\d-]|[a-z][A-Z]", author))


def _second_line(walk: Walk, at: int) -> int | None:
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
        walk.take(at, at, "metadata", [("authors", text)], "header.author_by_place", 1.0, confidence=0.85)
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
        walk.take(at, at, "metadata", [], "header.by_place", 0.0, confidence=0.8)  # a day, a place: all is stated below
        return after
    shaped = bool(HANDLE.match(text)) and not values.is_known_fandom(text)
    if (shaped or "fandoms" in ahead) and "authors" not in ahead and len(text.split()) <= 4:
        walk.take(at, at, "metadata", [("authors", text)], "header.author_by_place", 0.25, confidence=0.85)
    elif "fandoms" not in ahead and (line.gap or follows is None or follows.label is None):
        walk.take(at, at, "metadata", [("fandoms", text)], "header.fandom_by_place", 0.25, confidence=0.85)
    else:
        walk.take(at, at, "metadata", [], "header.by_place", 0.0, confidence=0.8)
    return after


def _is_unlabelled_summary(walk: Walk, at: int) -> bool:
    """FanFiction.net's page: title, by-line, a paragraph, then the dash line."""
    if walk.title is None or at + 1 >= len(walk.lines) or any(item.kind == "summary" for item in walk.items):
        return False
    follows = walk.read(at + 1)
    if follows is None or walk.lines[at + 1].gap > 2:
        return False
    if follows.rule == "header.hashtags" and walk.lines[at].text[-1] in '.!?…"”' and at + 2 < len(walk.lines):
        return walk.has_author and walk.lines[at + 2].gap > 0
    listed = follows.rule == "header.stats" and not walk.lines[at].gap and walk.lines[at].text[-1] in '.!?…"”'
    return listed or (follows.rule == "header.dash_line" and follows.weight >= 3)


_FIRST_CHAPTER = re.compile(
    r"^(?:prologue|introduction|teaser|(?:(?:chapter|ch\.?|part|book|act|day|week)\s+)?#?(?:1|one|i|0|first)\b(?:\s*$|\s*[.:)|~–—-]))",
    re.IGNORECASE,
)
_TALK = re.compile(
    r"\b(?:i|i['’]m|i['’]ve|my|you|your|we|our|us|reviews?|disclaimer|(?:un)?beta(?:['’]?d|ed)?|thanks?|fics?|ficlets?|prompts?|warnings?|"
    r"chapters?|written for|title from|inspired by|own|owns|characters|copyright)\b",
    re.IGNORECASE,
)


def _is_summary_above_chapters(walk: Walk, at: int) -> bool:
    """A paragraph without a label between a header's facts and the first chapter's heading, in which no author speaks."""
    line, after = walk.lines[at], at + 1
    if walk.title is None or line.gap > 3 or not 20 <= len(line.text) <= 600 or after >= len(walk.lines):
        return False
    stated = {field for item in walk.items for field, _ in item.pairs}
    if len(stated) < 3 or not stated & {"fandoms", "rating"} or any(item.kind in ("summary", "note") for item in walk.items):
        return False
    ended = clean(line.text)[-1:] in ".!?…\"”'’)"
    below = walk.lines[after]
    fenced = bool(_FIRST_CHAPTER.match(clean(below.text))) or below.aside
    return ended and below.gap > 0 and fenced and not _TALK.search(line.text)


def _late_title(walk: Walk, at: int) -> int | None:
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
    if after < len(walk.lines) and _DEDICATION.match(walk.lines[after].text):
        after += 1
    landmark = after < len(walk.lines) and bool(
        LANDMARK.match(clean(walk.lines[after].text)) or HEADING.match(walk.lines[after].text) or _is_summary(walk, after)
    )
    page = (
        len(labelled) >= 4
        and (author is not None or "stats" in labelled)
        and (after >= len(walk.lines) or walk.lines[after].gap >= 1)
    )
    if not (byline or landmark or page or (by and HANDLE.match(by.group(2)))):
        return None
    if by and HANDLE.match(by.group(2)) and author is None and not walk.has_author:
        walk.take(
            at, at, "metadata", [("title", by.group(1)), ("authors", by.group(2))], "header.title_below", 0.5, confidence=0.9
        )
        return second
    walk.take(at, at, "metadata", [("title", clean(line.text))], "header.title_below", 0.5, confidence=0.9)
    if author is not None and not walk.has_author:
        walk.take(second, second, "metadata", [("authors", author)], "header.author_below", 0.5, confidence=0.9)
        return second + 1
    return second


def _summary_below(walk: Walk, at: int) -> bool:
    return at < len(walk.lines) and walk.lines[at].gap <= 2 and _is_summary(walk, at)


def _is_summary(walk: Walk, at: int) -> bool:
    label = label_at(walk.lines[at].text)
    return label is not None and label.kind == "summary"


def _plain_trusted(walk: Walk, at: int) -> int:
    """A line of a metadata segment that states nothing by itself: a title or author where one is missing."""
    line = walk.lines[at]
    text = clean(line.text)
    if not text or len(text) > 300:
        return at + 1
    block = walk.block_end(at)
    if walk.title is None and walk.front and 2 <= block - at <= 3 and (block == len(walk.lines) or walk.lines[block].gap):
        fields = read_block([walk.lines[i].text for i in range(at, block)])
        if fields is not None and not any(walk.read(i) is not None and walk.read(i).label for i in range(at, block)):
            for i, pairs in zip(range(at, block), fields, strict=True):
                walk.take(i, i, "metadata", [*pairs], f"header.bare_{pairs[0][0] if pairs else 'line'}", 0.5)
            return block
    pairing = pairing_of(text)
    if pairing is not None and walk.items and not walk.said("relationships"):
        walk.take(at, at, "metadata", [("relationships", pairing)], "header.pairing", 0.75)
        return at + 1
    if rated := _rated_world(walk, text):
        walk.take(at, at, "metadata", rated, "header.row", 1.25)
        return at + 1
    if walk.items and len(text) > 2 and values.language_of(text) is not None and not walk.said("language_stated"):
        walk.take(at, at, "metadata", [("language_stated", text)], "header.language", 0.25)
        return at + 1
    if walk.items and (said := coined_at(line.text)) is not None and said.known and said.kind == "metadata":
        pairs = [] if walk.said(said.field) else [(said.field, said.value)]
        walk.take(at, at, "metadata", pairs, "header.unknown_label", 0.0)
        return at + 1
    if walk.title is None and walk.front:
        if _title_below(walk, at, block):
            return at + 1
        if not walk.has_author and at + 1 < block and is_author_first([text, walk.lines[at + 1].text], walk.read(at + 1)):
            walk.take(at, at, "metadata", [("authors", text)], "header.author_first", 0.5)
            return at + 1
        pairs = _title_and_author(walk, at, text)
        walk.take(at, at, "metadata", pairs, "header.title_by" if len(pairs) > 1 else "header.title", 0.5)
        return at + 1
    if walk.items and (listed := _listed(walk, at, text)) is not None:
        walk.take(at, at, "metadata", [(listed, text)], "header.list_by_place", 0.25)
        return at + 1
    previous = walk.items[-1] if walk.items else None
    if (
        walk.front
        and previous is not None
        and previous.last == at - 1
        and previous.rule in ("header.title", "header.title_again")
    ):
        ahead = walk.fields_ahead(at + 1)
        shaped = bool(HANDLE.match(text)) and not values.is_known_fandom(text)
        stated = {field for item in walk.items for field, _ in item.pairs} | ahead
        last = at + 1 == len(walk.lines) and not line.gap
        dated = bool(_DATED.search(text)) or values.date_of(text) is not None
        named = last and is_name(text) and not stated & {"authors", "fandoms"} and not values.is_fandom_like(text)
        by_place = "authors" not in ahead and (shaped or "fandoms" in stated) and len(text.split()) <= 5
        if not walk.has_author and (named or by_place) and not dated:
            walk.take(at, at, "metadata", [("authors", text)], "header.author_by_place", 0.25)
        elif "fandoms" not in stated and not dated and _could_be_fandom(text) and (at + 1 < len(walk.lines) or _is_fandom(text)):
            walk.take(at, at, "metadata", [("fandoms", text)], "header.fandom_by_place", 0.25)
    elif walk.front and _is_value_by_place(walk, at, text):
        walk.take(at, at, "metadata", [("fandoms", text)], "header.fandom_by_place", 0.25)
    return at + 1


def _is_fandom(text: str) -> bool:
    return is_fandom_by_shape(text) or values.is_known_fandom(text)


_DATED = re.compile(r"\d{1,2}:\d\d|\d{4}-\d\d|\b(?:on|at) \w+ \d")


def _title_below(walk: Walk, at: int, block: int) -> bool:
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


def _title_and_author(walk: Walk, at: int, text: str) -> list[tuple[str, Value]]:
    """What the first line of a metadata segment states: a title, or a title and its author."""
    parted = with_facts(("title", text))
    by = TITLE_BY.match(shown(parted[0][1]))
    if by and not walk.author_ahead() and (_is_named(by.group(1), by.group(2)) or HANDLE.match(by.group(2))):
        return [("title", clean(by.group(1))), ("authors", clean(by.group(2))), *parted[1:]]
    dashed = TITLE_DASH.match(text)
    if dashed and not walk.author_ahead() and not values.is_fandom_like(text):
        return [("title", clean(dashed.group(1))), ("authors", dashed.group(2))]
    return [("title", text)]


def _could_be_fandom(text: str) -> bool:
    return (
        is_title_like(text)
        and len(text.split()) <= 8
        and text[0] not in "[("
        and (":" not in text or (": " in text and is_title_case(text) and text.count(" ") > 3 and label_at(text) is None))
        and text[:3].casefold() != "by "
    )
