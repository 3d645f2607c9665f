"""Plain text: one undecided block, but for the texts whose maker left marks that are certain."""

from __future__ import annotations

import re

from transforms.documents import Block
from transforms.sources import fanficfare
from transforms.sources.facts import Facts, Reading

_START = re.compile(
    r"^\*{2,3} ?START OF (?:THE|THIS) PROJECT GUTENBERG E(?:BOOK|TEXT)[^\n]*\n|^\*END\*? ?THE SMALL PRINT!?[^\n]*\n|"
    r"^\*END THE SMALL PRINT[^\n]*\n",
    re.M | re.I,
)
_END = re.compile(
    r"^\*{2,3} ?END OF (?:THE|THIS) PROJECT GUTENBERG E(?:BOOK|TEXT)|^\s*End of (?:the |this )?Project Gutenberg|"
    r"^\s*Ende dieses Projekt Gutenberg",
    re.M | re.I,
)
_FIELD = re.compile(r"^(Title|Author|Release Date|Language|Translator|Posting Date): +(\S[^\n]*(?:\n {2,}\S[^\n]*)*)", re.M)
_CREDIT = re.compile(
    r"\s*(?:Produced by|E-?text prepared by|This e-?(?:book|text) was (?:produced|prepared)|Transcribed (?:from|by)|Prepared by|"
    r"Note: Project Gutenberg|Updated editions)\b(?:[^\n]+\n)+\s*",
    re.I,
)


def read_text(text: str) -> Reading:
    """The blocks of a decoded plain text."""
    if fanficfare.is_text(text):
        return fanficfare.read_text(text)
    if "Gutenberg" in text[:60_000] or "SMALL PRINT" in text[:60_000]:
        found = _read_gutenberg(text)
        if found:
            return found
    return Reading([Block(text)], "txt")


def _read_gutenberg(text: str) -> Reading | None:
    """A Project Gutenberg text: licence and credits taken off both ends; None where its marks are not there."""
    start = _START.search(text[:60_000])
    if start is None:
        return None
    end = _END.search(text, max(start.end(), len(text) - 60_000))
    facts = Facts(site="gutenberg")
    head = text[: start.start()]
    for label, value in _FIELD.findall(head):
        if label in ("Title", "Author", "Language"):
            facts.add(label, value)
    number = re.search(r"\[E(?:Book|text) #(\d{1,7})\]", head, re.I) or re.search(r"gutenberg\.org/ebooks/(\d{1,7})", head)
    facts.site_id = number[1] if number else None
    body_end = end.start() if end else len(text)
    body = text[start.end() : body_end]
    blocks = [Block(text[: start.end()], "boilerplate", "gutenberg.licence")]
    if credit := _CREDIT.match(body):
        blocks.append(Block(credit[0], "boilerplate", "gutenberg.credit"))
        body = body[credit.end() :]
    blocks.append(Block(body, None, "gutenberg.text"))
    if end:
        blocks.append(Block(text[end.start() :], "boilerplate", "gutenberg.licence"))
    return Reading(blocks, "txt", facts)
