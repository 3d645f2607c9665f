"""The consumers' contract: what readers of schema version 1 rely on is still there, in the schema and in the files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from transforms import schema

ROOT = Path(__file__).parents[2]
MAJOR = schema.SCHEMA_VERSION.partition(".")[0]
PROMISED = json.loads((Path(__file__).parent / f"columns-{MAJOR}.json").read_text(encoding="utf-8"))


def spelled(field: pa.Field) -> str:
    """A field's type as the promise spells it: items unnamed, nullability of the column as a question mark."""
    plain = re.sub(r"element: | not null", "", str(field.type))
    return plain + ("?" if field.nullable else "")


@pytest.mark.parametrize("table", PROMISED)
def test_promised_columns_are_there(table):
    fields = {field.name: spelled(field) for field in schema.arrow_schema(table)}
    assert {name: fields.get(name) for name in PROMISED[table]} == PROMISED[table]


@pytest.mark.parametrize("table", schema.TABLES)
def test_every_column_has_a_meaning(table):
    for field in schema.TABLES[table]:
        assert len(field.meaning.split()) >= 2 and field.meaning.endswith((".", ")")), field.name


@pytest.fixture(scope="module")
def version(tmp_path_factory):
    from tests.flows.conftest import curate, story

    raw = tmp_path_factory.mktemp("schema") / "raw"
    raw.mkdir()
    (raw / "one.txt").write_text("A/N: hello, please review!\n\n\n" + story("Ida", "ran", "the pier"), encoding="utf-8")
    return curate(raw, raw.parent / "curated")


@pytest.mark.parametrize("table", schema.TABLES)
def test_files_carry_the_schema(version, table):
    paths = list((version / table).rglob("*.parquet"))
    assert paths
    for path in paths:
        found = pq.read_schema(path)
        assert found.equals(schema.file_schema(table), check_metadata=True)
        assert all(field.metadata[b"meaning"] for field in found)


def test_kinds_are_partitions(version):
    table = ds.dataset(version / "segments", partitioning="hive").to_table()
    assert {"story", "note"} <= set(table["kind"].to_pylist())
