"""Web addresses of works: which site, and the work's id there."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Address:
    """An address in a text; `site` and `site_id` where it is the address of a work on a site we know."""

    url: str
    site: str | None
    site_id: str | None
    start: int
    end: int


_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"'“”‘’\])}，。、）】]{3,500}", re.IGNORECASE)
_BARE = re.compile(
    r"\b(?:archiveofourown\.org|(?:m\.)?fanfiction\.net|fictionpress\.com|ficbook\.net|wattpad\.com|royalroad\.com)/[^\s<>\"')\]]{3,200}",
    re.IGNORECASE,
)
_WORKS = (
    ("ao3", re.compile(r"(?:archiveofourown|ao3)\.org/(?:collections/[^/]+/)?works/(\d+)", re.IGNORECASE)),
    ("ao3", re.compile(r"archiveofourown\.gay/works/(\d+)", re.IGNORECASE)),
    ("ffn", re.compile(r"fanfiction\.net/s/(\d+)", re.IGNORECASE)),
    ("fictionpress", re.compile(r"fictionpress\.com/s/(\d+)", re.IGNORECASE)),
    ("wattpad", re.compile(r"wattpad\.com/story/(\d+)", re.IGNORECASE)),
    ("royalroad", re.compile(r"royalroadl?\.com/fiction/(\d+)", re.IGNORECASE)),
    ("scribblehub", re.compile(r"scribblehub\.com/(?:series|read)/(\d+)", re.IGNORECASE)),
    ("fimfiction", re.compile(r"fimfiction\.net/story/(\d+)", re.IGNORECASE)),
    ("ficbook", re.compile(r"ficbook\.net/readfic/([\w-]+)", re.IGNORECASE)),
    ("spacebattles", re.compile(r"forums\.spacebattles\.com/threads/(?:[^/\s]*\.)?(\d+)", re.IGNORECASE)),
    ("sufficientvelocity", re.compile(r"forums\.sufficientvelocity\.com/threads/(?:[^/\s]*\.)?(\d+)", re.IGNORECASE)),
    ("questionablequesting", re.compile(r"questionablequesting\.com/threads/(?:[^/\s]*\.)?(\d+)", re.IGNORECASE)),
    ("asianfanfics", re.compile(r"asianfanfics\.com/story/view/(\d+)", re.IGNORECASE)),
    ("ficwad", re.compile(r"ficwad\.com/story/(\d+)", re.IGNORECASE)),
    ("literotica", re.compile(r"literotica\.com/s/([\w-]+)", re.IGNORECASE)),
    ("fanfiktion", re.compile(r"fanfiktion\.de/s/([0-9a-f]+)", re.IGNORECASE)),
    ("squidgeworld", re.compile(r"squidgeworld\.org/works/(\d+)", re.IGNORECASE)),
    ("tthfanfic", re.compile(r"tthfanfic\.org/Story-(\d+)", re.IGNORECASE)),
    ("syosetu", re.compile(r"syosetu\.com/(n\d+[a-z]+)", re.IGNORECASE)),
    ("pixiv", re.compile(r"pixiv\.net/novel/show\.php\?id=(\d+)", re.IGNORECASE)),
)


def address_in(text: str) -> Address | None:
    """The first web address in a text (at most its first 2,000 characters), or None."""
    head = text[:2000]
    found = _URL.search(head) or _BARE.search(head)
    if found is None:
        return None
    url = found.group().rstrip(".,;:!?*_")
    for site, pattern in _WORKS:
        work = pattern.search(url)
        if work:
            return Address(url, site, work.group(1).casefold(), found.start(), found.start() + len(url))
    return Address(url, None, None, found.start(), found.start() + len(url))
