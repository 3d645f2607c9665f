"""A page of markup becomes a reading: the site is told by the page's structure, and its reader labels the elements."""

from __future__ import annotations

import re

from transforms.sources import ao3
from transforms.sources.facts import Facts, Reading
from transforms.sources.markup import Page
from transforms.sources.options import Options

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})|<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_.:-]{2,40})", re.I)


def declared(raw: bytes) -> str | None:
    """The charset that a page says it is in (a hint for decoding), from its first 4,096 bytes."""
    found = _CHARSET.search(raw[:4096])
    return (found[1] or found[2]).decode("ascii") if found else None


def read_page(html: str, options: Options) -> Reading:
    """The blocks and facts of one page."""
    page = Page(html, options.max_tag_depth)
    facts = Facts()
    if ao3.is_work_page(page):
        ao3.read_work_page(page, facts)
    elif ao3.is_download(page):
        ao3.read_download(page, facts)
    return Reading(page.blocks(), "html", facts)
