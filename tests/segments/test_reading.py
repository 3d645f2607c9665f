"""Chapters, the story text, narrators and doubts, as others read them from segments."""

# ruff: noqa: E501  (samples)
from transforms.segments import chapters, doubts, evidence, pov_headings, split, story_text

PARAGRAPH = "The road went on between the hedges, white and quite straight, and Marta walked in the middle of it with her shoes in her hand.\n\n"


def test_story_text_parts_paragraphs_by_one_blank_line_and_marks_breaks():
    text = PARAGRAPH + "\n\n\nShe did not look round.\n\n~*~*~\n\n" + PARAGRAPH + "oOo\n"
    assert story_text(text, split(text)) == PARAGRAPH.strip() + "\n\nShe did not look round.\n\n* * *\n\n" + PARAGRAPH.strip()


def test_a_note_inside_a_paragraph_leaves_no_gap():
    text = PARAGRAPH + "She sat down. (A/N: yes, on the same wall!) Nobody came.\n\n" + PARAGRAPH
    assert "She sat down. Nobody came." in story_text(text, split(text))


def test_points_of_view_are_headings_that_begin_no_chapter():
    text = "Chapter 1\n\nMarta's POV\n\n" + PARAGRAPH + "Ilya's POV\n\n" + PARAGRAPH + "Chapter 2\n\n" + PARAGRAPH
    found = chapters(text, split(text))
    assert [chapter.title for chapter in found] == ["Chapter 1", "Chapter 2"]
    narrators = pov_headings(text, found[0].segments)
    assert [name for _, name in narrators] == ["Marta", "Ilya"]
    told = story_text(text, found[0].segments)
    assert all(told[at:].startswith("The road") for at, _ in narrators)


def test_what_stands_before_the_first_heading_belongs_to_chapter_0():
    text = "Hey guys, this is my first fic, please review!\n\nChapter 1\n\n" + PARAGRAPH + "Chapter 2\n\n" + PARAGRAPH
    segments = split(text)
    assert (segments[0].kind, segments[0].chapter) == ("note", 0)
    assert [chapter.title for chapter in chapters(text, segments)] == ["Chapter 1", "Chapter 2"]


def test_doubts_stay_in_the_story():
    text = PARAGRAPH * 6 + "I have never seen that road since.\n"
    segments = split(text)
    found = doubts(text, segments)
    assert all(segment.kind == "story" for segment in segments)
    assert [text[doubt.start : doubt.end] for doubt in found] == ["I have never seen that road since."]


def test_the_guard_leaves_a_story_its_text():
    text = "\n\n".join(["I hope you like it, please tell me what you think of this one."] * 9) + "\n\n" + PARAGRAPH
    kept = story_text(text, split(text))
    assert "The road went on" in kept


def test_evidence_names_its_cues():
    text = "A/N: I don't own anything! Please review."
    names = {cue.name for cue in evidence(text, 0, len(text))}
    assert {"marker", "ownership", "begging"} <= names
