"""The case files of this folder: many short stories in one text file, each with what must be said of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """A story with the labels it must get: for each, the answers that are right. `fails` are the labels known to be wrong."""

    name: str
    story: str
    expected: dict[str, tuple[str, ...]]
    fails: frozenset[str]
    why: str


def read(path: Path) -> list[Case]:
    cases = []
    for part in path.read_text(encoding="utf-8").split("\n=== ")[1:]:
        head, _, story = part.partition("\n---\n")
        name, *lines = head.split("\n")
        fields = {key: value.strip() for key, _, value in (line.partition(":") for line in lines) if key}
        fails = frozenset(fields.pop("fails", "").split())
        why = fields.pop("why", "")
        expected = {key: tuple(answer.strip() for answer in value.split(" | ")) for key, value in fields.items()}
        cases.append(Case(name, story.strip("\n"), expected, fails, why))
    return cases


def every() -> list[Case]:
    return [case for path in sorted(FOLDER.glob("*.txt")) for case in read(path)]
