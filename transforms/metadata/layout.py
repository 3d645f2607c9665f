"""The lines of a stretch of text in which a header may stand: where they are, and the blank lines between them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

_TAG = re.compile(r"</?(?:b|i|u|em|strong|small|big|center|span|font|p|div)(?: [^<>]{0,80})?>|<br ?/?>", re.IGNORECASE)
_LABEL = re.compile(r"\W{0,4}\w[\w /'’()-]{1,24}:(?:\s|$)")
_LONGEST_SPACED = 160  # characters of a line of such a block
_FEWEST_LABELS = 3
MOST_LINES = 160
LONGEST_LINE = 4_000
_MOST_CHARACTERS = 24_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: offsets without its white space, blank lines before it, its indentation.

    `aside` says that a site's line, passed over, stands right above it.
    """

    start: int
    end: int
    text: str
    gap: int
    indent: int
    aside: bool = False


def lines_of(
    text: str, start: int, end: int, most: int = MOST_LINES, aside: Collection[int] = (), parted: Collection[int] = ()
) -> list[Line]:
    """The first lines of a stretch of text that are not blank; stops at what is too much for a header. See `find_header`."""
    out: list[Line] = []
    at, gap, passed = start, 0, False
    limit = min(end, start + _MOST_CHARACTERS)
    while at < limit and len(out) < most:
        stop = text.find("\n", at, end)
        stop = end if stop < 0 else stop
        raw = text[at : min(stop, at + LONGEST_LINE + 100)]
        stripped = raw.strip()
        if at in aside:
            gap, passed = max(gap, 1), True
        elif stripped:
            indent = len(raw) - len(raw.lstrip())
            first = at + indent
            shown = _TAG.sub("", stripped).strip() or stripped if "<" in stripped else stripped
            out.append(Line(first, first + len(stripped), shown, gap, len(raw[:indent].expandtabs(4)), passed))
            gap, passed = int(stop in parted), False
        else:
            gap += 1
        at = stop + 1
    return _closed_up(out)


def _closed_up(lines: list[Line]) -> list[Line]:
    """The lines without the gaps in a block of labels in which each line is a paragraph, as word processors write them."""
    size = next((k for k, line in enumerate(lines) if len(line.text) > _LONGEST_SPACED or (k and line.gap != 1)), len(lines))
    labels = [k for k, line in enumerate(lines[:size]) if _LABEL.match(line.text) is not None]
    if len(labels) < _FEWEST_LABELS:
        return lines
    last = labels[-1] + lines[labels[-1]].text.endswith(":")
    return [replace(line, gap=0) if 0 < k <= last else line for k, line in enumerate(lines)]
