"""Headings that need company: numbers that go on from each other, in one dress and with text between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.segments.headings import Heading

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours


def label_numbered(page: Neighbours) -> dict[str, list[int]]:
    """Labels the candidates that are headings, by themselves or by their company. Their titles in small letters, each with the
    lines that state it: the last of them is the heading, those above may be a table of contents.
    """
    labels = page.labels
    open_ones = [(at, heading) for at, heading in page.candidates if labels[at] is None]
    confirmed = _confirmed(page, open_ones)
    stated: dict[str, list[int]] = {}
    page.cards = _cards(page, open_ones)
    for at in page.cards:
        page.label(at, "story", "story.quoted", 0.85)
    for at, heading in open_ones:
        if labels[at] is not None:
            continue
        sure = heading.certain or at in confirmed or (at == open_ones[0][0] and _is_first(page, at, heading))
        if not sure or not (page.stands_free(at, True) or (heading.certain and page.is_in_front(at))):
            continue
        rule = "heading.pov" if heading.pov is not None else f"heading.{heading.style.split('|')[0].split(' ')[0]}"
        page.label_heading(at, rule, 0.95 if heading.certain else 0.85, heading.pov is None)
        stated.setdefault(heading.title.lower(), []).append(at)
    if (last := max((at for at in confirmed if labels[at] is not None), default=-1)) >= 0:
        for at in page.extras:
            if at > last and page.is_free(at) and page.stands_free(at):
                page.label_heading(at, "heading.extra", 0.85)
    for at, heading in open_ones:
        if labels[at] is None and heading.title.lower() in stated:
            stated[heading.title.lower()].insert(0, at)
            page.label(at, "heading", "heading.again", 0.6)
    return stated


def _is_first(page: Neighbours, at: int, heading: Heading) -> bool:
    """Whether the first candidate of a text is a heading by its place: the text may be a single chapter."""
    if heading.number is None or heading.style.startswith("word."):
        return False
    if heading.style.endswith("t"):
        return page.opens(at) if heading.number == 1 else heading.parted and page.opens(at, 3)
    first = page.sheet.bare[at][0]
    return not first.isalnum() and first != "#" and page.opens(at, 3)  # ~12~


def _confirmed(page: Neighbours, candidates: Sequence[tuple[int, Heading]]) -> set[int]:
    """Which candidates (line, heading) are headings by their company: their numbers go on in one dress, with text between them.

    Half of a run must stand free, or each of three or more below a blank line. A run starts at 0 to 2, or is three long.
    """
    accepted: set[int] = set()
    by_style: dict[str, list[tuple[int, float]]] = {}
    for line, heading in candidates:
        if not heading.certain and heading.number is not None:
            by_style.setdefault(heading.style, []).append((line, heading.number))
    for style, members in by_style.items():
        aged = style.startswith(("spelled|*", "spelled|_", "digit|*", "digit|_")) and style.endswith("-")  # "**seven.**"
        steps = 26 if style == "alphabet" or aged else 99 if style.startswith("ordinal") else 1
        dressed = style.endswith("t") and style.count("|") == 3 and style.split("|")[1] in ("*", "**", "_", "__", "#", "##")
        again = style.startswith(("word.", "alphabet"))  # "Day 2", "Day 2, still"
        apart = 1 if dressed or again else 3 if style.startswith("words") else 2
        run: list[tuple[int, float]] = []
        numbers = [number for _, number in members]
        if len(members) > 2 and numbers == sorted(set(numbers), reverse=True) and numbers[-1] <= 1:
            members = [(line, -number) for line, number in members]  # a countdown
        for member in [*members, None]:
            if run and member is not None and (0 if again else 1e-6) <= member[1] - run[-1][1] <= steps:
                run.append(member)
                continue
            lines = [line for line, _ in run]
            begun = len(run) >= 3 or (len(run) == 2 and run[0][1] <= 2 and style[-1] != ".")
            if begun and all(page.text_lines(a, b) >= apart for a, b in pairwise(lines)):
                free = 2 * sum(map(page.stands_free, lines)) >= len(run)
                if free or (len(run) >= 3 and all(map(page.is_headed, lines))):
                    accepted.update(lines)
            run = [member] if member is not None else []
    return accepted


def _cards(page: Neighbours, candidates: Sequence[tuple[int, Heading]]) -> set[int]:
    """Chapters in italics amid the text that no other goes on from: cards of a film, pages of a book in the story."""
    numbers = {one.number for _, one in candidates}
    return {
        at
        for at, one in candidates
        if one.number is not None and one.certain and page.is_emphasised(at) and page.is_amid_text(at, True)
        if numbers.isdisjoint((one.number - 1, one.number + 1))
    }
