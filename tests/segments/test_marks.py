"""Texts whose structure a source knew: what it marked stays, and notes at the edges of the bodies are still found."""

# ruff: noqa: E501  (samples)
from transforms.documents import Mark
from transforms.segments import chapters, split, story_text

STORY = (
    "The harbour was full of bells that night. Anna counted them twice.\n\n\"Nine,\" she said.\n\nNobody answered her. The fog came in over the wall, and with it "
    "the smell of tar, and somewhere out on the water a tenth bell rang.\n\nShe took the lantern from its hook. She went down the steps one at a time, and at the "
    "bottom she found the boat where he had left it.\n\n"
)  # fmt: skip


def test_chapters_from_marks_and_notes_in_their_bodies():
    head, end = "Chapter 1: Bells\n\n", "A/N: Please review! I only have this one idea.\n\n"
    text = head + STORY + end + STORY
    second = len(head + STORY + end)
    marks = [
        Mark(0, len(head), "heading", "ao3.chapter_title", (), True),
        Mark(second, second, "heading", "ao3.chapter", (), True),
    ]
    found = chapters(text, split(text, marks))
    assert [(chapter.index, chapter.title) for chapter in found] == [(0, "Chapter 1: Bells"), (1, None)]
    assert [s.kind for s in found[0].segments] == ["heading", "story", "note"]
    assert story_text(text, found[1].segments) == STORY.strip()


def test_headers_are_not_looked_for_where_structure_gave_them():
    head = "Salt Road by gull\n\n"
    text = head + "Title: Captain\nRating: none whatever, he said, and laughed.\n\n" + STORY
    segments = split(text, [Mark(0, len(head), "metadata", "ao3.preface")])
    assert segments[0].kind == "metadata"
    assert {s.kind for s in segments[1:]} == {"story"}


def test_topics_are_found_for_marked_notes():
    note = "I don't own these characters. Please leave a review!\n\n"
    segments = split(note + STORY, [Mark(0, len(note), "note", "ao3.notes")])
    assert segments[0].kind == "note"
    assert {"disclaimer", "request"} <= set(segments[0].topics)
    kept = split(note + STORY, [Mark(0, len(note), "note", "ao3.notes", ("credit",))])
    assert kept[0].topics == ("credit",)
