"""Lines of a header that have no label: title, author, fandom and summary by their place.

Each function looks at one line of a walk (`walking.Walk`), takes it into the header if its place tells what it is, and gives
the index of the next line; None ends the header.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.metadata import values
from transforms.metadata.bare import is_fandom_by_shape
from transforms.metadata.coined import Coined, coined_at
from transforms.metadata.items import Value, shown
from transforms.metadata.labels import label_at
from transforms.metadata.pieces import TITLE_BY, clean, pairing_of
from transforms.metadata.rows import MATTER
from transforms.metadata.shapes import (
    DEDICATION,
    FORM_LINE,
    HEADING,
    POSTER,
    TALK,
    is_name,
    is_of_site,
    is_title_case,
    is_title_like,
)
from transforms.metadata.titles import (
    take_first_line,
    take_late_title,
    take_page_line,
    take_second_line,
)

if TYPE_CHECKING:
    from transforms.metadata.walking import Walk

_BARE = frozenset(
    ("header.value", "header.row", "header.pairing", "header.bare_rating", "header.bare_fandoms", "header.bare_relationships")
)
_RATED_WORLD = re.compile(r"(\S[^,;|]{2,60}?)(?:,|\s[-–—|/])\s(\S{1,8})$")  # "Friday Night Lights - T"
_FIRST_CHAPTER = re.compile(
    r"^(?:prologue|introduction|teaser|(?:(?:chapter|ch\.?|part|book|act|day|week)\s+)?#?(?:1|one|i|0|first)\b(?:\s*$|\s*[.:)|~–—-]))",
    re.IGNORECASE,
)


def place(walk: Walk, at: int) -> int | None:
    """A line that states nothing by itself: title, author, fandom or summary by its place, or the end of the header."""
    line = walk.lines[at]
    text = clean(line.text)
    if walk.title is None and (is_of_site(text) or not text):
        return None
    if at == 0 and (after := take_poster(walk, at, text)) is not None:
        return after
    if walk.title is None and (page := take_page_line(walk, at, text)) is not None:
        return page
    if not walk.items:
        return take_first_line(walk, at) if at == 0 else None
    if _is_author_by_place(walk, at, text):
        walk.state(at, [("authors", text)], "header.author_by_place", 0.25, confidence=0.85)
        return at + 1
    if line.gap == 0 and values.language_of(text) is not None and len(text) > 2 and not walk.said("language_stated"):
        walk.state(at, [("language_stated", text)], "header.language", 0.25, confidence=0.85)
        return at + 1
    pairing = pairing_of(text)
    if (
        pairing is not None
        and line.gap <= 1
        and sum(item.weight for item in walk.items) >= 1.0
        and not walk.said("relationships")
    ):
        walk.state(at, [("relationships", pairing)], "header.pairing", 0.75, confidence=0.85)
        return at + 1
    if is_fandom_by_place(walk, at, text):
        walk.state(at, [("fandoms", text)], "header.fandom_by_place", 0.25, confidence=0.8)
        return at + 1
    if (listed := listed_field(walk, at, text)) is not None:
        walk.state(at, [(listed, text)], "header.list_by_place", 0.25, confidence=0.8)
        return at + 1
    if not line.gap and (rated := rated_world(walk, text)):
        walk.state(at, rated, "header.row", 1.25, confidence=0.85)
        return at + 1
    if (after := _coined(walk, at)) is not None:
        return after
    if _is_unlabelled_summary(walk, at):
        walk.take(at, at, "summary", [("summary", text)], "header.summary_by_place", 0.5, confidence=0.9)
        return at + 1
    if _is_summary_above_chapters(walk, at):
        walk.take(at, at, "summary", [("summary", text)], "header.summary_by_place", 0.5, confidence=0.8)
        return at + 1
    if (
        walk.title is not None
        and line.gap <= 1
        and DEDICATION.match(text)
        and at + 1 < len(walk.lines)
        and walk.lines[at + 1].gap <= 2
        and walk.begins_summary(at + 1)
    ):
        walk.take(at, at, "note", [("dedication", text)], "header.note", 0.0, ("dedication",), 0.9)
        return at + 1
    if walk.title is None:
        return take_late_title(walk, at)
    if len(walk.items) == 1 and walk.items[0].rule.startswith("header.title") and not walk.has_author and at == 1:
        return take_second_line(walk, at)
    return None


def take_poster(walk: Walk, at: int, text: str) -> int | None:
    """Who posted an entry of a journal, with the day below it, above the title."""
    poster = POSTER.match(text) if walk.title is None else None
    if poster is None:
        return None
    below = at + 1 < len(walk.lines) and not walk.lines[at + 1].gap and values.date_of(walk.lines[at + 1].text) is not None
    name = next(filter(None, poster.groups()))
    walk.take(at, at + below, "metadata", [("poster", name)], "header.poster", 0.5, confidence=0.9)
    return at + 1 + below


def rated_world(walk: Walk, text: str) -> list[tuple[str, Value]]:
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


def is_fandom_by_place(walk: Walk, at: int, text: str) -> bool:
    """A fandom nobody heard of: between lines without labels whose title and author are known, or the last of several."""
    line = walk.lines[at]
    if line.gap or walk.title is None or not walk.has_author or walk.said("fandoms"):
        return False
    if is_fandom_by_shape(text):
        return True
    if not (could_be_fandom(text) and is_title_case(text) and len(text.split()) <= 6):
        return False
    bare = [item for item in walk.items if item.rule == "header.value"]
    after = at + 1
    if after == len(walk.lines) or walk.lines[after].gap:
        return len(bare) >= 2
    follows = walk.read(after)
    return follows is not None and follows.rule in ("header.value", "header.row") and "fandoms" not in walk.fields_ahead(after)


def listed_field(walk: Walk, at: int, text: str) -> str | None:
    """The field of a list without a label below several bare values, as AO3 orders them: characters, then tags."""
    bare = sum(len(item.pairs) for item in walk.items if item.rule in _BARE)
    if not text or walk.lines[at].gap or DEDICATION.match(text) or len(text) > 300 or text[-1] in '.!?"”' or bare < 2:
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
        walk.state(at, pairs, "header.unknown_label", 0.0, confidence=0.85)
        return at + 1
    if said.kind == "summary" and walk.has("summary"):
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


def _is_unlabelled_summary(walk: Walk, at: int) -> bool:
    """FanFiction.net's page: title, by-line, a paragraph, then the dash line."""
    if walk.title is None or at + 1 >= len(walk.lines) or walk.has("summary"):
        return False
    follows = walk.read(at + 1)
    if follows is None or walk.lines[at + 1].gap > 2:
        return False
    if follows.rule == "header.hashtags" and walk.lines[at].text[-1] in '.!?…"”' and at + 2 < len(walk.lines):
        return walk.has_author and walk.lines[at + 2].gap > 0
    listed = follows.rule == "header.stats" and not walk.lines[at].gap and walk.lines[at].text[-1] in '.!?…"”'
    return listed or (follows.rule == "header.dash_line" and follows.weight >= 3)


def _is_summary_above_chapters(walk: Walk, at: int) -> bool:
    """A paragraph without a label between a header's facts and the first chapter's heading, in which no author speaks."""
    line, after = walk.lines[at], at + 1
    if walk.title is None or line.gap > 3 or not 20 <= len(line.text) <= 600 or after >= len(walk.lines):
        return False
    stated = walk.stated()
    if len(stated) < 3 or not stated & {"fandoms", "rating"} or any(item.kind in ("summary", "note") for item in walk.items):
        return False
    ended = clean(line.text)[-1:] in ".!?…\"”'’)"
    below = walk.lines[after]
    fenced = bool(_FIRST_CHAPTER.match(clean(below.text))) or below.aside
    return ended and below.gap > 0 and fenced and not TALK.search(line.text)


def could_be_fandom(text: str) -> bool:
    """Whether a line may be the name of a fandom nobody heard of."""
    return (
        is_title_like(text)
        and len(text.split()) <= 8
        and text[0] not in "[("
        and (":" not in text or (": " in text and is_title_case(text) and text.count(" ") > 3 and label_at(text) is None))
        and text[:3].casefold() != "by "
    )
