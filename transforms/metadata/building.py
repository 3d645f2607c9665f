"""Pairs of label and value, from structure or text -> `Metadata`; and two readings of one work put together."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from transforms.metadata import labels, values
from transforms.metadata.addresses import address_in
from transforms.metadata.record import Metadata, Series

_LISTS = ("authors", "fandoms", "categories", "warnings", "relationships", "characters", "tags")
_NONE = frozenset(("none", "null", "n/a", "na", "-", "--", "nil", "unknown", "not stated"))
_STAR_TREK = frozenset(("TOS", "TNG", "DS9", "DSN", "VOY", "VGR", "ENT", "TAS"))
_POSITION = re.compile(
    r"^(?:part|book|#|number|no\.?|teil|parte|часть)\s*(\d{1,4})\s+(?:of|in|von|de|di|из)\s+(.+)$", re.IGNORECASE | re.DOTALL
)
_POSITION_AFTER = re.compile(
    r"^(.+?)[\s,]*(?:\((?:part|book|#|no\.?)?\s*#?(\d{1,4})(?:\s*(?:/|of)\s*[\d?]+)?\)|(?:part|book|#)\s*(\d{1,4}))\s*$",
    re.IGNORECASE,
)
_ARE_GENRES = re.compile(
    r"^(?:[A-Z]{1,5}|[Rr]omance|[Aa]ngst|[Hh]umou?r|[Ss]tory|[Vv]ignette)(?:[\s,/]+(?:[A-Z]{1,5}|[Rr]omance|[Aa]ngst|[Hh]umou?r))*$"
)
"""What mailing lists of the nineties call category: "VH", "S, A", "MSR", "Story, Humor"."""


def build(pairs: Iterable[tuple[str, str | tuple[str, ...]]], site: str | None = None) -> Metadata:
    """Metadata from (label, value) pairs in the source's order; the first statement of a field wins, lists add up.

    A label is what the source writes ("Archive Warnings", "Пейринг", "dc:title" without its prefix) or a field's name; what
    the vocabulary does not know is kept in `stated` only. A value that is a tuple was split by the source's structure; a
    string of a list field is split by `values.split_list`. `site` tells which rating system and date order are meant.
    """
    found: dict[str, object] = {}
    lists: dict[str, list[str]] = {name: [] for name in _LISTS}
    series: list[Series] = []
    stated: list[tuple[str, str]] = []
    for label, given in pairs:
        text = "; ".join(given) if isinstance(given, tuple) else given.strip()
        if not text:
            continue
        stated.append((label, text))
        field = labels.field_of(label)
        if field is None or text.casefold() in _NONE:
            continue
        items = given if isinstance(given, tuple) else None
        if field == "caution":
            field = "warnings"  # the source names a field; in free text headers the parser decides
        if field == "categories" and not _are_categories(text, items):
            if _ARE_GENRES.match(text[:200]) or values.genres_of(text.replace(", ", "/")) is not None:
                continue
            field = "fandoms"  # FanFicFare calls the fandom so
        if field == "series" and (text in _STAR_TREK or values.is_known_fandom(text.split(",")[0])):
            field, text = "fandoms", text.split(",")[0]  # the mailing lists of the nineties call the show so
        if field == "cast":  # both under one label: a sign between names makes a pairing
            for item in items if items is not None else values.split_list("tags", text):
                target = "relationships" if values.is_pair(item) else "characters"
                lists[target] += [] if item in lists[target] else [item]
        elif field == "relationships" and values.category(text):
            lists["categories"] += [] if lists["categories"] else [text]  # "Pairing: gen"
        elif field in lists:
            for item in items if items is not None else values.split_list(field, _listed(text), site):
                target = "warnings" if field == "tags" and values.warning(item) else field  # lists of works put them first
                if item.strip() and item.strip() not in lists[target]:
                    lists[target].append(item.strip())
        elif field == "series":
            series += [entry for item in items or (text,) if (entry := _series(item)) is not None and entry not in series]
        else:
            for name, value in _single(field, text, site):
                found.setdefault(name, value)
    return Metadata(
        **{name: value for name, value in found.items() if value is not None},  # type: ignore[arg-type]
        **{name: tuple(items) for name, items in lists.items()},  # type: ignore[arg-type]
        series=tuple(series),
        stated=tuple(stated),
    )


def _are_categories(text: str, items: tuple[str, ...] | None) -> bool:
    pieces = items if items is not None else values.split_list("categories", text)
    return bool(pieces) and all(values.category(piece) is not None for piece in pieces)


def _series(text: str) -> Series | None:
    value = " ".join(text[:400].split())  # the patterns below are not linear
    if not value or value.casefold() in _NONE:
        return None
    before = _POSITION.match(value)
    if before:
        return Series(before.group(2).strip(), int(before.group(1)))
    after = _POSITION_AFTER.match(value)
    if after and after.group(1).strip():
        return Series(after.group(1).strip(), int(after.group(2) or after.group(3)))
    return Series(value)


_WIDE = re.compile(r"[^\W\d_](?: [^\W\d_]){2,}(?:\s{2,}[^\W_](?: [^\W_])*)*")
_OWN_RATING = re.compile(r"[^\W\d_][\w'’+-]*(?: [\w'’+-]+){0,3}")


def _listed(text: str) -> str:
    """A list without the square brackets that front matter puts round it."""
    inner = text.strip()
    return inner[1:-1] if inner[:1] == "[" and inner[-1:] == "]" and inner.count("[") == 1 and "," in inner else text


def _single(field: str, text: str, site: str | None) -> list[tuple[str, object]]:
    """The (field of Metadata, value) pairs that one label of a single-valued field gives."""
    if field == "rating":
        rating = values.rating(text, site)
        if rating is None and _OWN_RATING.fullmatch(text.strip()) is not None:
            return [("rating", text.strip())]  # in words of a fandom's own ("Green Cortina")
        if rating is None:
            return []
        return [("rating", rating.stated), ("rating_system", rating.system), ("rating_level", rating.level)]
    if field == "title":
        if _WIDE.fullmatch(text.strip()) is not None:
            text = " ".join(word.replace(" ", "") for word in re.split(r"\s{2,}", text.strip()))  # T H E   M I L L
        return [("title", _unquoted(" ".join(text.split())))]
    if field == "summary":
        return [("summary", text.strip())]
    if field == "status":
        day = values.date_of(text, site)
        status = values.status_of(text)
        return [("updated", day)] if day is not None and status is None else [("status", status)]
    if field in ("published", "updated"):
        return [(field, values.date_of(text, site))]
    if field == "stated_words":
        return [("stated_words", values.words_of(text))]
    if field == "chapters":
        posted, total = values.chapters_of(text)
        return [("stated_chapters", posted), ("total_chapters", total)] if posted is not None else []
    if field == "language_stated":
        return [("language_stated", text)]
    if field == "url":
        found = address_in(text)
        if found is None:
            return []
        return [("url", found.url), ("site", found.site), ("site_id", found.site_id)]
    if field in ("site", "site_id"):
        return [(field, text)]
    return []


_QUOTES = {'"': '"', "“": "”", "«": "»", "《": "》", "「": "」", "『": "』", "„": "“", "【": "】"}


def _unquoted(title: str) -> str:
    """A title without the quotes that stand round the whole of it."""
    close = _QUOTES.get(title[:1])
    if close and len(title) > 2 and title.endswith(close) and close not in title[1:-1] and title[0] not in title[1:-1]:
        return title[1:-1].strip()
    return title


def merge(structure: Metadata, text: Metadata) -> Metadata:
    """Both readings of one work: each field from `structure` where it states it, else from `text`.

    Fields that belong together (a rating with its system and level; posted and total chapters; an address with its site and
    id) come from one side. `stated` keeps both, structure's first.
    """
    taken: dict[str, object] = {}
    for group in (("rating", "rating_system", "rating_level"), ("stated_chapters", "total_chapters"), ("site", "site_id")):
        side = structure if getattr(structure, group[0]) is not None else text
        taken.update({name: getattr(side, name) for name in group})
    for spec in dataclasses.fields(Metadata):
        if spec.name == "stated":
            taken["stated"] = structure.stated + tuple(pair for pair in text.stated if pair not in structure.stated)
        elif spec.name not in taken:
            value = getattr(structure, spec.name)
            taken[spec.name] = value if value not in (None, ()) else getattr(text, spec.name)
    return Metadata(**taken)  # type: ignore[arg-type]
