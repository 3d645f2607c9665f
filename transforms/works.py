"""From cleaned documents to works: which documents make one work, which works are published, and what every document became.

Everything here is a function of the whole set of documents and of the verified relations between their texts, never of the
order or the run in which they came. A *unit* is what can be published: a document with story text, or several parts joined.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
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

COPIES = ("identical", "same_text", "revision", "part_of")
"""Relations through which an author's request reaches another document: its text is theirs."""

_PART_OF_TITLE = re.compile(r"\s*[(\[]\s*\d{1,3}\s*/\s*[\d?]{1,3}\s*[)\]]\s*$")


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


def plain_title(title: str | None) -> str | None:
    """A part's title without its `(1/3)`."""
    return _PART_OF_TITLE.sub("", title) or title if title else title


def decide(
    units: pd.DataFrame,
    relations: pd.DataFrame,
    *,
    exclude: Collection[str],
    removed: Mapping[str, str],
    order: Sequence[str] = (),
) -> pd.DataFrame:
    """What becomes of every unit.

    `units`: a row a unit, with `doc` (its id), source, site, site_id, status, published, updated, n_words, format, n_repairs,
    flags (list), opt_outs (list of {kind, phrase}). `relations`: the verified relations between units (ids are docs, or
    doc/chapter). `exclude`: the kinds of opt-out that keep a work back. `removed`: docs under a removal, with the reason code.
    Returns a row a unit, indexed by doc: work_id, disposition, reason, detail, kept_work_id, cluster_id, n_duplicates.
    """
    units = units.set_index("doc", drop=False).sort_index()
    out = pd.DataFrame(index=units.index)
    out[["disposition", "reason", "detail", "kept"]] = None
    near = _neighbours(relations, COPIES)

    for doc, reason in removed.items():
        if doc in out.index:
            out.loc[doc, ["disposition", "reason"]] = ["removed", reason]
    refusals = {
        doc: found for doc, statements in units["opt_outs"].items() if (found := _refusal(statements, exclude)) is not None
    }
    for doc, (kind, phrase) in refusals.items():
        if out.at[doc, "disposition"] is None:
            out.loc[doc, ["disposition", "reason", "detail"]] = ["opted_out", kind, f"The author says: “{phrase}”"]
    for sources, disposition, reason in (
        (removed, "removed", "copy_of_removed"),
        (refusals, "opted_out", "copy_of_opted_out"),
    ):
        for doc in sorted(sources):
            for other in sorted(near.get(doc, ())):
                if other in out.index and out.at[other, "disposition"] is None:
                    detail = f"Its text is also in {units.at[doc, 'source']}." if disposition == "opted_out" else None
                    out.loc[other, ["disposition", "reason", "detail"]] = [disposition, reason, detail]

    free = units[out["disposition"].isna()]
    between = relations[relations["left_id"].isin(free.index) & relations["right_id"].isin(free.index)]
    kept = policy.keep(candidates(free), between, *([tuple(order)] if order else [])).set_index("work_id")
    out["cluster_id"] = kept["cluster_id"].reindex(out.index).fillna(out.index.to_series())
    out["n_duplicates"] = kept["n_duplicates"].reindex(out.index).fillna(0).astype("int32")
    for doc, row in kept.iterrows():
        out.loc[doc, "disposition"] = row["disposition"]
        if row["disposition"] == "duplicate":
            out.loc[doc, ["reason", "kept"]] = [row["relation"], row["kept_work_id"]]

    out["work_id"] = _name(units, out["disposition"])
    ids = out["work_id"]
    out["kept_work_id"] = out["kept"].map(ids)
    lowest = ids.groupby(out["cluster_id"]).min()
    out["cluster_id"] = out["cluster_id"].map(lowest)
    copies = out["disposition"].eq("duplicate")
    out.loc[copies, "detail"] = [
        f"The story is published as {work} from {units.at[doc, 'source']}."
        for doc, work in zip(out.loc[copies, "kept"], out.loc[copies, "kept_work_id"], strict=True)
    ]
    return out.drop(columns="kept")


def _neighbours(relations: pd.DataFrame, types: Collection[str]) -> dict[str, set[str]]:
    """For each unit the units it has a relation of `types` with, chapters standing for their work.

    Units with the same text have one row each, with the first of them, and only that one has rows with others: what is said
    of it is said of all.
    """
    same = relations[relations["relation"].eq("identical") & ~relations["right_id"].str.contains("/")]
    same = same[~same["left_id"].str.contains("/")]
    first = dict(zip(same["right_id"], same["left_id"], strict=True))
    groups: dict[str, set[str]] = {}
    for other, one in first.items():
        groups.setdefault(one, {one}).add(other)
    near: dict[str, set[str]] = {}
    chosen = relations[relations["relation"].isin(types)]
    for left, right in zip(chosen["left_id"], chosen["right_id"], strict=True):
        left, right = left.partition("/")[0], right.partition("/")[0]
        lefts, rights = (groups.get(first.get(unit, unit), {unit}) for unit in (left, right))
        for one in lefts:
            near.setdefault(one, set()).update(rights)
        for one in rights:
            near.setdefault(one, set()).update(lefts)
    return near


def _refusal(statements: Sequence[Mapping[str, str]], exclude: Collection[str]) -> tuple[str, str] | None:
    """The first statement that keeps a work back, as (kind, phrase)."""
    return next(((s["kind"], s["phrase"]) for s in statements if s["kind"] in exclude), None)


def candidates(units: pd.DataFrame) -> pd.DataFrame:
    """The columns that the policy orders by, a row a unit; what opted out is never a candidate, so none has."""
    frame = units[["status", "published", "updated", "n_words", "format", "site", "n_repairs"]].reset_index(drop=True)
    frame.insert(0, "work_id", units["doc"].to_numpy())
    frame["opted_out"] = False
    frame["truncated"] = ["truncated" in flags for flags in units["flags"]]
    return frame


def _name(units: pd.DataFrame, disposition: pd.Series) -> pd.Series:
    """The work ids: site and its id where stated, else made from the source.

    Where several units claim one id, the published one has it (of several the first by source), and the others get it with
    the hash of their source behind: each document's fate stays its own.
    """
    frame = units[["source", "site", "site_id"]].copy()
    frame["own"] = [hashlib.blake2b(s.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest() for s in frame["source"]]
    stated = frame["site"].notna() & frame["site_id"].notna()
    frame["claim"] = frame["site"].str.cat(frame["site_id"].astype("string"), sep="-").where(stated)
    frame["rank"] = disposition.ne("published").astype(int)
    frame = frame.sort_values(["claim", "rank", "source"])
    claimed = frame["claim"].where(~frame.duplicated("claim"), frame["claim"] + "~" + frame["own"].str[:8])
    ids = claimed.where(stated.reindex(frame.index), "work-" + frame["own"])
    return ids.reindex(units.index).astype(object)
