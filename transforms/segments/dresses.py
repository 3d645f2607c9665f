"""The signs that a document's author puts before notes: `=> `, `*** `, `♥ `, wherever a chapter begins or ends.

Nothing says beforehand which sign that is. It shows by its places: paragraphs that begin with it stand at the edges of bodies
only, and more than once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.segments.shapes import Label

FEWEST = 2  # paragraphs at edges
BULLETS = frozenset("*•·+>")  # of lists and quotations
MOST = 1 / 3  # of the lines of text: what begins them all tells nothing
_DRESS = re.compile(r"\s*([=-]{1,2}>|[^\w\s\"“”‘’'`«»„「『()\[\]{}¿¡.…—–@-]{1,3})\s?(?=[\w\"“(])")


def find_dresses(lines: Sequence[str], blank: Sequence[bool], labels: Sequence[Label | None]) -> tuple[str, ...]:
    """The signs that begin paragraphs at the edges of bodies, and none inside. `labels` are those of the lines so far."""
    if not any(line and not line[0].isalnum() and _DRESS.match(line) is not None for line in lines):
        return ()
    edges: Counter[str] = Counter()
    count = 0
    inside: set[str] = set()
    above = True  # whether an edge, or a line in the same dress at an edge, stands above
    last = ""  # the sign of the line above, if it is inside so far
    for at, line in enumerate(lines):
        if blank[at]:
            continue
        if labels[at] is not None and labels[at].kind != "story":
            if last:
                edges[last] += 1
            above, last = True, ""
            continue
        count += 1
        found = _DRESS.match(line) if not line[:1].isalnum() else None
        sign = found.group(1) if found is not None and not line.rstrip().endswith(found.group(1)) else ""
        if last and sign != last:
            inside.add(last)
        last = ""
        if above and sign:
            edges[sign] += 1
        else:
            above, last = False, sign
    if last:
        edges[last] += 1
    return tuple(
        sign for sign, seen in edges.items() if FEWEST <= seen <= MOST * count and sign not in inside and sign not in BULLETS
    )
