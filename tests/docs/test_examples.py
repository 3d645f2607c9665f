"""The examples of docs/dataset.md and of the card run as they stand."""

from __future__ import annotations

import os
import re
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from transforms import card, schema
from transforms.documents import KINDS

os.environ["HF_HUB_OFFLINE"] = "1"  # read when the libraries are first imported

PAGE = (Path(__file__).parents[2] / "docs" / "dataset.md").read_text(encoding="utf-8")
CARD = card.render({})


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.S)


def one_row(table: str) -> pa.Table:
    """A row that fits the table's schema: "x" for strings, 1 for numbers, null where that is allowed."""
    columns = {}
    for field in schema.file_schema(table):
        value = "x" if pa.types.is_string(field.type) else [] if pa.types.is_list(field.type) else 1
        columns[field.name] = pa.array([None if field.nullable else value]).cast(field.type)
    return pa.table(columns, schema=schema.file_schema(table))


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A folder with `curated/latest`, and `latest` as one finds it inside `curated`."""
    home = tmp_path_factory.mktemp("home")
    for table in schema.TABLES:
        for part in [f"{table}/kind={kind}" for kind in KINDS] if table == "segments" else [table]:
            folder = home / "curated" / "latest" / part
            folder.mkdir(parents=True)
            pq.write_table(one_row(table), folder / "part-0000-of-0001-0.parquet")
    (home / "curated" / "latest" / "README.md").write_text(CARD, encoding="utf-8")
    (home / "latest").symlink_to(home / "curated" / "latest")
    return home


@pytest.mark.parametrize("code", [*blocks(PAGE, "python"), *blocks(CARD, "python")])
def test_python(code, home, monkeypatch):
    monkeypatch.chdir(home)
    if "load_dataset" in code:
        code = code.replace('split="train")', f'split="train", cache_dir={str(home / "cache")!r})')
    found: dict[str, object] = {}
    exec(code, found)
    for name in ("works", "notes", "first_person"):
        if name in found:
            assert len(found[name]) in (0, 1)


@pytest.mark.parametrize("query", [*blocks(PAGE, "sql"), *blocks(CARD, "sql")])
def test_duckdb(query, home, monkeypatch):
    monkeypatch.chdir(home)
    assert len(duckdb.sql(query).fetchall()) in (1, len(KINDS))


def test_there_are_examples():
    assert len(blocks(PAGE, "python")) == 4 and len(blocks(CARD, "python")) == 3 and blocks(PAGE, "sql") and blocks(CARD, "sql")
