"""What two texts share, exactly, and what that makes them to each other.

**Containment** of left is the share of left's different shingles that right also has; **Jaccard** is the shared over all. Both
count shingles as sets, so they cannot tell ten per cent of the words changed everywhere from a song quoted in two different
stories: either may leave half of the shingles shared. **Coverage** can: the share of a text's words that lie in shared shingles,
or in a gap of at most `GAP` words between two of them. An edited copy is covered nearly throughout, since its gaps are single
edits; two stories with the same song are covered where the song is. Coverage does not look at order, so moved paragraphs count.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from transforms.relations.shingles import SHINGLE, shingle_stream
from transforms.relations.words import word_hashes

RELATIONS = ("identical", "same_text", "revision", "part_of", "shares_text")
DUPLICATES = ("identical", "same_text", "revision")
"""The relations in which one text can stand for the other."""

GAP = 16  # words
LEAST_SHINGLES = 20
"""Two texts of which one has fewer different shingles than this are `identical` or nothing: too little to tell a copy by."""
SAME_TEXT_JACCARD = 0.9
REVISION_COVERAGE = 0.75  # of both
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
    """A text's shingles made ready for comparing with many others: about 20 bytes a word."""

    __slots__ = ("places", "unique", "words")

    def __init__(self, text: str) -> None:
        self.words, unspaced = word_hashes(text)
        stream = shingle_stream(self.words, unspaced)
        self.unique, places = np.unique(stream, return_inverse=True)  # the different hashes, and which one begins at each word
        self.places = places.astype(np.int32)

    def coverage(self, shared: np.ndarray) -> float:
        """The share of words covered, where `shared` says of each different shingle whether the other text has it."""
        at = np.flatnonzero(shared[self.places])
        if not len(at):
            return 0.0
        total = len(self.places) + SHINGLE - 1
        steps = np.diff(at)
        covered = int(np.where(steps <= SHINGLE + GAP, steps, SHINGLE).sum()) + SHINGLE
        head, tail = int(at[0]), total - SHINGLE - int(at[-1])
        return (covered + (head if head <= GAP else 0) + (tail if tail <= GAP else 0)) / total


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
    in_right = np.zeros(n_right, bool)
    in_right[at[in_left]] = True
    n = int(in_left.sum())
    return Comparison(
        identical=n == n_left == n_right and np.array_equal(left.words, right.words),
        jaccard=n / (n_left + n_right - n),
        containment_left=n / n_left,
        containment_right=n / n_right,
        coverage_left=left.coverage(in_left),
        coverage_right=right.coverage(in_right),
        n_shared=n,
        n_left=n_left,
        n_right=n_right,
    )


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
    - `revision`: both are covered to 0.75, and contained to 0.25. Up to a fifth of the words edited, or a fifth of
      the paragraphs added or cut, or moved in any number.
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
