"""What one line of a header states, read without its neighbours.

Lines that sites write (`sitelines`), labelled lines, rows and several labels on one line (`rows`), lines from closed vocabularies
("F/F", "Teen And Up Audiences", "The 100 (TV)"), by-lines and addresses.
"""

from __future__ import annotations

import re

from transforms.metadata import values
from transforms.metadata.addresses import address_in
from transforms.metadata.descriptions import read_description
from transforms.metadata.items import Reading
from transforms.metadata.labels import entry_of, label_at
from transforms.metadata.pieces import BY, NOBODY, clean, typed, validates
from transforms.metadata.rows import read_joint_label, read_labels, read_row
from transforms.metadata.sitelines import read_site_line

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
_POSTED_ON = re.compile(
    r",?\s+(?:(?:on|at|@|»|>>|\||-)\s+)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}[ ,]+)?"
    r"(?:[A-Z][a-z]{2,8}\.? \d{1,2},? \d{4}|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4})\b.{0,20}$"
)
_STARTED = re.compile(r"^discussion in ['‘\"“].{1,60}['’\"”] started by (\S.{0,40}?)(?:, \S.{2,30})?\.?$", re.IGNORECASE)
_INITIAL = re.compile(r"(?:^|\s)(?:\w|Jr|Sr)\.$")


def read_line(text: str) -> Reading | None:
    """What a line states on its own; None for a line that is text, or that only its neighbours could explain."""
    if not text or len(text) > 4000:
        return None
    head = text[:700]
    line = clean(head)
    found = read_site_line(head) or _copyright(line) or read_labels(line, text)
    if found is not None:
        return found
    label = label_at(text)
    if label is not None:
        pairs = ((label.field, label.value),) if label.value else ()
        return Reading(label.kind, pairs, "header.label", label.weight, label.topics, label)
    if (joint := read_joint_label(line)) is not None or len(text) > 320:
        return joint
    described = read_description(line, typed) if line[:1] in "aAmM" else None
    if described is not None:
        return Reading("metadata", described[0], "header.description", described[1])
    one_fandom = " - " in line and values.is_fandom_like(line)  # "The Hobbit - J. R. R. Tolkien" holds no rating
    if not one_fandom and (row := read_row(line)) is not None:
        return row
    if (one := typed(line) or _unsigned(line)) is not None:
        return Reading("metadata", (one[0],), "header.value", one[1])
    return _byline(line) or _address(line) or _hashtags(text.strip())


def _copyright(line: str) -> Reading | None:
    """A line of copyright; it may name the author."""
    if line[:1] not in "©(cC":
        return None
    if (owner := _COPYRIGHT.match(line)) is not None and _is_byline(owner["who"]):
        return Reading("metadata", (("authors", owner["who"].strip()),), "header.copyright", 0.5)
    return Reading("metadata", (), "header.copyright", 0.25) if _YEAR_ONLY.match(line) is not None else None


def _byline(line: str) -> Reading | None:
    """A by-line, also with the day on which something was posted, or what a forum says of who began a thread."""
    if (started := _STARTED.match(line)) is not None:
        return Reading("metadata", (("authors", started.group(1)),), "header.byline", 0.75)
    by = BY.match(_POSTED_ON.sub("", line.strip("()[] ")))
    if by and _is_byline(by.group(1)):
        return Reading("metadata", (("authors", clean(by.group(1))),), "header.byline", 0.75)
    return None


def _address(line: str) -> Reading | None:
    """A line that is an address of mail or of a page, with words such as "Originally posted at" before it or without."""
    if _ADDRESS.match(line):
        return Reading("metadata", (("email", line),), "header.address", 0.5)
    found = address_in(line)
    if found is None:
        return None
    linked = _LINK.fullmatch(line[: found.start]) is not None and found.end >= len(line.rstrip(").]> "))
    if linked or (found.start == 0 and found.end >= len(line)):
        return Reading("metadata", (("url", found.url),), "header.address", 1.0 if found.site else 0.5)
    return None


def _hashtags(text: str) -> Reading | None:
    """A line of two hashtags or more."""
    return Reading("metadata", (("tags", text),), "header.hashtags", 1.5) if _HASHTAGS.match(text) else None


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


def _is_byline(author: str) -> bool:
    """Whether what follows "by" can be an author: few words, no sentence, no reflexive ("by itself"), nobody's age."""
    if len(author.split()) > 6 or _AGED.search(author) or NOBODY.match(author):
        return False
    return author[-1] not in '.!?,;:"”' or bool(_INITIAL.search(author))
