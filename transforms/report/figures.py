"""The figures of the report, section by section: tables in, plain values for the template out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from transforms import schema
from transforms.documents import TOPICS
from transforms.report.charts import Part
from transforms.report.counts import NONE, Ranked, Row, binned, crossed, flatten, items, listed, ranked, sums, values
from transforms.report.visible import excerpt

TONES = {name: f"t-{name}" for name in schema.DISPOSITIONS}
"""The colour class of each disposition."""

CHANGES = 60
"""Counts that are compared with the version before."""

TENSES = ("past", "present", "mixed", "unknown")
POVS = ("first", "second", "third", "mixed", "unknown")
LABELS = {"past": "t0", "present": "t1", "first": "t0", "second": "t4", "third": "t1", "mixed": "t3", "unknown": "unknown"}
"""The colour class of each label."""

LEVELS = ("general", "teen", "mature", "explicit", "not_rated")

_WORDS = (0, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, float("inf"))
_WORD_BINS = ("< 100", "100", "300", "1 k", "3 k", "10 k", "30 k", "100 k", "≥ 300 k")
_CHAPTERS = (0, 2, 3, 6, 11, 21, 51, float("inf"))
_CHAPTER_BINS = ("1", "2", "3–5", "6–10", "11–20", "21–50", "> 50")
_TENTHS = tuple(i / 10 for i in range(11))
_TENTH_BINS = tuple(f".{i}" for i in range(10))

OPTIONAL = (
    "title", "authors", "fandoms", "rating", "warnings", "categories", "relationships", "characters", "tags", "summary", "status",
    "language_stated", "published", "updated", "stated_words", "stated_chapters", "series", "url",
)  # fmt: skip
"""Fields of the header that a document may state or not."""


@dataclass(frozen=True, slots=True)
class Change:
    """A number now and in the version before (None: it was not there)."""

    name: str
    now: float
    before: float | None

    @property
    def by(self) -> float:
        return self.now - (self.before or 0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a matrix: its count and how dark it is, 0 to 6."""

    n: int
    heat: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Works and documents that hold the same or overlapping text, by the title of the longest work."""

    id: str
    title: str
    works: int
    duplicates: int


def dispositions(documents: pd.DataFrame) -> tuple[Part, ...]:
    """How many documents ended in which way: they add up to all documents."""
    counts = documents["disposition"].value_counts()
    return tuple(Part(name, int(counts.get(name, 0)), tone) for name, tone in TONES.items())


def headline(documents: pd.DataFrame, works: pd.DataFrame, segments: pd.DataFrame) -> dict[str, int]:
    """The first numbers a reader wants."""
    notes = segments[segments["kind"].eq("note")]
    return {
        "works": len(works),
        "words of story": int(works["n_words"].sum()),
        "chapters": int(works["n_chapters"].sum()),
        "notes parted from story": int(notes["n"].sum()),
        "repairs": int(sums(documents["repairs"], "rule", "count")[0].sum()),
    }


def changes(manifest: Mapping[str, object], previous: Mapping[str, object] | None) -> list[Change]:
    """The counts of the manifest that differ from the parent's, in the manifest's order."""
    if not previous:
        return []
    now, before = _counts(manifest), _counts(previous)
    names = [*now, *(name for name in before if name not in now)]
    found = [Change(name, now.get(name, 0), before.get(name)) for name in names if now.get(name, 0) != before.get(name, 0)]
    return found[:CHANGES]


def _counts(manifest: Mapping[str, object]) -> dict[str, float]:
    """The numbers in a manifest's counts, by their paths; a table's rows only where no count of its own says them."""
    counts = dict(flatten(manifest.get("counts", {})))
    return {name: n for name, n in counts.items() if name.removeprefix("rows / ") == name or name[7:] not in counts}


def intake(documents: pd.DataFrame) -> dict[str, Ranked]:
    """Formats, sites and encodings, each made up of dispositions."""
    total = len(documents)
    return {
        name: ranked(values(documents[name]), total, parts=crossed(documents[name], documents["disposition"], TONES))
        for name in ("format", "site", "encoding")
    }


def reasons(documents: pd.DataFrame, meanings: Mapping[str, str]) -> list[tuple[Part, str, Ranked]]:
    """For each disposition that occurs: how many, what it means, and its reasons."""
    found = []
    for part in dispositions(documents):
        mine = documents[documents["disposition"].eq(part.label)]
        if len(mine):
            said = part.label.replace("_", " ") + ": "
            mean = {code: meaning.removeprefix(said) for code, meaning in meanings.items()}
            why = ranked(mine["reason"].value_counts(), len(mine), top=30, meanings=mean, code=True)
            found.append((part, schema.DISPOSITIONS[part.label], why))
    return found


def repairs(documents: pd.DataFrame) -> tuple[Ranked, int]:
    """Places repaired by rule, with the number of documents that had any."""
    places, had = sums(documents["repairs"], "rule", "count")
    notes = {rule: f"in {n:,} document{'s' if n != 1 else ''}" for rule, n in had.items()}
    touched = sum(1 for entries in documents["repairs"] if listed(entries))
    return ranked(places, int(places.sum()), top=30, meanings=notes, code=True), touched


def strips(works: pd.DataFrame) -> dict[str, tuple[Part, ...]]:
    """How all works divide by tense and by point of view."""
    found = {}
    for name, column, order in (("tense", "tense", TENSES), ("point of view", "pov", POVS)):
        counts = works[column].value_counts()
        found[name] = tuple(Part(label, int(counts.get(label, 0)), LABELS[label]) for label in order)
    return found


def matrix(works: pd.DataFrame) -> list[tuple[str, list[Cell], int]]:
    """Tense (rows) by point of view (columns)."""
    counts = works.groupby(["tense", "pov"], observed=True).size()
    most = int(counts.max()) if len(counts) else 0
    rows = []
    for tense in TENSES:
        cells = [int(counts.get((tense, pov), 0)) for pov in POVS]
        rows.append((tense, [Cell(n, _heat(n, most)) for n in cells], sum(cells)))
    return rows


def _heat(n: int, most: int) -> int:
    return 0 if not n else 1 + min(5, int(5.999 * (n / most) ** 0.5)) if most else 0


def confidences(works: pd.DataFrame) -> dict[str, tuple[list[Part], int]]:
    """Histogram of the confidence of decided labels in tenths, and how many are undecided."""
    found = {}
    for label, tone in (("tense", "t0"), ("pov", "t1")):
        decided = works[label].ne("unknown")
        found[label] = binned(works.loc[decided, f"{label}_confidence"], _TENTHS, _TENTH_BINS, tone), int((~decided).sum())
    return found


def lengths(works: pd.DataFrame) -> dict[str, list[Part]]:
    """Histograms of words and chapters a work."""
    return {
        "words": binned(works["n_words"], _WORDS, _WORD_BINS),
        "chapters": binned(works["n_chapters"], _CHAPTERS, _CHAPTER_BINS, "t1"),
    }


def labels(works: pd.DataFrame) -> dict[str, Ranked]:
    """Forms and languages."""
    return {
        "form": ranked(values(works["form"]), len(works)),
        "language": ranked(values(works["language"], "too little text"), len(works)),
    }


def segment_kinds(segments: pd.DataFrame) -> dict[str, Ranked]:
    """Characters by kind; notes by topic and by rule."""
    kinds = segments.groupby("kind", observed=True)[["n", "chars"]].sum()
    count = {str(kind): f"{int(n):,} segment{'s' if n != 1 else ''}" for kind, n in kinds["n"].items()}
    notes = segments[segments["kind"].eq("note")]
    topics: dict[str, int] = {}
    for found, n in zip(notes["topics"], notes["n"], strict=True):
        for topic in found.split(",") if isinstance(found, str) else listed(found):
            if str(topic).strip():
                topics[str(topic).strip()] = topics.get(str(topic).strip(), 0) + int(n)
    known = {topic: topic.replace("_", " ") for topic in TOPICS}
    topics = {known.get(topic, topic): n for topic, n in topics.items()}
    rules = segments[segments["kind"].ne("story")].groupby("rule", observed=True)["n"].sum()
    whole = int(notes["n"].sum())
    return {
        "kind": ranked(kinds["chars"], int(kinds["chars"].sum()), meanings=count),
        "topic": ranked(pd.Series(topics, dtype="int64"), whole),
        "rule": ranked(rules, int(rules.sum()), top=20, code=True),
    }


def metadata(works: pd.DataFrame) -> Ranked:
    """For each field of the header the works that do not state it, the most often missing first."""
    missing = {}
    for name in OPTIONAL:
        column = works[name]
        lists = name in ("authors", "fandoms", "warnings", "categories", "relationships", "characters", "tags", "series")
        missing[name] = sum(1 for value in column if not listed(value)) if lists else int(column.isna().sum())
    found = ranked(pd.Series(missing, dtype="int64"), len(works), top=len(OPTIONAL), code=True)
    rows = tuple(Row(row.label, row.n, row.share, row.share, code=True) for row in found.rows)
    return Ranked(rows, found.total)


def ratings(works: pd.DataFrame) -> dict[str, Ranked]:
    """Rating levels in their order, and the systems they were stated in."""
    level = works["rating_level"].astype(object).where(works["rating_level"].notna(), NONE)
    stated = works["rating"].notna()
    level = level.where((level != NONE) | ~stated, "stated, not understood")
    return {
        "level": ranked(values(level), len(works), order=LEVELS),
        "system": ranked(values(works["rating_system"]), len(works)),
    }


def flags(works: pd.DataFrame) -> Ranked:
    """Works by flag."""
    return ranked(items(works["flags"]), len(works), top=len(schema.FLAGS) + 5, meanings=schema.FLAGS, code=True)


def opt_outs(documents: pd.DataFrame) -> Ranked:
    """Documents by what their author asks about reuse."""
    found = [{entry["kind"] for entry in listed(entries)} for entries in documents["opt_outs"]]
    kinds = pd.Series([kind for entries in found for kind in sorted(entries)], dtype=object).value_counts()
    stating = sum(1 for entries in found if entries)
    return ranked(kinds, stating, code=True)


def relation_types(relations: pd.DataFrame) -> tuple[Ranked, list[Part]]:
    """Relations by type, and the histogram of their Jaccard similarity."""
    order = ("identical", "same_text", "revision", "part_of", "shares_text")
    return (
        ranked(values(relations["relation"]), len(relations), order=order, code=True),
        binned(relations["jaccard"], _TENTHS, _TENTH_BINS, "t2"),
    )


def clusters(documents: pd.DataFrame, works: pd.DataFrame, top: int = 15) -> tuple[list[Cluster], int, pd.Series]:
    """The largest clusters of works and the documents they stand for, how many clusters there are, and their sizes."""
    if not len(works):
        return [], 0, pd.Series(dtype="int64")
    frame = works.sort_values("n_words", ascending=False, kind="stable").groupby("cluster_id", sort=True)
    size = frame.agg(title=("title", "first"), works=("work_id", "size"), duplicates=("n_duplicates", "sum"))
    size["members"] = size["works"] + size["duplicates"]
    size = size[size["members"] > 1].sort_values("members", ascending=False, kind="stable")
    found = [
        Cluster(excerpt(key, words=40, characters=160), excerpt(row.title) or "untitled", int(row.works), int(row.duplicates))
        for key, row in zip(size.index[:top], size.head(top).itertuples(), strict=True)
    ]
    return found, len(size), size["members"]


def years(works: pd.DataFrame) -> list[Part]:
    """Works by the year they state for their publication; at most thirty bins, the earliest put together."""
    stated = pd.to_datetime(works["published"], errors="coerce").dt.year.dropna().astype(int)
    if not len(stated):
        return []
    last = int(stated.max())
    first = max(int(stated.min()), last - 24)
    counts = stated.clip(lower=first).value_counts()
    early = int(stated.min()) < first
    names = {year: f"≤ {year}" if early and year == first else str(year) for year in range(first, last + 1)}
    return [Part(name, int(counts.get(year, 0)), "t2") for year, name in names.items()]
