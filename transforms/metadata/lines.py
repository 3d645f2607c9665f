"""What one line of a header states, read without its neighbours.

Labelled lines, several labels on one line, FanFiction.net's dash line, AO3's statistics, one-liners
("Fandom, A/B, PG-13, 2300 words") and lines from closed vocabularies ("F/F", "Teen And Up Audiences", "The 100 (TV)").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.metadata import values
from transforms.metadata.addresses import address_in
from transforms.metadata.descriptions import read_description
from transforms.metadata.labels import Label, entry_of, label_at
from transforms.metadata.pieces import (
    BY,
    MARKED_NAME,
    MARKUP,
    NOBODY,
    TITLE_BY,
    clean,
    is_pairing_shape,
    small_piece,
    typed,
    typed_piece,
    validates,
)
from transforms.metadata.ratings import may_state_rating
from transforms.metadata.runons import read_run_on
from transforms.metadata.tables import entries


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line states: (field, value) pairs, how that was read, and what the line proves on its own (as labels do).

    `label` is set where the line begins with a label; its value may go on in the next lines.
    """

    kind: str
    pairs: tuple[tuple[str, str], ...]
    rule: str
    weight: float
    topics: tuple[str, ...] = ()
    label: Label | None = None


_STAT = re.compile(
    r"(Published|Updated|Completed|Words|Word count|Chapters|Comments|Kudos|Bookmarks|Hits|Status)\s*:\s*", re.IGNORECASE
)
_STAT_VALUE = re.compile(r"^(?:[\d,.\s/?-]{1,24}|[^\W\d_][\w -]{1,24}|\d{1,2} \w{3,9} \d{4})$")
_STAT_FIELD = {
    "words": "stated_words", "word count": "stated_words", "chapters": "chapters", "published": "published",
    "updated": "updated", "completed": "status", "status": "status",
}  # fmt: skip
_FIRST_PUBLISHED = re.compile(r"^([^\W\d_]{2,12}),?\s+first\s+published\s+(\S.{2,24})$", re.IGNORECASE)
_POSTED = re.compile(
    r"^posted originally on (?:the )?(?:archive of our own|ao3)\b.{0,300}$"
    r"|^posted originally on (?:the )?\[?[\w .'’-]{2,60}\]?(?:\(\S{4,100}\))? at <?https?://\S.{0,240}$",
    re.IGNORECASE,
)
_COPYRIGHT = re.compile(
    r"^(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:\d{4}(?:\s?[-–,]\s?\d{4})*,?\s+(?:by\s+)?|by\s+)"
    r"(?P<who>(?:[A-Z]\. ?){0,3}[^\W\d_][^,.;:!?\n]{1,40})"
    r"(?:[,.]\s+all rights reserved)?\.?$",
    re.IGNORECASE,
)
_YEAR_ONLY = re.compile(r"^(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*\d{4}\.?$", re.IGNORECASE)
_AGED = re.compile(r",\s*(?:aged?\b|\d)", re.IGNORECASE)
_ADDRESS = re.compile(r"^[(<\[]?[\w.+-]{1,40}@[\w-]+(?:\.[\w-]+){1,4}[)>\]]?$")
_HASHTAGS = re.compile(r"^#[^\W_][^#\n]{0,60}(?:\s+#[^#\n]{1,60}){1,60}$")
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

# FanFiction.net's line, e.g. "Rated: Fiction T - English - Drama - [Mira, Tov] Sella - Chapters: 3 - ... - id: 123".
_DASH_HEAD = re.compile(
    r"^(?:(?P<fandom>\S.{0,79}?)\s+-\s+(?=rated))?(?:(?:fiction\s+)?rated\s*:\s*)?(?:fiction\s+)?"
    r"(?P<rating>k\+|k|t|m|ma|g|pg|pg-13|r)\s+-\s+(?P<rest>\S.*)$",
    re.IGNORECASE,
)
_DASH_PART = re.compile(
    r"^(?P<label>chapters|words|reviews|favs|follows|updated|published|status|id|language|genre|rated|"
    r"staff|communities)\s*:\s*(?P<value>.+)$",
    re.IGNORECASE,
)
_DASH_FIELD = {
    "chapters": "chapters", "words": "stated_words", "updated": "updated", "published": "published", "status": "status",
    "id": "site_id",
    "rated": "rating", "language": "language_stated",
}  # fmt: skip


def read_dash_line(text: str) -> tuple[tuple[str, str], ...] | None:
    """The pairs of FanFiction.net's line of facts; None for any other line.

    Characters stand before or (in lists) behind the facts and may contain " - "; what stands in brackets is a pairing.
    Without "Status: Complete" a story is in progress, but that is not stated.
    """
    line = clean(text)
    head = _DASH_HEAD.match(line)
    if head is None or len(line) > 600:
        return None
    parts = re.split(r"\s+-\s+", head.group("rest"))
    facts: list[tuple[str, str]] = []
    rest: list[str] = []
    for part in parts:
        fact = _DASH_PART.match(part)
        if fact is not None:
            facts.append((_DASH_FIELD.get(fact.group("label").casefold(), "counts"), fact.group("value").strip()))
        elif part.strip().casefold() in ("complete", "completed", "in-progress", "in progress"):
            facts.append(("status", part.strip()))
        else:
            rest.append(part)
    parts = rest
    language = parts.pop(0) if parts and values.language_of(parts[0]) else None
    if language is None and len(facts) < 2:
        return None
    pairs = [("fandoms", head.group("fandom"))] if head.group("fandom") else []
    pairs.append(("rating", head.group("rating")))
    if language is not None:
        pairs.append(("language_stated", language.strip()))
    if parts and values.genres_of(parts[0]) is not None:
        pairs.append(("genre", parts.pop(0).strip()))
    if parts:
        pairs += _dash_characters(" - ".join(parts))
    return tuple(pairs + facts)


def _dash_characters(text: str) -> list[tuple[str, str]]:
    pairs, names = [], []
    for group in re.findall(r"\[([^\[\]]{1,120})\]", text):
        together = [name.strip() for name in group.split(",") if name.strip()]
        names += together
        if len(together) > 1:
            pairs.append(("relationships", "/".join(together)))
    names += [name.strip() for name in re.sub(r"\[[^\[\]]{1,120}\]", ",", text).split(",") if name.strip()]
    return [("characters", name) for name in names] + pairs


def read_stats(text: str) -> tuple[tuple[str, str], ...] | None:
    """The pairs of AO3's statistics, also glued ("Published:2021-03-04Words:7,526Chapters:1/1"); None for any other line."""
    found = list(_STAT.finditer(text[:600]))
    if len(found) < 2:
        return None
    if text[: found[0].start()].strip(MARKUP + ":-").casefold() not in (
        "",
        "stats",
        "estadísticas",
        "estatísticas",
        "statistiken",
    ):
        return None
    pairs: list[tuple[str, str]] = []
    for at, stat in enumerate(found):
        end = found[at + 1].start() if at + 1 < len(found) else len(text)
        value = text[stat.end() : end].strip(" \t|,;-•·")
        if not value or not _STAT_VALUE.match(value):
            return None
        name = stat.group(1).casefold()
        field = _STAT_FIELD.get(name, "counts")
        if name == "completed" and values.date_of(value):
            pairs.append(("updated", value))
            field, value = "status", "Completed"
        pairs.append((field, value))
    return tuple(pairs)


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


MATTER = frozenset(("rating", "categories", "relationships", "characters", "warnings"))
"""What a row states of a story's matter: then an unknown piece at its beginning is a fandom, not an author."""
_FFN_NAME = re.compile(r"^[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,2}$")
_TWO_NAMES = re.compile(r"^[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)? and [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?$")
_SMALL_NAME = re.compile(r"^@?[a-z][\w.-]{2,39}$")


_RATED = re.compile(r"rat(?:ed|ing)\b", re.IGNORECASE)
_WORLD = re.compile(r"(?:[A-Z\d][\w.'’!-]*|of|the|and|in|a|&|to|for)(?: (?:[A-Z\d][\w.'’!-]*|of|the|and|in|a|&|to|for)){0,6}")


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
    if "relationships" not in fields and fields & {"rating", "stated_words"}:
        pairs += [("relationships", piece) for piece in map(clean, pieces) if piece.islower() and is_pairing_shape(piece)][:1]
    if {"rating", "language_stated"} <= fields and fields & {"stated_words", "counts", "published"}:  # FanFiction.net's
        pairs = [("characters", value) if name == "relationships" and " & " in value else (name, value) for name, value in pairs]
        names = [piece for piece in map(clean, pieces[1:]) if _FFN_NAME.match(piece) and typed_piece(piece) is None]
        pairs += [("characters", name) for name in names]
    elif "characters" not in fields and "rating" in fields:
        pairs += [("characters", piece) for piece in map(clean, pieces[1:]) if _TWO_NAMES.match(piece)][:1]
    if author is not None and "authors" not in fields:
        pairs.append(("authors", author))
    return Reading("metadata", tuple(pairs), "header.row", min(total, 2.5))


def _may_be_certain(pieces: list[str]) -> bool:
    """Whether a rating or a number of words may stand in a row, with a label or without."""
    row = " ".join(pieces)
    return may_state_rating(row) or not _LABEL_SIGNS.isdisjoint(row) or "..." in row


def read_line(text: str) -> Reading | None:
    """What a line states on its own; None for a line that is text, or that only its neighbours could explain."""
    if not text or len(text) > 4000:
        return None
    head = text[:700]
    if " | " in head and (page := _PAGE_TITLE.match(head)) is not None:  # the title of FanFiction.net's window
        return Reading("metadata", (("fandoms", page["fandom"]), ("title", page["title"])), "header.path", 2.0)
    path = _read_path(head) if "»" in head or " > " in head or "❯" in head else None
    if path is not None:
        return path
    dash = read_dash_line(head) if " - " in head else None
    if dash is not None:
        return Reading("metadata", (("site", "ffn"), *dash), "header.dash_line", 3.0)
    if head.count(":") > 1:
        stats = read_stats(head)
        if stats is not None:
            return Reading("metadata", stats, "header.stats", 2.0)
    line = clean(head)
    if _POSTED.match(line):
        found = address_in(line[line.rfind(" at ") :])
        site = (("site", "ao3"),) if "archive of our own" in line.casefold() or "ao3" in line.casefold() else ()
        return Reading("metadata", (*site, *((("url", found.url),) if found else ())), "header.posted_at", 3.0)
    if line[:1] in "©(cC" and (owner := _COPYRIGHT.match(line)) is not None and _is_byline(owner["who"]):
        return Reading("metadata", (("authors", owner["who"].strip()),), "header.copyright", 0.5)
    if line[:1] in "©(cC" and _YEAR_ONLY.match(line) is not None:
        return Reading("metadata", (), "header.copyright", 0.25)
    first_published = _FIRST_PUBLISHED.match(line)
    if first_published and values.status_of(first_published.group(1)):
        pairs = (("status", first_published.group(1)), ("published", first_published.group(2)))
        return Reading("metadata", pairs, "header.row", 1.5)
    several = _several_labels(line) if "|" in line or head.count(":") > 1 else None
    if several is None and head.count(":") >= 3:
        several = _run_on(text)
    if several is not None:
        return several
    label = label_at(text)
    if label is None and (joint := _joint_label(line)) is not None:
        return joint
    if label is not None:
        return Reading(
            label.kind, ((label.field, label.value),) if label.value else (), "header.label", label.weight, label.topics, label
        )
    if len(text) > 320:
        return None
    described = read_description(line, typed) if line[:1] in "aAmM" else None
    if described is not None:
        return Reading("metadata", described[0], "header.description", described[1])
    one_fandom = " - " in line and values.is_fandom_like(line)  # "The Hobbit - J. R. R. Tolkien" holds no rating
    row = None if one_fandom else read_row(line)
    if row is not None:
        return row
    one = typed(line) or _unsigned(line)
    if one is not None:
        return Reading("metadata", (one[0],), "header.value", one[1])
    started = _STARTED.match(line)
    if started is not None:
        return Reading("metadata", (("authors", started.group(1)),), "header.byline", 0.75)
    by = BY.match(_POSTED_ON.sub("", line.strip("()[] ")))
    if by and _is_byline(by.group(1)):
        return Reading("metadata", (("authors", clean(by.group(1))),), "header.byline", 0.75)
    if _ADDRESS.match(line):
        return Reading("metadata", (("email", line),), "header.address", 0.5)
    found = address_in(line)
    if found is not None and _LINK.fullmatch(line[: found.start]) is not None and found.end >= len(line.rstrip(").]> ")):
        return Reading("metadata", (("url", found.url),), "header.address", 1.0 if found.site else 0.5)
    if found is not None and found.start == 0 and found.end >= len(line):
        return Reading("metadata", (("url", found.url),), "header.address", 1.0 if found.site else 0.5)
    if line.startswith("#") or text.lstrip().startswith("#"):
        tags = text.strip()
        if _HASHTAGS.match(tags):
            return Reading("metadata", (("tags", tags),), "header.hashtags", 1.5)
    return None


_LINK = re.compile(
    r"[(\[<]?(?:(?:the )?original(?:ly)?|source|link|read(?: it)?|also|mirror(?:ed)?|cross-?posted)"
    r"(?: (?:posted|published|story|work|on|here|link|is))*"
    r"(?: (?:at|to|from|on)(?: (?:ao3|ffn|my site|tumblr|lj|dw|the archive))?)?:? <?",
    re.IGNORECASE,
)
_UNSIGNED = re.compile(
    r"(?P<label>[^\W\d_][^\W\d_]*(?: [^\W\d_]+){0,2}) "
    r"(?P<value>\d[\d.,/-]*(?:/\?)?|[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|[A-Z][\w+-]*)"
)
_NUMBERED = frozenset(("stated_words", "counts", "published", "updated"))


def _unsigned(line: str) -> tuple[tuple[str, str], float] | None:
    """A label and its value with nothing but a space between, as pages lose their signs: "Words 1,204", "Rating T"."""
    found = _UNSIGNED.fullmatch(line) if len(line) <= 60 else None
    entry = entry_of(found.group("label")) if found is not None else None
    if found is None or entry is None or not found.group("label")[0].isupper():
        return None
    value = found.group("value")
    fits = value[0].isdigit() or entry.field in ("published", "updated")
    if entry.field in _NUMBERED and fits and not found.group("label").startswith("Posted") and validates(entry.field, value):
        return (entry.field, value), 0.5 if entry.field != "stated_words" else 0.75
    if entry.field == "rating" and values.is_rating_line(value):
        return (entry.field, value), 1.0
    if entry.field == "language_stated" and values.language_of(value) is not None:
        return (entry.field, value), 0.5
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


def _joint_label(line: str) -> Reading | None:
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


def _is_byline(author: str) -> bool:
    """Whether what follows "by" can be an author: few words, no sentence, no reflexive ("by itself"), nobody's age."""
    if len(author.split()) > 6 or _AGED.search(author) or NOBODY.match(author):
        return False
    return author[-1] not in '.!?,;:"”' or bool(_INITIAL.search(author))


_POSTED_ON = re.compile(
    r",?\s+(?:(?:on|at|@|»|>>|\||-)\s+)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[ ,]+)?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})\b.{0,20}$"
)
_STARTED = re.compile(r"^discussion in ['‘\"“].{1,60}['’\"”] started by (\S.{0,40}?)(?:, \S.{2,30})?\.?$", re.IGNORECASE)
_INITIAL = re.compile(r"(?:^|\s)(?:\w|Jr|Sr)\.$")
_NAMED = frozenset(
    ("fandoms", "relationships", "characters", "title", "series", "tags")
)  # their names may hold bars ("Erik | The Phantom")
SHELVES = frozenset(
    entries(
        "libros; livres; bücher; libri; книги; juegos; películas; programas de tv; dibujos animados; "
        "books; anime/manga; anime; manga; tv shows; movies; games; cartoons; comics; misc; plays/musicals; web shows; crossovers"
    )
)


_WORLD_SHELF = re.compile(r"^(\S.{1,60}?) (?:fan ?fiction|fanfic)s?$", re.IGNORECASE)


_PAGE_TITLE = re.compile(
    r"^(?P<title>\S.{0,100}?)(?: chapter \d+.{0,60}?)?, an? (?P<fandom>\S.{1,60}?) "
    r"(?:crossover )?(?:fan ?fic|fan ?fiction) \| fan ?fiction(?:\.net)?$",
    re.IGNORECASE,
)


def _read_path(text: str) -> Reading | None:
    """The path at the head of FanFiction.net's pages: "Books » Harry Potter » A Jar of Beetles"."""
    text, rated, facts = text.partition(" Rated:")
    pieces = [clean(piece) for piece in re.split(r"\s*[»❯>]\s*", text) if clean(piece)]
    if len(pieces) > 1 and (world := _WORLD_SHELF.match(pieces[0])) is not None:  # MediaMiner's
        return Reading("metadata", (("fandoms", world.group(1)), ("title", pieces[1])), "header.path", 2.0)
    while pieces and pieces[0].casefold() in ("home", "fanfiction", "fanfiction.net"):
        pieces.pop(0)
    if not 2 <= len(pieces) <= 3 or pieces[0].casefold() not in SHELVES:
        return None
    pairs = [("fandoms", pieces[1])] + [("title", piece) for piece in pieces[2:]]
    if rated:  # the facts on the same line, as copied from a small screen
        row = read_row(f"Rated:{facts}")
        pairs += row.pairs if row is not None else []
    return Reading("metadata", tuple(pairs), "header.path", 2.0)


_WIDE = (
    re.compile(r"\s*\|\s*|\s+//+\s+|\t+|\s{3,}|\s+[•·◆♦★☆]\s+"),
    re.compile(r"\s+(?:--?|[–—])\s+|;\s+"),
    re.compile(r"[.,;]\s+"),
)


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
            elif label is not None and label.field == "caution" and labelled > 1:  # a site's own signs: "Warnings: [!!] [V]"
                pairs.append(("caution_text", label.value))
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
