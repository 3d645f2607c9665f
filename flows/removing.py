"""Taking works out for good: out of every kept version and cache, their copies too, with a tombstone that keeps them out.

The tombstone comes first: from then on no run publishes the work, whatever happens to this one. Then each version is written
again without it, the newest under a new name that readers are swapped to, the others in their place.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows import collection, inventory, parts, publishing, reporting, versions
from flows.burying import Removals, Request
from flows.errors import CurationError
from flows.tables import dataset
from transforms import relations, schema
from transforms.removals import Graveyard, Tombstone, bury, salted


class NothingFound(CurationError):
    """What was named is in no kept version; the message says what to do if it shall be kept out all the same."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be taken out: by work id, address, author (any of the names as stated), or source."""

    works: frozenset[str] = frozenset()
    urls: frozenset[str] = frozenset()
    authors: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()

    def names(self, work: Mapping[str, Any]) -> bool:
        """Whether this is about a work (work_id, url, authors, source) itself, and not only about what it is a copy of."""
        named = work["work_id"] in self.works or work["url"] in self.urls or work["source"] in self.sources
        return named or bool(self.authors & set(work["authors"]))

    def ids(self, salt: bytes) -> frozenset[str]:
        """The salted hashes of all that is named."""
        kinds = {"work": self.works, "url": self.urls, "author": self.authors, "source": self.sources}
        return frozenset(salted(kind, value, salt) for kind, values in kinds.items() for value in values)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a removal did, without a word of what was removed."""

    request: str
    date: str
    reason: str
    works: int  # that were named, and their copies
    documents: int
    versions: tuple[str, ...]  # written again
    latest: str | None  # the version that readers see now


def remove(curated: Path, wanted: Wanted, reason: str, now: datetime, in_advance: bool = False) -> Receipt:
    """Takes works out; under `versions.locked`.

    Raises NothingFound where no kept version has any of what is wanted, unless it is to be kept out `in_advance`.
    """
    removals = Removals(collection.state_of(curated))
    request = f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    folders = [curated / "versions" / name for name in versions.names(curated)]
    stones = list(_stones(folders, wanted, removals.salt()))
    if not stones and not in_advance:
        raise NothingFound("no kept version has any of this; to keep it out should it ever come, add --in-advance")
    stones.append(Tombstone(wanted.ids(removals.salt())))
    removals.add([Request(request, now.date().isoformat(), reason, stone) for stone in stones])

    graves = Graveyard([one.stone for one in removals.requests()])
    found = {folder: gone for folder in folders if (gone := _find(folder, wanted, graves))}
    reasons: dict[str, str] = {}
    for gone in found.values():
        reasons = gone | reasons
    _empty_caches(curated, {source: (why, f"request {request}") for source, why in reasons.items()})
    seen = versions.latest(curated)
    for folder, gone in found.items():
        if seen and folder.name == seen.name:
            renew(curated, folder, gone, now)
        else:
            rewrite(curated, folder, gone)
    latest = versions.latest(curated)
    receipt = Receipt(request, now.isoformat(timespec="seconds"), reason, len(stones) - 1, len(reasons),
                      tuple(folder.name for folder in found), latest.name if latest else None)  # fmt: skip
    _file(removals, receipt)
    return receipt


def _stones(folders: Sequence[Path], wanted: Wanted, salt: bytes) -> Iterator[Tombstone]:
    """A tombstone for each work that is named, in each of its texts that a version holds."""
    buried: set[tuple[str, str]] = set()
    for folder in folders:
        documents = reporting.read(folder, "documents", ["source", "work_id", "kept_work_id"])
        named = documents["source"].isin(wanted.sources) | documents["work_id"].isin(wanted.works)
        ids = set(documents[named]["work_id"].dropna()) | set(documents[named]["kept_work_id"].dropna())
        works = dataset(folder, "works")
        about = works.to_table(columns=["work_id", "url", "authors"]).to_pandas()
        theirs = about["authors"].map(lambda names: bool(wanted.authors & set(names))).astype(bool)
        ids |= set(about[about["url"].isin(wanted.urls) | theirs]["work_id"])
        rows = works.to_table(columns=["work_id", "source", "url", "authors", "text"],
                              filter=pc.field("work_id").isin(pa.array(sorted(ids), pa.string())))  # fmt: skip
        for row in rows.to_pylist():
            text_hash = relations.fingerprint(row["text"]).text_hash
            if (row["work_id"], text_hash) in buried:
                continue
            buried.add((row["work_id"], text_hash))
            chapters = dataset(folder, "chapters").to_table(
                columns=["text"], filter=pc.field("work_id") == row["work_id"]
            )
            hashes = {text_hash} | {relations.fingerprint(text).text_hash for text in chapters["text"].to_pylist()}
            names = set()
            if wanted.names(row):
                names = {salted("source", row["source"], salt), salted("work", row["work_id"], salt)}
                names |= {salted("url", row["url"], salt)} if row["url"] else set()
            yield bury(names, row["text"], hashes)


def _find(folder: Path, wanted: Wanted, graves: Graveyard) -> dict[str, str]:
    """The documents of a version that must go: source -> reason. Works named, their duplicates, and all copies by their text."""
    documents = reporting.read(folder, "documents", ["source", "work_id", "kept_work_id", "disposition"])
    works = dataset(folder, "works")
    gone: dict[str, str] = {}
    for batch in works.to_batches(columns=["work_id", "url", "authors", "source", "text"]):
        for row in batch.to_pylist():
            if wanted.names(row):
                gone[row["work_id"]] = "removal_request"
                continue
            mark = relations.fingerprint(row["text"])
            if graves.is_copy(row["text"], mark.text_hash, graves.suspects(mark.text_hash, mark.sketch)) is not None:
                gone[row["work_id"]] = "copy_of_removed"
    out = {}
    for row in documents.to_dict("records"):
        if row["source"] in wanted.sources or row["work_id"] in wanted.works:
            out[row["source"]] = "removal_request"
        elif row["work_id"] in gone or row["kept_work_id"] in gone:
            out[row["source"]] = gone.get(row["work_id"], "copy_of_removed")
    return out


def _empty_caches(curated: Path, gone: Mapping[str, tuple[str, str]]) -> None:
    """Takes documents out of the parts, and all dead rows with them: old texts of changed files lie there too."""
    state = collection.state_of(curated)
    files = inventory.remembered(state / "inventory.parquet")
    lying = {(file.path, file.sha256) for file in files}
    for part in parts.catalog(state / "cleaned"):
        rows = part.read("documents", ["doc", "file", "file_sha256", "source"]).to_pylist()
        alive = {row["doc"] for row in rows if (row["file"], row["file_sha256"]) in lying}
        alive |= {row["doc"] for row in rows if row["file_sha256"] == collection.REFUSED}
        buried = {row["doc"]: gone[row["source"]] for row in rows if row["source"] in gone}
        if buried or len(alive) < len(rows):
            parts.compact(part, alive, buried)
    for part in parts.catalog(state / "joined"):
        parts.discard(part)


def renew(curated: Path, folder: Path, gone: Mapping[str, str], now: datetime) -> None:
    """Publishes the version that readers see anew, without what must go, and removes the old one."""
    version = versions.new_version(curated, now)
    building = versions.building(curated, version)
    _without(folder, building, gone, {"version": version, "parent": folder.name, "created": now.isoformat(timespec="seconds")})
    versions.publish(curated, building, version)
    versions.drop(curated, folder.name)


def rewrite(curated: Path, folder: Path, gone: Mapping[str, str]) -> None:
    """Writes an older version again without what must go, under its own name."""
    building = versions.building(curated, folder.name)
    _without(folder, building, gone, {})
    versions.replace(curated, building, folder.name)


def _without(folder: Path, new: Path, gone: Mapping[str, str], changes: Mapping[str, Any]) -> None:
    """The tables of a version without the works of the documents that must go, with a manifest and a report that agree."""
    manifest = versions.read_manifest(folder)
    documents = reporting.read(folder, "documents", ["source", "work_id", "disposition"])
    works = documents[documents["source"].isin(gone.keys()) & documents["disposition"].eq("published")]["work_id"]
    ids = pa.array(sorted(set(works)), pa.string())
    for file in manifest["files"]:
        path = Path(file["path"])
        table = path.parts[0]
        rows = pq.read_table(folder / path)
        left = _drop(table, rows, ids, gone)
        (new / path.parent).mkdir(parents=True, exist_ok=True)
        if left is rows:
            _share(folder / path, new / path)
        else:
            _, number, _, files, _ = path.stem.split("-")
            publishing.write(new / path.parent, int(number), int(files), table, left)
    versions.stamp_files(new, json.dumps(manifest["files"]))
    counts = reporting.count(new)
    reporting.check_books(counts, len(documents))
    # With these inputs no run takes the version for what it would publish itself: the next one makes a whole new one.
    manifest |= {"counts": counts, "files": reporting.describe_files(new), "inputs": "", **changes}
    reporting.write(new, manifest, None, pd.DataFrame(columns=["work_id", "source", "chapter", "reason", "score", "excerpt"]))


def _drop(table: str, rows: pa.Table, works: pa.Array, gone: Mapping[str, str]) -> pa.Table:
    """The rows that stay; the very same table where all do."""
    if table == "documents":
        if not pc.any(pc.is_in(rows["source"], pa.array(sorted(gone), pa.string()))).as_py():
            return rows
        return pa.Table.from_pylist([_emptied(row, gone) for row in rows.to_pylist()], schema.file_schema("documents"))
    if table == "relations":
        sides = (pc.list_element(pc.split_pattern(rows[side], "/", max_splits=1), 0) for side in ("left_id", "right_id"))
        hit = pc.or_(*(pc.is_in(side, works) for side in sides))
    else:
        hit = pc.is_in(rows["work_id"], works)
    return rows.filter(pc.invert(hit)) if pc.any(hit).as_py() else rows


def _emptied(row: dict[str, Any], gone: Mapping[str, str]) -> dict[str, Any]:
    reason = gone.get(row["source"])
    if reason is None:
        return row
    return row | {"disposition": "removed", "reason": reason, "detail": None, "kept_work_id": None, "opt_outs": [], "repairs": []}


def _share(old: Path, new: Path) -> None:
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def _file(removals: Removals, receipt: Receipt) -> None:
    folder = removals.folder / "receipts"
    folder.mkdir(parents=True, exist_ok=True)
    content = {name: getattr(receipt, name) for name in Receipt.__slots__}
    (folder / f"{receipt.request}.json").write_text(json.dumps(content, indent=1), encoding="utf-8")


def sweep(curated: Path, dispositions: pd.DataFrame) -> list[str]:
    """After a run: takes what it kept out (opted out or removed) out of the older versions too. Gives the versions' names."""
    out = dispositions[dispositions["disposition"].isin(("opted_out", "removed"))]
    gone = dict(zip(out["source"], out["reason"], strict=True))
    seen = versions.latest(curated)
    swept = []
    for version in versions.names(curated):
        folder = curated / "versions" / version
        if seen and folder.name == seen.name:
            continue
        documents = reporting.read(folder, "documents", ["source", "disposition"])
        held = documents[documents["source"].isin(gone.keys()) & documents["disposition"].isin(("published", "duplicate"))]
        if len(held):
            rewrite(curated, folder, {source: gone[source] for source in held["source"]})
            swept.append(version)
    return swept
