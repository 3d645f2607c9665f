"""The card beside the tables is one that Hugging Face's loader takes, and says what the schema says."""

from __future__ import annotations

import os

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import yaml

from transforms import card, schema
from transforms.documents import KINDS

os.environ["HF_HUB_OFFLINE"] = "1"  # read when the libraries are first imported

MANIFEST = {
    "version": "20260101T000000.000000Z",
    "created": "2026-01-01T00:00:00+00:00",
    "parent": None,
    "schema_version": schema.SCHEMA_VERSION,
    "counts": {
        "documents": 1_203, "works": 1_104, "words": 5_000_000,
        "dispositions": {"published": 1_104, "duplicate": 90, "opted_out": 2, "removed": 0, "rejected": 7},
        "reasons": {"identical": 90, "no_ai": 2, "empty": 7},
        "tense": {"past": 900, "present": 204}, "language": {"en": 1_100, "zh-Hant": 3, "no": 1},
        "flags": {"anonymous": 4}, "rows": {"works": 1_104, "relations": 1},
    },
}  # fmt: skip


def head(text: str) -> dict:
    assert text.startswith("---\n")
    return yaml.safe_load(text.split("---\n")[1])


def one_row(table: str) -> pa.Table:
    """A row that fits the table's schema: "x" for strings, 1 for numbers, null where that is allowed."""
    wanted = schema.file_schema(table)
    columns = {}
    for field in wanted:
        value = "x" if pa.types.is_string(field.type) else [] if pa.types.is_list(field.type) else 1
        columns[field.name] = pa.array([None if field.nullable else value]).cast(field.type)
    return pa.table(columns, schema=wanted)


@pytest.fixture
def dataset(tmp_path):
    """A version with a row in works and in the notes, and its card."""
    folder = tmp_path / "latest"
    files = []
    for table in schema.TABLES:
        for part in [f"{table}/kind={kind}" for kind in KINDS] if table == "segments" else [table]:
            rows = one_row(table) if part in ("works", "segments/kind=note") else schema.file_schema(table).empty_table()
            (folder / part).mkdir(parents=True)
            pq.write_table(rows, folder / part / "part-0000-of-0001-0.parquet")
            files.append({"path": f"{part}/part-0000-of-0001-0.parquet", "rows": rows.num_rows})
    (folder / "README.md").write_text(card.render({**MANIFEST, "files": files}), encoding="utf-8")
    return folder


def test_the_head_is_yaml_and_names_every_table():
    found = head(card.render(MANIFEST))
    assert found["license"] == "other"
    assert found["size_categories"] == ["1K<n<10K"]
    assert found["language"] == ["en", "no", "zh"]  # quoted: a bare `no` would be false
    names = [config["config_name"] for config in found["configs"]]
    assert names == ["works", "chapters", "documents", "relations", *(f"segments-{kind}" for kind in KINDS)]


def test_hugging_face_takes_the_head():
    from huggingface_hub import DatasetCard

    assert DatasetCard(card.render(MANIFEST)).data.license == "other"


def test_hugging_face_loads_the_tables_by_the_head(dataset, tmp_path):
    import datasets

    assert datasets.get_dataset_config_names(str(dataset)) == ["works", "segments-note"]  # the others are empty
    works = datasets.load_dataset(str(dataset), split="train", cache_dir=str(tmp_path / "cache"))
    assert works.column_names == [field.name for field in schema.WORKS]
    assert works.num_rows == 1
    notes = datasets.load_dataset(str(dataset), "segments-note", split="train", cache_dir=str(tmp_path / "cache"))
    assert notes.num_rows == 1


def test_every_field_and_disposition_is_in_the_card():
    text = card.render(MANIFEST)
    for fields in schema.TABLES.values():
        for field in fields:
            assert f"| `{field.name}` |" in text
    assert "1,203 documents" in text and "| `duplicate` | 90 |" in text and "| `anonymous` | 4 |" in text


def test_a_manifest_without_counts_makes_a_card():
    assert head(card.render({}))["size_categories"] == ["n<1K"]


@pytest.mark.parametrize(("works", "name"), [(0, "n<1K"), (999, "n<1K"), (1_000, "1K<n<10K"), (10_000_000, "10M<n<100M")])
def test_size_categories(works, name):
    assert card.size_category(works) == name


def test_types_in_words():
    assert card.type_name(schema.SERIES) == "list of {name str, position int32?}"
    assert card.type_name(pa.timestamp("us", tz="UTC")) == "timestamp (UTC)"


def test_text_cannot_leave_its_table_cell():
    assert "| `a\\|b` |" in card.render({"counts": {"reasons": {"a|b": 1}}})
