"""The tables of a version, written from the parts and from what was decided about every document.

A published file holds the works (or documents) of one stretch of the hash of their sources, sorted; how many files there are
depends on the amount of text alone. So the bytes of a file depend on what is in it and on nothing else: not on the order of
the input, on batches, on workers, nor on whether the corpus came in one run or in ten.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.collection import Collection
from transforms import schema
from transforms.documents import KINDS
from transforms.privacy import Privacy, veil_segment, veil_work

ROW_GROUP = 20_000


def count_files(units: pd.DataFrame, megabytes: float) -> int:
    """How many files a table is spread over: a power of two, so that growth splits files and moves nothing between them."""
    n = 1
    while n * megabytes * 1_000_000 < units["n_chars"].sum() and n < 4096:
        n *= 2
    return n


def place(doc: str, files: int) -> int:
    """Which of `files` files a document or work lies in."""
    return int(doc[:8], 16) * files >> 32


def write_documents(folder: Path, documents: pd.DataFrame, files: int) -> None:
    """The audit: a row a document. `documents` has the columns of the published table and `doc`."""
    for number, rows in _spread(documents, files):
        write(folder / "documents", number, files, "documents", pa.Table.from_pandas(
            rows.drop(columns="doc"), schema=schema.file_schema("documents"), preserve_index=False))  # fmt: skip


def write_works(
    folder: Path, collection: Collection, works: pd.DataFrame, number: int, files: int, privacy: Privacy
) -> None:
    """One file of each of the tables works, chapters and segments.

    `works`: a row a published work of this file: doc, work_id, cluster_id, n_duplicates, more_flags (what only the whole
    collection tells). `privacy`: what is left out.
    """
    by_doc = works.set_index("doc")
    docs = list(by_doc.index)
    table = collection.read("works", docs)
    told = table
    for column in ("work_id", "cluster_id", "n_duplicates"):
        told = told.append_column(column, _look_up(told, by_doc[column]))
    more = dict(zip(by_doc.index, by_doc["more_flags"], strict=True))
    flags = [sorted({*own, *more[doc]}) for doc, own in zip(told["doc"].to_pylist(), told["flags"].to_pylist(), strict=True)]
    told = told.set_column(told.column_names.index("flags"), told.field("flags"), pa.array(flags, told.field("flags").type))
    authors = dict(zip(table["doc"].to_pylist(), table["authors"].to_pylist(), strict=True))
    if privacy != Privacy():
        told = pa.Table.from_pylist([veil_work(row, privacy) for row in told.to_pylist()], told.schema)
    write(folder / "works", number, files, "works", told)

    chapters = collection.read("chapters", docs)
    texts = dict(zip(table["doc"].to_pylist(), table["text"].to_pylist(), strict=True))
    spans = zip(chapters["doc"].to_pylist(), chapters["start"].to_pylist(), chapters["end"].to_pylist(), strict=True)
    told = [texts[doc][start:end] if privacy.text else "" for doc, start, end in spans]
    chapters = chapters.append_column("text", pa.array(told, pa.string()))
    write(folder / "chapters", number, files, "chapters", _named(chapters, by_doc))
    del texts, table, told

    segments = _named(collection.read("segments", docs), by_doc)
    if privacy != Privacy():
        columns = zip(*(segments[column].to_pylist() for column in ("kind", "text", "doc")), strict=True)
        shown = [veil_segment(kind, text, authors[doc], privacy) for kind, text, doc in columns]
        segments = segments.set_column(segments.column_names.index("text"), "text", pa.array(shown, pa.string()))
    for kind in KINDS:
        rows = segments.filter(pc.equal(segments["kind"], kind))
        # Every kind has a file, so that `segments/kind=note` can be read also where there is none.
        if rows.num_rows or number == 0:
            write(folder / "segments" / f"kind={kind}", number, files, "segments", rows)


def write_relations(folder: Path, relations: pd.DataFrame) -> None:
    """The verified relations, in files of up to two million rows. Ids are those of works already."""
    table = pa.Table.from_pandas(relations, schema=schema.file_schema("relations"), preserve_index=False)
    table = table.sort_by([(name, "ascending") for name in schema.KEYS["relations"]])
    step = 2_000_000
    files = max(1, -(-table.num_rows // step))
    for number in range(files):
        write(folder / "relations", number, files, "relations", table.slice(number * step, step))


def write(folder: Path, number: int, files: int, table: str, rows: pa.Table) -> None:
    """Writes one file of a table, sorted by its key, under a name that carries the hash of its content."""
    wanted = schema.file_schema(table)
    rows = pa.Table.from_arrays([rows[name].cast(wanted.field(name).type) for name in wanted.names], schema=wanted)
    rows = rows.sort_by([(name, "ascending") for name in schema.KEYS[table]])
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f".{number}"
    with pq.ParquetWriter(aside, wanted, compression="zstd", write_page_index=True) as writer:
        if rows.num_rows:  # a row group without rows is more than some readers can take
            writer.write_table(rows, row_group_size=ROW_GROUP)
    with open(aside, "rb") as stream:
        content = hashlib.file_digest(stream, "sha256").hexdigest()
    os.replace(aside, folder / f"part-{number:04d}-of-{files:04d}-{content[:16]}.parquet")


def _named(rows: pa.Table, by_doc: pd.DataFrame) -> pa.Table:
    return rows.append_column("work_id", _look_up(rows, by_doc["work_id"]))


def _look_up(rows: pa.Table, values: pd.Series) -> pa.Array:
    """For each row the value that stands for its doc."""
    at = pc.index_in(rows["doc"], pa.array(values.index, pa.string()))
    return pa.array(values).take(at)


def _spread(rows: pd.DataFrame, files: int) -> Sequence[tuple[int, pd.DataFrame]]:
    places = rows["doc"].map(lambda doc: place(doc, files)) if len(rows) else pd.Series([], dtype=int)
    return [(number, rows[places == number]) for number in range(files)]
