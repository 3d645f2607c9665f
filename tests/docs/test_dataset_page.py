"""docs/dataset.md says what the code says."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

from transforms import schema
from transforms.documents import KINDS

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "dataset.md").read_text(encoding="utf-8")


def writer():
    spec = importlib.util.spec_from_file_location("docs_fields", DOCS / "fields.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_its_tables_are_current():
    assert writer().current(PAGE) == PAGE, "docs/dataset.md is not current: run `python docs/fields.py` and commit the page"


def test_every_table_of_the_code_is_on_the_page():
    assert set(re.findall(r"<!-- from code: ([a-z ]+) -->", PAGE)) == set(writer().tables())


def test_every_kind_is_explained():
    for kind in KINDS:
        assert f"\n| `{kind}` |" in PAGE


def test_every_field_has_a_meaning_and_the_schema_carries_it():
    for table, fields in schema.TABLES.items():
        arrow = schema.arrow_schema(table)
        for field in fields:
            assert len(field.meaning) > 8 and field.meaning.endswith("."), f"{table}.{field.name}"
            assert arrow.field(field.name).metadata[b"meaning"].decode() == field.meaning
