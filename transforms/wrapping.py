"""Lines that a program filled up to a width, made paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

LONGEST_LINE = 200  # characters of a filled text's longest line
LEAST, MOST = 38, 90  # columns of lines that may be filled
SAMPLE = 400  # lines in which a text shows its habit
FEWEST = 4  # lines that stop in mid-sentence
BROKEN = 0.8  # of those that do not
WIDE = 0.9  # of the lines inside paragraphs are not longer than the width, but for a few that nobody filled
SLACK = 2  # columns by which programs differ
_FINAL = frozenset(".!?…\"”'’»:;)*]_~>。！？」』）—-")
_OWN_LINE = re.compile(  # a label, an item of a list, a quotation, an address, a row of signs
    r"[ \t]*(?:[A-Z][\w'’/ -]{0,24}:(?:\s|$)|[a-z][\w'’/ -]{0,16}:\s"
    r"|[-–—*•·+>|#=~]+(?:\s|$)|\(?\d{1,3}[.)]\s|[-–—*•·+>|#=~]{2}|[\w.+-]+@|[^\w\s]+$)"
)
_RULE = re.compile(r"([-=_*~#])\1{3}")


def _chunk(line: str) -> int:
    """The length of what a filler would have put on the line before, had there been room: a word, or its part up to a hyphen."""
    word = line.split(" ", 1)[0]
    hyphen = re.match(r"[^\s-]*\w-(?=\w)|\S*?\w--+(?=\w)", word)
    return len(hyphen[0]) if hyphen else len(word)


def is_filled(before: str, after: str, width: int) -> bool:
    """Whether a filler of `width` columns broke the line between two lines: the next word had no room."""
    hyphenated = before[-1:] == "-" and before[-2:-1].strip() != ""
    return len(before) + (0 if hyphenated else 1) + _chunk(after) > width


def unfill(lines: Sequence[str], width: int, raw: Sequence[str] = ()) -> str:
    """A paragraph's lines put together where a filler of `width` columns broke them; other line breaks were meant.

    `raw` are the lines with the quote marks that took room when they were filled. Wrong for a line that was broken by hand
    exactly where the filler would have: it is joined.
    """
    out = list(lines[:1])
    for (before, after), long in zip(pairwise(lines), raw or lines, strict=False):
        if not is_filled(long, after, width):
            out.append("\n")
        elif not (re.search(r"\w--?$", before) and after[:1].isalnum()):
            out.append(" ")
        out.append(after)
    return "".join(out)


def width_of(lines: Sequence[str], least: int = 50, most: int = 100) -> int | None:
    """The width that a text's lines were filled to; None where they were not (a paragraph a line, or broken by hand)."""
    lengths = [len(line) for line in lines if line.strip()]
    if len(lengths) < 2 or not least <= (width := max(lengths)) <= most:
        return None
    pairs = [(before, after) for before, after in pairwise(lines) if before.strip() and after.strip()]
    if not pairs:
        return None
    filled = sum(is_filled(before, after, width) for before, after in pairs)
    return width if filled * 10 >= len(pairs) * 9 else None


def joined(text: str, kept: Collection[int] = ()) -> str:
    """The text with a blank for each line end that a filler made, if it is filled; else the text itself. All offsets stay.

    Line ends at the offsets `kept` stay. A header or an address that nobody filled may be longer than the rest, so the width is
    that of most lines, not of the longest (as `width_of` asks of quoted or exported prose). Wrong for prose that somebody broke
    by hand just where a filler would have.
    """
    lines = text.split("\n")
    if not _is_filled_text(lines):
        return text
    inner = sorted(len(a.rstrip()) for a, b in pairwise(lines) if b.strip() and len(a) >= LEAST)
    width = inner[int(WIDE * (len(inner) - 1))]
    out = [lines[0]]
    at = len(lines[0])
    for before, after in pairwise(lines):
        solid = after.strip()
        meant = (
            not solid
            or len(before) < LEAST
            or at in kept
            or not is_filled(before.rstrip(), after.lstrip(), width - SLACK)
            or _OWN_LINE.match(after) is not None
            or _RULE.search(before) is not None
            or len(after) - len(after.lstrip()) > len(before) - len(before.lstrip())
        )
        out.append("\n" if meant else " ")
        out.append(after)
        at += 1 + len(after)
    return "".join(out)


def _is_filled_text(lines: Sequence[str]) -> bool:
    """Whether paragraphs are broken over lines: most inside runs are near one width and stop in mid-sentence."""
    lines = [line.strip() for line in lines[:SAMPLE]]
    if max(map(len, lines), default=0) > LONGEST_LINE:
        return False
    broken = whole = 0
    for before, after in pairwise(lines):
        if before and after:
            stops = before[-1] in _FINAL
            broken += LEAST <= len(before) <= MOST and not stops and before[-1] != ","
            whole += len(before) < LEAST or stops
    return broken >= FEWEST and broken >= BROKEN * whole
