"""What holds for every text: the segments are a partition, marks are kept, and time is linear."""

# ruff: noqa: E501  (samples)
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.documents import KINDS, TOPICS, Mark
from transforms.segments import chapters, doubts, pov_headings, split, story_text

PIECES = st.sampled_from(
    [
        "A/N: hi guys, please review!", "(A/N: sorry)", "* * *", "Chapter 1", "Chapter 2: The Door", "I.", "Title: Salt", "Rating: PG", "by gull", "Summary",
        "She opened the door.", "\"No,\" he said.", "Clarke's POV", "The End", "TBC", "oOo", "Notes:", "Next Chapter →", "Share", "<3", "…", "- J.M.", "> a said: ↑",
        "I don't own this fic.", "—No —dijo.", "От автора: привет", "作者有话说：", "[A/N", "\u3000", "\r", " ", "\t", "end A/N", "Flashback", "1.", "2.", "a = b", "--",
        "Thank you for reading this story! Let me know what you think.", "He had been walking for an hour, and he was cold.",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=200),
    st.lists(st.tuples(PIECES, st.sampled_from(["\n", "\n\n", "\n\n\n", " "])), max_size=24).map(
        lambda p: "".join(a + b for a, b in p)
    ),
)


def check(text, segments):
    assert "".join(text[s.start : s.end] for s in segments) == text
    at, chapter = 0, 0
    for segment in segments:
        assert segment.start == at < segment.end
        assert segment.kind in KINDS
        assert segment.rule
        assert 0 <= segment.confidence <= 1
        assert set(segment.topics) <= set(TOPICS)
        assert bool(segment.topics) == (segment.kind == "note")
        assert segment.chapter >= chapter
        at, chapter = segment.end, segment.chapter


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_segments_are_a_partition(text):
    segments = split(text)
    check(text, segments)
    assert segments == split(text)
    found = chapters(text, segments)
    assert tuple(s for chapter in found for s in chapter.segments) == segments
    for chapter in found:
        told = story_text(text, chapter.segments)
        assert all(0 <= at <= len(told) for at, _ in pov_headings(text, chapter.segments))
        assert "\n\n\n" not in told
    for doubt in doubts(text, segments):
        assert 0 <= doubt.start < doubt.end <= len(text)


@settings(max_examples=100, deadline=None)
@given(TEXTS, st.lists(st.tuples(st.integers(0, 400), st.integers(0, 60), st.sampled_from(KINDS), st.booleans()), max_size=6))
def test_marks_are_kept(text, spans):
    marks, at = [], 0
    for start, size, kind, chapter in sorted(spans):
        start, end = max(at, min(start, len(text))), min(len(text), max(at, start) + size)
        if start > end:
            continue
        marks.append(Mark(start, end, kind, "test", (), chapter))
        at = end
    segments = split(text, marks)
    check(text, segments)
    for mark in marks:
        if mark.kind == "story" or not text[mark.start : mark.end].strip():
            continue
        for segment in segments:
            inner = text[max(segment.start, mark.start) : min(segment.end, mark.end)]
            assert segment.kind == mark.kind or not inner.strip()


def test_marks_that_overlap_or_lie_outside_are_refused():
    for marks in ([Mark(0, 3, "note", "a"), Mark(2, 4, "note", "b")], [Mark(3, 99, "note", "a")], [Mark(0, 2, "poem", "a")]):
        with pytest.raises(ValueError):
            split("abcdef", marks)


def test_an_empty_text_has_no_segments():
    assert split("") == ()
    assert [s.kind for s in split(" \n\n ")] == ["story"]


@pytest.mark.parametrize(
    "piece", ["*", "[", "(A/N: ", "a/n ", "\"", "“a", "xo", "o ", "Chapter 1\n", "\n", " \n", "the ", "thank you ", "a:", "a = b\n", "~fin~ ", ". ", "next | ",
              "\nTitle: x\n", "> a said: ↑\n", "— a\n", "章", "*a b*\n\n", "The End\n\nhe went.\n\n", "please leave me a little "],
)  # fmt: skip
def test_hostile_repetition_is_split_in_linear_time(piece):
    text = piece * (60_000 // len(piece))  # quadratic work on this would take minutes
    check(text, split(text))
