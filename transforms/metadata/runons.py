"""Headers whose line breaks are lost: "Title: Low Water Author: kelpie Rating: T Words: 411 Summary: A tide. Notes: ...".

A word before a colon begins a new field where the vocabulary knows it as a label and it has a capital.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.metadata.labels import entry_of
from transforms.metadata.pieces import validates

_LOOKED_AT = 3000  # characters of a line in which its labels stand
_LONGEST_VALUE = 300
_FEWEST = 3  # labels; two in a line are as likely a sentence
_CLOSED = frozenset(("rating", "status", "language_stated", "stated_words", "chapters"))
_BEFORE_COLON = re.compile(r"(?:^|(?<=\s))((?:[^\s:]{1,20} ){0,2}[^\s:]{1,20}):(?=\s)")


@dataclass(frozen=True, slots=True)
class Piece:
    """One field of such a line: its place with the label, its segment kind, its field and its value."""

    start: int
    end: int
    kind: str
    field: str
    value: str
    weight: float


def read_run_on(line: str) -> list[Piece]:
    """The fields at the start of a line, in order, up to the first note's label or what is none; empty for any other line.

    A last field that no label follows is left out, unless its value is of a closed vocabulary: nobody could tell where it ends.
    """
    places: list[tuple[int, int, str, str, float]] = []
    for found in _BEFORE_COLON.finditer(line, 0, _LOOKED_AT):
        words = found.group(1).split(" ")
        at = found.start(1)
        for skipped in range(len(words)):
            name = " ".join(words[skipped:])
            entry = entry_of(name) if name[:1].isupper() else None
            if entry is not None and entry.weight > 0:
                places.append((at, found.end(), entry.kind, entry.field, entry.weight))
                break
            at += len(words[skipped]) + 1
        else:
            continue
        if places and places[-1][2] == "note":
            break
    if len(places) < _FEWEST:
        return []
    pieces: list[Piece] = []
    for here, after in zip(places, [*places[1:], None], strict=True):
        start, value_at, kind, field, weight = here
        stop = after[0] if after is not None else _value_end(line, value_at, field)
        value = line[value_at:stop].strip()
        whole = after is not None or (kind == "metadata" and 0 < stop - value_at <= 60)
        if kind == "note" or not value or not whole or (kind == "metadata" and len(value) > _LONGEST_VALUE):
            break
        pieces.append(Piece(start, start + len(line[start:stop].rstrip()), kind, field, value, weight))
    if len(pieces) < _FEWEST or pieces[0].start != len(line) - len(line.lstrip()):
        return []
    return pieces


def _value_end(line: str, start: int, field: str) -> int:
    """Where the value of the last label ends: the line's end if it is near, else the last of the words that are such a value."""
    if len(line) - start <= 60:
        return len(line)
    stop = start
    for word in list(re.finditer(r"\S+", line[start : start + 60]))[:3] if field in _CLOSED else ():
        if validates(field, line[start : start + word.end()]):
            stop = start + word.end()
            break
    return stop
