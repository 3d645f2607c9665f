"""Lines without labels of a segment that is known to be metadata: no evidence is asked for, and unknown ones are passed over."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from transforms.metadata import values
from transforms.metadata.bare import is_author_first, is_fandom_by_shape, read_block
from transforms.metadata.coined import coined_at
from transforms.metadata.pieces import clean, pairing_of
from transforms.metadata.placing import could_be_fandom, is_fandom_by_place, listed_field, rated_world, take_poster
from transforms.metadata.shapes import HANDLE, is_name, is_of_site
from transforms.metadata.titles import is_title_below, title_and_author

if TYPE_CHECKING:
    from transforms.metadata.walking import Walk

_DATED = re.compile(r"\d{1,2}:\d\d|\d{4}-\d\d|\b(?:on|at) \w+ \d")


def take_trusted(walk: Walk, at: int) -> int:
    """A line of a metadata segment that states nothing by itself: a title or author where one is missing."""
    line = walk.lines[at]
    text = clean(line.text)
    if not text or len(text) > 300 or (walk.title is None and is_of_site(text)):
        return at + 1
    if (after := take_poster(walk, at, text)) is not None:
        return after
    block = walk.block_end(at)
    if walk.title is None and walk.front and 2 <= block - at <= 3 and (block == len(walk.lines) or walk.lines[block].gap):
        fields = read_block([walk.lines[i].text for i in range(at, block)])
        if fields is not None and not any(walk.read(i) is not None and walk.read(i).label for i in range(at, block)):
            for i, pairs in zip(range(at, block), fields, strict=True):
                walk.state(i, [*pairs], f"header.bare_{pairs[0][0] if pairs else 'line'}", 0.5)
            return block
    pairing = pairing_of(text)
    if pairing is not None and walk.items and not walk.said("relationships"):
        walk.state(at, [("relationships", pairing)], "header.pairing", 0.75)
        return at + 1
    if rated := rated_world(walk, text):
        walk.state(at, rated, "header.row", 1.25)
        return at + 1
    if walk.items and len(text) > 2 and values.language_of(text) is not None and not walk.said("language_stated"):
        walk.state(at, [("language_stated", text)], "header.language", 0.25)
        return at + 1
    if walk.items and (said := coined_at(line.text)) is not None and said.known and said.kind == "metadata":
        pairs = [] if walk.said(said.field) else [(said.field, said.value)]
        walk.state(at, pairs, "header.unknown_label", 0.0)
        return at + 1
    if walk.title is None and walk.front:
        if is_title_below(walk, at, block):
            return at + 1
        if not walk.has_author and at + 1 < block and is_author_first([text, walk.lines[at + 1].text], walk.read(at + 1)):
            walk.state(at, [("authors", text)], "header.author_first", 0.5)
            return at + 1
        pairs = title_and_author(walk, at, text)
        walk.state(at, pairs, "header.title_by" if len(pairs) > 1 else "header.title", 0.5)
        return at + 1
    if walk.items and (listed := listed_field(walk, at, text)) is not None:
        walk.state(at, [(listed, text)], "header.list_by_place", 0.25)
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
        stated = walk.stated() | ahead
        last = at + 1 == len(walk.lines) and not line.gap
        dated = bool(_DATED.search(text)) or values.date_of(text) is not None
        named = last and is_name(text) and not stated & {"authors", "fandoms"} and not values.is_fandom_like(text)
        by_place = "authors" not in ahead and (shaped or "fandoms" in stated) and len(text.split()) <= 5
        if not walk.has_author and (named or by_place) and not dated:
            walk.state(at, [("authors", text)], "header.author_by_place", 0.25)
        elif "fandoms" not in stated and not dated and could_be_fandom(text) and (at + 1 < len(walk.lines) or _is_fandom(text)):
            walk.state(at, [("fandoms", text)], "header.fandom_by_place", 0.25)
    elif walk.front and is_fandom_by_place(walk, at, text):
        walk.state(at, [("fandoms", text)], "header.fandom_by_place", 0.25)
    return at + 1


def _is_fandom(text: str) -> bool:
    return is_fandom_by_shape(text) or values.is_known_fandom(text)
