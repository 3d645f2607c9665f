"""The present collection: for every file that lies in raw/ now, the documents that the cleaned parts hold of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from flows.inventory import SourceFile
from flows.parts import SCHEMAS, Part

REFUSED = "-"
"""Stands for the hash of an entry of raw/ that is no file to be read."""


@dataclass(frozen=True, slots=True)
class Collection:
    """The live documents over a set of parts.

    `documents` has a row a document: the columns of a part's `documents` table, `part` (index into `parts`), and the times
    `first_seen` and `last_changed`. `parts` may also hold joined works, which have no documents of their own.
    """

    parts: tuple[Part, ...]
    documents: pd.DataFrame
    home: Mapping[str, int]  # doc or joined unit -> index into parts

    def read(self, table: str, docs: Iterable[str], columns: Sequence[str] | None = None) -> pa.Table:
        """The rows of `docs` from a table of the parts, part by part, in each part's order."""
        by_part: dict[int, list[str]] = {}
        for doc in docs:
            by_part.setdefault(self.home[doc], []).append(doc)
        tables = [
            self.parts[index].read(table, columns, pa.array(sorted(wanted))) for index, wanted in sorted(by_part.items())
        ]
        if not tables:
            schema = SCHEMAS[table]
            return (pa.schema([schema.field(name) for name in columns]) if columns else schema).empty_table()
        return pa.concat_tables(tables)

    def texts(self, units: Sequence[str]) -> Iterator[tuple[str, str]]:
        """(unit, story text) of works (`doc`) and chapters (`doc/chapter`), in the order in which they lie on disk."""
        wanted: dict[str, list[str]] = {}
        for unit in units:
            wanted.setdefault(unit.partition("/")[0], []).append(unit)
        for start in range(0, len(wanted), 2000):
            docs = sorted(wanted)[start : start + 2000]
            works = self.read("works", docs, ["doc", "text"])
            chaptered = [doc for doc in docs if any("/" in unit for unit in wanted[doc])]
            spans = {
                f"{row['doc']}/{row['chapter']}": (row["start"], row["end"])
                for row in self.read("chapters", chaptered, ["doc", "chapter", "start", "end"]).to_pylist()
            }
            for doc, text in zip(works["doc"].to_pylist(), works["text"], strict=True):
                text = text.as_py()
                for unit in wanted[doc]:
                    first, last = spans[unit] if "/" in unit else (0, None)
                    yield unit, text[first:last]

    def with_parts(self, joined: Sequence[Part]) -> Collection:
        """The collection with the works of further parts (joined ones) in it."""
        home = dict(self.home)
        for index, part in enumerate(joined, len(self.parts)):
            home |= dict.fromkeys(part.read("works", ["doc"])["doc"].to_pylist(), index)
        return Collection((*self.parts, *joined), self.documents, home)


def collect(files: Sequence[SourceFile], parts: Sequence[Part], rules: str) -> Collection:
    """The live documents: for each file the rows of the first part, by name, that holds its bytes under the present rules."""
    hashes = {file.path: file.sha256 or "" for file in files}
    times = {file.path: file.mtime_ns for file in files}
    chosen: dict[str, int] = {}
    parts = [part for part in parts if part.rules == rules]
    for index, part in enumerate(parts):
        for path, sha256 in part.files:
            if hashes.get(path) == sha256:
                chosen.setdefault(path, index)
    missing = sorted(set(hashes) - set(chosen))
    if missing:
        raise LookupError(f"{len(missing)} files were read into no part, the first is {missing[0]}")
    frames = []
    for index, part in enumerate(parts):
        paths = [path for path, _ in part.files if chosen.get(path) == index]
        if not paths:
            continue
        table = part.read("documents")
        table = table.filter(pc.is_in(table["file"], pa.array(paths)))
        frame = table.to_pandas(types_mapper={pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype()}.get)
        frame = frame[frame["file_sha256"] == frame["file"].map(hashes)]
        frames.append(frame.assign(part=index))
    documents = pd.concat(frames, ignore_index=True) if frames else SCHEMAS["documents"].empty_table().to_pandas().assign(part=0)
    documents = documents.sort_values("source", ignore_index=True)
    changed = [_moment(times[file]) for file in documents["file"]]
    documents["last_changed"] = pd.Series(changed, dtype="datetime64[us, UTC]")
    stated = pd.to_datetime(documents["dated"], utc=True, errors="coerce", format="ISO8601").astype("datetime64[us, UTC]")
    documents["first_seen"] = stated.fillna(documents["last_changed"])
    home = dict(zip(documents["doc"], documents["part"], strict=True))
    return Collection(tuple(parts), documents, home)


def _moment(ns: int) -> datetime:
    return datetime.fromtimestamp(ns // 1000 / 1_000_000, UTC)


def stories(documents: pd.DataFrame) -> pd.DataFrame:
    """The documents that hold story text."""
    return documents[documents["reason"].isna()]


def state_of(curated: Path) -> Path:
    """Where what is ours lies: caches, fingerprints, removals."""
    return curated / "state"
