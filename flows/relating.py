"""The relations within the collection, kept from run to run: only what is new is compared, with everything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows.collection import Collection
from flows.parts import aside
from transforms import relations
from transforms.relations import policy
from transforms.works import candidates


def relate(collection: Collection, units: pd.DataFrame, memory: Path, order: Sequence[str]) -> pd.DataFrame:
    """The verified relations between works (`doc`) and chapters (`doc/chapter`).

    `units`: a row a work that takes part, as `transforms.works.decide` takes it. `memory`: the folder of what earlier runs
    found. A `doc` stands for one text for ever, so what was found between two docs holds as long as both are there.
    """
    docs = sorted(units["doc"])
    table = collection.read("units", docs)
    table = table.rename_columns({"unit": "unit_id", "doc": "work_id"})
    ranks = policy.rank(candidates(units), *([tuple(order)] if order else []))
    at = pc.index_in(table["work_id"], pa.array(units["doc"], pa.string()))
    table = table.append_column("rank", pa.array(ranks.to_numpy(), pa.int64()).take(at))
    known, before = _recall(memory)
    new = None if known is None else table.filter(pc.invert(pc.is_in(table["work_id"], value_set=before)))["unit_id"].to_pylist()

    def text_of(ids: Sequence[str]) -> Iterable[str]:
        texts = dict(collection.texts(ids))
        return (texts[unit] for unit in ids)

    found = relations.relate(table, text_of, known, new)
    if known is None or not found.equals(known) or len(before) != len(docs) or new:
        _remember(memory, found, docs)
    return found.to_pandas()


def _recall(memory: Path) -> tuple[pa.Table | None, pa.Array | None]:
    try:
        known = pq.read_table(memory / "relations.parquet")
        docs = pq.read_table(memory / "docs.parquet")["doc"].combine_chunks()
    except FileNotFoundError:
        return None, None
    return known, docs


def _remember(memory: Path, found: pa.Table, docs: Sequence[str]) -> None:
    with aside(memory) as folder:
        pq.write_table(found, folder / "relations.parquet", compression="zstd")
        pq.write_table(pa.table({"doc": pa.array(docs, pa.string())}), folder / "docs.parquet", compression="zstd")
