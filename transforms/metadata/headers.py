"""Where the bibliographic header is in a text: spans of metadata, summary and the notes among them, with what they state.

A header is a run of lines at the start of a stretch of text. Each line is read on its own (`lines`), then believed only
together with its neighbours: labels and values carry weights, and only what reaches `ENOUGH` is a header. Titles and authors
without labels are believed by their place. The layouts are those of docs/metadata.md.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from transforms.metadata.bare import bare_head
from transforms.metadata.coined import coined_at
from transforms.metadata.items import ENOUGH, Item, Value, shown
from transforms.metadata.layout import MOST_LINES, lines_of
from transforms.metadata.shapes import FORM_LINE
from transforms.metadata.walking import Walk

_FEW_LINES, _LOOKS_AHEAD = 32, 18
_NUMBERED = re.compile(r"\d{1,2}[.)] ")
_SURE = ("header.unknown_label", "header.author_again")
_CERTAIN = frozenset(("header.path", "header.dash_line", "header.posted_at"))
_SPLITTER_NOTES = frozenset(("notes", "translator_note", "update_note", "glossary", "caution"))


@dataclass(frozen=True, slots=True)
class HeaderSpan:
    """A run of a header's lines: its kind (metadata, summary, note, break), what it states, and how it was read.

    Offsets are those of the text given to `find_header`, without the white space at the edges. `field` and `value` are the
    first pair; `pairs` has all of them, names of `Metadata`'s fields or ours (`labels`). `confidence` is in 0..1.
    """

    start: int
    end: int
    kind: str
    field: str
    value: str
    rule: str
    topics: tuple[str, ...] = ()
    confidence: float = 0.95
    pairs: tuple[tuple[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Header:
    """A header: where its last span ends, and its spans in order; between them is white space only."""

    end: int
    spans: tuple[HeaderSpan, ...]

    @property
    def pairs(self) -> tuple[tuple[str, Value], ...]:
        """Everything the header states, in order, for `metadata.build`."""
        return tuple(pair for span in self.spans for pair in span.pairs)


def find_header(
    text: str, start: int = 0, end: int | None = None, aside: Collection[int] = (), parted: Collection[int] = ()
) -> Header | None:
    """The header at the start of `text[start:end]` (the caller has skipped boilerplate), or None if the evidence is thin.

    Takes labelled notes that stand among the header's lines along as spans of kind "note"; an author's note after the last
    line is left to the caller. Lines that start at one of the offsets `aside` are a site's (counters, buttons): they are
    passed over; lines that end at one of the offsets `parted` count as if a blank line were below them. Linear in the size of
    the header; looks at 160 lines at most.

    Wrong where a story begins with a form that uses the labels of headers, and where the first line of a story without a
    header is short, has no full stop and stands alone.
    """
    stop = len(text) if end is None else end
    for most in (_FEW_LINES, MOST_LINES):  # most texts need few
        lines = lines_of(text, start, stop, most, aside, parted)
        walk = Walk(lines, trusted=False)
        walk.run()
        reached = walk.items[-1].last if walk.items else 0
        if len(lines) < most or reached + _LOOKS_AHEAD < most:
            break
    return header_of(walk)


def header_of(walk: Walk) -> Header | None:
    """The header that a walk has found, if its lines prove together that they are one."""
    items = _trimmed(walk)
    if not items and not walk.trusted:
        items = _bare(walk)
    elif not walk.trusted:
        weights: dict[str, float] = {}
        for item in items:
            name = item.label or (item.pairs[0][0] if item.pairs else item.rule)
            if item.rule == "header.title_again":
                name = item.rule
            weights[name] = max(weights.get(name, 0.0), item.weight)
        if sum(weights.values()) < _enough(walk, items):
            items = _pair(walk, items) or _bare(walk)
    if not items:
        return None
    spans = tuple(
        HeaderSpan(
            walk.lines[item.first].start,
            walk.lines[item.last].end,
            item.kind,
            item.pairs[0][0] if item.pairs else item.label or item.rule.partition(".")[2],
            shown(item.pairs[0][1]) if item.pairs else "",
            item.rule,
            item.topics,
            item.confidence,
            tuple(item.pairs),
        )
        for item in items
    )
    return Header(spans[-1].end, spans)


def _enough(walk: Walk, items: list[Item]) -> float:
    """More is asked for where the block goes on with labels that headers do not have: a form inside the story."""
    after = items[-1].last + 1
    if any(item.rule in _CERTAIN for item in items):
        return ENOUGH
    form = after < len(walk.lines) and not walk.lines[after].gap and FORM_LINE.match(walk.lines[after].text)
    if form:
        return ENOUGH + 1.5
    alone = len(items) == 1 and items[0].first == items[0].last
    if alone and after < len(walk.lines) and walk.lines[after].gap and items[0].rule == "header.value":
        return 1.25  # "Rated T" by itself, before a gap
    return ENOUGH


def _trimmed(walk: Walk) -> list[Item]:
    """The items without what only the header's continuation would have made its own."""
    items = list(walk.items)
    if walk.trusted:
        return items
    while items:
        last = items[-1]
        if last.kind == "note" and _NUMBERED.match(walk.lines[last.first].text) and not walk.lines[last.first].gap:
            break  # "6) Author's note: ..." below other numbers
        loose_note = last.kind == "note" and (last.label in _SPLITTER_NOTES or walk.lines[last.first].gap > 0 or len(items) == 1)
        if (
            loose_note
            or last.kind == "break"
            or (last.kind == "metadata" and last.weight == 0 and not last.pairs and last.rule not in _SURE)
        ):
            items.pop()
        else:
            break
    return items


def _pair(walk: Walk, items: list[Item]) -> list[Item] | None:
    """A title and one more line of little weight ("Title", "By: Name"): both count if they stand together before a gap."""
    if len(items) != 2 or items[0].rule != "header.title" or items[0].first != 0 or items[1].last + 1 >= len(walk.lines):
        return None
    second = items[1].rule in ("header.byline", "header.value") or items[1].label == "authors"
    signed = items[1].rule == "header.byline" and walk.lines[items[1].last].text[:3].casefold() == "by "
    return items if second and (signed or walk.lines[items[1].last + 1].gap >= 1) else None


def _bare(walk: Walk) -> list[Item]:
    """The items of a header that only place and shape prove, and of what goes on below it ("Summary:")."""
    found = bare_head(walk)
    if not found:
        return []
    walk.restart()
    for at, pairs, rule, confidence in found:
        said = coined_at(walk.lines[at].text) if rule == "header.bare_line" else None
        if said is not None and said.kind != "metadata":
            field = said.field or "remark"
            walk.take(at, at, said.kind, [(field, said.value)], f"header.coined_{said.kind}", 0.0, said.topics, confidence, field)
        else:
            walk.state(at, list(pairs), rule, 0.0, confidence=confidence)
    size = len(walk.items)
    walk.run(found[-1][0] + 1)
    while len(walk.items) > size and walk.items[-1].kind == "note":
        walk.items.pop()
    return walk.items
