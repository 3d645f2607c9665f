"""Which of several copies is published: an explicit order, and a rule that never goes by hearsay.

A work is a `duplicate` only where a verified relation (`identical`, `same_text` or `revision`) links it directly to a work that
is kept. That the first is like the second and the second like the third says nothing of the first and the third. Equality is
the exception, for it does carry over: works of one text are one here. `part_of` and `shares_text` never hide a work.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

from transforms.relations.comparison import DUPLICATES

STRUCTURED_FORMATS = ("epub", "html", "fb2", "jsonl", "json", "xml", "docx")
"""Formats that state which is story and which is header; plain text leaves it to be guessed."""

COMMON_PART = 10
"""A part that stands in more wholes than this is common property (a prompt, a notice): it puts no wholes into one cluster."""


_NEVER = 10**7  # days ago


def _column(works: pd.DataFrame, name: str) -> pd.Series:
    return works[name] if name in works.columns else pd.Series(None, index=works.index, dtype=object)


def _true(works: pd.DataFrame, name: str) -> pd.Series:
    return _column(works, name).map(lambda value: pd.notna(value) and bool(value)).astype(bool)


def _opted_out(works: pd.DataFrame) -> pd.Series:
    return _true(works, "opted_out").astype(int)


def _incomplete(works: pd.DataFrame) -> pd.Series:
    status = _column(works, "status").map({"complete": 0, "in_progress": 2}).fillna(1)
    return status.where(~_true(works, "truncated"), 3)


def _age(works: pd.DataFrame) -> pd.Series:
    dates = pd.to_datetime(_column(works, "updated"), errors="coerce")
    dates = dates.fillna(pd.to_datetime(_column(works, "published"), errors="coerce"))
    return (pd.Timestamp("1970-01-01") - dates).dt.days.fillna(_NEVER)


def _shortness(works: pd.DataFrame) -> pd.Series:
    return -pd.to_numeric(_column(works, "n_words")).fillna(0)


def _unstructured(works: pd.DataFrame) -> pd.Series:
    return (~_column(works, "format").isin(STRUCTURED_FORMATS)).astype(int)


def _repairs(works: pd.DataFrame) -> pd.Series:
    return pd.to_numeric(_column(works, "n_repairs")).fillna(0)


PREFERENCES: dict[str, Callable[[pd.DataFrame], pd.Series]] = {
    "not_opted_out": _opted_out,
    "complete": _incomplete,
    "newest": _age,
    "longest": _shortness,
    "structured": _unstructured,
    "fewest_repairs": _repairs,
    "work_id": lambda works: works["work_id"],
}
"""What an order can be made of; of two works the one with the smaller value is kept. `complete`: stated complete, then not
stated, then in progress, then cut off. `newest`: by `updated`, else `published`, else last. A column that is not there decides
nothing."""

DEFAULT_ORDER = ("not_opted_out", "complete", "newest", "longest", "structured", "fewest_repairs", "work_id")


def rank(works: pd.DataFrame, order: Sequence[str] = DEFAULT_ORDER) -> pd.Series:
    """The place of each work in the order of preference, from 0, with the index of `works`.

    `work_id` decides what the order leaves open. A work that opted out comes after all others whatever the order
    says, lest a work be hidden behind one that is then taken out. Raises ValueError for a name that is not in `PREFERENCES`.
    """
    unknown = [name for name in order if name not in PREFERENCES]
    if unknown:
        raise ValueError(f"unknown preference {unknown[0]!r}: known are {', '.join(PREFERENCES)}")
    names = dict.fromkeys(("not_opted_out", *order, "work_id"))
    keys = pd.DataFrame({name: PREFERENCES[name](works).to_numpy() for name in names})
    ranks = np.empty(len(works), np.int64)
    ranks[keys.sort_values(list(names)).index] = np.arange(len(works))
    return pd.Series(ranks, index=works.index)


def keep(works: pd.DataFrame, relations: pd.DataFrame, order: Sequence[str] = DEFAULT_ORDER) -> pd.DataFrame:
    """Decide for each work whether it is published, or which published work stands for it.

    `works` has a row a work with `work_id` and what the order asks for (`opted_out`, `status`, `truncated`, `updated`,
    `published`, `n_words`, `format`, `n_repairs`); `relations` is what `relate` gives. Works are taken in the order of
    preference: one that has a direct relation of a duplicate to a work already kept is a duplicate of the first such, else it
    is kept.

    Gives, in the order of `works`: `work_id`, `disposition` (`published` or `duplicate`), `kept_work_id` (of duplicates, else
    None), `relation` (that decided, else None), `cluster_id` and `n_duplicates` (for how many it stands; 0 for duplicates).

    `cluster_id` is the smallest `work_id` among the works that are connected by relations of duplicates or by `part_of`: for
    splits into training and test data between which no text is to leak. It groups, and decides nothing. A part that stands in
    more than `COMMON_PART` wholes connects none of them.
    """
    ids = works["work_id"].tolist()
    index = {work: i for i, work in enumerate(ids)}
    if len(index) != len(ids):
        raise ValueError("a work is there twice")
    rows = [
        (index[left], index[right], relation)
        for left, right, relation in zip(relations["left_id"], relations["right_id"], relations["relation"], strict=True)
        if left in index and right in index
    ]
    group = _components(len(ids), [(a, b) for a, b, relation in rows if relation == "identical"])
    neighbours: dict[int, dict[int, str]] = defaultdict(dict)
    for a, b, relation in rows:
        if relation in DUPLICATES and group[a] != group[b]:
            neighbours[group[a]][group[b]] = neighbours[group[b]][group[a]] = relation

    ranks = rank(works, order).tolist()
    kept: dict[int, int] = {}  # group -> the work of it that is published
    stands: dict[int, tuple[int, str]] = {}  # group -> the published work that stands for it, and why
    kept_id: list[str | None] = [None] * len(ids)
    deciding: list[str | None] = [None] * len(ids)
    counts = [0] * len(ids)
    for work in sorted(range(len(ids)), key=ranks.__getitem__):
        own = group[work]
        if own in kept:
            keeper, relation = kept[own], "identical"
        elif own in stands:
            keeper, relation = stands[own]
        else:
            near = min((g for g in neighbours[own] if g in kept), key=lambda g: ranks[kept[g]], default=None)
            if near is None:
                kept[own] = work
                continue
            keeper, relation = stands[own] = kept[near], neighbours[own][near]
        kept_id[work], deciding[work] = ids[keeper], relation
        counts[keeper] += 1

    return pd.DataFrame(
        {
            "work_id": ids,
            "disposition": ["published" if k is None else "duplicate" for k in kept_id],
            "kept_work_id": pd.Series(kept_id, dtype=object),
            "relation": pd.Series(deciding, dtype=object),
            "cluster_id": _clusters(ids, rows),
            "n_duplicates": counts,
        },
    )


def _clusters(ids: list[str], rows: list[tuple[int, int, str]]) -> list[str]:
    wholes: dict[int, int] = defaultdict(int)
    for part, _, relation in rows:
        wholes[part] += relation == "part_of"
    edges = [(a, b) for a, b, relation in rows if relation in DUPLICATES or (relation == "part_of" and wholes[a] <= COMMON_PART)]
    component = _components(len(ids), edges)
    smallest: dict[int, str] = {}
    for i, c in enumerate(component):
        smallest[c] = min(smallest.get(c, ids[i]), ids[i])
    return [smallest[c] for c in component]


def _components(n: int, edges: Sequence[tuple[int, int]]) -> list[int]:
    """For each of n the smallest it is connected with."""
    parent = list(range(n))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in edges:
        a, b = root(a), root(b)
        parent[max(a, b)] = min(a, b)
    return [root(i) for i in range(n)]
