"""From cleaned documents to works: which documents make one work, which works are published, and what every document became.

Everything here is a function of the whole set of documents and of the verified relations between their texts, never of the
order or the run in which they came. A *unit* is what can be published: a document with story text, or several parts joined.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from transforms.relations import policy

REASONS = {
    "notes_only": "the document holds only what its author says to readers",
    "no_story": "nothing in the document is story text",
    "internal_error": "our own code failed on the document",
    "link_outside": "a link that leads out of raw/",
    "link_folder": "a link to a folder",
    "not_a_file": "a pipe, socket or device",
    "unreadable": "the file cannot be read",
    "identical": "duplicate: the text is the same, word for word",
    "same_text": "duplicate: the text is the same but for few words",
    "revision": "duplicate: an edited version of the same text",
    "no_ai": "opted out: the author refuses use for AI",
    "no_archive": "opted out: the author refuses archiving",
    "no_repost": "opted out: the author refuses reposting",
    "no_translation": "opted out: the author refuses translation",
    "ask_first": "opted out: the author wants to be asked",
    "copy_of_opted_out": "opted out: the text is that of a work whose author opted out",
    "removal_request": "removed at request",
    "copy_of_removed": "removed: the text is that of a work that was removed at request",
}
"""Reason codes that are given here and in the flows; those of readers are `transforms.sources.REASONS`."""

OPTED_OUT = ("no_ai", "no_archive", "no_repost", "no_translation", "ask_first", "copy_of_opted_out")
REMOVED = ("removal_request", "copy_of_removed")


def disposition_of(reason: str) -> str:
    """The disposition of a document that is no work, from the reason why."""
    return "opted_out" if reason in OPTED_OUT else "removed" if reason in REMOVED else "rejected"


@dataclass(frozen=True, slots=True)
class Joining:
    """Documents that make one work, in order, by `doc`."""

    unit: str
    docs: tuple[str, ...]
    complete: bool


def join_parts(documents: pd.DataFrame) -> list[Joining]:
    """The works that are spread over several documents, where the evidence is certain.

    `documents` has a row a document with story text: doc, source, part_key, part_position, part_total, part_certain. Of
    several documents at one position the first by source is taken; the others stay on their own. A lone part is no joining.
    """
    parts = documents[documents["part_certain"].eq(True) & documents["part_key"].notna()]
    parts = parts.sort_values(["part_key", "part_position", "source"]).drop_duplicates(["part_key", "part_position"])
    joinings = []
    for _, group in parts.groupby("part_key", sort=True):
        if len(group) < 2:
            continue
        docs = tuple(group["doc"])
        positions = list(group["part_position"])
        total = group["part_total"].max()
        unbroken = positions[-1] - positions[0] + 1 == len(positions)
        complete = unbroken and (pd.isna(total) or len(positions) >= total)
        content = hashlib.blake2b("\0".join(docs).encode(), digest_size=8).hexdigest()
        joinings.append(Joining(docs[0][:8] + content, docs, bool(complete)))
    return joinings


def scattered(documents: pd.DataFrame) -> set[str]:
    """The documents that look like parts of one story, without proof: by `doc`, where several share a `part_key`."""
    unsure = documents[documents["part_certain"].eq(False) & documents["part_key"].notna()]
    return set(unsure[unsure.duplicated("part_key", keep=False)]["doc"])


def decide(units: pd.DataFrame, relations: pd.DataFrame, order: Sequence[str] = ()) -> pd.DataFrame:
    """Which units are published, and which published one stands for each other.

    `units`: a row a unit, with `doc` (its id), source, site, site_id, status, published, updated, n_words, format, n_repairs,
    flags (list). `relations`: the verified relations between units (ids are docs, or doc/chapter).
    Returns a row a unit, indexed by doc: work_id, disposition, reason, detail, kept_work_id, cluster_id, n_duplicates.
    """
    kept = policy.keep(candidates(units), relations, *([tuple(order)] if order else [])).set_index("work_id")
    sources = units.set_index("doc")["source"]
    out = pd.DataFrame(index=pd.Index(units["doc"], name="doc"))
    out["disposition"] = kept["disposition"]
    out["work_id"] = ids = name(units, kept["disposition"].eq("published"))
    out["reason"] = kept["relation"]
    out["kept_work_id"] = kept["kept_work_id"].map(ids)
    out["detail"] = [
        None if pd.isna(work) else f"The story is published as {ids[work]} from {sources[work]}." for work in kept["kept_work_id"]
    ]
    out["cluster_id"] = kept["cluster_id"].map(ids.groupby(kept["cluster_id"]).min())
    out["n_duplicates"] = kept["n_duplicates"].astype("int32")
    return out


def candidates(units: pd.DataFrame) -> pd.DataFrame:
    """The columns that the policy orders by, a row a unit; what opted out is never a candidate, so none has."""
    frame = units[["status", "published", "updated", "n_words", "format", "site", "n_repairs"]].reset_index(drop=True)
    frame.insert(0, "work_id", units["doc"].to_numpy())
    frame["opted_out"] = False
    frame["truncated"] = ["truncated" in flags for flags in units["flags"]]
    return frame


def claim(units: pd.DataFrame) -> pd.Series:
    """The work id that each unit (doc, source, site, site_id) has a claim to, indexed by doc.

    Site and its id where stated, else `work-` and a hash of the source.
    """
    frame = units.set_index("doc")
    stated = frame["site"].notna() & frame["site_id"].notna()
    own = pd.Series([f"work-{_hash(source)}" for source in frame["source"]], index=frame.index, dtype=object)
    return frame["site"].str.cat(frame["site_id"].astype("string"), sep="-").astype(object).where(stated, own)


def _hash(source: str) -> str:
    return hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def name(units: pd.DataFrame, published: pd.Series) -> pd.Series:
    """The work ids of units, indexed by doc: each the one it has a claim to.

    Where several claim one id, a published one has it (of several the first by source), and the others get it with the hash
    of their source behind: each document's fate stays its own. `published` (bool, by doc) is False where it says nothing.
    """
    frame = pd.DataFrame({"claim": claim(units), "source": units.set_index("doc")["source"]})
    frame["behind"] = ~published.reindex(frame.index, fill_value=False)
    frame = frame.sort_values(["claim", "behind", "source"])
    again = frame["claim"] + "~" + frame["source"].map(_hash).str[:8]
    return frame["claim"].where(~frame.duplicated("claim"), again).reindex(units["doc"])
