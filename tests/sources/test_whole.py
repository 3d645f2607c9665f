"""The same work in every form, through all that is done to a document: the same story, chapter by chapter, is published."""

from __future__ import annotations

import io

import pytest

from tests.sources.forms import CHAPTERS, FORMS, WORK, paste, scraped_csv, story
from transforms.cleaning import Cleaned, clean
from transforms.documents import Draft
from transforms.sources import read

WHOLE = {**FORMS, "paste.txt": paste()}


def cleaned(raw: bytes, name: str) -> Cleaned:
    (found,) = read(io.BytesIO(raw), name)
    assert isinstance(found, Draft), found
    return clean(found)


@pytest.mark.parametrize("name", WHOLE)
def test_story(name: str) -> None:
    found = cleaned(WHOLE[name], name)
    assert found.story is not None
    assert [chapter.text for chapter in found.story.chapters] == ["\n\n".join(story(chapter)) for chapter in CHAPTERS]
    assert [chapter.title.split(": ")[-1].split(". ")[-1] for chapter in found.story.chapters] == [c["title"] for c in CHAPTERS]


def test_paste_metadata_and_notes() -> None:
    found = cleaned(paste(), "paste.txt")
    meta = found.metadata
    assert (meta.title, meta.authors, meta.fandoms, meta.rating) == (
        WORK["title"],
        (WORK["author"],),
        (WORK["fandom"],),
        WORK["rating"],
    )
    notes = " ".join(found.text[segment.start : segment.end] for segment in found.segments if segment.kind == "note")
    for text in (WORK["notes"], WORK["end_notes"], CHAPTERS[0]["notes"], CHAPTERS[0]["end_notes"]):
        assert text in notes


def test_a_scraped_row_has_all_paragraphs() -> None:
    found = cleaned(scraped_csv(), "ao3.csv")
    kept = "\n\n".join(chapter.text for chapter in found.story.chapters)
    for chapter in CHAPTERS:
        for text in story(chapter):
            if text != "* * *":
                assert text.replace("\n", " ") in kept
