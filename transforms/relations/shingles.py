"""Shingles: every run of five words of a text as a 64-bit hash; and the fingerprint that is kept of a text.

In a script without spaces five consecutive "words" are overlapping runs of four characters, so that a shingle spans eight
characters: five Chinese characters are two or three words, and would be shared by texts that have nothing to do with each other.

The sketch is a FracMinHash ("scaled" MinHash; Irber et al. 2022, doi:10.1101/2022.01.11.475838): every shingle hash below a fixed
limit. Unlike MinHash signatures it answers containment (a chapter in a whole) as well as resemblance, for texts of any two sizes.
A short text would keep too few hashes to be found by, so a sketch holds at least its `SKETCH_FLOOR` smallest.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

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

    Takes about 16 bytes of memory a word beyond the text's own: half a million words need some 20 MB for a moment.
    """
    words, unspaced = word_hashes(text)
    found = sorted_shingles(words, unspaced)
    keep = max(int(np.searchsorted(found, SKETCH_LIMIT)), min(SKETCH_FLOOR, len(found)))
    return Fingerprint(blake2b(words.tobytes(), digest_size=16).hexdigest(), len(words), len(found), found[:keep].copy())


def shingles(text: str) -> np.ndarray:
    """The different shingle hashes of a text, ascending (uint64). A text shorter than a shingle has one: all its words."""
    return sorted_shingles(*word_hashes(text))


def sorted_shingles(words: np.ndarray, unspaced: np.ndarray | None) -> np.ndarray:
    found = shingle_stream(words, unspaced)
    found.sort()
    if len(found) > 1:
        found = found[np.concatenate(([True], found[1:] != found[:-1]))]
    return found


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
    twos = stream[:-1] * _MUL + stream[1:]
    fours = twos[:-2] * _MUL2 + twos[2:]
    h = fours[:-1] * _MUL + stream[4:]
    return _scatter(h[:count])


def _scatter(h: np.ndarray) -> np.ndarray:
    """Spread the bits (the finaliser of splitmix64), in place: a sketch takes the smallest hashes, so all bits must be fair."""
    h ^= h >> _U(30)
    h *= _U(0xBF58476D1CE4E5B9)
    h ^= h >> _U(27)
    h *= _U(0x94D049BB133111EB)
    h ^= h >> _U(31)
    return h
