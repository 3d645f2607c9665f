"""What two texts share, exactly, and what that makes them to each other.

**Containment** of left is the share of left's different shingles that right also has; **Jaccard** is the shared over all. Both
count shingles as sets, so they cannot tell ten per cent of the words changed everywhere from a song quoted in two different
stories, or a film's dialogue in two tellings of it: either may leave half of the shingles shared. **Coverage** can: the share of
a text's words that lie in shared shingles, or in a gap between two of them that the other text fills with much the same words.
An edited copy is covered nearly throughout; two stories with the same song are covered where the song is. Whole passages may
stand in another order: coverage only looks from one shared shingle to the next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from transforms.relations.shingles import SHINGLE, shingle_stream
from transforms.relations.words import word_hashes

RELATIONS = ("identical", "same_text", "revision", "part_of", "shares_text")
DUPLICATES = ("identical", "same_text", "revision")
"""The relations in which one text can stand for the other."""

GAP = 24
"""Words: a longer gap, on either side, is no edit."""
GAP_SHARED = 0.5
"""Of a gap's words so many must be in the other's gap; in one of two words or less, which is an edit of itself, none."""
LEAST_SHINGLES = 20
"""Two texts of which one has fewer different shingles than this are `identical` or nothing: too little to tell a copy by."""
SAME_TEXT_JACCARD = 0.9
REVISION_COVERAGE = 0.78  # of both
REVISION_CONTAINMENT = 0.25  # of both
PART_COVERAGE = 0.8  # of the part
PART_CONTAINMENT = 0.3
SHARES_CONTAINMENT = 0.3  # of either


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two texts share; all shares in 0..1. Of an empty text they are 0."""

    identical: bool  # the same stream of normalised words
    jaccard: float
    containment_left: float
    containment_right: float
    coverage_left: float
    coverage_right: float
    n_shared: int  # different shingles
    n_left: int
    n_right: int

    @property
    def part(self) -> str:
        """The side that is rather a part of the other: "left" or "right"."""
        if self.coverage_left != self.coverage_right:
            return "left" if self.coverage_left > self.coverage_right else "right"
        return "left" if self.n_left <= self.n_right else "right"


class Shingled:
    """A text's shingles made ready for comparing with many others: about 28 bytes a word."""

    __slots__ = ("first", "places", "unique", "words")

    def __init__(self, text: str) -> None:
        self.words, unspaced = word_hashes(text)
        stream = shingle_stream(self.words, unspaced)
        self.unique, places = np.unique(stream, return_inverse=True)
        self.places = places.astype(np.int32)  # which of the different shingles begins at each word
        self.first = np.empty(len(self.unique), np.int32)  # where each of them first begins
        self.first[self.places[::-1]] = np.arange(len(stream) - 1, -1, -1)  # of several the last assigned stays


def compare(left: str, right: str) -> Comparison:
    """Compare two texts, exactly."""
    return compare_shingled(Shingled(left), Shingled(right))


def compare_shingled(left: Shingled, right: Shingled) -> Comparison:
    if len(left.unique) > len(right.unique):
        return _turned(compare_shingled(right, left))
    n_left, n_right = len(left.unique), len(right.unique)
    if n_left == 0:
        return Comparison(False, 0.0, 0.0, 0.0, 0.0, 0.0, 0, n_left, n_right)
    at = np.searchsorted(right.unique, left.unique)
    at[at == n_right] = 0
    in_left = right.unique[at] == left.unique
    right_of = np.where(in_left, at, -1)  # which of right's shingles each of left's is
    left_of = np.full(n_right, -1)
    left_of[at[in_left]] = np.flatnonzero(in_left)
    n = int(in_left.sum())
    return Comparison(
        identical=n == n_left == n_right and np.array_equal(left.words, right.words),
        jaccard=n / (n_left + n_right - n),
        containment_left=n / n_left,
        containment_right=n / n_right,
        coverage_left=_coverage(left, right, right_of),
        coverage_right=_coverage(right, left, left_of),
        n_shared=n,
        n_left=n_left,
        n_right=n_right,
    )


def _coverage(text: Shingled, other: Shingled, other_of: np.ndarray) -> float:
    """The share of the words of `text` that are covered; `other_of`: which of the other's shingles each of its own is, or -1."""
    which = other_of[text.places]
    at = np.flatnonzero(which >= 0)
    if not len(at):
        return 0.0
    total, other_total = len(text.places) + SHINGLE - 1, len(other.places) + SHINGLE - 1
    # From the end of one shared shingle to the begin of the next, in either text; from the start, and to the end.
    ends = np.concatenate(([0], at + SHINGLE))
    begins = np.concatenate((at, [total]))
    other_at = other.first[which[at]].astype(np.int64)
    other_ends = np.concatenate(([0], other_at + SHINGLE))
    other_begins = np.concatenate((other_at, [other_total]))
    size = np.maximum(begins - ends, 0)
    uncovered = int(size.sum())
    other_size = other_begins - other_ends
    gaps = np.flatnonzero((size > 0) & (size <= GAP) & (other_size >= -SHINGLE) & (other_size <= GAP))
    short = np.maximum(size[gaps], other_size[gaps]) <= 2
    filled = int(size[gaps[short]].sum())
    gaps = gaps[~short]
    size, other_size = size[gaps], np.maximum(other_size[gaps], 0)
    own = _in_gaps(text.words, ends[gaps], size)
    found = np.isin(own, _in_gaps(other.words, other_ends[gaps], other_size))
    shared = np.bincount(np.repeat(np.arange(len(gaps)), size), weights=found, minlength=len(gaps))
    filled += int(size[shared >= GAP_SHARED * size].sum())
    return (total - uncovered + filled) / total


def _in_gaps(words: np.ndarray, start: np.ndarray, size: np.ndarray) -> np.ndarray:
    """The words of each gap, made different from those of any other gap."""
    gap = np.repeat(np.arange(len(start)), size)
    at = np.arange(len(gap)) + np.repeat(start - (np.cumsum(size) - size), size)
    return words[at] ^ (gap.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))


def _turned(c: Comparison) -> Comparison:
    return Comparison(
        identical=c.identical,
        jaccard=c.jaccard,
        containment_left=c.containment_right,
        containment_right=c.containment_left,
        coverage_left=c.coverage_right,
        coverage_right=c.coverage_left,
        n_shared=c.n_shared,
        n_left=c.n_right,
        n_right=c.n_left,
    )


def relation_of(c: Comparison) -> str | None:
    """What the compared texts are to each other, or None. In this order, and the thresholds are the module's constants:

    - `identical`: the same words in the same order. The only relation of very short texts.
    - `same_text`: Jaccard of 0.9 or more: about one word in a hundred differs.
    - `revision`: both are covered to 0.78, and contained to 0.25: up to a fifth of the words edited, or up to a fifth of the
      text added or cut in whole passages, or passages moved in any number.
    - `part_of`: one is covered to 0.8: a chapter and its whole, a story and the omnibus. `c.part` says which.
    - `shares_text`: one is contained to 0.3: a quoted passage, a song, a scene used again.
    """
    if c.identical:
        return "identical"
    if min(c.n_left, c.n_right) < LEAST_SHINGLES:
        return None
    if c.jaccard >= SAME_TEXT_JACCARD:
        return "same_text"
    containments, coverages = (c.containment_left, c.containment_right), (c.coverage_left, c.coverage_right)
    if min(coverages) >= REVISION_COVERAGE and min(containments) >= REVISION_CONTAINMENT:
        return "revision"
    if max(coverages) >= PART_COVERAGE and (c.containment_left if c.part == "left" else c.containment_right) >= PART_CONTAINMENT:
        return "part_of"
    return "shares_text" if max(containments) >= SHARES_CONTAINMENT else None
