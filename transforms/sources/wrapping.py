"""Lines that a program filled up to a width, made paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise


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
