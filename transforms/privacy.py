"""Publishing less: authors under pseudonyms, addresses and handles taken out of what they say to readers, no text at all.

Story text is never changed: a story may hold a made-up address. What is taken out of notes, headers and summaries leaves a word
in brackets, so that a reader sees that something stood there. Offsets go on counting in the document as it was.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_AT, _DOT = r"(?:@|\s?[(\[]at[)\]]\s?|\sat\s)", r"(?:\.|\s?[(\[]dot[)\]]\s?|\sdot\s)"
EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}{_AT}[\w-]{{1,63}}(?:{_DOT}[a-z]{{2,24}}){{1,3}}(?!\w)", re.IGNORECASE)
"""An e-mail address, also written out: `gull@example.org`, `gull at example dot org`. Wrong for "meet at noon dot dot dot"."""

_SITES = r"tumblr|twitter|instagram|discord|tiktok|bluesky|facebook|pillowfort|dreamwidth|livejournal|patreon|ko-?fi|wattpad"
HANDLE = re.compile(
    rf"(?<![\w.@/])@[\w.]{{2,30}}\w|(?<![\w-])[\w-]{{2,32}}\.(?:{_SITES})\.com\b\S{{0,100}}|\b(?:{_SITES})\.(?:com|gg|social)/[\w./@-]{{1,100}}",
    re.IGNORECASE,
)
"""A name on a site: `@gull`, `gull.tumblr.com`, `ko-fi.com/gull`."""


@dataclass(frozen=True, slots=True)
class Privacy:
    """What is published of people: `key` (authors become pseudonyms made with it), `redact` notes, `text` at all."""

    key: bytes | None = None
    redact: bool = False
    text: bool = True


def pseudonym(name: str, key: bytes) -> str:
    """A name that stands for an author: the same for the same author and key, and nothing to be guessed without the key."""
    return "author-" + hmac.new(key, " ".join(name.casefold().split()).encode(), hashlib.sha256).hexdigest()[:12]


def rename(text: str, names: Iterable[str], key: bytes) -> str:
    """The text with each author's name replaced by the pseudonym; names of one or two letters are not looked for."""
    for name in sorted(set(names), key=len, reverse=True):
        if len(name) > 2:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", pseudonym(name, key), text, flags=re.IGNORECASE)
    return text


def redact(text: str) -> str:
    """The text without e-mail addresses and handles."""
    return HANDLE.sub("[handle]", EMAIL.sub("[e-mail]", text))


def veil_work(work: Mapping[str, object], privacy: Privacy) -> dict[str, object]:
    """A row of `works` as it may be published."""
    row = dict(work)
    if privacy.key is not None:
        names = list(row["authors"])
        row["authors"] = [pseudonym(name, privacy.key) for name in names]
        row["url"] = None  # it leads straight to the author
        for column in ("title", "summary"):
            row[column] = rename(row[column], names, privacy.key) if row[column] else row[column]
        row["stated"] = [pair | {"value": rename(pair["value"], names, privacy.key)} for pair in row["stated"]]
    if privacy.redact:
        row["summary"] = redact(row["summary"]) if row["summary"] else row["summary"]
        row["stated"] = [pair | {"value": redact(pair["value"])} for pair in row["stated"]]
    return row if privacy.text else row | {"text": ""}


def veil_segment(kind: str, text: str, authors: Iterable[str], privacy: Privacy) -> str:
    """A segment's text as it may be published."""
    if not privacy.text:
        return ""
    if kind != "story":
        if privacy.key is not None:
            text = rename(text, authors, privacy.key)
        if privacy.redact:
            text = redact(text)
    return text
