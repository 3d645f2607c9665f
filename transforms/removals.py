"""Recognising what must stay out: works that were removed at request, works whose author opted out, and copies of both.

A tombstone holds no text and no name: ids as salted hashes, and the hashes of the story's five-word shingles. By these a copy
is known again, also an edited one, a chapter alone, and a collection that holds the story.
"""

from __future__ import annotations

import hashlib
import hmac
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from transforms.relations import shingles
from transforms.relations.comparison import LEAST_SHINGLES, Shingled
from transforms.relations.shingles import SHINGLE

HOLDS = 0.3
"""A text that has this share of a tombstone's shingles holds the story, whatever else it holds."""
COVERED, CONTAINED = 0.75, 0.25
"""A text of which so much is covered by the tombstone, and so much of its shingles are the tombstone's, is a copy or a part."""
GAP = 16
"""Words between two shared shingles that count as covered: an edit. A tombstone cannot say what stood there."""


@dataclass(frozen=True, slots=True, eq=False)
class Tombstone:
    """What is remembered of a story that must stay out.

    `ids`: salted hashes (hex) of what names it: source, work id, address, or its author. `text_hashes`: of the whole story and
    of its chapters, equal only where all words are equal. `shingles`: sorted uint64. A request about an author alone has no text.
    """

    ids: frozenset[str]
    text_hashes: frozenset[str] = frozenset()
    shingles: np.ndarray = field(default_factory=lambda: np.empty(0, np.uint64))


def salted(kind: str, value: str, salt: bytes) -> str:
    """The hash of a name that a tombstone keeps. `kind`: source, work, url, author. Case and white space do not matter."""
    plain = " ".join(unicodedata.normalize("NFKC", value).casefold().split())
    return hmac.new(salt, f"{kind}:{plain}".encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


def bury(ids: Iterable[str], text: str, text_hashes: Iterable[str]) -> Tombstone:
    """The tombstone of a story."""
    return Tombstone(frozenset(ids), frozenset(text_hashes), shingles(text))


class Graveyard:
    """Many tombstones, asked at once. A text is looked up by its sketch; what may be a copy is compared in full."""

    def __init__(self, tombstones: Sequence[Tombstone]):
        self.tombstones = tombstones
        self._ids = {one: at for at, stone in enumerate(tombstones) for one in sorted(stone.ids)}
        self._texts = {one: at for at, stone in enumerate(tombstones) for one in sorted(stone.text_hashes)}
        sizes = [len(stone.shingles) for stone in tombstones]
        hashes = np.concatenate([stone.shingles for stone in tombstones]) if tombstones else np.empty(0, np.uint64)
        order = np.argsort(hashes, kind="stable")
        self._hashes, self._owner = hashes[order], np.repeat(np.arange(len(sizes)), sizes)[order]

    def named(self, ids: Iterable[str]) -> int | None:
        """The tombstone that one of these salted ids is on."""
        return next((self._ids[one] for one in ids if one in self._ids), None)

    def suspects(self, text_hash: str, sketch: np.ndarray) -> list[int]:
        """The tombstones that a text with this fingerprint may be a copy of; cheap, and meant to be too many."""
        if text_hash in self._texts:
            return [self._texts[text_hash]]
        first = np.searchsorted(self._hashes, sketch, "left")
        last = np.searchsorted(self._hashes, sketch, "right")
        owners = [self._owner[a:b] for a, b in zip(first, last, strict=True) if a < b]
        if not owners:
            return []
        found, shared = np.unique(np.concatenate(owners), return_counts=True)
        # Two unrelated long texts share a stray hash now and then; a copy shares a good part of the smaller one's.
        return sorted(int(at) for at, n in zip(found, shared, strict=True) if n >= min(2, len(sketch)))

    def is_copy(self, text: str, text_hash: str, suspects: Iterable[int]) -> int | None:
        """The first of the suspected tombstones that the text is a copy of: the same story edited, a part of it, or a text
        that holds it."""
        read: Shingled | None = None
        for at in suspects:
            stone = self.tombstones[at]
            if text_hash in stone.text_hashes:
                return at
            read = read or Shingled(text)
            if min(len(read.unique), len(stone.shingles)) < LEAST_SHINGLES:
                continue
            shared = np.isin(read.unique, stone.shingles, assume_unique=True)
            same = shared.mean() >= CONTAINED and _coverage(read.places, shared) >= COVERED
            if same or shared.sum() >= HOLDS * len(stone.shingles):
                return at
        return None


def _coverage(places: np.ndarray, shared: np.ndarray) -> float:
    """The share of a text's words that lie in shared shingles or in short gaps between them.

    `places`: which of its different shingles begins at each word; `shared`: which of them the other text has.
    """
    at = np.flatnonzero(shared[places])
    if not len(at):
        return 0.0
    steps = np.diff(at)
    covered = int(np.where(steps <= SHINGLE + GAP, steps, SHINGLE).sum()) + SHINGLE
    return covered / (len(places) + SHINGLE - 1)
