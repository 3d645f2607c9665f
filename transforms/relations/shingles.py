"""Shingles: every run of five words of a text as a 64-bit hash; and the fingerprint that is kept of a text.

In a script without spaces five consecutive "words" are overlapping runs of four characters, so that a shingle spans eight
characters: five Chinese characters are two or three words, and would be shared by texts that have nothing to do with each other.

The sketch is a FracMinHash ("scaled" MinHash; Irber et al. 2022, doi:10.1101/2022.01.11.475838): every shingle hash below a fixed
limit. Unlike MinHash signatures it answers containment (a chapter in a whole) as well as resemblance, for texts of any two sizes.
A short text would keep too few hashes to be found by, so a sketch holds at least its `SKETCH_FLOOR` smallest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b, sha256

import numpy as np

from transforms.relations.words import word_hashes

SHINGLE = 5
"""Words in a shingle."""

SKETCH_SCALE = 16
"""One in so many shingles is in the sketch of a long text."""

SKETCH_FLOOR = 64
"""A sketch holds at least so many shingles, or all that the text has."""

SKETCH_LIMIT = np.uint64((1 << 64) // SKETCH_SCALE)

_U = np.uint64
_FACTOR = 0xA24BAED4963EE407  # odd, else arbitrary, as the next
_MUL, _MUL2 = _U(_FACTOR), _U(_FACTOR * _FACTOR & (1 << 64) - 1)
_RUN = tuple(_U(x) for x in (0x9FB21C651E98DF25, 0xC4CEB9FE1A85EC53, 0xE7037ED1A0B428DB, 0x8EBC6AF09C88C6E3))


@dataclass(frozen=True, slots=True, eq=False)
class Fingerprint:
    """What is kept of a text to find its relatives without reading it again."""

    text_hash: str
    """32 hex digits: equal exactly where the streams of normalised words are equal."""
    n_tokens: int
    """Words; characters in scripts without spaces."""
    n_shingles: int
    """Different shingles."""
    sketch: np.ndarray
    """The smallest shingle hashes, ascending (uint64); see the module."""


def fingerprint(text: str) -> Fingerprint:
    """The fingerprint of a text of any length; the empty text has no shingles and an empty sketch.

    Takes some 40 bytes of memory a word beyond the text's own for the moment: 20 MB for half a million words.
    """
    return _fingerprint(*word_hashes(text))


def fingerprint_parts(parts: Sequence[str]) -> tuple[Fingerprint, tuple[Fingerprint, ...]]:
    """The fingerprint of a text that comes in parts, as a work in chapters, and those of the parts.

    The same as of each by itself and of all joined by blank lines, with each word read once.
    """
    streams = [word_hashes(part) for part in parts]
    if len(streams) == 1:
        whole = _fingerprint(*streams[0])
        return whole, (whole,)
    words = np.concatenate([np.empty(0, _U), *(w for w, _ in streams)])
    unspaced = None
    if any(u is not None for _, u in streams):
        unspaced = np.concatenate([np.zeros(len(w), bool) if u is None else u for w, u in streams])
    return _fingerprint(words, unspaced), tuple(_fingerprint(*stream) for stream in streams)


def _fingerprint(words: np.ndarray, unspaced: np.ndarray | None) -> Fingerprint:
    found = shingle_stream(words, unspaced)
    found.sort()
    n = int(np.count_nonzero(found[1:] != found[:-1])) + 1 if len(found) else 0
    sketch = _unique(found[: int(np.searchsorted(found, SKETCH_LIMIT))])
    if len(sketch) < SKETCH_FLOOR:
        sketch = _unique(found)[:SKETCH_FLOOR].copy()
    return Fingerprint(sha256(words).hexdigest()[:32], len(words), n, sketch)


def shingles(text: str) -> np.ndarray:
    """The different shingle hashes of a text, ascending (uint64). A text shorter than a shingle has one: all its words."""
    found = shingle_stream(*word_hashes(text))
    found.sort()
    return _unique(found)


def _unique(ascending: np.ndarray) -> np.ndarray:
    if len(ascending) < 2:
        return ascending.copy()
    return ascending[np.concatenate(([True], ascending[1:] != ascending[:-1]))]


def shingle_stream(words: np.ndarray, unspaced: np.ndarray | None = None) -> np.ndarray:
    """The shingle hash that begins at each word, in the order of the text, from what `word_hashes` gives.

    A text of n words has n - 4 of them; one that is shorter than a shingle has one, of all its words.
    """
    n = len(words)
    if n == 0:
        return np.empty(0, _U)
    count = n - SHINGLE + 1
    stream = words
    if unspaced is not None and unspaced.any():
        padded = np.concatenate((words, np.zeros(3, _U)))
        runs = padded[:n] * _RUN[0]
        for k in range(1, 4):
            runs += padded[k : n + k] * _RUN[k]
        stream = np.where(unspaced, runs ^ (runs >> _U(32)), words)
        cut_short = np.flatnonzero(unspaced[-3:]) + max(n - 3, 0)  # runs that the end of the text cuts short
        if len(cut_short):
            count = int(cut_short[0]) - SHINGLE + 1
    if count < 1:
        return np.frombuffer(blake2b(words.tobytes(), digest_size=8).digest(), "<u8").astype(_U)
    h = stream[:-1] * _MUL  # of two words, and then of four and of five
    h += stream[1:]
    second = h[2:].copy()
    h = h[:-2]
    h *= _MUL2
    h += second
    h = h[:-1]
    h *= _MUL
    h += stream[4:]
    return _scatter(h[:count], second[:count])


def _scatter(h: np.ndarray, spare: np.ndarray) -> np.ndarray:
    """Spread the bits (the finaliser of splitmix64), in place: a sketch takes the smallest hashes, so all bits must be fair."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB), (31, 1)):
        np.right_shift(h, _U(shift), out=spare)
        h ^= spare
        if factor != 1:
            h *= _U(factor)
    return h
