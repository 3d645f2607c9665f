"""What a reader gathers about a document beside its text, and what it hands on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from transforms import metadata
from transforms.documents import Block, Part
from transforms.metadata import Metadata


@dataclass(slots=True)
class Facts:
    """The labels and values that structure states, with what has no label: the site, its id for the work, the address.

    `pairs` go to `metadata.build`: (label, value), where a list that structure splits is a tuple (tags hold commas).
    """

    site: str | None = None
    site_id: str | None = None
    url: str | None = None
    pairs: list[tuple[str, str | tuple[str, ...]]] = field(default_factory=list)
    flags: set[str] = field(default_factory=set)
    part: Part | None = None
    dated: str | None = None

    def add(self, label: str, value: str | Iterable[str] | None) -> None:
        """Notes a value unless it is empty; white space is made single."""
        if value is None:
            return
        if isinstance(value, str):
            value = " ".join(value.split()) if label != "Summary" else value.strip()
        else:
            value = tuple(text for item in value if (text := " ".join(item.split())))
        if value:
            self.pairs.append((label, value))

    def has(self, label: str) -> bool:
        return any(known == label for known, _ in self.pairs)

    def locate(self, url: str | None) -> None:
        """Takes site and id from a work's address."""
        if not url:
            return
        found = work_of(url)
        if found:
            self.site, self.site_id = self.site or found[0], self.site_id or found[1]
        self.url = self.url or url

    def metadata(self) -> Metadata:
        built = metadata.build(self.pairs, self.site)
        return replace(
            built, site=self.site or built.site, site_id=self.site_id or built.site_id, url=self.url or built.url
        )


_ADDRESSES = (
    ("ao3", re.compile(r"(?:archiveofourown\.org|ao3\.org|archiveofourown\.com|ao3\.com)/(?:collections/[^/\s]+/)?works/(\d+)", re.I)),
    ("squidgeworld", re.compile(r"squidgeworld\.org/(?:collections/[^/\s]+/)?works/(\d+)", re.I)),
    ("superlove", re.compile(r"superlove\.sayitditto\.net/(?:collections/[^/\s]+/)?works/(\d+)", re.I)),
    ("adastra", re.compile(r"adastrafanfic\.com/(?:collections/[^/\s]+/)?works/(\d+)", re.I)),
    ("cfaa", re.compile(r"cfaarchive\.org/(?:collections/[^/\s]+/)?works/(\d+)", re.I)),
    ("ffn", re.compile(r"fanfiction\.net/s/(\d+)", re.I)),
    ("fictionpress", re.compile(r"fictionpress\.com/s/(\d+)", re.I)),
    ("wattpad", re.compile(r"wattpad\.com/story/(\d+)", re.I)),
    ("royalroad", re.compile(r"royalroad(?:l)?\.com/fiction/(\d+)", re.I)),
    ("scribblehub", re.compile(r"scribblehub\.com/(?:series|read)/(\d+)", re.I)),
    ("fimfiction", re.compile(r"fimfiction\.net/story/(\d+)", re.I)),
    ("spacebattles", re.compile(r"forums\.spacebattles\.com/threads/(?:[^/\s]*\.)?(\d+)", re.I)),
    ("sufficientvelocity", re.compile(r"forums\.sufficientvelocity\.com/threads/(?:[^/\s]*\.)?(\d+)", re.I)),
    ("questionablequesting", re.compile(r"questionablequesting\.com/threads/(?:[^/\s]*\.)?(\d+)", re.I)),
    ("alternatehistory", re.compile(r"alternatehistory\.com/forum/threads/(?:[^/\s]*\.)?(\d+)", re.I)),
    ("literotica", re.compile(r"literotica\.com/s/([\w-]+)", re.I)),
    ("ficbook", re.compile(r"ficbook\.net/readfic/([\w-]+)", re.I)),
    ("livejournal", re.compile(r"([\w-]+\.livejournal\.com/\d+)\.html", re.I)),
    ("dreamwidth", re.compile(r"([\w-]+\.dreamwidth\.org/\d+)\.html", re.I)),
    ("gutenberg", re.compile(r"gutenberg\.org/(?:ebooks|files|etext|cache/epub)/(\d+)", re.I)),
)  # fmt: skip


def work_of(url: str) -> tuple[str, str] | None:
    """The site and its id for a work, from the work's address; None where the address is of no site that is known here."""
    for site, pattern in _ADDRESSES:
        if found := pattern.search(url[:2000]):
            return site, re.sub(r"[^\w-]+", "-", found[1])
    return None


@dataclass(slots=True)
class Reading:
    """One document as a format's reader hands it on."""

    blocks: list[Block]
    format: str
    facts: Facts = field(default_factory=Facts)
    encoding: str | None = None
