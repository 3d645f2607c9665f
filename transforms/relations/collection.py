"""The relations within a collection of works and their chapters: found, verified, and kept up to date from run to run.

**What gets a row.** Works with works: every relation. A chapter with a work that it is not of: `identical`, `same_text`,
`revision` and `part_of` (either way round), unless the two works already account for it: one stands for the other, or the
chapter's work as a whole is part of the other. So a copy of thirty chapters is one row, a chapter posted alone is a row with the
work and a row with its chapter, and a work with its own chapters is none. There are no rows of chapters with chapters.

**Texts that are equal** are one text here: each work of such a group has a row `identical` with the first of them (by id), and
only that one has rows with others, which hold for the whole group. So a story that was mirrored a thousand times costs as much
as one. In the same way a chapter that stands in several equal works is reported for one of them.

**From run to run.** Everything said of two texts depends on these alone (but for families larger than `candidates.LANDMARKS`,
see there), so the rows of texts that are still there are kept, and only pairs with a new text are looked for. The outcome is
the same as of a run over everything.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from transforms.relations.candidates import Found, Sketches, pairs_among, pairs_between
from transforms.relations.comparison import DUPLICATES, LEAST_SHINGLES, RELATIONS
from transforms.relations.shingles import Fingerprint
from transforms.relations.verification import FACTS, verify

RULE_VERSION = "relations-2"
"""Goes up whenever a fingerprint or a relation may come out differently: kept ones of another version are not used."""

UNITS = pa.schema(
    [
        ("unit_id", pa.string()),
        ("work_id", pa.string()),
        ("text_hash", pa.string()),
        ("n_tokens", pa.int64()),
        ("n_shingles", pa.int64()),
        ("sketch", pa.list_(pa.uint64())),
    ]
)
"""A row a work or chapter: `unit_id` is the `work_id`, or `work_id/chapter`. Works of one chapter need no row for it."""

RELATION_ROWS = pa.schema(
    [
        ("left_id", pa.string()),
        ("right_id", pa.string()),
        ("relation", pa.string()),
        ("jaccard", pa.float64()),
        ("containment_left", pa.float64()),
        ("containment_right", pa.float64()),
        ("rule_version", pa.string()),
        ("coverage_left", pa.float64()),
        ("coverage_right", pa.float64()),
    ]
)
"""A row a verified pair, sorted by ids; for `part_of` left is the part, else left is the id that sorts first."""

_CROWDED = b"crowded"  # in the schema's metadata: whether pairs of old texts may have been left out, see candidates
_DUPLICATE_CODES = [RELATIONS.index(r) for r in DUPLICATES]
_PART_OF, _SHARES, _IDENTICAL = RELATIONS.index("part_of"), RELATIONS.index("shares_text"), RELATIONS.index("identical")


def unit_rows(unit_ids: Sequence[str], work_ids: Sequence[str], fingerprints: Sequence[Fingerprint]) -> pa.Table:
    """The table of units that `relate` takes and that is kept from run to run (schema `UNITS`)."""
    offsets = np.concatenate(([0], np.cumsum([len(f.sketch) for f in fingerprints]))).astype(np.int32)
    hashes = np.concatenate([f.sketch for f in fingerprints]) if fingerprints else np.empty(0, np.uint64)
    columns = [
        pa.array(unit_ids, pa.string()),
        pa.array(work_ids, pa.string()),
        pa.array([f.text_hash for f in fingerprints], pa.string()),
        pa.array([f.n_tokens for f in fingerprints], pa.int64()),
        pa.array([f.n_shingles for f in fingerprints], pa.int64()),
        pa.ListArray.from_arrays(pa.array(offsets), pa.array(hashes, pa.uint64())),
    ]
    return pa.Table.from_arrays(columns, schema=UNITS)


def relate(
    units: pa.Table,
    text_of: Callable[[Sequence[str]], Iterable[str]],
    known: pa.Table | None = None,
    new: Iterable[str] | None = None,
) -> pa.Table:
    """The verified relations within a collection (schema `RELATION_ROWS`).

    `units` has the columns of `UNITS`, in the order in which the texts are stored. An optional column `rank` (int; of works; the
    least is preferred; `policy.rank` makes it) decides who are the landmarks of a family too large to compare throughout, so
    that what the policy will keep is one. `text_of` gives the story texts of a list of unit ids, in the order asked.

    `known` is the outcome of an earlier run, and `new` holds the ids of all units that were added or whose text has changed
    since; what is not among `units` any more counts as removed. The outcome is that of a full run, row for row. `known` of
    another `RULE_VERSION` is not used.

    Raises ValueError for a unit that is there twice, a chapter without its work, and `known` without `new`.
    """
    if known is not None and new is None:
        raise ValueError("with `known` relations, `new` must name the units that were added or changed since")
    c = _Collection(units, new or ())
    old = None if known is None or not _is_current(known) else _Old(c, known)
    whole = None
    if old and not old.crowded:
        whole = pairs_among(c.works, old.work_touched)
    if whole is not None:
        part = pairs_between(c.chapters, c.works, c.chapter_own, (old.chapter_touched, old.work_touched))
        work_facts = _merged(old.work_facts, _verified(c, whole, c.work_reader, old.work_facts, text_of))
        part = _unexplained(c, part, work_facts)
        part_facts = _merged(old.part_facts, _verified(c, part, c.chapter_reader, old.part_facts, text_of))
        return _rows(c, work_facts, part_facts, crowded=False)
    whole = pairs_among(c.works)
    trusted = old is not None and not old.crowded and not whole.crowded
    whole_new = whole.where(old.work_touched[whole.seekers] | old.work_touched[whole.holders]) if trusted else whole
    work_facts = _verified(c, whole_new, c.work_reader, old and old.work_facts, text_of)
    if old:
        work_facts = _merged(_among(old.work_facts, whole), work_facts)
    part = _unexplained(c, pairs_between(c.chapters, c.works, c.chapter_own), work_facts)
    part_new = part.where(old.chapter_touched[part.seekers] | old.work_touched[part.holders]) if trusted else part
    part_facts = _verified(c, part_new, c.chapter_reader, old and old.part_facts, text_of)
    if old:
        part_facts = _merged(_among(old.part_facts, part), part_facts)
    return _rows(c, work_facts, part_facts, whole.crowded or part.crowded)


class _Collection:
    """The units as different texts: `works` and `chapters` are sketches, one a text; the rest says whose they are."""

    def __init__(self, units: pa.Table, new: Iterable[str]) -> None:
        self.ids = units["unit_id"].combine_chunks()
        n = len(self.ids)
        if pc.count_distinct(self.ids).as_py() != n:
            raise ValueError("a unit is there twice")
        own = pc.equal(units["unit_id"], units["work_id"])
        self.is_work = own.to_numpy().astype(bool)
        self.parent = pc.fill_null(pc.index_in(units["work_id"], value_set=self.ids), -1).to_numpy().astype(np.int64)
        if (self.parent < 0).any():
            raise ValueError("a chapter is there without its work")
        self.is_new = pc.is_in(self.ids, value_set=pa.array(sorted(new), pa.string())).to_numpy(zero_copy_only=False)
        self.order = np.empty(n, np.int64)  # the place of each id among the sorted ids
        self.order[pc.sort_indices(self.ids).to_numpy()] = np.arange(n)
        hashes = units["text_hash"].combine_chunks().dictionary_encode()
        self.text = hashes.indices.to_numpy().astype(np.int64)  # the number of each unit's text
        n_texts = len(hashes.dictionary)
        self.n_tokens = units["n_tokens"].to_numpy().astype(np.int64)
        shingles = units["n_shingles"].to_numpy().astype(np.int64)
        flat, offsets = _flat(units["sketch"])

        # Works: the texts in the order in which they are preferred as landmarks.
        of_works = np.flatnonzero(self.is_work & (self.n_tokens > 0))
        rank = units["rank"].to_numpy() if "rank" in units.column_names else np.zeros(n, np.int64)
        hash_order = np.empty(n_texts, np.int64)
        hash_order[pc.sort_indices(hashes.dictionary).to_numpy()] = np.arange(n_texts)
        in_order = of_works[np.lexsort((of_works, hash_order[self.text[of_works]], -shingles[of_works], rank[of_works]))]
        _, first = np.unique(self.text[in_order], return_index=True)
        leaders = in_order[np.sort(first)]
        self.work_of_text = np.full(n_texts, -1, np.int64)
        self.work_of_text[self.text[leaders]] = np.arange(len(leaders))
        self.works = _sketches(leaders, flat, offsets, shingles)
        self.work = np.where(self.is_work, self.work_of_text[self.text], -1)  # of each unit; -1 for chapters
        self.work_reader = _first(self.work, np.arange(n), len(leaders))
        self.work_unit = _first(self.work, self.order, len(leaders))

        # Chapters: texts with enough to go by, that are not all of their work.
        of_chapters = ~self.is_work & (shingles >= LEAST_SHINGLES) & (self.text != self.text[self.parent])
        of_chapters = np.flatnonzero(of_chapters)
        texts, first = np.unique(self.text[of_chapters], return_index=True)
        self.chapter_of_text = np.full(n_texts, -1, np.int64)
        self.chapter_of_text[texts] = np.arange(len(texts))
        self.chapters = _sketches(of_chapters[first], flat, offsets, shingles)
        self.chapter = np.full(n, -1, np.int64)
        self.chapter[of_chapters] = self.chapter_of_text[self.text[of_chapters]]
        self.chapter_reader = _first(self.chapter, np.arange(n), len(texts))

        # Places: where a chapter's text stands, once for all works that are equal.
        key = self.chapter[of_chapters] * max(len(leaders), 1) + self.work[self.parent[of_chapters]]
        self.place_key, which = np.unique(key, return_inverse=True)
        self.place = np.full(n, -1, np.int64)
        self.place[of_chapters] = which
        self.place_unit = _first(self.place, self.order, len(self.place_key))
        self.place_chapter, self.place_work = np.divmod(self.place_key, max(len(leaders), 1))
        places = np.bincount(self.place_chapter, minlength=len(texts))
        self.chapter_own = np.full(len(texts), -1, np.int64)  # the one work that a chapter's text stands in, -1 of several
        self.chapter_own[self.place_chapter] = self.place_work
        self.chapter_own[places > 1] = -1


def _flat(sketches: pa.ChunkedArray) -> tuple[np.ndarray, np.ndarray]:
    """All hashes, and where each unit's begin and end."""
    chunks = [c for c in sketches.chunks if len(c)]
    flat = [c.flatten().to_numpy() for c in chunks]
    sizes = [np.zeros(1, np.int64)] + [np.diff(c.offsets.to_numpy()).astype(np.int64) for c in chunks]
    return np.concatenate(flat) if flat else np.empty(0, np.uint64), np.cumsum(np.concatenate(sizes))


def _sketches(which: np.ndarray, flat: np.ndarray, offsets: np.ndarray, shingles: np.ndarray) -> Sketches:
    """The sketches of the units `which`. Of texts that have too few shingles to be compared they are empty."""
    sizes = np.where(shingles[which] >= LEAST_SHINGLES, offsets[which + 1] - offsets[which], 0)
    ends = np.cumsum(sizes)
    at = np.arange(int(sizes.sum())) + np.repeat(offsets[which] - (ends - sizes), sizes)
    return Sketches(flat[at], np.concatenate(([0], ends)).astype(np.int64), shingles[which])


def _first(group: np.ndarray, order: np.ndarray, n_groups: int) -> np.ndarray:
    """For each group the unit that comes first in `order`; group -1 is none."""
    units = np.flatnonzero(group >= 0)
    units = units[np.argsort(order[units])[::-1]]
    first = np.full(n_groups, -1, np.int64)
    first[group[units]] = units  # of several the last assigned stays
    return first


class _Old:
    """What an earlier outcome says of the texts that are still there, and which texts must be looked at again."""

    def __init__(self, c: _Collection, known: pa.Table) -> None:
        self.crowded = (known.schema.metadata or {}).get(_CROWDED) != b"0"
        still = ~c.is_new & ~c.is_new[c.parent]  # the unit and its work are as they were
        left, right = (_units_of(known[side], c, still) for side in ("left_id", "right_id"))
        text = np.append(c.text, -1)
        left, right = text[left], text[right]
        codes = pc.index_in(known["relation"], value_set=pa.array(RELATIONS)).to_numpy().astype(np.int64)
        left_ids, right_ids = known["left_id"], known["right_id"]
        gone = _gone(left_ids, right_ids, left, right, codes == _IDENTICAL)
        for side, ids in ((left, left_ids), (right, right_ids)):
            for row in np.flatnonzero(side < 0).tolist():
                side[row] = gone.get(ids[row].as_py(), -1)

        facts = np.zeros(len(known), FACTS)
        facts["a"], facts["b"], facts["relation"] = left, right, codes
        facts["jaccard"] = known["jaccard"].to_numpy()
        for name in ("containment", "coverage"):
            facts[f"{name}_a"], facts[f"{name}_b"] = known[f"{name}_left"].to_numpy(), known[f"{name}_right"].to_numpy()
        facts["a_is_part"] = True  # as rows are turned; of use for `part_of` only
        facts = facts[(left >= 0) & (right >= 0)]
        self.work_facts = _by(facts, c.work_of_text, c.work_of_text, turn=True)
        self.part_facts = _by(np.concatenate((facts, _turned(facts))), c.chapter_of_text, c.work_of_text)

        self.work_touched = np.ones(len(c.works), bool)
        self.work_touched[c.work[still & (c.work >= 0)]] = False
        place_touched = np.ones(len(c.place_key), bool)
        place_touched[c.place[still & (c.place >= 0)]] = False
        place_touched |= np.isin(c.place_work, self._disturbed(c, known, still, gone))
        self.chapter_touched = np.zeros(len(c.chapters), bool)
        self.chapter_touched[c.place_chapter[place_touched]] = True

    @staticmethod
    def _disturbed(c: _Collection, known: pa.Table, still: np.ndarray, gone: dict[str, int]) -> list[int]:
        """Works that had a row for a chapter which is no more as it was: another copy's chapter may have to stand for it now."""
        lost = set()
        for side in ("left_id", "right_id"):
            lost.update(known[side].filter(pa.array(_units_of(known[side], c, still) < 0)).to_pylist())
        parents = sorted({parent for parent, slash, _ in (i.rpartition("/") for i in lost) if slash})
        at = _units_of(pa.chunked_array([pa.array(parents, pa.string())]), c, still)
        texts = [int(c.text[u]) if u >= 0 else gone.get(p, -1) for p, u in zip(parents, at.tolist(), strict=True)]
        return [int(c.work_of_text[t]) for t in texts if t >= 0]


def _units_of(ids: pa.ChunkedArray, c: _Collection, still: np.ndarray) -> np.ndarray:
    """The index of each unit that is as it was, or -1."""
    at = pc.fill_null(pc.index_in(ids, value_set=c.ids), -1).to_numpy().astype(np.int64)
    return np.where((at >= 0) & np.append(still, False)[at], at, -1)


def _gone(left_ids, right_ids, left: np.ndarray, right: np.ndarray, identical: np.ndarray) -> dict[str, int]:
    """The texts that ids which are gone (or changed) had, as far as a unit that is still there is known to be identical."""
    gone: dict[str, int] = {}
    rows = np.flatnonzero(identical & ((left < 0) | (right < 0))).tolist()
    for _ in range(2):  # in the second round through the first of a group, which itself is gone
        for row in rows:
            one, other = left_ids[row].as_py(), right_ids[row].as_py()
            text_one = int(left[row]) if left[row] >= 0 else gone.get(one, -1)
            text_other = int(right[row]) if right[row] >= 0 else gone.get(other, -1)
            if text_one >= 0 and text_other < 0:
                gone[other] = text_one
            elif text_other >= 0 and text_one < 0:
                gone[one] = text_other
    return gone


def _is_current(known: pa.Table) -> bool:
    return all(v == RULE_VERSION for v in known["rule_version"].unique().to_pylist())


def _turned(facts: np.ndarray) -> np.ndarray:
    other = facts.copy()
    other["a"], other["b"], other["a_is_part"] = facts["b"], facts["a"], ~facts["a_is_part"]
    for name in ("containment", "coverage"):
        other[f"{name}_a"], other[f"{name}_b"] = facts[f"{name}_b"], facts[f"{name}_a"]
    return other


def _by(facts: np.ndarray, of_a: np.ndarray, of_b: np.ndarray, turn: bool = False) -> np.ndarray:
    """Facts about texts as facts about works or chapters, each once; with `turn` the later work is `a`, as the search has it."""
    a, b = of_a[facts["a"]], of_b[facts["b"]]
    keep = (a >= 0) & (b >= 0)
    facts, a, b = facts[keep].copy(), a[keep], b[keep]
    facts["a"], facts["b"] = a, b
    if turn:
        facts = np.where(a >= b, facts, _turned(facts))[a != b]
    return _merged(facts, facts[:0])


def _key(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return a << 32 | b


def _merged(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    facts = np.concatenate((one, other))
    _, first = np.unique(_key(facts["a"], facts["b"]), return_index=True)
    return facts[first]


def _among(facts: np.ndarray, found: Found) -> np.ndarray:
    return facts[np.isin(_key(facts["a"], facts["b"]), _key(found.seekers, found.holders))]


def _verified(c: _Collection, found: Found, reader: np.ndarray, known: np.ndarray | None, text_of) -> np.ndarray:
    """The facts about the pairs found that are not known yet, as far as they are related. `reader` is whose text seekers have."""
    if known is not None:
        found = found.where(~np.isin(_key(found.seekers, found.holders), _key(known["a"], known["b"])))
    facts = verify(reader[found.seekers], c.work_reader[found.holders], c.n_tokens, c.ids, text_of)
    facts["a"], facts["b"] = found.seekers, found.holders
    return facts[facts["relation"] >= 0]


def _explained(work_facts: np.ndarray) -> np.ndarray:
    """Keys of (work, other) where all chapters of `work` are in `other` anyhow: copies, and parts with their wholes."""
    a, b, relation = work_facts["a"], work_facts["b"], work_facts["relation"]
    copies = np.isin(relation, _DUPLICATE_CODES)
    forth = copies | ((relation == _PART_OF) & work_facts["a_is_part"])
    back = copies | ((relation == _PART_OF) & ~work_facts["a_is_part"])
    return np.concatenate((_key(a[forth], b[forth]), _key(b[back], a[back])))


def _at_places(c: _Collection, chapters: np.ndarray, works: np.ndarray, work_facts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For pairs (chapter, work) the (index of the pair, place of the chapter) that the relations of works do not account for."""
    first = np.searchsorted(c.place_chapter, chapters)
    count = np.searchsorted(c.place_chapter, chapters, side="right") - first
    pair = np.repeat(np.arange(len(chapters)), count)
    place = np.arange(len(pair)) + np.repeat(first - (np.cumsum(count) - count), count)
    of, in_ = c.place_work[place], works[pair]
    keep = (of != in_) & ~np.isin(_key(of, in_), _explained(work_facts))
    return pair[keep], place[keep]


def _unexplained(c: _Collection, part: Found, work_facts: np.ndarray) -> Found:
    pair, _ = _at_places(c, part.seekers, part.holders, work_facts)
    keep = np.zeros(len(part.seekers), bool)
    keep[pair] = True
    return part.where(keep)


def _rows(c: _Collection, work_facts: np.ndarray, part_facts: np.ndarray, crowded: bool) -> pa.Table:
    """The facts as rows between units, with those of equal works, sorted."""
    others = np.flatnonzero(c.work >= 0)
    others = others[c.work_unit[c.work[others]] != others]
    same = np.ones(len(others), FACTS)
    same["a"], same["b"], same["relation"] = c.work_unit[c.work[others]], others, _IDENTICAL
    whole = work_facts.copy()
    whole["a"], whole["b"] = c.work_unit[whole["a"]], c.work_unit[whole["b"]]
    pair, place = _at_places(c, part_facts["a"], part_facts["b"], work_facts)
    part = part_facts[pair]
    part["a"], part["b"] = c.place_unit[place], c.work_unit[part["b"]]
    part = part[part["relation"] != _SHARES]
    facts = np.concatenate((same, whole, part))
    swap = np.where(facts["relation"] == _PART_OF, ~facts["a_is_part"], c.order[facts["a"]] > c.order[facts["b"]])
    facts = np.where(swap, _turned(facts), facts)
    facts = facts[np.lexsort((c.order[facts["b"]], c.order[facts["a"]]))]
    columns = [
        c.ids.take(pa.array(facts["a"])),
        c.ids.take(pa.array(facts["b"])),
        pa.array(RELATIONS, pa.string()).take(pa.array(facts["relation"].astype(np.int64))),
        pa.array(facts["jaccard"]),
        pa.array(facts["containment_a"]),
        pa.array(facts["containment_b"]),
        pa.array([RULE_VERSION] * len(facts), pa.string()),
        pa.array(facts["coverage_a"]),
        pa.array(facts["coverage_b"]),
    ]
    return pa.Table.from_arrays(columns, schema=RELATION_ROWS.with_metadata({_CROWDED: b"1" if crowded else b"0"}))
