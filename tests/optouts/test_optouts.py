"""What notes say about reuse: each line of cases.txt is a note, with the kinds that must be found in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from transforms.documents import Segment
from transforms.metadata import Metadata
from transforms.optouts import KINDS, find

HERE = Path(__file__).parent


def cases() -> list:
    found = []
    for line in (HERE / "cases.txt").read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        fails = line.startswith("!")
        kinds, _, text = line.lstrip("! ").partition(" | ")
        want = frozenset(kind.strip() for kind in kinds.split(",") if kind.strip() != "none")
        found.append(pytest.param(want, text, id=text[:60], marks=[pytest.mark.xfail(strict=True)] if fails else []))
    return found


@pytest.mark.parametrize(("want", "text"), cases())
def test_reads_a_note(want: frozenset[str], text: str) -> None:
    assert want <= frozenset(KINDS)
    statements = find(text, [Segment("note", 0, len(text), "test")])
    assert {statement.kind for statement in statements} == want
    assert all(text[statement.start : statement.end] == statement.phrase for statement in statements)


@pytest.mark.parametrize("kind", ["story", "heading", "break", "end_marker"])
def test_leaves_the_story_alone(kind: str) -> None:
    text = "Do not feed this to AI. Do not archive. Please do not repost."
    assert find(text, [Segment(kind, 0, len(text), "test")]) == ()


def test_reads_tags_that_only_structure_states() -> None:
    statements = find("", [], Metadata(tags=("Fluff", "Do not repost", "No AI")))
    assert [(statement.kind, statement.phrase) for statement in statements] == [
        ("no_repost", "Do not repost"),
        ("no_ai", "No AI"),
    ]


def test_finds_the_place_in_the_text() -> None:
    text = "Story here.\n\nThanks for reading! Please don't archive this. See you.\n"
    start = text.index("Thanks")
    (statement,) = find(text, [Segment("story", 0, start, "test"), Segment("note", start, len(text), "test")])
    assert text[statement.start : statement.end] == "Please don't archive this."


@pytest.mark.parametrize("unit", ["please do not ", "no ", "do not copy, ", "if you use ", '"', "do not use it, ", "ask before "])
def test_ends_on_hostile_text(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    assert len(find(text, [Segment("note", 0, len(text), "test")])) <= 50
