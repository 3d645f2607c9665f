"""What changed from one version to another."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from flows.tables import dataset

LABELS = ("tense", "pov", "pov_character", "form", "language", "rating_level", "status")
_SHOWN = 20


def compare(left: Path, right: Path) -> pd.DataFrame:
    """A row a work that differs: work_id, title, change (added, removed, changed, relabelled), detail.

    A work is changed when its text is; relabelled when its text is the same and a label is not.
    """
    columns = ["work_id", "title", *LABELS, "text"]
    old, new = (_hashed(dataset(folder, "works"), columns) for folder in (left, right))
    both = old.merge(new, on="work_id", how="outer", suffixes=("_old", "_new"), indicator=True)
    rows = []
    for row in both.to_dict("records"):
        title = next((row[side] for side in ("title_new", "title_old") if isinstance(row[side], str)), "")
        if row["_merge"] != "both":
            rows.append((row["work_id"], title, "added" if row["_merge"] == "right_only" else "removed", ""))
        elif row["text_old"] != row["text_new"]:
            rows.append((row["work_id"], title, "changed", ""))
        else:
            moved = [f"{label}: {row[f'{label}_old']} -> {row[f'{label}_new']}" for label in LABELS
                     if not _same(row[f"{label}_old"], row[f"{label}_new"])]  # fmt: skip
            if moved:
                rows.append((row["work_id"], title, "relabelled", "; ".join(moved)))
    return pd.DataFrame(rows, columns=["work_id", "title", "change", "detail"])


def _hashed(works, columns: list[str]) -> pd.DataFrame:
    """The works with their text as a hash, so that two versions fit into memory."""
    frames = []
    for batch in works.to_batches(columns=columns):
        frame = batch.to_pandas()
        frame["text"] = [hashlib.blake2b(text.encode(), digest_size=16).hexdigest() for text in frame["text"]]
        frames.append(frame)
    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame(columns=columns)


def _same(left: object, right: object) -> bool:
    return left == right or (pd.isna(left) and pd.isna(right))


def diff(left: Path, right: Path) -> Iterator[str]:
    """The differences in lines for a person."""
    changes = compare(left, right)
    if changes.empty:
        yield f"{left.name} and {right.name} hold the same works with the same labels"
        return
    for change, rows in changes.groupby("change", sort=True):
        yield f"{change}: {len(rows)}"
        for row in rows.head(_SHOWN).itertuples():
            yield f"  {row.work_id}  {row.title}  {row.detail}".rstrip()
        if len(rows) > _SHOWN:
            yield f"  ... and {len(rows) - _SHOWN} more"


