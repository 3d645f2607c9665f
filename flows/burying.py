"""Keeping out what must stay out: removals at request, opt-outs, and copies of both. Nothing of their text stays on disk.

    state/removals/salt               random bytes; without them the hashes of names say nothing
    state/removals/tombstones.parquet one row a request or story: id, date, reason, ids, text hashes, shingle hashes
    state/removals/receipts/          what each request did
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows import parts
from flows.collection import Collection, stories
from transforms.removals import Graveyard, Tombstone, salted
from transforms.works import claim, disposition_of

_STRS = pa.list_(pa.string())
_SCHEMA = pa.schema(
    [("id", pa.string()), ("date", pa.string()), ("reason", pa.string()), ("ids", _STRS), ("text_hashes", _STRS)]
    + [("shingles", pa.list_(pa.uint64()))]
)


@dataclass(frozen=True, slots=True)
class Request:
    """A removal that was asked for: when, why, and the tombstone it left."""

    id: str
    date: str
    reason: str
    stone: Tombstone


class Removals:
    """The tombstones of a dataset, on disk."""

    def __init__(self, state: Path):
        self.folder = state / "removals"
        self._file = self.folder / "tombstones.parquet"

    def salt(self) -> bytes:
        """The salt of this dataset; made at its first use."""
        path = self.folder / "salt"
        if not path.exists():
            self.folder.mkdir(parents=True, exist_ok=True)
            aside = path.with_suffix(".tmp")
            aside.write_bytes(secrets.token_bytes(32))
            os.replace(aside, path)
        return path.read_bytes()

    def requests(self) -> list[Request]:
        """All requests, oldest first."""
        if not self._file.exists():
            return []
        return [
            Request(row["id"], row["date"], row["reason"], _stone(row["ids"], row["text_hashes"], row["shingles"]))
            for row in pq.read_table(self._file, schema=_SCHEMA).to_pylist()
        ]

    def add(self, requests: Sequence[Request]) -> None:
        """Remembers further requests; durable when it returns."""
        rows = [
            {"id": r.id, "date": r.date, "reason": r.reason, "ids": sorted(r.stone.ids),
             "text_hashes": sorted(r.stone.text_hashes), "shingles": r.stone.shingles}
            for r in (*self.requests(), *requests)
        ]  # fmt: skip
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self._file.with_suffix(".tmp")
        with open(aside, "wb") as stream:
            pq.write_table(pa.Table.from_pylist(rows, _SCHEMA), stream, compression="zstd")
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(aside, self._file)

    def digest(self) -> str:
        """A hash of all requests: a version is a function of them too."""
        return hashlib.sha256(self._file.read_bytes()).hexdigest() if self._file.exists() else ""


def _stone(ids: Iterable[str], text_hashes: Iterable[str], shingles: Iterable[int]) -> Tombstone:
    return Tombstone(frozenset(ids), frozenset(text_hashes), np.asarray(shingles, np.uint64))


def names_of(documents: pd.DataFrame, work_ids: pd.Series, salt: bytes) -> list[set[str]]:
    """For each document the salted hashes of what names it: source, work id, address, authors."""
    columns = zip(documents["source"], work_ids, documents["url"], documents["authors"], strict=True)
    return [
        {salted("source", source, salt), salted("work", work, salt)}
        | ({salted("url", url, salt)} if isinstance(url, str) else set())
        | {salted("author", author, salt) for author in (authors if authors is not None else ())}
        for source, work, url, authors in columns
    ]


def find(collection: Collection, removals: Removals) -> dict[str, tuple[str, str]]:
    """The documents with story text that must stay out: doc -> (reason, cause)."""
    documents = collection.documents
    told = stories(documents)
    requests = removals.requests()
    stones = collection.read("stones", documents[documents["cause"].isna() & documents["reason"].notna()]["doc"]).to_pylist()
    if told.empty or not (requests or stones):
        return {}
    causes = [f"request {request.id}" for request in requests] + [row["doc"] for row in stones]
    graves = [request.stone for request in requests]
    yard = Graveyard(graves + [_stone((), row["text_hashes"], row["shingles"]) for row in stones])

    buried: dict[str, tuple[str, str]] = {}
    if requests:
        for doc, names in zip(told["doc"], names_of(told, claim(told), removals.salt()), strict=True):
            at = yard.named(names)
            if at is not None:
                buried[doc] = ("removal_request", causes[at])
    units = collection.read("units", told["doc"], ["doc", "unit", "text_hash", "sketch"])
    whole = units.filter(pc.equal(units["doc"], units["unit"])).to_pylist()
    suspects = {
        row["doc"]: (row["text_hash"], found)
        for row in whole
        if row["doc"] not in buried and (found := yard.suspects(row["text_hash"], np.asarray(row["sketch"], np.uint64)))
    }
    for doc, text in collection.texts(sorted(suspects)):
        text_hash, found = suspects[doc]
        at = yard.is_copy(text, text_hash, found)
        if at is not None:
            buried[doc] = ("copy_of_removed" if at < len(requests) else "copy_of_opted_out", causes[at])
    return buried | _siblings(documents, told, buried)


def _siblings(documents: pd.DataFrame, told: pd.DataFrame, buried: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """The other parts of a story of which one part is out: the request is for the whole."""
    certain = documents[documents["part_certain"].eq(True) & documents["part_key"].notna()]
    out = {}
    for doc, key, reason in zip(certain["doc"], certain["part_key"], certain["reason"], strict=True):
        if doc in buried:
            out[key] = buried[doc]
        elif isinstance(reason, str) and disposition_of(reason) == "opted_out":
            out[key] = ("copy_of_opted_out", doc)
    rest = told[told["part_certain"].eq(True) & told["part_key"].isin(out.keys()) & ~told["doc"].isin(buried.keys())]
    return {doc: out[key] for doc, key in zip(rest["doc"], rest["part_key"], strict=True)}


def purge(collection: Collection, buried: dict[str, tuple[str, str]], state: Path) -> None:
    """Takes the text of documents out of the parts, with whatever dead rows lie beside it, and forgets joined works."""
    alive: dict[int, set[str]] = {at: set() for at in range(len(collection.parts))}
    for doc, at in zip(collection.documents["doc"], collection.documents["part"], strict=True):
        alive[at].add(doc)
    touched = {collection.home[doc] for doc in buried}
    for at in sorted(touched):
        parts.compact(collection.parts[at], alive[at], buried)
    for part in parts.catalog(state / "joined"):
        parts.discard(part)


def empty_graves(collection: Collection) -> None:
    """Takes old texts of documents that are kept out now off the disk: they lie dead in a part where others live."""
    documents = collection.documents
    out = set(documents[documents["reason"].map(disposition_of, na_action="ignore").isin(("opted_out", "removed"))]["source"])
    if not out:
        return
    for at, part in enumerate(collection.parts):
        rows = part.read("documents", ["doc", "source"]).to_pylist()
        alive = {row["doc"] for row in rows if collection.home.get(row["doc"]) == at}
        if any(row["source"] in out and row["doc"] not in alive for row in rows):
            parts.compact(part, alive, {})


def outdated(files: Iterable[tuple[str, str]], catalog: Sequence[parts.Part], requests: Iterable[str]) -> dict[int, set[str]]:
    """Files with a document that was kept out as a copy of something that is not there any more, by index of their part.

    `files` are the (path, sha256) that lie in raw/ now. They have to be cleaned again: their text was not kept.
    """
    present = set(files)
    alive: set[str] = {f"request {one}" for one in requests}
    rows = []
    for at, part in enumerate(catalog):
        for row in part.read("documents", ["doc", "file", "file_sha256", "cause"]).to_pylist():
            if (row["file"], row["file_sha256"]) in present:
                alive.add(row["doc"])
                if row["cause"]:
                    rows.append((at, row["file"], row["cause"]))
    found: dict[int, set[str]] = {}
    for at, file, cause in rows:
        if cause not in alive:
            found.setdefault(at, set()).add(file)
    return found
