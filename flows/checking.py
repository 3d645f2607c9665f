"""Whether a published version is what it says: files and checksums, schema, keys, and the promises of the contract."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows import reporting, versions
from flows.tables import dataset
from transforms import schema

ALLOWED = {
    ("documents", "disposition"): set(schema.DISPOSITIONS),
    ("works", "tense"): {"past", "present", "mixed", "unknown"},
    ("works", "pov"): {"first", "second", "third", "mixed", "unknown"},
    ("works", "form"): {"prose", "letters", "script", "chat", "verse", "other"},
    ("relations", "relation"): {"identical", "same_text", "revision", "part_of", "shares_text"},
}
SHARES = ("tense_confidence", "pov_confidence", "pov_character_confidence", "past_share", "present_share", "confidence",
          "jaccard", "containment_left", "containment_right")  # fmt: skip


def check(folder: Path) -> list[str]:
    """What is wrong with a version, a sentence each; an empty list where nothing is."""
    manifest = versions.read_manifest(folder)
    problems = list(_files(folder, manifest))
    if problems:
        return problems  # what the files hold is not worth reading while they are not the ones that were published
    for table in schema.TABLES:
        problems += _table(folder, table)
    return problems + list(_books(folder, manifest))


def _files(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    listed = {file["path"]: file for file in manifest["files"]}
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*.parquet")}
    for path in sorted(present - set(listed)):
        yield f"{path}: is not in the manifest"
    for path, file in listed.items():
        if path not in present:
            yield f"{path}: is missing"
            continue
        with open(folder / path, "rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() != file["sha256"]:
                yield f"{path}: its bytes have changed since it was published"
                continue
        wanted = schema.file_schema(path.partition("/")[0])
        found = pq.read_schema(folder / path)
        if not found.equals(wanted, check_metadata=True):
            yield f"{path}: its schema is not that of the table"


def _table(folder: Path, table: str) -> Iterator[str]:
    columns = [field.name for field in schema.TABLES[table] if field.name != "text"]
    rows = dataset(folder, table).to_table(columns=columns)
    for field in schema.TABLES[table]:
        if field.name in columns and not field.nullable and rows[field.name].null_count:
            yield f"{table}.{field.name}: {rows[field.name].null_count} nulls in a column that has none"
    keys = rows.select(schema.KEYS[table])
    unique = keys.group_by(list(schema.KEYS[table])).aggregate([]).num_rows
    if unique != rows.num_rows:
        yield f"{table}: {rows.num_rows - unique} rows repeat the key {', '.join(schema.KEYS[table])}"
    for name in SHARES:
        if name in columns:
            bounds = pc.min_max(rows[name]).as_py()
            if bounds["min"] is not None and not 0 <= bounds["min"] <= bounds["max"] <= 1:
                yield f"{table}.{name}: values from {bounds['min']} to {bounds['max']}, allowed are 0 to 1"
    for (of, name), allowed in ALLOWED.items():
        if of == table:
            strange = set(pc.unique(rows[name]).to_pylist()) - allowed
            if strange:
                yield f"{table}.{name}: unknown values {sorted(map(str, strange))}"


def _books(folder: Path, manifest: dict[str, Any]) -> Iterator[str]:
    counts = reporting.count(folder)
    for name in ("documents", "works", "words", "dispositions", "rows"):
        if counts[name] != manifest["counts"][name]:
            yield f"manifest: counts.{name} says {manifest['counts'][name]}, the tables {counts[name]}"
    if sum(counts["dispositions"].values()) != counts["documents"]:
        yield "documents: dispositions do not add up to the documents"
    documents = dataset(folder, "documents").to_table(columns=["disposition", "work_id", "kept_work_id", "reason"])
    works = dataset(folder, "works").to_table(columns=["work_id"])["work_id"]
    yield from _belongs(documents, works)
    for table in ("chapters", "segments"):
        ids = pc.unique(dataset(folder, table).to_table(columns=["work_id"])["work_id"])
        if len(ids) != len(works) or not pc.all(pc.is_in(ids, value_set=works)).as_py():
            yield f"{table}: their works are not those of the table works"
    yield from _partition(folder)


def _belongs(documents: pa.Table, works: pa.ChunkedArray) -> Iterator[str]:
    published = documents.filter(pc.equal(documents["disposition"], "published"))
    ids = pc.unique(published["work_id"])
    if len(ids) != len(works) or (len(ids) and not pc.all(pc.is_in(ids, value_set=works)).as_py()):
        yield "documents: the works of published documents are not those of the table works"
    copies = documents.filter(pc.equal(documents["disposition"], "duplicate"))
    if copies.num_rows and not pc.all(pc.is_in(copies["kept_work_id"], value_set=works)).as_py():
        yield "documents: a duplicate names a work that is not published"
    others = documents.filter(pc.not_equal(documents["disposition"], "published"))
    if others["reason"].null_count:
        yield "documents: a document was left out without a reason"


def _partition(folder: Path) -> Iterator[str]:
    """That the segments of each document follow each other without a gap, from 0."""
    rows = dataset(folder, "segments").to_table(columns=["work_id", "source", "ordinal", "start", "end"])
    rows = rows.sort_by([("work_id", "ascending"), ("ordinal", "ascending")])
    if rows.num_rows == 0:
        return
    before, after = rows.slice(0, rows.num_rows - 1), rows.slice(1)
    same = pc.and_(pc.equal(before["work_id"], after["work_id"]), pc.equal(before["source"], after["source"]))
    starts = pc.if_else(same, before["end"], 0)
    broken = pc.sum(pc.not_equal(starts, after["start"])).as_py() or 0
    if broken or rows["start"][0].as_py() != 0:
        yield f"segments: {broken} do not begin where the one before ends"
