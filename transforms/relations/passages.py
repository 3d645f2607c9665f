"""Some passages that two texts share, and some where they differ, for a person who wants to see why they are related."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from transforms.relations.comparison import GAP
from transforms.relations.shingles import SHINGLE, shingle_stream
from transforms.relations.words import word_hashes

_LONGEST = 300  # characters shown of a passage


@dataclass(frozen=True, slots=True)
class Passages:
    """Excerpts of the texts as they stand, each of at most some 300 characters."""

    shared: tuple[str, ...]  # as left has it, the longest first
    differing: tuple[tuple[str, str], ...]  # (left's, right's) between the same shared words; either may be empty


def passages(left: str, right: str, n: int = 3) -> Passages:
    """The `n` longest passages that `left` shares with `right`, and the first `n` places where right has something else between
    the same words.

    Where the words of one side stand elsewhere in the other (moved paragraphs) that is no difference.
    """
    spans_left, stream_left = _shingled(left)
    spans_right, stream_right = _shingled(right)
    where = {h: i for i, h in reversed(list(enumerate(stream_right.tolist())))}
    runs = _runs(stream_left.tolist(), where)
    longest = sorted(runs, key=lambda run: (run[0] - run[1], run[0]))[:n]
    shared = tuple(_excerpt(left, spans_left, start, stop) for start, stop, _ in longest)
    differing = []
    for (_, stop, end_right), (start, _, _) in pairwise(runs):
        start_right = where[stream_left[start].item()]
        gap_right = start_right - end_right
        if start - stop <= 4 * GAP and 0 <= gap_right <= 4 * GAP:
            differing.append((_excerpt(left, spans_left, stop, start), _excerpt(right, spans_right, end_right, start_right)))
        if len(differing) == n:
            break
    return Passages(shared, tuple(differing))


def _shingled(text: str) -> tuple[list[tuple[int, int]], np.ndarray]:
    """Where each word of `text` stands, and the shingle that begins at it. Of words that no white space parts, all are said to
    stand where the whole stands."""
    spans, hashes = [], []
    for piece in re.finditer(r"\S+", text):
        words, _ = word_hashes(piece.group())
        for h in words.tolist():
            spans.append(piece.span())
            hashes.append(h)
    return spans, shingle_stream(np.array(hashes, np.uint64))


def _runs(stream: list[int], where: dict[int, int]) -> list[tuple[int, int, int]]:
    """The runs of words that right has as well: first, after the last, and the place in right after the last."""
    runs: list[tuple[int, int, int]] = []
    for i, h in enumerate(stream):
        if h not in where:
            continue
        if runs and i <= runs[-1][1]:
            runs[-1] = (runs[-1][0], i + SHINGLE, where[h] + SHINGLE)
        else:
            runs.append((i, i + SHINGLE, where[h] + SHINGLE))
    return runs


def _excerpt(text: str, spans: list[tuple[int, int]], start: int, stop: int) -> str:
    if start >= stop:
        return ""
    low, high = spans[start][0], spans[stop - 1][1]
    return text[low:high] if high - low <= _LONGEST else text[low : low + _LONGEST] + " …"
