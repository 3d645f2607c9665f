"""One run, step by step, with no word of Prefect: `flows.curate` makes the steps visible as tasks.

    look -> (clean batches) -> relate -> write -> report -> publish

Each step reads what the one before left in this object or on disk; what is large is on disk.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path

import pandas as pd

from flows import burying, collection, intake, inventory, joining, parts, publishing, relating, removing, reporting, versions
from flows.collection import REFUSED, stories
from flows.errors import CurationError
from flows.inventory import SourceFile
from flows.settings import Settings
from transforms import relations, schema
from transforms.documents import Rejection
from transforms.privacy import Privacy
from transforms.works import decide, disposition_of, name, scattered

log = logging.getLogger(__name__)

CLEANING = (
    "documents", "metadata", "words", "titles", "encoding", "sources", "segments", "optouts", "narration", "relations",
    "cleaning",
)  # fmt: skip
"""The modules whose rules decide what a document becomes on its own."""

DECIDING = ("works", "removals", "privacy", "schema", "report", "card")
"""The modules that decide, beyond that, what a version looks like."""

SMALL_PART, MANY_PARTS = 500, 64
"""Parts of fewer documents are small; more small ones than this are made one, since each costs a little in every run."""

PUBLISHING_SETTINGS = ("keep_order", "file_mb", "redact_notes", "publish_text")
WORK_COLUMNS = parts.SCHEMAS["works"].names


class Run:
    """A run over `raw/`. Use under `versions.locked`."""

    def __init__(self, settings: Settings, now: datetime):
        self.settings = settings
        self.now = now
        self.raw, self.curated = settings.raw, settings.curated
        self.state = collection.state_of(settings.curated)
        decisive = [intake.rules_of(*CLEANING), intake.libraries(), asdict(settings.reading), settings.exclude]
        self.rules = hashlib.sha256(json.dumps(decisive).encode()).hexdigest()[:16]
        self.how = intake.Cleaning(self.rules, settings.reading, settings.exclude)
        key = settings.pseudonym_key
        self.privacy = Privacy(key.get_secret_value().encode() if key else None, settings.redact_notes, settings.publish_text)
        self.removals = burying.Removals(self.state)
        self.timings: dict[str, float] = {}  # seconds by stage, kept by whoever runs the steps
        self.files: list[SourceFile] = []
        self.refused: list[Rejection] = []

    def look(self) -> list[tuple[Path, list[SourceFile]]]:
        """Takes stock of raw/ and plans what is to be cleaned: (folder of the part, files) a batch. Raises CurationError."""
        try:
            files, self.refused = inventory.look(self.raw)
        except (FileNotFoundError, NotADirectoryError):
            raise CurationError(f"there is no folder {self.raw}; name your folder of story files with --raw") from None
        memory = self.state / "inventory.parquet"
        known = self._parts()
        self.files = inventory.recall(files, memory, self.raw, (stamp for part in known for stamp in part.stamps))
        if self.settings.keep_gone:
            have = {held for part in known for held in part.files}
            here = {file.path for file in self.files}
            gone = [file for file in inventory.remembered(memory) if file.path not in here]
            self.files += [file for file in gone if (file.path, file.sha256) in have]
        lying = {(file.path, file.sha256) for file in self.files if file.sha256}
        requests = [request.id for request in self.removals.requests()]
        for at, paths in burying.outdated(lying, known, requests).items():
            parts.forget_files(known[at], paths)
        have = {known for part in self._parts() for known in part.files}
        new = [file for file in self.files if (file.path, file.sha256) not in have]
        # A small corpus is cut so that all workers have something to do, but never into batches that are not worth a task.
        size = min(self.settings.batch_mb * 1e6, max(1e6, sum(file.size for file in new) / self.settings.workers))
        return [(self.state / "cleaned" / inventory.key_of(batch, self.rules), batch) for batch in inventory.plan(new, size)]

    def settle(self, cleaned: Sequence[Path]) -> None:
        """After cleaning: takes over the hashes that the batches found, and writes the refused entries of raw/ as a part."""
        found = {path: sha256 for folder in cleaned for path, sha256 in parts.open_part(folder).files}
        self.files = [replace(file, sha256=found.get(file.path, file.sha256)) for file in self.files]
        inventory.remember(self.files, self.state / "inventory.parquet", int(self.now.timestamp() * 1e9))
        if self.refused:
            content = repr((self.rules, self.refused)).encode()
            folder = self.state / "cleaned" / hashlib.sha256(content).hexdigest()[:24]
            intake.write_refused(folder, self.rules, self.refused)
            for rejection in self.refused:
                seconds = int(datetime.fromisoformat(rejection.dated).timestamp()) if rejection.dated else 0
                self.files.append(SourceFile(rejection.source, 0, seconds * 10**9, REFUSED))

    def is_news(self) -> bool:
        """Whether anything that a version is made from differs from what the last one was made from."""
        last = versions.latest(self.curated)
        return last is None or versions.read_manifest(last)["inputs"] != self.inputs()

    def inputs(self) -> str:
        """A hash of all that a version is a function of: the files, the rules, the settings, the removals."""
        settings = self.settings.model_dump(mode="json", include=set(PUBLISHING_SETTINGS))
        files = [(file.path, file.sha256, file.mtime_ns) for file in self.files]
        key = hashlib.sha256(self.privacy.key or b"").hexdigest()
        content = [files, self.rules, intake.rules_of(*DECIDING), settings, key, schema.SCHEMA_VERSION, self.removals.digest()]
        return hashlib.sha256(json.dumps(content).encode()).hexdigest()

    def relate(self) -> None:
        """Takes out what must stay out, joins parts, finds which stories are the same, and decides which are published."""
        whole = collection.collect(self.files, self._parts(), self.rules)
        buried = burying.find(whole, self.removals)
        if buried:
            burying.purge(whole, buried, self.state)
            whole = collection.collect(self.files, self._parts(), self.rules)
        burying.empty_graves(whole)
        self.joinings, joined = joining.join(whole, self.state / "joined", self.rules)
        self.collection = whole.with_parts([joined] if joined else [])
        self.unit_of = joining.unite(whole, self.joinings)
        self.units = self._units()
        self.relations = relating.relate(self.collection, self.units, self.state / "relations", self.settings.keep_order)
        self.scattered = scattered(stories(whole.documents))
        self.decisions = decide(self.units, self.relations, self.settings.keep_order)

    def _units(self) -> pd.DataFrame:
        """A row for each document with story text that stands alone, and for each joined work."""
        columns = ["doc", "source", "site", "site_id", "status", "published", "updated", "n_words", "n_chars", "format"]
        documents = stories(self.collection.documents).copy()
        documents["n_repairs"] = [sum(repair["count"] for repair in found) for found in documents["repairs"]]
        documents["unit"] = documents["doc"].map(self.unit_of)
        units = documents[documents["doc"] == documents["unit"]][[*columns, "n_repairs", "flags"]]
        if not self.joinings:
            return units.reset_index(drop=True)
        stated = [column for column in columns if column in WORK_COLUMNS]
        rows = self.collection.read("works", [joining.unit for joining in self.joinings], [*stated, "flags"])
        works = {row["doc"]: row for row in rows.to_pylist()}
        by_doc = documents.set_index("doc")
        joined = []
        for joining_ in self.joinings:
            members = by_doc.loc[list(joining_.docs)]
            joined.append(works[joining_.unit] | {
                "site_id": members["site_id"].dropna().iloc[0] if members["site_id"].notna().any() else None,
                "format": members["format"].iloc[0], "n_repairs": members["n_repairs"].sum(),
            })  # fmt: skip
        return pd.concat([units, pd.DataFrame(joined)], ignore_index=True)

    def write(self) -> None:
        """Writes the tables of a new version aside."""
        self.version = versions.new_version(self.curated, self.now)
        self.folder = versions.building(self.curated, self.version)
        published = self.decisions[self.decisions["disposition"] == "published"]
        units = self.units.set_index("doc")
        files = publishing.count_files(units.loc[published.index], self.settings.file_mb)
        works = published[["work_id", "cluster_id", "n_duplicates"]].reset_index()
        works["more_flags"] = [["uncertain_parts"] if doc in self.scattered else [] for doc in works["doc"]]
        for number in range(files):
            mine = works[works["doc"].map(lambda doc: publishing.place(doc, files)) == number]
            publishing.write_works(self.folder, self.collection, mine, number, files, self.privacy)
        self.audit = self._audit()
        publishing.write_documents(self.folder, self.audit, files)
        publishing.write_relations(self.folder, self._public_relations())
        versions.share_files(self.folder, versions.latest(self.curated))
        versions.stamp_files(self.folder, self.inputs())

    def _audit(self) -> pd.DataFrame:
        """A row a document, with what became of it."""
        documents = self.collection.documents.copy()
        fate = self.decisions.reindex(documents["doc"].map(self.unit_of)).set_index(documents.index)
        out = documents["reason"].notna()
        own = documents["reason"].map(disposition_of, na_action="ignore")
        documents["disposition"] = fate["disposition"].where(~out, own)
        for column in ("reason", "detail"):
            documents[column] = documents[column].where(out, fate[column])
        documents["work_id"] = fate["work_id"].where(~own.isin(("opted_out", "removed")), self._names_of_buried(documents, own))
        documents["kept_work_id"] = fate["kept_work_id"]
        return documents[["doc", *(field.name for field in schema.DOCUMENTS)]]

    def _names_of_buried(self, documents: pd.DataFrame, own: pd.Series) -> pd.Series:
        """The work ids of documents that were kept out. They have story text, and an id of their own beside the published."""
        buried = documents[own.isin(("opted_out", "removed"))]
        everyone = pd.concat([self.units, buried])[["doc", "source", "site", "site_id"]]
        ids = name(everyone, self.decisions["disposition"].eq("published"))
        return buried["doc"].map(ids).reindex(documents.index)

    def _public_relations(self) -> pd.DataFrame:
        """The relations by work id; those that touch works that were opted out or removed stay ours."""
        shown = self.decisions[self.decisions["disposition"].isin(("published", "duplicate"))]["work_id"]
        rows = self.relations.copy()
        for side in ("left_id", "right_id"):
            parted = [unit.partition("/") for unit in rows[side]]
            rows[side] = [shown[doc] + slash + chapter if doc in shown.index else None for doc, slash, chapter in parted]
        return rows.dropna(subset=["left_id", "right_id"])

    def report(self) -> None:
        """Checks that nothing was lost, and writes report, card and manifest of the version that is being built.

        Raises CheckFailed where the tables do not add up: then no version comes of it.
        """
        parent = versions.latest(self.curated)
        counts = reporting.count(self.folder)
        reporting.check_books(counts, len(self.collection.documents))
        self.manifest = {
            "version": self.version,
            "parent": parent.name if parent else None,
            "created": self.now.isoformat(timespec="seconds"),
            "schema_version": schema.SCHEMA_VERSION,
            "settings": self.settings.model_dump(mode="json", exclude={"raw", "curated"}),
            "rules": {"cleaning": self.rules, "deciding": intake.rules_of(*DECIDING), "relations": relations.RULE_VERSION},
            "inputs": self.inputs(),
            "counts": counts,
            "timings": self.timings,
            "files": reporting.describe_files(self.folder),
        }
        previous = versions.read_manifest(parent) if parent else None
        reporting.write(self.folder, self.manifest, previous, self._doubts())

    def _doubts(self) -> pd.DataFrame:
        """The passages of published works that may be notes: work_id, source, chapter, reason, score, excerpt."""
        documents = self.collection.documents
        fate = self.decisions.reindex(documents["doc"].map(self.unit_of))
        rows = [
            (work_id, source, doubt["chapter"], doubt["reason"], doubt["score"], doubt["excerpt"])
            for work_id, disposition, source, doubts in zip(
                fate["work_id"], fate["disposition"], documents["source"], documents["doubts"], strict=True
            )
            if disposition == "published"
            for doubt in doubts
        ]
        return pd.DataFrame(rows, columns=["work_id", "source", "chapter", "reason", "score", "excerpt"])

    def publish(self) -> Path:
        """Lets readers see the version, and removes what no longer serves."""
        self._tidy()  # before the swap: after it nothing would make a run that died here do it again
        final = versions.publish(self.curated, self.folder, self.version)
        self.keep_house()
        return final

    def keep_house(self) -> None:
        """Drops old versions, and takes what the published one keeps out from those that stay.

        Also for a run that has no news: the one before may have died between the swap and this.
        """
        versions.forget(self.curated, self.settings.keep_versions)
        audit = reporting.read(versions.latest(self.curated), "documents", ["source", "disposition", "reason"])
        removing.sweep(self.curated, audit)

    def _tidy(self) -> None:
        """Removes parts of which no document is alive, rewrites those that are mostly dead, makes one of many small ones."""
        living: dict[str, set[str]] = {}
        for doc, at in self.collection.home.items():
            living.setdefault(self.collection.parts[at].folder.name, set()).add(doc)
        for kind in ("cleaned", "joined"):
            for part in parts.catalog(self.state / kind):
                if part.folder.name not in living:
                    parts.discard(part)
                elif len(living[part.folder.name]) < part.documents / 2:
                    parts.compact(part, living[part.folder.name], {})
        small = [part for part in self._parts() if part.documents < SMALL_PART]
        if len(small) > MANY_PARTS:
            names = "".join(part.folder.name for part in small)
            folder = self.state / "cleaned" / hashlib.sha256(names.encode()).hexdigest()[:24]
            parts.merge(small, folder, {at: living[part.folder.name] for at, part in enumerate(small)})

    def _parts(self) -> list[parts.Part]:
        return [part for part in parts.catalog(self.state / "cleaned") if part.rules == self.rules]
