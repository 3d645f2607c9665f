"""Reads cases: a head of `key: value` lines, a line `---`, then the document with `[[kind]]...[[/kind]]` tags."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from transforms.documents import Segment
from transforms.segments import split

OWN = Path(__file__).parents[1] / "cases"
MARKED = (OWN, OWN.parent / "gold")
"""Where the marked documents are that the weights of `transforms.segments` are fitted on."""
SHARED = Path(__file__).parents[2].parent / "shared"
KNOWN_FAILURES: dict[str, str] = json.loads((Path(__file__).parent / "known_failures.json").read_text(encoding="utf-8"))

_TAG = re.compile(r"\[\[(/?)([a-z_]+)(?::[a-z_,]+)?\]\]")


@dataclass(frozen=True)
class Case:
    """A document without its tags, and the kind of each of its characters."""

    name: str
    text: str
    kinds: tuple[str, ...]


def read_case(path: Path) -> Case:
    return parse(path.stem, path.read_text(encoding="utf-8").partition("\n---\n")[2])


def read_folders(*folders: Path) -> list[tuple[str, Case]]:
    """(the folder's name, case) of every case in the folders."""
    return [(folder.name, read_case(path)) for folder in folders for path in sorted(folder.glob("*.case"))]


def read_pieces(folder: Path) -> list[Case]:
    """The marked documents of text files that hold many, each below a line `%%% what it is`."""
    out = []
    for path in sorted(folder.glob("*.txt")):
        for k, piece in enumerate(re.split(r"^%%% .*\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]):
            out.append(parse(f"{path.stem}.{k + 1}", piece.strip("\n") + "\n"))
    return out


def parse(name: str, body: str) -> Case:
    """The case of a document with tags."""
    text, kinds, kind, at = [], [], "story", 0
    for tag in _TAG.finditer(body):
        text.append(body[at : tag.start()])
        kinds += [kind] * (tag.start() - at)
        kind = "story" if tag.group(1) else tag.group(2)
        at = tag.end()
    text.append(body[at:])
    kinds += [kind] * (len(body) - at)
    return Case(name, "".join(text), tuple(kinds))


def misplaced(case: Case, segments: tuple[Segment, ...] | None = None) -> Counter[tuple[str, str]]:
    """How many characters that are not blank have (the right kind, another kind)."""
    wrong: Counter[tuple[str, str]] = Counter()
    for segment in segments if segments is not None else split(case.text):
        for at in range(segment.start, segment.end):
            if case.kinds[at] != segment.kind and not case.text[at].isspace():
                wrong[case.kinds[at], segment.kind] += 1
    return wrong


def confusion(cases: list[Case]) -> Counter[tuple[str, str]]:
    """(right kind, found kind) of all characters that are not blank."""
    seen: Counter[tuple[str, str]] = Counter()
    for case in cases:
        for segment in split(case.text):
            for at in range(segment.start, segment.end):
                if not case.text[at].isspace():
                    seen[case.kinds[at], segment.kind] += 1
    return seen
