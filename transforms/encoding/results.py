"""What decoding and repair give back: text, and beside it what was decided and what was changed."""

from __future__ import annotations

from dataclasses import dataclass

MAX_PLACES = 10
"""How many places a `Repair` names; `count` goes on."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Bytes as text, and how the encoding was decided.

    `encoding` is a codec name that Python knows ("utf-8", "cp1252", "utf-16-le"); for a file of mixed lines it is the encoding of
    the lines that are not UTF-8. `how` is one of the codes in `HOW`. `doubtful_lines` counts lines that hold at least one byte
    that was guessed or lost. `detail` says the same to a person.
    """

    text: str
    encoding: str
    how: str
    doubtful_lines: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Repair:
    """One rule that changed a text: how often, and where first.

    `where` holds up to `MAX_PLACES` offsets, in characters of the text before all repairs.
    """

    rule: str
    count: int
    where: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text after repair, and what was changed in it. Clean text comes back as the same object with no repairs."""

    text: str
    repairs: tuple[Repair, ...] = ()
