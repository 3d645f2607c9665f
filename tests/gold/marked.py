"""Cases of this folder and what a curated dataset makes of them. The format is described in README.md."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyarrow.dataset as ds

FOLDER = Path(__file__).parent
KINDS = {"story", "note", "summary", "metadata", "heading", "break", "end_marker", "boilerplate"}
TAG = re.compile(r"\[\[(/?)([a-z_]+)(?::[a-z_,]+)?\]\]")


@dataclass(frozen=True)
class Case:
    """A marked document: the raw text, the kind of each of its characters, and for each label the answers that are right."""

    name: str
    raw: str
    kinds: tuple[str, ...]
    expected: dict[str, tuple[str, ...]]

    @property
    def solid(self) -> list[tuple[str, str]]:
        """The non-blank characters with their kinds: white space belongs to nobody."""
        return [(char, kind) for char, kind in zip(self.raw, self.kinds, strict=True) if not char.isspace()]


def read(path: Path) -> Case:
    """One case. ValueError where a tag is unknown, not closed, or inside another."""
    head, rule, body = path.read_text(encoding="utf-8").partition("\n---\n")
    if not rule:
        raise ValueError(f"{path.name}: no '---' line between head and body")
    pairs = (line.partition(":") for line in head.splitlines())
    expected = {key.strip(): tuple(answer.strip() for answer in value.split(" | ")) for key, _, value in pairs}
    raw, kinds, current, cursor = [], [], "story", 0
    for tag in TAG.finditer(body):
        raw.append(body[cursor : tag.start()])
        kinds += [current] * (tag.start() - cursor)
        closing, name = tag.groups()
        if name not in KINDS - {"story"} or current != (name if closing else "story"):
            raise ValueError(f"{path.name}: {tag.group()} inside {current!r}")
        current = "story" if closing else name
        cursor = tag.end()
    if current != "story":
        raise ValueError(f"{path.name}: [[{current}]] is never closed")
    raw.append(body[cursor:])
    kinds += [current] * (len(body) - cursor)
    return Case(path.stem, "".join(raw), tuple(kinds), expected)


def every() -> list[Case]:
    return [read(path) for path in sorted(FOLDER.glob("*.case"))]


def found(dataset: Path) -> tuple[dict[str, dict], dict[str, list[tuple[str, str]]]]:
    """By name of case: the row of its work, and its non-blank characters each with the kind that the dataset gives it."""

    def rows(table: str) -> list[dict]:
        return ds.dataset(dataset / table, format="parquet", partitioning="hive").to_table().to_pylist()

    works = {Path(row["source"]).stem: row for row in rows("works")}
    name_of = {row["work_id"]: name for name, row in works.items()}
    solid: dict[str, list[tuple[str, str]]] = {name: [] for name in works}
    for row in sorted(rows("segments"), key=lambda row: (row["work_id"], row["chapter"], row["ordinal"])):
        if row["work_id"] in name_of:
            solid[name_of[row["work_id"]]] += [(char, row["kind"]) for char in row["text"] if not char.isspace()]
    return works, solid


def given(case: Case, solid: list[tuple[str, str]] | None) -> list[str | None]:
    """The kind that the dataset gives each non-blank character of a case; None for a character that is not there."""
    wanted = case.solid
    if solid is None:  # Refused as a whole: right only where there is no story.
        return [None] * len(wanted) if any(kind == "story" for _, kind in wanted) else [kind for _, kind in wanted]
    ours, theirs = "".join(char for char, _ in wanted), "".join(char for char, _ in solid)
    if ours == theirs:
        return [kind for _, kind in solid]
    kinds: list[str | None] = [None] * len(ours)
    for at, there, size in difflib.SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        kinds[at : at + size] = [kind for _, kind in solid[there : there + size]]
    return kinds


def figures(cases: list[Case], dataset: Path) -> dict[str, float]:
    """Shares between 0 and 1: documents without a misplaced character, characters of story that were not given as story,
    characters of notes that were, and documents with a right label."""
    works, solid = found(dataset)
    pairs: Counter[tuple[str, str | None]] = Counter()
    perfect = 0
    right: Counter[str] = Counter()
    for case in cases:
        kinds = given(case, solid.get(case.name))
        wanted = [kind for _, kind in case.solid]
        pairs.update(zip(wanted, kinds, strict=True))
        perfect += wanted == kinds
        for label in ("tense", "pov"):
            right[label] += (works.get(case.name, {}).get(label) or "unknown") in case.expected[label]

    def of(kind: str) -> int:
        return sum(count for (want, _), count in pairs.items() if want == kind)

    return {
        "perfect_partition": perfect / len(cases),
        "story_removed": 1 - pairs["story", "story"] / of("story"),
        "note_left": pairs["note", "story"] / of("note"),
        "tense": right["tense"] / len(cases),
        "pov": right["pov"] / len(cases),
    }
