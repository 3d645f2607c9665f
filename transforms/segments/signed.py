"""Remarks in brackets that two authors sign with their initials: `[K: i cried at this bit M: She got it on the keyboard.]`.

People in a story speak in brackets too, so the letters must be a few that come again, and what they say must hold something
that only authors say, or the letters must be those of the authors that the head names.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from transforms.segments.cues import HARD, find_cues
from transforms.segments.layout import Sheet, places_of

FEWEST = 2  # remarks
MOST_SIGNED = 3  # people
MOST_LINES = 8  # of one remark
HEAD = 10  # lines in which the authors are named
_OPEN = re.compile(r"[\[({<](?P<letter>[A-Z]{1,2}):[ \t]*\S")
_INSIDE = re.compile(r"(?:^|[\n\]\[])[ \t]*(?P<letter>[A-Z]{1,2}):[ \t]")
_CLOSE = {"[": "]", "(": ")", "{": "}", "<": ">"}
_TYPED = re.compile(r"!!|\b(?:i|lol|omg|haha+|review|comment|chapter|fic|collab)\b|<3|:\)")


def find_signed(sheet: Sheet, is_free: Callable[[int], bool]) -> Iterator[tuple[int, int, int]]:
    """The pieces of such remarks: (line, start, end) with offsets in the line. `is_free(i)` says whether line i may hold one."""
    lines, text = sheet.lines, sheet.text
    remarks: list[list[tuple[int, int, int]]] = []
    texts: list[str] = []
    signed: Counter[str] = Counter()
    stop = -1, -1
    signs = (at for at in places_of(text, ":") if text[at - 1 : at].isupper())
    opened = {sheet.line_at(at) for at in signs if not _CLOSE.keys().isdisjoint(text[max(0, at - 3) : at])}
    for at in sorted(opened):
        line = lines[at]
        if not is_free(at):
            continue
        for found in _OPEN.finditer(line):
            if (at, found.start()) < stop or (found.start() and line[found.start() - 1].isalnum()):
                continue
            pieces = _pieces(lines, at, found.start(), _CLOSE[found.group()[0]])
            if pieces and all(is_free(piece[0]) for piece in pieces):
                stop = pieces[-1][0], pieces[-1][2]
                remark = "\n".join(lines[k][start:end] for k, start, end in pieces)
                remarks.append(pieces)
                texts.append(remark)
                signed.update({found.group("letter")} | {inner.group("letter") for inner in _INSIDE.finditer(remark)})
    if len(remarks) < FEWEST or not 2 <= len(signed) <= MOST_SIGNED:
        return
    if {"Q", "A"} <= set(signed):
        return  # questions and answers
    everything = "\n".join(texts)
    typed = len(_TYPED.findall(everything))
    if not _named(lines, signed) and max(signed.values()) < FEWEST:
        return
    if _named(lines, signed) or typed >= FEWEST or (typed and any(name in HARD for name, *_ in find_cues(everything))):
        for pieces in remarks:
            yield from pieces


def _pieces(lines: Sequence[str], at: int, start: int, closer: str) -> list[tuple[int, int, int]]:
    pieces: list[tuple[int, int, int]] = []
    for k in range(at, min(len(lines), at + MOST_LINES)):
        if not lines[k].strip():
            return []
        end = lines[k].find(closer, start)
        pieces.append((k, start, end + 1 if end >= 0 else len(lines[k])))
        if end >= 0:
            return pieces
        start = 0
    return []


def _named(lines: Sequence[str], signed: Counter[str]) -> bool:
    """Whether a line of the head names authors that begin with these letters: "by kestrel and moth"."""
    for line in [line for line in lines[: 4 * HEAD] if line.strip()][:HEAD]:
        found = re.search(r"\b(?:by|authors?)\b:?[ \t]+(.{3,80})", line, re.IGNORECASE)
        if found is not None:
            names = re.split(r"[ \t]*(?:,|&|\+|\band\b)[ \t]*", found.group(1))
            if len(names) >= 2 and {name[:1].upper() for name in names if name} >= {letter[:1] for letter in signed}:
                return True
    return False
