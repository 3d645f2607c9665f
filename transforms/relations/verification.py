"""Comparing the candidate pairs, exactly, while reading each text as seldom as bounded memory allows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
import pyarrow as pa

from transforms.relations.comparison import RELATIONS, Shingled, compare_shingled, relation_of

BUDGET = 4_000_000
"""Words whose shingles are held at a time, some 20 bytes each (a single pair of longer texts is held all the same)."""

FACTS = np.dtype(
    [
        ("a", np.int64),
        ("b", np.int64),
        ("relation", np.int8),  # index into RELATIONS, or -1
        ("a_is_part", bool),
        ("jaccard", float),
        ("containment_a", float),
        ("containment_b", float),
        ("coverage_a", float),
        ("coverage_b", float),
    ]
)
"""What is known of a pair. `a` and `b` are what the caller makes them."""


def verify(
    left: np.ndarray,
    right: np.ndarray,
    n_tokens: np.ndarray,
    ids: pa.Array,
    text_of: Callable[[Sequence[str]], Iterable[str]],
) -> np.ndarray:
    """Compare the units `left[i]` and `right[i]` (indexes into `ids`), and give the facts in that order.

    `text_of` is asked for the texts of several ids at a time and must give them in the order asked, which is the order of `ids`:
    where texts are stored in that order, each call reads forwards. A text is read once, but for the texts of a family that is
    larger than the budget.
    """
    facts = np.zeros(len(left), FACTS)
    facts["a"], facts["b"] = left, right
    for group in _groups(left, right, n_tokens):
        units = np.unique(np.concatenate((left[group], right[group])))
        if n_tokens[units].sum() <= BUDGET:
            _compare(facts, group, _read(units, ids, text_of))
            continue
        block = _blocks(units, n_tokens, BUDGET // 2)
        i, j = block[np.searchsorted(units, left[group])], block[np.searchsorted(units, right[group])]
        low, high = np.minimum(i, j), np.maximum(i, j)
        for one in np.unique(low):
            here = group[low == one]
            others = high[low == one]
            need = np.unique(np.concatenate((left[here], right[here])))
            held = _read(need[block[np.searchsorted(units, need)] == one], ids, text_of)
            for two in np.unique(others):
                pairs = here[others == two]
                need = np.unique(np.concatenate((left[pairs], right[pairs])))
                more = held if two == one else held | _read(need[block[np.searchsorted(units, need)] == two], ids, text_of)
                _compare(facts, pairs, more)
    return facts


def _read(units: np.ndarray, ids: pa.Array, text_of: Callable[[Sequence[str]], Iterable[str]]) -> dict[int, Shingled]:
    texts = text_of(ids.take(pa.array(units)).to_pylist())
    return {unit: Shingled(text) for unit, text in zip(units.tolist(), texts, strict=True)}


def _compare(facts: np.ndarray, pairs: np.ndarray, texts: dict[int, Shingled]) -> None:
    for i in pairs.tolist():
        fact = facts[i]
        c = compare_shingled(texts[int(fact["a"])], texts[int(fact["b"])])
        relation = relation_of(c)
        facts[i] = (
            fact["a"],
            fact["b"],
            -1 if relation is None else RELATIONS.index(relation),
            c.part == "left",
            c.jaccard,
            c.containment_left,
            c.containment_right,
            c.coverage_left,
            c.coverage_right,
        )


def _groups(left: np.ndarray, right: np.ndarray, n_tokens: np.ndarray) -> Iterator[np.ndarray]:
    """The pairs in groups that share no text with another group, as many together as the budget holds."""
    parent: dict[int, int] = {}

    def root(u: int) -> int:
        parent.setdefault(u, u)
        while parent[u] != u:
            parent[u] = parent[parent[u]]
            u = parent[u]
        return u

    for a, b in zip(left.tolist(), right.tolist(), strict=True):
        a, b = root(a), root(b)
        if a != b:
            parent[max(a, b)] = min(a, b)
    if not parent:
        return
    units = np.array(sorted(parent))
    family = np.array([root(u) for u in units.tolist()])
    roots, which = np.unique(family, return_inverse=True)
    words = np.bincount(which, weights=n_tokens[units])
    batch = np.empty(len(roots), np.int64)
    number, held = 0, 0.0
    for i, w in enumerate(words.tolist()):
        if held and held + w > BUDGET:
            number, held = number + 1, 0.0
        batch[i] = number
        held += w
    of_pair = batch[which[np.searchsorted(units, left)]]
    order = np.argsort(of_pair, kind="stable")
    yield from np.split(order, np.flatnonzero(np.diff(of_pair[order])) + 1)


def _blocks(units: np.ndarray, n_tokens: np.ndarray, budget: int) -> np.ndarray:
    """A block number for each unit, so that a block holds no more than the budget (or one unit)."""
    blocks, number, held = np.empty(len(units), np.int64), 0, 0
    for i, words in enumerate(n_tokens[units].tolist()):
        if held and held + words > budget:
            number, held = number + 1, 0
        blocks[i] = number
        held += words
    return blocks
