"""What a published version says of one document or work."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.dataset as ds

from flows.tables import dataset
from transforms.explanation import Fate, Relative


def sources_of_work(folder: Path, work_id: str) -> list[str]:
    """The sources of the documents that a work was made of; none for an id that the version does not know."""
    rows = dataset(folder, "documents").to_table(columns=["source"], filter=ds.field("work_id") == work_id)
    return sorted(rows["source"].to_pylist())


def fate_of(folder: Path, source: str) -> Fate | None:
    """What became of a document, None where the version does not know it."""
    names = ["disposition", "reason", "detail", "work_id", "kept_work_id"]
    rows = dataset(folder, "documents").to_table(columns=names, filter=ds.field("source") == source).to_pylist()
    return Fate(**rows[0]) if rows else None


def relatives_of(folder: Path, work_id: str) -> Iterator[Relative]:
    """The verified relations of a work and of its chapters, with the other's text where it is published."""
    rows = dataset(folder, "relations").to_table()
    sides = [pc.list_element(pc.split_pattern(rows[side], "/", max_splits=1), 0) for side in ("left_id", "right_id")]
    own = pc.or_(pc.equal(sides[0], work_id), pc.equal(sides[1], work_id))
    for row in rows.filter(own).to_pylist():
        left = row["left_id"].partition("/")[0] == work_id
        other = row["right_id" if left else "left_id"]
        contained = row["containment_left"], row["containment_right"]
        yield Relative(
            other, row["relation"], row["jaccard"], *(contained if left else contained[::-1]), text=_text(folder, other)
        )


def _text(folder: Path, unit: str) -> str:
    """The story text of a published work or chapter; empty where it is not published."""
    work, _, chapter = unit.partition("/")
    wanted = ds.field("work_id") == work
    if chapter:
        wanted &= ds.field("chapter") == int(chapter)
    table = dataset(folder, "chapters" if chapter else "works")
    texts = table.to_table(columns=["text"], filter=wanted)["text"].to_pylist()
    return texts[0] if texts else ""
