"""The same marked document as other programs and authors write it: lines filled to a width, no blank lines, other ornaments.

What a line is must not depend on how a program breaks it or which stars stand round it, so such copies are as good a test as
new documents. The dresses are in `dresses.json`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

from tests.segments.cases import Case

DRESSES: dict[str, list[str]] = json.loads((Path(__file__).parent / "dresses.json").read_text(encoding="utf-8"))
WIDTH = 72
NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ROMANS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
ORDINALS = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth")
TITLES = ("The Long Way Round", "Salt", "What the Baker Saw", "A Door, Ajar", "Ashes and Oranges", "The Last Ferry", "Two Spoons",
          "Nothing Like Snow", "How It Ends", "Home")  # fmt: skip
_FORMS = {
    "label": ("metadata", re.compile(r"(?!From|To|Date|Subject|News)(?P<label>[A-Za-z][\w /'’()-]{1,24}): +(?P<value>\S.*)")),
    "marker": ("note", re.compile(r"(?:A/Ns?|AN|Author['’]?s?['’]? Notes?)\s*[:\-–—]\s*(?P<note>\S.*)", re.IGNORECASE)),
}
Line = tuple[str, tuple[str, ...]]  # its characters, and the kind of each


def rewrite(case: Case, write: Callable[[list[Line]], Iterator[Line]]) -> Case:
    lines: list[Line] = []
    at = 0
    for line in case.text.split("\n"):
        lines.append((line, case.kinds[at : at + len(line)]))
        at += len(line) + 1
    text, kinds = [], []
    for line, of in write(lines):
        text.append(line)
        kinds += [*of, "story"]
    return Case(case.name, "\n".join(text), tuple(kinds[:-1]))


def filled(lines: list[Line]) -> Iterator[Line]:
    """Lines of at most `WIDTH` columns, as mail programs fill them."""
    for line, kinds in lines:
        at = 0
        while len(line) - at > WIDTH:
            cut = line.rfind(" ", at, at + WIDTH + 1)
            cut = cut if cut > at else line.find(" ", at)
            if cut < 0:
                break
            yield line[at:cut], kinds[at:cut]
            at = cut + 1
        yield line[at:], kinds[at:]


def without_blank_lines(lines: list[Line]) -> Iterator[Line]:
    return (line for line in lines if line[0].strip())


def with_more_blank_lines(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        yield line
        if not line[0].strip():
            yield "", ()


def with_blank_lines_between_all(lines: list[Line]) -> Iterator[Line]:
    for line in lines:
        if line[0].strip():
            yield line
            yield "", ()


def with_blanks_behind(lines: list[Line]) -> Iterator[Line]:
    return ((line + "  ", (*kinds, "story", "story")) if line.strip() else (line, kinds) for line, kinds in lines)


def indented(lines: list[Line]) -> Iterator[Line]:
    return (("   " + line, ("story",) * 3 + kinds) if line.strip() else (line, kinds) for line, kinds in lines)


WRITINGS = (
    filled, without_blank_lines, with_blank_lines_between_all, with_more_blank_lines, with_blanks_behind, indented,
)  # fmt: skip


def without(kinds: frozenset[str]) -> Callable[[list[Line]], Iterator[Line]]:
    """A writer that leaves out all that is of some kinds; of the blank lines that then stand together one stays."""

    def write(lines: list[Line]) -> Iterator[Line]:
        blank = False
        for line, was in lines:
            kept = [(ch, of) for ch, of in zip(line, was, strict=True) if ch.isspace() or of not in kinds]
            text = "".join(ch for ch, _ in kept)
            if text.strip() or (not line.strip() and not blank):
                yield text, tuple(of for _, of in kept)
            blank = not text.strip()

    return write


def dressed(kind: str, dress: str) -> Callable[[list[Line]], Iterator[Line]]:
    """A writer that puts a dress of `DRESSES` on every line of its kind; other lines stay.

    Headings are dressed where there are several and none has a second line, as theirs would get a number too.
    """

    def write(lines: list[Line]) -> Iterator[Line]:
        kinds = [{of for of, ch in zip(kinds, line, strict=True) if not ch.isspace()} for line, kinds in lines]
        solid = [seen for seen in kinds if seen]
        headings = solid.count({"heading"})
        numbered = 2 <= headings <= len(TITLES) and not any(a == b == {"heading"} for a, b in pairwise(solid))
        count = 0
        for (line, was), seen in zip(lines, kinds, strict=True):
            new = None
            if kind == "heading" and numbered and seen == {kind}:
                new = dress.format(
                    number=count + 1, word=NUMBERS[count], roman=ROMANS[count], ordinal=ORDINALS[count], title=TITLES[count]
                )
                count += 1
            elif kind in ("break", "end_marker") and seen == {kind}:
                new = dress
            elif kind in _FORMS and seen == {_FORMS[kind][0]} and (found := _FORMS[kind][1].fullmatch(line)) is not None:
                new = dress.format(**found.groupdict())
            yield (line, was) if new is None else (new, (next(iter(seen)),) * len(new))

    return write
