"""The tables of a version as Arrow reads them."""

from __future__ import annotations

from pathlib import Path

import pyarrow.dataset as ds

from transforms import schema


def dataset(folder: Path, table: str) -> ds.Dataset:
    """A table of the version in `folder`; its columns are those of the schema."""
    return ds.dataset(folder / table, format="parquet", partitioning="hive", schema=schema.arrow_schema(table))
