"""Counting for the report: columns of a table in, short ranked lists and bins out, with the rest always counted too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from transforms.report.charts import Part
from transforms.report.visible import excerpt

TOP = 15
"""Rows of a ranked list before the rest is put together."""

NONE = "not stated"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a ranked list: what, how many, the share of the whole, and the length of its bar (0..1)."""

    label: str
    n: int
    share: float
    width: float
    meaning: str = ""
    parts: tuple[Part, ...] = ()
    code: bool = False
    faint: bool = False  # what is missing, or the rest


@dataclass(frozen=True, slots=True)
class Ranked:
    """The most frequent values in order, then how many others there are; `total` is what shares are of."""

    rows: tuple[Row, ...]
    total: int
    others: int = 0  # values that are not shown
    others_n: int = 0  # what they count together

    def __bool__(self) -> bool:
        return bool(self.rows)


def ranked(
    counts: pd.Series,
    total: int,
    *,
    top: int = TOP,
    meanings: Mapping[str, str] | None = None,
    order: Sequence[str] = (),
    parts: Mapping[str, tuple[Part, ...]] | None = None,
    code: bool = False,
) -> Ranked:
    """Values with their counts (index: value) as a ranked list, the largest first; `order` fixes the first values instead."""
    counts = counts[counts > 0]
    pairs = sorted(((str(k), int(v)) for k, v in counts.items()), key=lambda pair: (-pair[1], pair[0]))
    if order:
        place = {value: i for i, value in enumerate(order)}
        pairs.sort(key=lambda pair: place.get(pair[0], len(place)))
    most = max((n for _, n in pairs), default=0)
    shown, hidden = pairs[:top], pairs[top:]
    rows = tuple(
        Row(
            excerpt(label), n, n / total if total else 0.0, n / most, (meanings or {}).get(label, ""),
            (parts or {}).get(label, ()), code and label != NONE, label == NONE,
        )
        for label, n in shown
    )  # fmt: skip
    return Ranked(rows, total, len(hidden), sum(n for _, n in hidden))


def values(column: pd.Series, missing: str | None = NONE) -> pd.Series:
    """How often each value occurs; missing ones as `missing`, or not at all where that is None."""
    column = column.astype(object).where(column.notna(), None)
    if missing is not None:
        column = column.where(column.notna(), missing)
    return column.value_counts()


def items(column: pd.Series) -> pd.Series:
    """How often each item occurs in a column of lists."""
    return column.astype(object).explode().dropna().value_counts()


def sums(column: pd.Series, key: str, amount: str) -> tuple[pd.Series, pd.Series]:
    """For a column of lists of {key, amount}: the sum of amounts by key, and the number of rows that have the key."""
    totals: dict[str, int] = {}
    rows: dict[str, int] = {}
    for entries in column:
        for name in {entry[key] for entry in listed(entries)}:
            rows[name] = rows.get(name, 0) + 1
        for entry in listed(entries):
            totals[entry[key]] = totals.get(entry[key], 0) + int(entry[amount])
    return pd.Series(totals, dtype="int64"), pd.Series(rows, dtype="int64")


def listed(value: object) -> list:
    """A cell that may be a list, a tuple, an array or nothing, as a list."""
    if value is None or isinstance(value, float | str):
        return []
    return list(value)


def crossed(left: pd.Series, right: pd.Series, tones: Mapping[str, str]) -> dict[str, tuple[Part, ...]]:
    """For each value of `left` how it is made up of the values of `right`, in the order of `tones`."""
    table = pd.crosstab(left.astype(object).where(left.notna(), NONE), right)
    return {
        str(label): tuple(Part(name, int(row.get(name, 0)), tone) for name, tone in tones.items() if row.get(name, 0))
        for label, row in table.iterrows()
    }


def binned(numbers: pd.Series, edges: Sequence[float], labels: Sequence[str], tone: str = "t0") -> list[Part]:
    """Counts of numbers in the bins [edge, next edge); the last bin is closed above."""
    numbers = pd.to_numeric(numbers, errors="coerce").dropna().astype("float64").round(6)  # 0.9 in 32 bits is less than 0.9
    at = pd.cut(numbers, [*edges[:-1], edges[-1] * (1 + 1e-9)], right=False, labels=False)
    counts = at.value_counts()
    return [Part(label, int(counts.get(i, 0)), tone) for i, label in enumerate(labels)]


def flatten(value: object, prefix: str = "") -> Iterable[tuple[str, float]]:
    """The numbers in nested mappings, each with its path (`documents / published`)."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from flatten(inner, f"{prefix} / {key}" if prefix else str(key))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield prefix, value
