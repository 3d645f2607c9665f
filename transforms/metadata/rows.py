"""Lines that state several things: rows of pieces ("Fandom, A/B, PG-13, 2300 words"), and several labels on one line."""

from __future__ import annotations

import re

from transforms.metadata import values
from transforms.metadata.items import Reading
from transforms.metadata.labels import entry_of, label_at
from transforms.metadata.pieces import MARKED_NAME, TITLE_BY, clean, is_pairing_shape, small_piece, typed, typed_piece, validates
from transforms.metadata.ratings import may_state_rating
from transforms.metadata.runons import read_run_on

MATTER = frozenset(("rating", "categories", "relationships", "characters", "warnings"))
"""What a row states of a story's matter: then an unknown piece at its beginning is a fandom, not an author."""
_ROW_SEPARATORS = (  # with the signs of which a line must have one
    ("|", re.compile(r"\s*\|\s*")),
    (";", re.compile(r"\s*;\s+")),
    ("/", re.compile(r"\s+//+\s+")),
    ("•·◆♦★☆♥", re.compile(r"\s*[•·◆♦★☆♥]\s*")),
    ("~", re.compile(r"\s+~+\s+")),
)
_TIGHT_SEPARATORS = (
    (",;，；、", re.compile(r"\s*[,;，；、]\s*")),
    ("-–—", re.compile(r"\s+[-–—]\s+")),
    (".", re.compile(r"\.\s+|\.$")),
    (",;/.-–—", re.compile(r"[,;/]\s+|\.\s+|\.$|\s+[-–—]\s+")),
)
_LABEL_SIGNS = frozenset(":：︰∶=-–—|\t")  # of which a piece with a label has one, if it has no dots or wide space
_FFN_NAME = re.compile(r"^[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}$")
_TWO_NAMES = re.compile(r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)? and [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?$")
_SMALL_NAME = re.compile(r"^@?[a-z][\w.-]{2,39}$")
_RATED = re.compile(r"rat(?:ed|ing)\b", re.IGNORECASE)
_WORLD = re.compile(r"(?:[A-Z\d][\w.'’!-]*|of|the|and|in|a|&|to|for)(?: (?:[A-Z\d][\w.'’!-]*|of|the|and|in|a|&|to|for)){0,6}")
_NAMED = frozenset(
    ("fandoms", "relationships", "characters", "title", "series", "tags")
)  # their names may hold bars ("Erik | The Phantom")
_WIDE = (
    re.compile(r"\s*\|\s*|\s+//+\s+|\t+|\s{3,}|\s+[•·◆♦★☆]\s+"),
    re.compile(r"\s+(?:--?|[–—])\s+|;\s+"),
    re.compile(r"[.,;]\s+"),
)


def read_row(text: str) -> Reading | None:
    """A line of several pieces without labels, or with some: "The 100 (TV) | Rating: T | F/F", "Naruto, A/B, PG-13"."""
    line = clean(text)
    if line and line[0] in "([" and line[-1] in ")]" and line.count(line[0]) == 1:
        line = line[1:-1].strip()
    if not 3 < len(line) <= 300:
        return None
    signs = set(line)
    for own, pattern in _ROW_SEPARATORS:
        if signs.isdisjoint(own):
            continue
        pieces = [piece for piece in pattern.split(line) if piece]
        whole = all(piece.count("(") == piece.count(")") for piece in pieces)  # else what stands behind a title in brackets
        if len(pieces) > 1 and whole and (reading := _row(pieces, loose=True)):
            return reading
    if line[-1] in '!?"”':
        return None
    words = line.count(" ") + 1
    found: list[Reading] = []
    for own, pattern in _TIGHT_SEPARATORS:
        if signs.isdisjoint(own):
            continue
        pieces = [piece for piece in pattern.split(line) if piece]
        if len(pieces) < 2 or words > 5 * len(pieces) or any(map(_is_cut, pieces)):
            continue  # prose, or a title with facts in brackets
        if reading := _row(pieces, loose=False):
            found.append(reading)
    return max(found, key=lambda reading: len({field for field, _ in reading.pairs}), default=None)


def _is_cut(piece: str) -> bool:
    """Whether a piece was cut inside brackets."""
    return piece.count("(") != piece.count(")") or piece.count("[") != piece.count("]")


def _row(pieces: list[str], loose: bool) -> Reading | None:
    if len(pieces) > 14:
        return None
    pairs: list[tuple[str, str]] = []
    total, known, fields = 0.0, 0, set()
    first_unknown: str | None = None
    author: str | None = None
    second: str | None = None
    small = all(piece.islower() for piece in pieces if any(char.isalpha() for char in piece))
    if small and not loose:  # between commas and points only where every piece is a fact
        small = len(pieces) > 2 and all(typed_piece(piece) or small_piece(piece) for piece in pieces)
    for at, piece in enumerate(pieces):
        found = typed_piece(piece) or (small_piece(piece) if small else None)
        if found is None:
            if at == 0:
                first_unknown = clean(piece)
            elif loose and at == 1 and first_unknown is not None and _FFN_NAME.match(clean(piece)):
                second = clean(piece)
            elif loose and author is None and MARKED_NAME.match(clean(piece)):
                author, known = clean(piece), known + 1
            if at + 1 - known > loose and not _may_be_certain(pieces):
                return None  # too many that nobody knows, and no fact that would make up for it
            continue
        known += 1
        if found[0][0] not in fields:
            total += found[1]
        fields.add(found[0][0])
        pairs.append(found[0])
    rated = len(pieces) == 2 and fields == {"rating"} and _RATED.match(pieces[1]) is not None
    if rated and first_unknown and _WORLD.fullmatch(first_unknown):
        return Reading("metadata", (("fandoms", first_unknown), *pairs), "header.row", 1.5)  # "Groundhog Day, rated K"
    if len(fields) < 2 and not (loose and len(fields) == 1 and known == len(pieces)):
        return None
    needed = 1.5 if loose else 1.0
    if known < len(pieces):
        # Words we do not know stand between: enough of the others must be certain ("..., PG-13, 2300 words, set after 2x04").
        needed = 1.5
        titled = loose and first_unknown is not None and known + 1 == len(pieces) and "fandoms" in fields and known > 1
        if known * 2 < len(pieces) or not (titled or fields & {"rating", "stated_words"}):
            return None
    if {"rating", "language_stated"} <= fields:
        total += 0.75  # FanFiction.net's order
    if total < needed:
        return None
    named = first_unknown and (small or first_unknown[:1].isupper() or _SMALL_NAME.match(first_unknown))
    if first_unknown and named and len(first_unknown.split()) <= 7 and len(fields) >= 2:
        if second is not None and "authors" not in fields:
            pairs.insert(0, ("second_of_row", second))
        pairs.insert(0, ("first_of_row", first_unknown))  # the fandom, or the title where none stands above
    pairs = _with_names(pairs, pieces, fields)
    if author is not None and "authors" not in fields:
        pairs.append(("authors", author))
    return Reading("metadata", tuple(pairs), "header.row", min(total, 2.5))


def _with_names(pairs: list[tuple[str, str]], pieces: list[str], fields: set[str]) -> list[tuple[str, str]]:
    """The pairs of a row with the names among its pieces that only the others tell: a pairing in small letters, characters."""
    if "relationships" not in fields and fields & {"rating", "stated_words"}:
        pairs += [("relationships", piece) for piece in map(clean, pieces) if piece.islower() and is_pairing_shape(piece)][:1]
    if {"rating", "language_stated"} <= fields and fields & {"stated_words", "counts", "published"}:  # FanFiction.net's
        pairs = [("characters", value) if name == "relationships" and " & " in value else (name, value) for name, value in pairs]
        names = [piece for piece in map(clean, pieces[1:]) if _FFN_NAME.match(piece) and typed_piece(piece) is None]
        pairs += [("characters", name) for name in names]
    elif "characters" not in fields and "rating" in fields:
        pairs += [("characters", piece) for piece in map(clean, pieces[1:]) if _TWO_NAMES.match(piece)][:1]
    return pairs


def _may_be_certain(pieces: list[str]) -> bool:
    """Whether a rating or a number of words may stand in a row, with a label or without."""
    row = " ".join(pieces)
    return may_state_rating(row) or not _LABEL_SIGNS.isdisjoint(row) or "..." in row


def read_labels(line: str, text: str) -> Reading | None:
    """What several labels on one line state; `line` is the beginning of `text` without its marks. None for one label or none."""
    several = _several_labels(line) if "|" in line or line.count(":") > 1 else None
    return _run_on(text) if several is None and line.count(":") >= 3 else several


def _several_labels(line: str) -> Reading | None:
    """Two or more labels on one line, parted by bars, wide space, dashes or points; every piece must begin with one.

    Between bars a piece without a label may be a value from a closed vocabulary ("Fandom: The 100 (TV) | F/F").
    """
    first = label_at(line)
    listed = first is not None and first.field == "tags"  # "Tags: fic, character: susan" lists tags with names of their own
    for at, pattern in enumerate(_WIDE[:2] if listed else _WIDE):
        pieces = [piece for piece in pattern.split(line) if piece]
        if not 2 <= len(pieces) <= 14:
            continue
        pairs: list[tuple[str, str]] = []
        total, labelled = 0.0, 0
        for piece in pieces:
            label = label_at(piece)
            if label is not None and label.field == "caution" and values.warning(label.value) is not None:
                pairs.append(("warnings", label.value))
                total += 1.5
                labelled += 1
            elif (
                label is not None
                and label.value
                and label.kind == "metadata"
                and label.weight
                and validates(label.field, label.value)
            ):
                pairs.append((label.field, label.value))
                total += label.weight
                labelled += 1
            elif at == 1 and piece is pieces[0] and len(pieces) > 3 and len(piece.split()) <= 6:
                pairs.append(("fandoms", piece))  # "Bands - Rating: PG-13 - Genres: Humor - 688 words"
            elif at <= 1 and (found := typed(piece)) is not None:
                pairs.append(found[0])
                total += found[1]
            else:
                break
        else:
            if labelled > 1 or (labelled and pairs[0][0] not in _NAMED):
                return Reading("metadata", tuple(pairs), "header.labels", min(total, 3.0))
    return None


def _run_on(line: str) -> Reading | None:
    """Labels that follow each other on a line with nothing between them but a space."""
    pieces = read_run_on(line)
    if not pieces or pieces[-1].end < len(line.rstrip()) or any(piece.kind != "metadata" for piece in pieces):
        return None
    pairs = tuple((piece.field, piece.value) for piece in pieces)
    if not all(validates(field, value) for field, value in pairs):
        return None
    return Reading("metadata", pairs, "header.labels", min(sum(piece.weight for piece in pieces), 3.0))


def read_joint_label(line: str) -> Reading | None:
    """A line of two labels with the values in the same order: "Fandom, Pairing: Firefly, Wash/Zoe"."""
    written, colon, value = line[:300].partition(":")
    if not colon or len(written) > 40:
        return None
    fields = [entry_of(name) for name in re.split(r"\s*[,&+/]\s*|\s+and\s+", written)]
    byline = TITLE_BY.match(value.strip()) if [entry.field for entry in fields if entry] == ["title", "authors"] else None
    pieces = [*byline.groups()] if byline else [piece for piece in re.split(r"\s*[,;|]\s*|\s+[-–—/]\s+", value.strip()) if piece]
    if not 2 <= len(fields) == len(pieces) or not all(entry is not None and entry.kind == "metadata" for entry in fields):
        return None
    pairs = tuple((entry.field, piece) for entry, piece in zip(fields, pieces, strict=True) if entry is not None)
    if not all(validates(field, piece) for field, piece in pairs):
        return None
    return Reading("metadata", pairs, "header.labels", min(sum(entry.weight for entry in fields if entry is not None), 3.0))
