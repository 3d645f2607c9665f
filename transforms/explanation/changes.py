"""Where a text was changed by repair: its lines before and after, matched, and the part of each that differs.

Repairs stay within lines but for line ends and lines that vanish, so the two texts are walked side by side, line by line, and
put in step again by looking a few lines ahead. That is linear in the length of the texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher

AHEAD = 8
"""Lines to look ahead for where the two texts meet again."""

MOST = 2_000
"""Changes that are collected: more than anybody looks at, and few enough to keep."""

_CONTEXT = 18
_LONGEST = 60
_ALIGNED = 600  # characters of a line that are compared one by one


@dataclass(frozen=True, slots=True)
class Change:
    """A place that was repaired: offsets (in characters of the text before) and a snippet of the text before and after."""

    start: int
    end: int
    before: str
    after: str


def changes(before: str, after: str) -> list[Change]:
    """The first places in which two versions of a text differ, in order; `\\r\\n` and `\\n` count as the same."""
    left, right = before.split("\n"), [line.removesuffix("\r") for line in after.split("\n")]
    found: list[Change] = []
    i = j = at = 0
    while i < len(left) and len(found) < MOST:
        line = left[i].removesuffix("\r")
        if j < len(right) and line == right[j]:
            steps_left, steps_right = 1, 1
        else:
            steps_left, steps_right = _meet(left, right, i, j)
            here = "".join(piece.removesuffix("\r") + "\n" for piece in left[i : i + steps_left])
            there = "".join(piece + "\n" for piece in right[j : j + steps_right])
            found += _within(here, there, at)
        for piece in left[i : i + steps_left]:
            at += len(piece) + 1
        i, j = i + steps_left, j + steps_right
    if j < len(right):
        found += _within("", "".join(piece + "\n" for piece in right[j:]), min(at, len(before)))
    return found[:MOST]


def _meet(left: list[str], right: list[str], i: int, j: int) -> tuple[int, int]:
    """How many lines to go on each side until the texts agree again; one each where they do not soon."""
    for distance in range(1, AHEAD + 1):
        for a in range(distance + 1):
            b = distance - a
            # One line on each side is the ordinary case, so it is tried at distance 2 before longer ways.
            if (
                i + a < len(left)
                and j + b < len(right)
                and left[i + a].strip()
                and left[i + a].removesuffix("\r") == right[j + b]
            ):
                return a, b
    return 1, 1 if j < len(right) else 0


def _within(before: str, after: str, at: int) -> list[Change]:
    """The differing places of two lines; of long lines one place that spans all differences."""
    if len(before) <= _ALIGNED and len(after) <= _ALIGNED:
        codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        spans = [(a, b, c, d) for tag, a, b, c, d in codes if tag != "equal"]
    else:
        head = _common(before, after)
        tail = _common(before[head:][::-1], after[head:][::-1])
        spans = [(head, len(before) - tail, head, len(after) - tail)]
    merged: list[tuple[int, int, int, int]] = []
    for a, b, c, d in spans:
        if merged and a - merged[-1][1] < _CONTEXT // 2:
            merged[-1] = (merged[-1][0], b, merged[-1][2], d)
        else:
            merged.append((a, b, c, d))
    return [Change(at + a, at + b, _snippet(before, a, b), _snippet(after, c, d)) for a, b, c, d in merged]


def _common(left: str, right: str) -> int:
    """Length of the common beginning, by halving (slices compare fast)."""
    low, high = 0, min(len(left), len(right))
    while low < high:
        middle = (low + high + 1) // 2
        if left[:middle] == right[:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _snippet(text: str, start: int, end: int) -> str:
    if end - start > _LONGEST:
        end = start + _LONGEST
    first, last = max(0, start - _CONTEXT), min(len(text), end + _CONTEXT)
    shown = text[first:start].lstrip("\n") + text[start:end] + text[end:last].rstrip("\n")
    return ("…" if first else "") + shown + ("…" if last < len(text.rstrip("\n")) else "")
