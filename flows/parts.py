"""Cleaned parts: what the cleaning of a batch of source files gave, kept on disk under the hash of all that went into it.

A part is a folder `state/cleaned/<key>/` with a Parquet file per table and `part.json`, which names the source files with
their hashes. It is written aside and renamed into place, so a part that exists is whole; a batch whose part exists is not
cleaned again. Nothing else remembers what was cleaned: `catalog` reads it off the parts.

`doc` identifies a document together with its bytes and the rules that cleaned it: eight hex digits of its source (which place
it in the published files), then sixteen of source, bytes and rules. What has the same `doc` is the same in every run.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows import versions
from flows.inventory import SourceFile
from transforms import schema
from transforms.metadata import Metadata

_STR, _I32, _F32 = pa.string(), pa.int32(), pa.float32()
_STRS = pa.list_(_STR)
_DOUBTS = pa.list_(pa.struct([("chapter", _I32), ("reason", _STR), ("score", _F32), ("excerpt", _STR)]))


def _types(*names: str) -> list[tuple[str, pa.DataType]]:
    """The named columns of the published works, which a part holds under the same names."""
    types = {field.name: field.type for field in schema.WORKS}
    return [(name, types[name]) for name in names]


_LABELS = _types("tense", "tense_confidence", "pov", "pov_confidence", "pov_character")
METADATA = [
    field.name
    for field in schema.WORKS
    if field.name in {name for name in Metadata.__dataclass_fields__} - {"site"}
]

SCHEMAS: Mapping[str, pa.Schema] = {
    "documents": pa.schema(
        [("doc", _STR), ("file", _STR), ("file_sha256", _STR), ("source", _STR), ("sha256", _STR), ("bytes", pa.int64())]
        + [("format", _STR), ("site", _STR), ("encoding", _STR), ("repairs", schema.REPAIRS), ("reason", _STR), ("detail", _STR)]
        + [("cause", _STR), ("opt_outs", schema.OPT_OUTS), ("dated", _STR), ("site_id", _STR), ("flags", _STRS)]
        + [("doubts", _DOUBTS)]
        + [("part_key", _STR), ("part_position", _I32), ("part_total", _I32), ("part_certain", pa.bool_())]
        + _types("url", "title", "authors", "status", "published", "updated", "n_words", "n_chars", "stated_words")
        + _types("stated_chapters", "n_chapters", "language", *(name for name, _ in _LABELS))
    ),
    "works": pa.schema(
        [("doc", _STR), ("source", _STR), ("site", _STR)]
        + _types(*METADATA)
        + _types("language", "n_words", "n_chars", "n_chapters", "n_notes")
        + _LABELS
        + _types("past_share", "present_share", "pov_character_confidence", "form", "flags", "text")
    ),
    "chapters": pa.schema(
        [("doc", _STR), ("chapter", _I32), ("title", _STR), ("start", _I32), ("end", _I32), ("n_words", _I32)] + _LABELS
    ),
    "segments": pa.schema(
        [("doc", _STR), ("chapter", _I32), ("ordinal", _I32), ("kind", _STR), ("topics", _STRS), ("text", _STR)]
        + [("source", _STR), ("start", _I32), ("end", _I32), ("rule", _STR), ("confidence", _F32)]
    ),
    "units": pa.schema(
        [("doc", _STR), ("unit", _STR), ("text_hash", _STR), ("n_tokens", pa.int64()), ("n_shingles", pa.int64())]
        + [("sketch", pa.list_(pa.uint64()))]
    ),
    "stones": pa.schema([("doc", _STR), ("text_hashes", _STRS), ("shingles", pa.list_(pa.uint64()))]),
}
"""The tables of a part.

`documents.reason` is set for all that is no work; `cause` names what a copy was kept out for: a `doc` or a tombstone. `units` are
what relations compares: `doc` for a work, `doc/chapter` for a chapter. `stones` are what documents whose author opted out are
recognised by: they have no row, and so no text, in any other table.
"""

@dataclass(frozen=True, slots=True)
class Part:
    """A part on disk: its folder, the rules that made it, and the files it holds, each (path, sha256).

    `stamps` are these files as they lay in raw/ when they were cleaned, where size and time say enough to know them again.
    """

    folder: Path
    rules: str
    files: tuple[tuple[str, str], ...]
    documents: int
    stamps: tuple[SourceFile, ...] = ()

    def read(self, table: str, columns: Sequence[str] | None = None, docs: pa.Array | None = None) -> pa.Table:
        """A table of the part, or the rows of `docs` of it."""
        path = self.folder / f"{table}.parquet"
        filters = None if docs is None else pc.field("doc").isin(docs)
        return pq.read_table(path, columns=columns, filters=filters)


def seal(
    folder: Path, rules: str, files: Sequence[tuple[str, str]], documents: int, stamps: Sequence[SourceFile] = ()
) -> None:
    """Writes what names a part's content; a part is whole when this is there and its folder has its name."""
    content = {"rules": rules, "files": files, "documents": documents, "stamps": [astuple(stamp) for stamp in stamps]}
    (folder / "part.json").write_text(json.dumps(content), encoding="utf-8")


def discard(part: Part) -> None:
    """Removes a part: out of the listing first, so that a half-removed one is never read."""
    gone = part.folder.with_name(f".{part.folder.name}.gone")
    shutil.rmtree(gone, ignore_errors=True)
    os.rename(part.folder, gone)
    shutil.rmtree(gone)


def compact(part: Part, alive: Collection[str], buried: Mapping[str, tuple[str, str]]) -> None:
    """Rewrites a part so that it holds `alive` documents only, and of `buried` ones (reason, cause) no more than their row.

    Whatever else it held is gone from the disk when this returns.
    """
    with aside(part.folder) as temporary:
        for name, wanted in SCHEMAS.items():
            rows = part.read(name)
            keep = set(alive) if name == "documents" else set(alive) - set(buried)
            rows = rows.filter(pc.is_in(rows["doc"], pa.array(sorted(keep), _STR)))
            if name == "documents":
                # A file of which nothing is left must not pass for one that was cleaned.
                held = set(zip(rows["file"].to_pylist(), rows["file_sha256"].to_pylist(), strict=True))
                rows = pa.Table.from_pylist([_bare(row, buried) for row in rows.to_pylist()], wanted)
            pq.write_table(rows, temporary / f"{name}.parquet", compression="zstd")
        seal(temporary, part.rules, [file for file in part.files if file in held], part.documents)


def merge(parts: Sequence[Part], folder: Path, alive: Mapping[int, Collection[str]]) -> None:
    """Makes one part of several under the same rules, with the living documents of each (`alive`, by place in `parts`).

    The old ones go after the new one is there: whoever dies between leaves both, which hold the same.
    """
    with aside(folder) as temporary:
        files: list[tuple[str, str]] = []
        for name, wanted in SCHEMAS.items():
            tables = []
            for at, part in enumerate(parts):
                rows = part.read(name)
                tables.append(rows.filter(pc.is_in(rows["doc"], pa.array(sorted(alive[at]), _STR))))
            whole = pa.concat_tables(tables).cast(wanted)
            if name == "documents":
                files = sorted(set(zip(whole["file"].to_pylist(), whole["file_sha256"].to_pylist(), strict=True)))
                documents = whole.num_rows
            # Sorted by doc, so that whoever reads some documents can skip row groups; the sort keeps each document's order.
            order = pc.sort_indices(whole, sort_keys=[("doc", "ascending")])
            pq.write_table(whole.take(order), temporary / f"{name}.parquet", compression="zstd", row_group_size=5_000)
        stamps = [stamp for part in parts for stamp in part.stamps]
        seal(temporary, parts[0].rules, files, documents, stamps)
    for part in parts:
        discard(part)


_IDENTIFYING = ("doc", "file", "file_sha256", "source", "sha256", "bytes", "format", "site", "encoding", "dated", "site_id",
                "part_key", "part_position", "part_total", "part_certain")  # fmt: skip


def _bare(row: dict, buried: Mapping[str, tuple[str, str]]) -> dict:
    """The row of a buried document: what identifies it, and why it is out."""
    if row["doc"] not in buried:
        return row
    reason, cause = buried[row["doc"]]
    kept = {name: row[name] for name in _IDENTIFYING}
    return kept | {"reason": reason, "cause": cause, "repairs": [], "opt_outs": [], "flags": [], "doubts": []}


def forget_files(part: Part, paths: Collection[str]) -> None:
    """Has a part hold these files no longer: they will be cleaned again."""
    content = {"rules": part.rules, "files": [f for f in part.files if f[0] not in paths], "documents": part.documents}
    new = part.folder / ".part.json"
    new.write_text(json.dumps(content), encoding="utf-8")
    versions.sync(new)
    os.replace(new, part.folder / "part.json")


def open_part(folder: Path) -> Part | None:
    """The part in `folder`, or None where there is none."""
    try:
        content = json.loads((folder / "part.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    stamps = tuple(SourceFile(*stamp) for stamp in content.get("stamps", ()))
    return Part(folder, content["rules"], tuple(map(tuple, content["files"])), content["documents"], stamps)


def catalog(folder: Path) -> list[Part]:
    """All parts below `folder`, in the order of their names."""
    if not folder.is_dir():
        return []
    found = (open_part(path) for path in sorted(folder.iterdir()) if not path.name.startswith("."))
    return [part for part in found if part]


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A folder to write into that becomes `folder`, durable, when all went well, and nothing when not.

    What was in `folder` goes as a whole: whoever dies on the way leaves the old one, none, or the new one.
    """
    temporary, gone = (folder.with_name(f".{folder.name}.{what}") for what in (os.getpid(), "gone"))
    for left in (temporary, gone):
        shutil.rmtree(left, ignore_errors=True)
    temporary.mkdir(parents=True)
    try:
        yield temporary
        versions.sync_all(temporary)
        if folder.exists():
            os.rename(folder, gone)
        os.rename(temporary, folder)
    finally:
        for left in (temporary, gone):
            shutil.rmtree(left, ignore_errors=True)
