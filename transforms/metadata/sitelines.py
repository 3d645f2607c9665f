"""Lines that sites write for every story: FanFiction.net's line of facts, AO3's statistics, paths and titles of pages."""

from __future__ import annotations

import re

from transforms.metadata import values
from transforms.metadata.addresses import address_in
from transforms.metadata.items import Reading
from transforms.metadata.pieces import MARKUP, clean
from transforms.metadata.rows import read_row
from transforms.metadata.tables import entries

SHELVES = frozenset(
    entries(
        "libros; livres; bücher; libri; книги; juegos; películas; programas de tv; dibujos animados; "
        "books; anime/manga; anime; manga; tv shows; movies; games; cartoons; comics; misc; plays/musicals; web shows; crossovers"
    )
)
"""What FanFiction.net sorts its fandoms into."""
_STAT = re.compile(
    r"(Published|Updated|Completed|Words|Word count|Chapters|Comments|Kudos|Bookmarks|Hits|Status)\s*:\s*", re.IGNORECASE
)
_STAT_VALUE = re.compile(r"^(?:[\d,.\s/?-]{1,24}|[^\W\d_][\w -]{1,24}|\d{1,2} \w{3,9} \d{4})$")
_STATS = frozenset(("", "stats", "estadísticas", "estatísticas", "statistiken"))
_STAT_FIELD = {
    "words": "stated_words", "word count": "stated_words", "chapters": "chapters", "published": "published",
    "updated": "updated", "completed": "status", "status": "status",
}  # fmt: skip
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
_WORLD_SHELF = re.compile(r"^(\S.{1,60}?) (?:fan ?fiction|fanfic)s?$", re.IGNORECASE)
_PAGE_TITLE = re.compile(
    r"^(?P<title>\S.{0,100}?)(?: chapter \d+.{0,60}?)?, an? (?P<fandom>\S.{1,60}?) "
    r"(?:crossover )?(?:fan ?fic|fan ?fiction) \| fan ?fiction(?:\.net)?$",
    re.IGNORECASE,
)

_FIRST_PUBLISHED = re.compile(r"^([^\W\d_]{2,12}),?\s+first\s+published\s+(\S.{2,24})$", re.IGNORECASE)
_POSTED = re.compile(
    r"^posted originally on (?:the )?(?:archive of our own|ao3)\b.{0,300}$"
    r"|^posted originally on (?:the )?\[?[\w .'’-]{2,60}\]?(?:\(\S{4,100}\))? at <?https?://\S.{0,240}$",
    re.IGNORECASE,
)


def read_site_line(text: str) -> Reading | None:
    """What a line states that a site wrote; None for any other line."""
    if " | " in text and (page := _PAGE_TITLE.match(text)) is not None:  # the title of FanFiction.net's window
        return Reading("metadata", (("fandoms", page["fandom"]), ("title", page["title"])), "header.path", 2.0)
    if any(sign in text for sign in ("»", " > ", "❯")) and (path := _read_path(text)) is not None:
        return Reading("metadata", path, "header.path", 2.0)
    if " - " in text and (dash := read_dash_line(text)) is not None:
        return Reading("metadata", (("site", "ffn"), *dash), "header.dash_line", 3.0)
    if text.count(":") > 1 and (stats := _read_stats(text)) is not None:
        return Reading("metadata", stats, "header.stats", 2.0)
    line = clean(text)
    if _POSTED.match(line):
        found = address_in(line[line.rfind(" at ") :])
        site = (("site", "ao3"),) if "archive of our own" in line.casefold() or "ao3" in line.casefold() else ()
        return Reading("metadata", (*site, *((("url", found.url),) if found else ())), "header.posted_at", 3.0)
    if (first := _FIRST_PUBLISHED.match(line)) is not None and values.status_of(first.group(1)):
        return Reading("metadata", (("status", first.group(1)), ("published", first.group(2))), "header.row", 1.5)
    return None


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


def _read_stats(text: str) -> tuple[tuple[str, str], ...] | None:
    """The pairs of AO3's statistics, also glued ("Published:2021-03-04Words:7,526Chapters:1/1"); None for any other line."""
    found = list(_STAT.finditer(text[:600]))
    if len(found) < 2:
        return None
    if text[: found[0].start()].strip(MARKUP + ":-").casefold() not in _STATS:
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


def _read_path(text: str) -> tuple[tuple[str, str], ...] | None:
    """The path at the head of FanFiction.net's pages: "Books » Harry Potter » A Jar of Beetles"."""
    text, rated, facts = text.partition(" Rated:")
    pieces = [clean(piece) for piece in re.split(r"\s*[»❯>]\s*", text) if clean(piece)]
    if len(pieces) > 1 and (world := _WORLD_SHELF.match(pieces[0])) is not None:  # MediaMiner's
        return ("fandoms", world.group(1)), ("title", pieces[1])
    while pieces and pieces[0].casefold() in ("home", "fanfiction", "fanfiction.net"):
        pieces.pop(0)
    if not 2 <= len(pieces) <= 3 or pieces[0].casefold() not in SHELVES:
        return None
    pairs = [("fandoms", pieces[1])] + [("title", piece) for piece in pieces[2:]]
    if rated:  # the facts on the same line, as copied from a small screen
        row = read_row(f"Rated:{facts}")
        pairs += row.pairs if row is not None else []
    return tuple(pairs)
