"""The typed fields of a text that has been split: from its metadata and summary segments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from transforms.metadata.addresses import address_in
from transforms.metadata.building import build
from transforms.metadata.coined import coined_at
from transforms.metadata.items import Value
from transforms.metadata.labels import label_at
from transforms.metadata.layout import lines_of
from transforms.metadata.pieces import MARKUP, clean
from transforms.metadata.record import Metadata
from transforms.metadata.sitelines import SHELVES, read_dash_line
from transforms.metadata.walking import Walk


class Span(Protocol):
    """What is needed of a segment: its kind and its place in the text (`transforms.documents.Segment` is one)."""

    @property
    def kind(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


_MOST_SEGMENTS = 400


def read_fields(text: str, segments: Sequence[Span], site: str | None = None) -> Metadata:
    """What the metadata and summary segments of a text state; what the text does not state stays empty.

    The first statement of a field wins, so a second header (part 2 of a posting) adds only what the first has not. Titles and
    authors without labels are looked for before the story begins only, and summaries of chapters are not the work's.
    `site` is the site that structure knows; else it is told from the header's shape or its addresses.
    """
    pairs: list[tuple[str, Value]] = []
    summaries: list[str] = []
    rules: set[str] = set()
    placed: list[tuple[str, Value]] = []  # titles that nothing but their place tells
    named = False
    title: str | None = None
    has_author = story_seen = chapter_seen = False
    read = 0
    for segment in _joined(text, segments):
        if segment.kind == "story" and text[segment.start : segment.end].strip():
            story_seen = True
        elif segment.kind == "heading":
            chapter_seen = True
        elif segment.kind == "metadata" and read < _MOST_SEGMENTS:
            read += 1
            shelf = _SHELF.match(text, segment.start, segment.end) if title is None and not story_seen else None
            if shelf and _facts_below(text, segments, segment.end):
                pairs.append(("fandoms", shelf.group(1)))
                if shelf.end() >= segment.end:
                    continue
                segment = _Run(segment.kind, shelf.end(), segment.end)
            walk = Walk(
                lines_of(text, segment.start, segment.end), trusted=True, title=title, has_author=has_author, front=not story_seen
            )
            walk.run()
            for item in walk.items:
                rules.add(item.rule)
                titles = [pair for pair in item.pairs if pair[0] == "title"]
                placed += titles if item.rule == "header.title" else []
                named = named or (not story_seen and bool(titles) and item.label == "title")
                if item.label == "warnings" or any(field == "warnings" for field, _ in item.pairs):
                    rules.add("label.warnings")
                for field, value in item.pairs:
                    if item.kind == "summary" and field == "summary" and isinstance(value, str):
                        summaries.append(value)
                    elif item.kind != "note" and field not in ("caution_text", "chapter_summary"):
                        pairs.append((field, value))
            title, has_author = walk.title, walk.has_author
        elif segment.kind == "summary" and not story_seen and not summaries:
            found = _summary(text[segment.start : segment.end])
            if found is not None and not (chapter_seen and found[1]):
                summaries.append(found[0])
    if named and placed and pairs.index(placed[0]) == next(at for at, pair in enumerate(pairs) if pair[0] == "title"):
        pairs.remove(placed[0])  # a site's line above a labelled title
    if not any(field == "title" for field, _ in pairs):
        pairs += [("title", value) for field, value in pairs if field == "subject_title"][:1]
    if not any(field == "authors" for field, _ in pairs):
        pairs += [("authors", value) for field, value in pairs if field == "poster"][:1] or _from_site("authors", text, segments)
    if not any(field == "url" for field, _ in pairs):
        pairs += _from_site("url", text, segments)
    if summaries:
        pairs.append(("summary", summaries[0]))
    known = site or _site(pairs, rules)
    original = _original_addresses(text, segments)
    metadata = build(pairs, known)
    if metadata.site is None and known is not None:
        metadata = replace(metadata, site=known)
    if metadata.url is not None and metadata.url in original:
        metadata = replace(metadata, site=known, site_id=None)  # the address is of the work that this one translates
    return metadata


_SHELF = re.compile(
    rf"\s*(?:{'|'.join(sorted(SHELVES, key=len, reverse=True))})[ \t]+([^\s»>][^\n»>]{{1,100}}?)\s*(?:\n\s*|$)", re.IGNORECASE
)


def _facts_below(text: str, segments: Sequence[Span], start: int) -> bool:
    """Whether FanFiction.net's line of facts stands in the metadata after a place: then "Books Dracula" above is its path."""
    for segment in segments:
        if segment.kind == "metadata" and segment.end > start and segment.end - segment.start < 20_000:
            for line in text[max(start, segment.start) : segment.end].splitlines()[:20]:
                if " - " in line and read_dash_line(line) is not None:
                    return True
        if segment.kind == "story" and segment.start > start + 2000:
            break
    return False


_OF_SITE = {
    "url": re.compile(
        r"(?:this (?:story|fic|work|fanfic) (?:is |was )?(?:archived|hosted|posted|found)(?: here)? (?:at|on)|story (?:url|link)|"
        r"permalink)\s*:?\s*(https?://\S+)",
        re.IGNORECASE,
    ),
    "authors": re.compile(
        r"^[ \t]*(?:Thread starter:?[ \t]*(?=\S)([^\n]{1,40})|"
        r"(?:Posted|Written) by:? @?([\w.-]{2,40}?)(?: (?:on|at)\b[^\n]*|,[^\n]*)?|"
        r"@?([\w.-]{2,40}) (?:is )?posting in \S+[^\n]*|([\w-]{2,40}) \((?:\[[\w. ]{1,30}\] ?)?[\w-]{2,40}\) wrote\b[^\n]*)$",
        re.MULTILINE,
    ),
}


def _from_site(field: str, text: str, segments: Sequence[Span]) -> list[tuple[str, Value]]:
    """What a site's lines state: "This story archived at http://...", "Thread starter Halfpenny Dreadful"."""
    for segment in segments:
        if segment.kind == "story" and field == "authors" and text[segment.start : segment.end].strip():
            break  # below the story it is somebody who replied
        if segment.kind == "boilerplate" and segment.end - segment.start < 20_000:
            found = _OF_SITE[field].search(text, segment.start, segment.end)
            if found is not None:
                return [(field, next(filter(None, found.groups())))]
    return []


@dataclass(frozen=True, slots=True)
class _Run:
    kind: str
    start: int
    end: int


def _joined(text: str, segments: Sequence[Span]) -> list[_Run]:
    """The segments with neighbours of one kind joined, where only white space is between them."""
    runs: list[_Run] = []
    for segment in segments:
        last = runs[-1] if runs else None
        if segment.kind == "story" and not text[segment.start : min(segment.end, segment.start + 200)].strip():
            continue  # the white space between two segments
        if last is not None and last.kind == segment.kind and segment.end - last.start < 20_000:
            runs[-1] = _Run(last.kind, last.start, segment.end)
        else:
            runs.append(_Run(segment.kind, segment.start, segment.end))
    return runs


def _original_addresses(text: str, segments: Sequence[Span]) -> frozenset[str]:
    found: set[str] = set()
    for segment in segments:
        if segment.kind == "metadata" and segment.end - segment.start < 20_000:
            for line in text[segment.start : segment.end].splitlines():
                label = label_at(line)
                if (
                    label is not None
                    and label.field == "url"
                    and label.label.casefold().startswith(("original", "ориг", "原", "link to orig", "ссылка на ориг"))
                ):
                    address = address_in(label.value)
                    if address is not None:
                        found.add(address.url)
    return frozenset(found)


def _site(pairs: list[tuple[str, Value]], rules: set[str]) -> str | None:
    """The site that the header's shape or the first address of a work tells."""
    for field, value in pairs:
        if field == "site" and isinstance(value, str):
            return value
    for field, value in pairs:
        if field == "url" and isinstance(value, str):
            address = address_in(value)
            if address is not None and address.site is not None:
                return address.site
    if "header.posted_at" in rules or ("header.stats" in rules and "label.warnings" in rules):
        return "ao3"
    return None




def _summary(segment: str) -> tuple[str, bool] | None:
    """The text of a summary segment without its label, wrapped lines joined; and whether it is a chapter's."""
    lines = [line.strip() for line in segment.strip().splitlines()]
    if not lines:
        return None
    label = label_at(lines[0])
    of_chapter = False
    if label is not None and label.kind == "summary":
        of_chapter = label.field == "chapter_summary"
        lines = [label.value, *lines[1:]]
    elif (said := coined_at(lines[0])) is not None and said.known and said.kind == "summary":
        lines = [said.value, *lines[1:]]
    paragraphs: list[str] = []
    for line in lines:
        if not line:
            paragraphs.append("")
        elif paragraphs and paragraphs[-1]:
            paragraphs[-1] += " " + line
        elif paragraphs:
            paragraphs[-1] = line
        else:
            paragraphs.append(line)
    joined = "\n\n".join(part.strip(MARKUP) for part in paragraphs if part.strip(MARKUP))
    return (joined, of_chapter) if clean(joined) else None


TRUNCATED_SHARE = 0.85
"""A work with fewer words than this share of the stated ones is flagged as truncated."""


def truncated(metadata: Metadata, n_words: int) -> bool:
    """Whether a text has so many words less than its header states that part of it is probably missing.

    More than 15 % and more than 100 words less: counters differ by some per cent (dashes, hyphens), and round numbers
    ("~2000") are guesses. A stated count of a whole work beside one of its chapters is flagged too, rightly: it is a part.
    """
    stated = metadata.stated_words
    return stated is not None and n_words < TRUNCATED_SHARE * stated and stated - n_words > 100
