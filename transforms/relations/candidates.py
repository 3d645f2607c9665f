"""Which pairs of texts are worth comparing, from their sketches alone.

A pair is worth it where the sketches share `LEAST_SHARED` hashes and `LEAST_SHARE` of what the smaller one has below the limit
that both sketches reach. This depends on the two texts and on nothing else, so what is found does not change with the rest of
the collection, its order, or the number of runs in which it came.

The search is an inverted index (hash -> the texts that hold it). A hash that many texts hold would make a number of pairs that
grows with the square, so every text is paired with the first `LANDMARKS` of each list only. Those that share any other hash are
found as before, for the shares are counted in full. Only where a text is held together by nothing but such crowded hashes, as in
a large family of near copies, is it linked to the landmarks of the family and not to all others; then `Found.crowded` is true.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from transforms.relations.shingles import SKETCH_FLOOR, SKETCH_LIMIT

LANDMARKS = 64
LEAST_SHARED = 2
LEAST_SHARE = 0.15

_U = np.uint64
_ALL = _U((1 << 64) - 1)
_BATCH = 1 << 19  # pairs of postings counted at a time
_PART = 1 << 20  # hashes sorted at a time


@dataclass(frozen=True, slots=True)
class Sketches:
    """The sketches of n texts, one after the other, in the order in which they are preferred as landmarks."""

    hashes: np.ndarray  # uint64
    offsets: np.ndarray  # int64, n + 1 of them
    n_shingles: np.ndarray  # int64

    def __len__(self) -> int:
        return len(self.n_shingles)

    def __getitem__(self, i: int) -> np.ndarray:
        return self.hashes[self.offsets[i] : self.offsets[i + 1]]

    @property
    def sizes(self) -> np.ndarray:
        return np.diff(self.offsets)

    def reaches(self) -> np.ndarray:
        """The hash up to which each sketch is complete."""
        last = self.hashes[np.maximum(self.offsets[1:] - 1, 0)] if len(self.hashes) else np.zeros(len(self), _U)
        reach = np.where(self.sizes == SKETCH_FLOOR, np.maximum(last, SKETCH_LIMIT - _U(1)), SKETCH_LIMIT - _U(1))
        return np.where(self.sizes == self.n_shingles, _ALL, reach)

    def counts(self, texts: np.ndarray, limits: np.ndarray) -> np.ndarray:
        """How many hashes of each of `texts` are at most the limit beside it: a binary search in all at once."""
        low, high = self.offsets[texts].copy(), self.offsets[texts + 1].copy()
        open_ = np.flatnonzero(low < high)
        while len(open_):
            middle = (low[open_] + high[open_]) >> 1
            right = self.hashes[middle] <= limits[open_]
            low[open_[right]] = middle[right] + 1
            high[open_[~right]] = middle[~right]
            open_ = open_[low[open_] < high[open_]]
        return low - self.offsets[texts]

    def least_needed(self) -> np.ndarray:
        """The fewest hashes that each text must share with any text that is larger."""
        below = self.counts(np.arange(len(self)), np.full(len(self), SKETCH_LIMIT - _U(1)))
        return _needed(below)


@dataclass(frozen=True, slots=True)
class Found:
    """Pairs of indexes; see the module for `crowded`."""

    seekers: np.ndarray
    holders: np.ndarray
    crowded: bool

    def where(self, keep: np.ndarray) -> Found:
        return Found(self.seekers[keep], self.holders[keep], self.crowded)


@dataclass(frozen=True, slots=True)
class _Postings:
    """Lists of holders by hash, and for each hash of a seeker which part of which list it is paired with."""

    lists: np.ndarray  # int32
    seeker: np.ndarray  # int32
    start: np.ndarray  # int64 into lists
    count: np.ndarray  # int32
    cut: np.ndarray  # bool: the list goes on beyond `count`
    behind: np.ndarray  # bool: the seeker is no landmark of the list itself


def _needed(n: np.ndarray) -> np.ndarray:
    return np.maximum(LEAST_SHARED, np.ceil(LEAST_SHARE * n)).astype(np.int64)


def pairs_among(texts: Sketches, touched: np.ndarray | None = None) -> Found | None:
    """The candidate pairs among `texts`, each once: the later text as seeker, the earlier as holder.

    With `touched` (bool, one a text), only the pairs with such a text, or None where a crowded list does not allow to look at
    them alone.
    """
    return _search(texts, texts, touched, None)


def pairs_between(
    seekers: Sketches, holders: Sketches, own: np.ndarray, touched: tuple[np.ndarray, np.ndarray] | None = None
) -> Found | None:
    """The candidate pairs of a seeker and a holder; `touched` as in `pairs_among`, for each side.

    `own` is for each seeker the holder of which it is a part, or -1 where there are several. Hashes that this one alone holds
    lead nowhere, and most do: they are left out at once. The pair itself may or may not be among the outcome.
    """
    return _search(seekers, holders, *(touched or (None, None)), own)


def _search(
    seekers: Sketches,
    holders: Sketches,
    seeker_touched: np.ndarray | None,
    holder_touched: np.ndarray | None,
    own: np.ndarray | None = None,
) -> Found | None:
    if own is None:
        holder_touched = seeker_touched
    postings = _postings(seekers, holders, own, seeker_touched, holder_touched)
    if seeker_touched is not None and postings.behind.any():
        return None
    n = len(seekers)
    least_s, least_h = seekers.least_needed(), holders.least_needed()
    crowded = bool((np.bincount(postings.seeker[postings.behind], minlength=n) >= least_s).any())
    missed = np.bincount(postings.seeker[postings.cut], minlength=n)
    reach_s, reach_h = seekers.reaches(), holders.reaches()
    found = [(np.empty(0, np.int64), np.empty(0, np.int64))]
    for s, h, shared in _counted(postings):
        if seeker_touched is not None:
            keep = seeker_touched[s] | holder_touched[h]
            s, h, shared = s[keep], h[keep], shared[keep]
        keep = shared + missed[s] >= np.minimum(least_s[s], least_h[h])  # most go here, at little cost
        s, h, shared = s[keep], h[keep], shared[keep]
        limit = np.minimum(reach_s[s], reach_h[h])
        needed = _needed(np.minimum(seekers.counts(s, limit), holders.counts(h, limit)))
        sure = shared >= needed
        for i in np.flatnonzero(~sure & (shared + missed[s] >= needed)).tolist():
            common = np.intersect1d(seekers[s[i]], holders[h[i]], assume_unique=True)
            sure[i] = len(common) >= needed[i]
        found.append((s[sure], h[sure]))
    return Found(np.concatenate([s for s, _ in found]), np.concatenate([h for _, h in found]), crowded)


def _postings(
    seekers: Sketches,
    holders: Sketches,
    own: np.ndarray | None,
    seeker_touched: np.ndarray | None,
    holder_touched: np.ndarray | None,
) -> _Postings:
    """The index, built in parts of the hash space so that the memory for sorting stays the same however many hashes there are.

    Without `own` the seekers are the holders, and each is paired with those before it."""
    same = own is None
    parts = max(1, (len(seekers.hashes) + (0 if same else len(holders.hashes))) // _PART)
    wanted = None
    if seeker_touched is not None:
        wanted = [_hashes_of(seekers, seeker_touched)] + ([] if same else [_hashes_of(holders, holder_touched)])
        wanted = np.unique(np.concatenate(wanted))
    lists, pieces, at = [np.empty(0, np.int32)], [], 0
    for part in range(parts):
        hold = _part(holders, part, parts, wanted)
        if same:
            hash_, holder = _repeated(*hold)
        else:
            seek_hash, seeker = _part(seekers, part, parts, wanted)
            order = np.argsort(hold[0], kind="stable")
            hash_, holder = hold[0][order], hold[1][order]
        first = np.flatnonzero(np.concatenate(([True], hash_[1:] != hash_[:-1]))) if len(hash_) else np.empty(0, np.int64)
        size = np.diff(np.append(first, len(hash_)))
        if same:
            start = np.repeat(first, size)
            place = np.arange(len(hash_)) - start  # a text is paired with those before it in the list
            piece = (holder, start + at, np.minimum(place, LANDMARKS), place > LANDMARKS, place >= LANDMARKS)
        else:
            which = np.searchsorted(hash_[first], seek_hash)
            inside = np.flatnonzero(which < len(first))
            inside = inside[hash_[first[which[inside]]] == seek_hash[inside]]
            list_ = which[inside]
            inside = inside[(size[list_] > 1) | (holder[first[list_]] != own[seeker[inside]])]
            which = which[inside]
            long = size[which] > LANDMARKS
            piece = (seeker[inside], first[which] + at, np.minimum(size[which], LANDMARKS), long, long)
        keep = piece[2] > 0
        pieces.append(tuple(column[keep] for column in piece))
        lists.append(holder)
        at += len(holder)
    columns = [np.concatenate(c) for c in zip(*pieces, strict=True)]
    order = np.argsort(columns[0], kind="stable")
    return _Postings(np.concatenate(lists), *(c[order] for c in columns))


def _hashes_of(texts: Sketches, which: np.ndarray) -> np.ndarray:
    return texts.hashes[np.repeat(which, texts.sizes)]


def _part(texts: Sketches, part: int, parts: int, wanted: np.ndarray | None) -> tuple[np.ndarray, np.ndarray]:
    """The hashes of one part of the hash space and whose they are; only `wanted` ones where given."""
    text = np.repeat(np.arange(len(texts), dtype=np.int32), texts.sizes)
    hashes = texts.hashes
    keep = None
    if parts > 1:
        keep = np.flatnonzero(hashes % _U(parts) == part)
        hashes, text = hashes[keep], text[keep]
    if wanted is not None and len(wanted):
        at = np.searchsorted(wanted, hashes)
        at[at == len(wanted)] = 0
        keep = np.flatnonzero(wanted[at] == hashes)
        hashes, text = hashes[keep], text[keep]
    elif wanted is not None:
        hashes, text = hashes[:0], text[:0]
    return hashes, text


def _repeated(hashes: np.ndarray, text: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those that more than one text holds, by hash and then by text. Most are held by one: they are sorted out first."""
    order = np.argsort(hashes)
    sorted_ = hashes[order]
    same = sorted_[1:] == sorted_[:-1]
    keep = np.zeros(len(hashes), bool)
    keep[1:] |= same
    keep[:-1] |= same
    chosen = np.sort(order[keep])
    hashes, text = hashes[chosen], text[chosen]
    order = np.argsort(hashes, kind="stable")
    return hashes[order], text[order]


def _counted(p: _Postings):
    """(seekers, holders, how many hashes they share) in batches; no pair is in two."""
    total = np.concatenate(([0], np.cumsum(p.count, dtype=np.int64)))
    ends = np.flatnonzero(np.concatenate((p.seeker[1:] != p.seeker[:-1], [True]))) + 1 if len(p.seeker) else []
    at = 0
    while at < len(p.seeker):
        # As many seekers as fit a batch, but at least one.
        fit = np.searchsorted(total[ends], total[at] + _BATCH, side="right") - 1
        stop = int(ends[max(fit, int(np.searchsorted(ends, at, side="right")))])
        count = p.count[at:stop]
        base = np.repeat(p.start[at:stop] - (total[at:stop] - total[at]), count)
        holder = p.lists[base + np.arange(len(base))].astype(np.int64)
        key = np.repeat(p.seeker[at:stop].astype(np.int64), count) << 32 | holder
        key.sort()
        first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        shared = np.diff(np.append(first, len(key)))
        key = key[first]
        yield key >> 32, key & 0xFFFFFFFF, shared
        at = stop
