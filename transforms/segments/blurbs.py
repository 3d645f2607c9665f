"""Summaries without a label: a paragraph right below the first header that tells in the present what somebody does."""

from __future__ import annotations

import re
from collections.abc import Set
from typing import TYPE_CHECKING

from transforms.metadata.shapes import TALK
from transforms.segments.cues import HARD, find_cues
from transforms.segments.markers import marker_at
from transforms.segments.wording import lean

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

_GAP = 4  # lines from the last fact to a summary without a label
_FACTS_ABOVE = 3  # lines of them, where none of them is a matter of fact
_ABOVE = frozenset(("metadata", "boilerplate", "break"))
_MATTER = frozenset(("fandoms", "rating", "relationships", "characters", "categories", "stated_words", "mail", "status"))
_SPEECH = re.compile(r"[\"“][^\"“”\n]{1,200}[\"”]")
_BLURB = range(25, 420)  # characters
_TOLD = re.compile(
    r"\b(?:was|were|had|said|did|could|would|went|came|took|knew|thought|looked|stood|sat|got|made|\w{3,}ed)\b", re.IGNORECASE
)
_TELLS = re.compile(
    r"\b(?:is|are|has|have|does|\w+n['’]t|(?:there|it|he|she)['’]s|can|will|must|may|in which|who|whose|\w{2,}[^s\W]s)\b",
    re.IGNORECASE,
)
_NO_BLURB = re.compile(
    r"(?:for|to|set|takes?|post|pre|a sequel|sequel|part|title|happy|merry|dedicated|contains?|with|see|note)\b", re.IGNORECASE
)


def label_blurb(page: Neighbours, stated: Set[str]) -> None:
    """Labels a paragraph right below the first header, which states some fields, as the summary where nothing else is it: nobody
    speaks in it, and something that is no narration stands below, a heading, a site's line, more facts, words to readers.
    """
    labels, lines = page.labels, page.sheet.lines
    first, facts, above = page.next_text(0), 0, ""
    while (kind := page.kind_at(first)) in _ABOVE:
        facts, above = facts + (kind == "metadata"), kind
        first = page.next_text(first + 1)
    if above != "metadata" or first - page.last_text(first) > _GAP or first >= len(labels) or labels[first] is not None:
        return
    told = page.sheet.bare[first][:9].lower() == "in which "
    if facts < _FACTS_ABOVE - told and not stated & _MATTER:
        return
    below = page.next_text(first + 1)
    if below == first + 1 or below >= len(labels) or not _is_blurb(page.sheet.bare[first]):
        return
    if labels[below] is None:
        marker = marker_at(page.sheet.bare[below])
        talks = TALK.search(lines[below]) is not None or any(name in HARD for name, *_ in find_cues(lines[below]))
        fenced = (marker is not None and marker.strength >= 1.8) or (talks and lean(lines[below]) > 0)
    else:
        kind = page.kind_at(below)
        fenced = kind in ("metadata", "note", "boilerplate") or (kind == "heading" and labels[below].chapter)
    if fenced:
        page.label(first, "summary", "header.summary_by_place", 0.8, page.new_group())


def _is_blurb(text: str) -> bool:
    """Whether a paragraph tells in the present what somebody does: neither words to readers nor narration."""
    core = text.strip()
    if core[:9].lower() == "in which " and "." not in core and len(core) in _BLURB:
        return marker_at(core) is None and TALK.search(core) is None
    if len(core) not in _BLURB or core[-1] not in ".!?…\"”" or not (core[0].isupper() or core[0] in "\"“"):
        return False
    if marker_at(core) is not None or TALK.search(_SPEECH.sub("", core)) is not None:
        return False
    if _NO_BLURB.match(core) is not None or " — " in core[-40:]:
        return False
    return len(_TOLD.findall(core)) <= 1 and _TELLS.search(core) is not None
