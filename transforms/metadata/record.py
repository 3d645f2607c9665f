"""What a work's header states, as one frozen value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Series:
    """A series a work is part of, and its place there (from 1) where stated."""

    name: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """Bibliographic fields as a document states them. Names are the dataset's column names (docs/dataset.md)."""

    site: str | None = None  # "ao3", "ffn", ...
    site_id: str | None = None  # the work's id on that site, e.g. "123456"
    url: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    fandoms: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    relationships: tuple[str, ...] = ()
    characters: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    rating: str | None = None  # as stated
    rating_system: str | None = None  # "ao3", "ffn", "mpaa" ...; None where the letter alone does not tell
    rating_level: str | None = None  # "general", "teen", "mature", "explicit", "not_rated"
    status: str | None = None  # "complete", "in_progress"
    language_stated: str | None = None
    published: date | None = None
    updated: date | None = None
    stated_words: int | None = None
    stated_chapters: int | None = None
    total_chapters: int | None = None
    series: tuple[Series, ...] = ()
    summary: str | None = None
    stated: tuple[tuple[str, str], ...] = ()  # every (label, value) as it stands, for what was normalised
