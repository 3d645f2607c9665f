"""The same work in every form gives the same story, chapters, notes and metadata, as far as each form carries them."""

from __future__ import annotations

import io
import re
from datetime import date
from itertools import pairwise

import pytest

from tests.sources.forms import CHAPTERS, FORMS, WORK, ao3_work_page, rtf, scraped_csv, story
from transforms.documents import Draft
from transforms.metadata import Series
from transforms.sources import read

NOTED = [name for name in FORMS if name.startswith(("ao3", "fanficfare"))]
TYPED = [name for name in FORMS if name.startswith("ao3")]


def draft(raw: bytes, name: str) -> Draft:
    (found,) = read(io.BytesIO(raw), name)
    assert isinstance(found, Draft), found
    return found


def chapters(found: Draft) -> list[list[str]]:
    """The story of each chapter as paragraphs: what no structure marks as anything else, and scene breaks."""
    out: list[list[str]] = []
    for block in found.blocks:
        if block.chapter:
            out.append([])
        elif out and block.kind in (None, "break"):
            out[-1] += [text.strip() for text in re.split(r"\n{2,}", block.text) if text.strip()]
    return [chapter for chapter in out if chapter]


@pytest.mark.parametrize("name", FORMS)
def test_story_and_chapters(name: str) -> None:
    assert chapters(draft(FORMS[name], name)) == [story(chapter) for chapter in CHAPTERS]


@pytest.mark.parametrize("name", FORMS)
def test_headings(name: str) -> None:
    headings = [block.text.strip() for block in draft(FORMS[name], name).blocks if block.chapter]
    assert [re.sub(r"^(?:Chapter )?\d[.:] ", "", text) for text in headings] == [chapter["title"] for chapter in CHAPTERS]


@pytest.mark.parametrize("name", NOTED)
def test_notes(name: str) -> None:
    notes = " ".join(" ".join(block.text for block in draft(FORMS[name], name).blocks if block.kind == "note").split())
    for text in (CHAPTERS[0]["notes"], CHAPTERS[0]["end_notes"]):
        assert text in notes
    if name.startswith("ao3"):
        assert WORK["notes"] in notes and WORK["end_notes"] in notes
    assert "ferry" not in notes


@pytest.mark.parametrize("name", [*NOTED, "fichub.epub"])
def test_metadata(name: str) -> None:
    found = draft(FORMS[name], name).metadata
    assert (found.site, found.site_id, found.title, found.authors) == ("ao3", "987654321", WORK["title"], (WORK["author"],))
    assert (found.published, found.updated) == (date(2021, 3, 4), date(2021, 5, 6))
    assert (found.stated_words, found.stated_chapters, found.status) == (1234, 2, "complete")
    assert found.summary == WORK["summary"]
    if name != "fichub.epub":
        assert (found.rating, found.rating_level, found.fandoms) == (WORK["rating"], "teen", (WORK["fandom"],))
        assert found.warnings == (WORK["warning"],)
        assert found.relationships == (WORK["relationship"],)
        assert found.series == (Series(*WORK["series"]),)


@pytest.mark.parametrize("name", TYPED)
def test_lists_are_split_by_structure(name: str) -> None:
    found = draft(FORMS[name], name).metadata
    assert found.characters == tuple(WORK["characters"])
    assert found.tags == tuple(WORK["tags"])
    assert found.categories == (WORK["category"],)
    assert found.total_chapters == 2


@pytest.mark.parametrize("name", FORMS)
def test_blocks_carry_their_line_ends(name: str) -> None:
    blocks = draft(FORMS[name], name).blocks
    for before, after in pairwise(blocks):
        assert not before.text or not after.text or before.text.endswith("\n"), (before, after)


def test_chapters_of_a_saved_page_are_parts() -> None:
    found = draft(ao3_work_page(only=2).encode(), "saved.html")
    assert (found.part.key, found.part.position, found.part.total, found.part.certain) == ("ao3-987654321", 2, 2, True)
    assert chapters(found) == [story(CHAPTERS[1])]


def test_rtf_has_the_paragraphs() -> None:
    (block,) = draft(rtf(), "story.rtf").blocks
    text = [part for chapter in CHAPTERS for part in (chapter["title"], *story(chapter))]
    assert block.text.strip().split("\n\n") == text


def test_scraped_table() -> None:
    found = draft(scraped_csv(), "ao3.csv")
    assert found.source == "ao3.csv#0"
    meta = found.metadata
    assert (meta.site, meta.site_id, meta.title, meta.status, meta.stated_words) == (
        "ao3",
        "987654321",
        WORK["title"],
        "complete",
        1234,
    )
    assert found.blocks[-1].text.startswith("The ferry lay on its side in the mud")
