"""Menus of chapters above a text: the list of an archive's index ("1. The Key by gannet"), the choices of a page's chapter box,
and rows of links to the parts of a story ("Part One | Part Two").

What tells a menu from a list in the story is that its entries come again below, alone in their lines and in order.
"""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.segments.headings import number_value

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

LONGEST = 80  # characters of an entry
ROW = 600  # characters of a row of entries that a page's box leaves in one line
FEWEST = 2  # entries
_ENTRY = re.compile(r"[ \t]*(?:chapter[ \t]+)?(?P<number>\d{1,3})[ \t]*[.):][ \t]*(?P<title>\S.*)", re.IGNORECASE)
_IN_ROW = re.compile(r"(?:(?<=\s)|^)(?P<number>\d{1,3})\. (?=\S)")
_BY = re.compile(r"[ \t]+by[ \t]+[\w .'-]{2,30}$", re.IGNORECASE)
_ITEMS = re.compile(r"[ \t]*(?:[|·•/~]+|<<|>>|«|»|←|→|::)[ \t]*|[ \t]+[–—-]+[ \t]+|\]\s*\[|\)\s*\(")
_PART = re.compile(
    r"(?P<word>part|chapter|chap|ch|pt|book|act|section|page|teil|kapitel|chapitre|partie|parte|cap[ií]tulo|глава|часть)?\.?[ \t]*#?(?P<number>\d{1,3}[a-d]?|[ivxlc]{1,6}|(?:twenty|thirty|forty)(?:[ -]\w+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:prologue|epilogue|interlude|art(?: post)?|fan ?mix|master ?(?:post|list)|index|toc|table of contents|contents|home|main|back|up|next|prev(?:ious)?|header(?: post)?|notes|end notes|start|top|ao3|lj|dw|ffn|download|soundtrack|here)",
    re.IGNORECASE,
)
_LINK = re.compile(r"(?:→|»|>>+|-+>|=+>)[ \t]*[^→»>←«<]+|[^→»>←«<]+[ \t]*(?:→|»|>>+|-+>|=+>)|(?:←|«|<<+|<-+|<=+)[ \t]*[^→»>←«<]+")
_LED = re.compile(r"^(?:chapters?|parts?|links|jump to|go to|read)[ \t]*:[ \t]*", re.IGNORECASE)
_ONWARD = re.compile(r"^(?:on(?:ward)?s? to|continued? (?:in|to)|go to|next:?|previous:?|back to)[ \t]+", re.IGNORECASE)
_TRIM = " \t*_~=-–—<>[](){}#|:•·.+/"


def _key(text: str) -> str:
    return text.strip(_TRIM).lower().replace("’", "'")


def is_row_of_parts(line: str) -> bool:
    """Whether a stripped line is a row of links to the parts of a story: `Part One | Part Two`, `<< 1 | 2 | Master Post >>`.

    Numbers must go up and all have the same word, or "Chapter One | Part Two" would be one.
    """
    if not 5 <= len(line) <= 200 or line[-1] in '.?!,"”':
        return False
    line = _LED.sub("", line)
    items = [item.strip(_TRIM) for item in _ITEMS.split(line) if item.strip(_TRIM)]
    if len(items) == 1 and _LINK.fullmatch(line) is not None:
        return (found := _PART.fullmatch(_ONWARD.sub("", items[0]))) is not None and found.group("word") is not None
    if len(items) < FEWEST:
        return False
    numbers: list[float] = []
    words: set[str] = set()
    places = 0
    for item in items:
        found = _PART.fullmatch(item)
        if found is not None and (number := number_value(re.sub(r"[a-d]$", "", found.group("number")))) is not None:
            numbers.append(number)
            if found.group("word"):
                words.add(found.group("word").lower())
        elif _PLACE.fullmatch(item) is not None:
            places += 1
        else:
            return False
    if len(words) > 1 or any(a >= b for a, b in pairwise(numbers)):
        return False
    if not any(sign in line for sign in "|·•<>«»[]/~←→"):
        return bool(words) and all(item[0].isalpha() and " " in item for item in items) and len(items) >= 3  # only dashes
    if words:
        return len(numbers) >= 2 or (len(numbers) == 1 and places >= 1 and len(items) >= 2)
    return len(numbers) + places >= 3 and (len(numbers) >= 3 or places >= 1) and "|" in line


def _row(line: str) -> list[str]:
    """The titles of the entries that stand in one line, numbered from 1: "1. Monday 2. Tuesday 3. Wednesday"."""
    if _IN_ROW.search(line, 0, 8) is None:
        return []
    places = [(found.start(), found.end(), int(found.group("number"))) for found in _IN_ROW.finditer(line)]
    if len(places) < FEWEST or places[0][0] > 2 or [number for *_, number in places] != list(range(1, len(places) + 1)):
        return []
    stops = [start for start, *_ in places[1:]] + [len(line)]
    return [line[end:stop].strip() for (_, end, _), stop in zip(places, stops, strict=True)]


def label_menu(page: Neighbours) -> None:
    """Labels the numbered menu of an archive or a page, and the headings that it names."""
    entries, headings = _find_menu(page)
    if len(headings) >= 2 and any(page.text_lines(a, b) < 2 for a, b in pairwise(headings)):
        return
    for at in entries:
        page.label(at, "boilerplate", "site.contents", 0.9)
    for at in headings:
        page.label_heading(at, "heading.listed", 0.9)


def _find_menu(page: Neighbours) -> tuple[list[int], list[int]]:
    """(entries, headings): the lines of a page's first numbered menu, and those that its entries name.

    Entries may bear the author ("1. The Key by gannet"); their headings may bear it, the number, both or none of them. Half of the
    entries must come again in order, and more than one.
    """
    lines = page.sheet.lines
    run: list[int] = []
    entries: list[str] = []
    for at in page.sheet.solid:
        line = lines[at]
        if not run and "1" not in line and line.isascii():
            continue
        if len(line) <= ROW and not run and (row := _row(line.strip())):
            if headings := _headings(page, row, at + 1):
                return [at], headings
            continue
        found = _ENTRY.match(line) if len(line) <= LONGEST else None
        number = int(found.group("number")) if found is not None else -1
        if found is not None and run and number == len(entries) + 1 and at - run[-1] <= 2:
            run.append(at)
            entries.append(found.group("title"))
            continue
        if run:
            if headings := _headings(page, entries, run[-1] + 1):
                return run, headings
            run, entries = [], []
        if number == 1:
            run, entries = [at], [found.group("title")]
    return [], []


def _headings(page: Neighbours, entries: Sequence[str], start: int) -> list[int]:
    """The lines from `start` on that the entries of a menu name, below blank lines; none unless half of the entries come."""
    wanted = [{_key(entry), _key(_BY.sub("", entry))} for entry in entries]
    if len(wanted) < FEWEST or len({min(keys) for keys in wanted}) < len(wanted):
        return []
    found: list[int] = []
    here = 0
    for at in range(start, len(page.sheet)):
        line = page.sheet.lines[at]
        if here >= len(wanted) or page.blank[at] or len(line) > LONGEST + 8:
            continue
        if at in page.sheet.fixed or page.kind_at(at) == "metadata":
            continue
        title = _ENTRY.match(line)
        keys = {_key(line), _key(_BY.sub("", line.strip()))} | ({_key(title.group("title"))} if title is not None else set())
        for ahead in range(here, min(len(wanted), here + 3)):
            if keys & wanted[ahead] and page.is_headed(at):
                found.append(at)
                here = ahead + 1
                break
    return found if len(found) >= 2 and 2 * len(found) >= len(wanted) else []


def label_contents(page: Neighbours, titles: dict[str, list[int]]) -> None:
    """Labels headings in a row whose titles come again further down as a table of contents. `titles` are those of the headings
    with the lines that state them.
    """
    labels = page.labels
    run: list[int] = []
    order = [at for at in page.labelled() if labels[at].kind == "heading"]
    again = {at for places in titles.values() for at in places[:-1]}
    for at in [*order, -1]:
        if run and at in again and page.next_text(run[-1] + 1) == at:
            run.append(at)
            continue
        if len(run) >= 2:
            for line in run:
                page.label(line, "boilerplate", "site.contents", 0.9)
        run = [at] if at in again else []
    for at in order:
        if labels[at].rule == "heading.again":
            labels[at] = None
