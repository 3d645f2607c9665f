"""The dataset card: the README.md that lies beside the tables, with the YAML head that Hugging Face reads.

Field lists are made from `transforms.schema`, here and (by `docs/fields.py`) in `docs/dataset.md`, so that they cannot differ
from the tables.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

import pyarrow as pa

from transforms import schema
from transforms.documents import KINDS

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"), (10_000_000, "1M<n<10M"))

_ABOUT = {
    "works": "One row a published work: its story text without notes, its metadata as stated, and labels with confidences.",
    "chapters": "One row a chapter of a published work.",
    "segments": "One row a segment of a published work, partitioned by `kind`: joined in order they give back the document.",
    "documents": "One row a document of the raw files, published or not: the audit.",
    "relations": "One row a verified pair of works or chapters that share text.",
}

_READING = """\
## Reading it

The tables are plain Parquet; no code of ours is needed. `latest` is replaced in one step when a new version is published, so a
job that reads several tables or takes long should look up the version once and read from `versions/` itself.

```python
import pandas as pd

works = pd.read_parquet("latest/works", columns=["work_id", "title", "tense", "pov", "text"])
notes = pd.read_parquet("latest/segments/kind=note")
```

```python
import polars as pl

works = pl.scan_parquet("latest/works/*.parquet").filter(pl.col("tense_confidence") > 0.9).collect()
```

```python
from datasets import load_dataset

works = load_dataset("latest", "works", split="train")
notes = load_dataset("latest", "segments-note", split="train")
```

```sql
-- DuckDB
SELECT tense, pov, count(*) AS works, sum(n_words) AS words
FROM 'latest/works/*.parquet'
GROUP BY ALL ORDER BY works DESC;
```

Split for training by `cluster_id`, never by row: works that share text have the same one.
"""

_CARE = """\
## Whose stories these are

The stories belong to those who wrote them. Having a copy is not a licence: what may be done with a text is between its author,
the law of the place and whoever uses it, and nothing in this dataset grants a right that the author did not.

- **Opt-outs.** Statements such as "do not feed my work to AI" or "do not archive" are looked for in notes, headers and
  summaries before anything is stripped. By default a work that refuses AI use or archiving is not published, nor are its
  copies; `documents` lists it as `opted_out`, with the phrase and without text.
- **Removal.** `fiction-curator remove` takes works or authors out of every kept version, their copies too, and keeps copies
  that come in later from being published. Whoever passes this dataset on should pass removals on as well.
- **What it is not.** Labels are estimates with stated confidences; `unknown` means that the text does not tell. Metadata is as
  the documents state it and null where they do not. Fiction of every rating may be in it: see `rating_level` and `warnings`,
  and mind that works without a stated rating can hold anything.
"""


def render(manifest: Mapping[str, object]) -> str:
    """The card of a version, from its manifest: `version`, `created`, `parent`, `schema_version`, `counts`.

    `files` (path and rows of each) says which tables have rows: only those can be loaded through the head, as the `datasets`
    library fails on a table without any. Of `counts` are read: documents, works, words, dispositions, reasons, tense, pov,
    form, language, flags, rows (by table); what is not there is left out.
    """
    counts = _mapping(manifest.get("counts"))
    parts = [
        _head(counts, _filled(manifest)),
        "# Curated fiction\n",
        "Fan-fiction and web-fiction stories, cleaned: encoding repaired, author's notes parted from the story and kept beside\n"
        "it, tense and point of view labelled, copies found. Made by Fiction Curator from a collection of raw files.\n",
        _facts(manifest, counts),
        _numbers(counts),
        _READING,
        "## Tables\n",
        *(f"### {name}\n\n{_about(name, counts)}\n\n{field_table(name)}" for name in _ABOUT),
        "## Flags\n\n" + meanings_table(schema.FLAGS, "flag", _mapping(counts.get("flags")), "works"),
        _CARE,
    ]
    return "\n".join(parts)


def _filled(manifest: Mapping[str, object]) -> set[str] | None:
    """The folders with rows in them, or None where the manifest lists no files."""
    files = manifest.get("files")
    return {file["path"].rpartition("/")[0] for file in files if file["rows"]} if files else None


def _head(counts: Mapping[str, object], filled: set[str] | None) -> str:
    """The YAML head. Strings are written as JSON, which YAML reads."""
    configs = [("works", "works"), ("chapters", "chapters"), ("documents", "documents"), ("relations", "relations")]
    configs += [(f"segments-{kind}", f"segments/kind={kind}") for kind in KINDS]
    lines = ["---", "pretty_name: Curated fiction", "license: other", "license_name: authors-rights"]
    lines.append("license_link: README.md#whose-stories-these-are")
    languages = sorted({str(tag).partition("-")[0] for tag in _mapping(counts.get("language")) if str(tag)[:2].isalpha()})
    if languages:
        lines += ["language:", *(f"- {json.dumps(tag)}" for tag in languages)]
    lines += ["size_categories:", f"- {size_category(int(counts.get('works') or 0))}"]
    lines += ["task_categories:", "- text-generation", "- text-classification"]
    lines += ["tags:", "- fan-fiction", "- fiction", "- narration", "- tense", "- point-of-view", "- deduplicated"]
    lines.append("configs:")
    for name, folder in configs:
        if filled is not None and folder not in filled:
            continue
        lines += [f"- config_name: {name}", "  data_files:", "  - split: train", f"    path: {json.dumps(folder + '/*.parquet')}"]
        if name == "works":
            lines.append("  default: true")
    return "\n".join([*lines, "---", ""])


def size_category(works: int) -> str:
    """Hugging Face's name for a number of rows."""
    return next((name for limit, name in _SIZES if works < limit), "10M<n<100M")


def _facts(manifest: Mapping[str, object], counts: Mapping[str, object]) -> str:
    rows = [("version", manifest.get("version")), ("made", manifest.get("created")), ("after", manifest.get("parent"))]
    rows += [("schema", manifest.get("schema_version"))]
    rows += [(name, _thousands(counts[name])) for name in ("works", "words") if name in counts]
    return "\n".join(f"- {name}: {value}" for name, value in rows if value) + "\n"


def _numbers(counts: Mapping[str, object]) -> str:
    """Counts per disposition and label, as small tables."""
    dispositions = _mapping(counts.get("dispositions"))
    found = []
    if dispositions:
        whole = _thousands(sum(int(n) for n in dispositions.values()))
        found.append(
            f"## What became of the documents\n\nEvery one of the {whole} documents has one disposition.\n\n"
            + meanings_table(schema.DISPOSITIONS, "disposition", dispositions, "documents")
        )
    reasons = _mapping(counts.get("reasons"))
    if reasons:
        found.append(_tally(reasons, "reason", "documents"))
    labels = [(name, _mapping(counts.get(name))) for name in ("tense", "pov", "form", "language")]
    if any(values for _, values in labels):
        found.append("## Labels\n")
        found += [_tally(values, name, "works") for name, values in labels if values]
    return "\n".join(found)


def _tally(values: Mapping[str, object], what: str, unit: str) -> str:
    ordered = sorted(values.items(), key=lambda item: (-int(item[1]), item[0]))
    rows = [f"| `{_cell(name)}` | {_thousands(n)} |" for name, n in ordered]
    return "\n".join([f"| {what} | {unit} |", "| --- | ---: |", *rows, ""])


def meanings_table(meanings: Mapping[str, str], what: str, counts: Mapping[str, object] | None = None, unit: str = "") -> str:
    """A Markdown table of codes with what they mean, and how many there are where `counts` is given."""
    if counts:
        head = [f"| {what} | {unit} | meaning |", "| --- | ---: | --- |"]
        rows = [f"| `{code}` | {_thousands(counts.get(code, 0))} | {_cell(meaning)} |" for code, meaning in meanings.items()]
    else:
        head = [f"| {what} | meaning |", "| --- | --- |"]
        rows = [f"| `{code}` | {_cell(meaning)} |" for code, meaning in meanings.items()]
    return "\n".join([*head, *rows, ""])


def field_table(table: str) -> str:
    """The fields of a published table as a Markdown table: name, type (`?` where it may be null), meaning."""
    rows = [f"| `{f.name}` | {type_name(f.type)}{'?' if f.nullable else ''} | {_cell(f.meaning)} |" for f in schema.TABLES[table]]
    return "\n".join(["| field | type | meaning |", "| --- | --- | --- |", *rows, ""])


def type_name(kind: pa.DataType) -> str:
    """An Arrow type in words: str, int32, float, date, list of str, list of {name str, position int32?}."""
    if pa.types.is_list(kind):
        return f"list of {type_name(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "{" + ", ".join(f"{f.name} {type_name(f.type)}{'?' if f.nullable else ''}" for f in kind) + "}"
    names = {"string": "str", "date32[day]": "date", "double": "float64", "float": "float32"}
    return names.get(str(kind), str(kind).replace("timestamp[us, tz=UTC]", "timestamp (UTC)"))


def _about(name: str, counts: Mapping[str, object]) -> str:
    rows = _mapping(counts.get("rows")).get(name)
    return _ABOUT[name] + (f" {_thousands(rows)} row{'' if rows == 1 else 's'}." if rows is not None else "")


def _thousands(n: object) -> str:
    return f"{int(n):,}"


def _cell(text: str) -> str:
    """Text that cannot leave its table cell."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}
