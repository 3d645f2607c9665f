"""Works that are spread over several documents: read from the parts, told anew as one, kept as a part of their own."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from flows.collection import Collection, stories
from flows.intake import write_works
from flows.parts import Part, open_part
from flows.rows import PartWriter
from transforms.cleaning import Telling, tell
from transforms.documents import Segment
from transforms.metadata import Metadata, Series, merge
from transforms.titles import plain_title
from transforms.works import Joining, join_parts


def join(collection: Collection, folder: Path, rules: str) -> tuple[list[Joining], Part | None]:
    """The joined works of a collection and the part that holds them; found done where nothing about them changed."""
    joinings = join_parts(stories(collection.documents))
    if not joinings:
        return [], None
    key = hashlib.sha256(json.dumps([rules, [joining.unit for joining in joinings]]).encode()).hexdigest()[:24]
    done = open_part(folder / key)
    if done:
        return joinings, done

    def fill(writer: PartWriter) -> None:
        for joining in joinings:
            _write(joining, collection, writer)

    return joinings, write_works(folder / key, rules, fill)


def _write(joining: Joining, collection: Collection, writer: PartWriter) -> None:
    works = {row["doc"]: row for row in collection.read("works", joining.docs).to_pylist()}
    chapters = collection.read("chapters", joining.docs).to_pylist()
    segments = collection.read("segments", joining.docs).to_pylist()
    tellings: list[Telling] = []
    documents = []
    metadata, first = Metadata(), 0
    flags = {"joined"} if joining.complete else {"joined", "incomplete_parts"}
    for doc in joining.docs:
        work = works[doc]
        own = [row for row in chapters if row["doc"] == doc]
        title = plain_title(work["title"])
        title = title if title != plain_title(works[joining.docs[0]]["title"]) else None
        for row in own:
            text = work["text"][row["start"] : row["end"]]
            tellings.append(Telling(first + row["chapter"], row["title"] or (title if len(own) == 1 else None), text))
        found = [row for row in segments if row["doc"] == doc]
        documents.append((work["source"], "".join(row["text"] for row in found), first, [_segment(row) for row in found]))
        first += max((row["chapter"] for row in found), default=0) + 1
        metadata = merge(metadata, _metadata(work))
        flags |= set(work["flags"]) - {"truncated"}
    story = tell(tellings)
    assert story, "a joined work is made of documents with story text"
    lead = works[joining.docs[0]]
    writer.add_work(joining.unit, lead["source"], lead["site"], metadata, sorted(flags), story, documents)


def _segment(row: dict) -> Segment:
    return Segment(row["kind"], row["start"], row["end"], row["rule"], row["confidence"], tuple(row["topics"]), row["chapter"])


def _metadata(work: dict) -> Metadata:
    """A work's metadata as it was read, its title without the part's number."""
    values = {name: work[name] for name in Metadata.__dataclass_fields__ if name in work}
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(value)
    values["series"] = tuple(Series(row["name"], row["position"]) for row in work["series"])
    values["stated"] = tuple((row["label"], row["value"]) for row in work["stated"])
    values["title"] = plain_title(work["title"])
    return Metadata(**values)


def unite(collection: Collection, joinings: Sequence[Joining]) -> dict[str, str]:
    """For each document with story text the unit it belongs to."""
    unit = {doc: doc for doc in stories(collection.documents)["doc"]}
    for joining in joinings:
        unit |= dict.fromkeys(joining.docs, joining.unit)
    return unit
