"""What a version says of itself: the manifest, the dataset card and the data-quality report, made from the tables as written."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq

from flows.errors import CheckFailed
from flows.tables import dataset
from transforms import card, report, schema


def describe_files(folder: Path) -> list[dict[str, Any]]:
    """Every Parquet file of a version: its path, rows, bytes and SHA-256."""
    files = []
    for path in sorted(folder.rglob("*.parquet")):
        with open(path, "rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        rows = pq.read_metadata(path).num_rows
        files.append(
            {"path": path.relative_to(folder).as_posix(), "rows": rows, "bytes": path.stat().st_size, "sha256": sha256}
        )
    return files


def count(folder: Path) -> dict[str, Any]:
    """The numbers of a version, read off its tables."""
    documents = read(folder, "documents", ["disposition", "reason"])
    works = read(folder, "works", ["n_words", "n_chars", "tense", "pov", "form", "language", "flags"])
    return {
        "documents": len(documents),
        "dispositions": {name: int((documents["disposition"] == name).sum()) for name in schema.DISPOSITIONS},
        "reasons": _tally(documents["reason"].dropna()),
        "works": len(works),
        "words": int(works["n_words"].sum()),
        "characters": int(works["n_chars"].sum()),
        "tense": _tally(works["tense"]),
        "pov": _tally(works["pov"]),
        "form": _tally(works["form"]),
        "language": _tally(works["language"].dropna()),
        "flags": _tally(works["flags"].explode().dropna()),
        "rows": {table: dataset(folder, table).count_rows() for table in schema.TABLES},
    }


def _tally(values: pd.Series) -> dict[str, int]:
    return {str(key): int(n) for key, n in sorted(Counter(values).items())}


def read(folder: Path, table: str, columns: list[str]) -> pd.DataFrame:
    """Columns of a table of a version."""
    return dataset(folder, table).to_table(columns=columns).to_pandas()


def count_segments(folder: Path) -> pd.DataFrame:
    """Segments counted by kind, topics and rule: columns kind, topics, rule, n, chars."""
    counts: Counter[tuple] = Counter()
    characters: Counter[tuple] = Counter()
    for batch in dataset(folder, "segments").to_batches(columns=["kind", "topics", "rule", "start", "end"]):
        columns = (batch.column(name).to_pylist() for name in ("kind", "topics", "rule", "start", "end"))
        for kind, topics, rule, start, end in zip(*columns, strict=True):
            key = (kind, tuple(topics), rule)
            counts[key] += 1
            characters[key] += end - start
    rows = [(kind, list(topics), rule, n, characters[kind, topics, rule]) for (kind, topics, rule), n in sorted(counts.items())]
    return pd.DataFrame(rows, columns=["kind", "topics", "rule", "n", "chars"])


def write(folder: Path, manifest: dict[str, Any], previous: dict[str, Any] | None, doubts: pd.DataFrame) -> None:
    """Writes report, card and, last of all, the manifest into a version's folder."""
    frames = {
        table: read(folder, table, [field.name for field in schema.TABLES[table] if field.name in report.COLUMNS[table]])
        for table in ("documents", "works", "relations")
    }
    tables = report.ReportTables(**frames, segments=count_segments(folder), doubts=doubts, manifest=manifest, previous=previous)
    (folder / "report").mkdir()
    (folder / "report" / "index.html").write_text(report.render(tables), encoding="utf-8")
    (folder / "README.md").write_text(card.render(manifest), encoding="utf-8")
    (folder / "manifest.json").write_text(json.dumps(manifest, ensure_ascii=False, indent=1), encoding="utf-8")


def check_books(counts: dict[str, Any], expected_documents: int) -> None:
    """That nothing was lost: every document has one disposition, and there are as many as were read. Raises CheckFailed."""
    total = sum(counts["dispositions"].values())
    if not counts["documents"] == total == expected_documents:
        raise CheckFailed(
            f"documents do not add up: {expected_documents} read, {counts['documents']} in the audit, {total} with a disposition"
        )
