"""Documents are cut alike however a program writes them; `transforms.wrapping.joined` changes line ends only."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.segments import rewritten
from tests.segments.cases import KNOWN_FAILURES, MARKED, OWN, Case, confusion, misplaced, read_folders
from transforms.segments import split
from transforms.wrapping import joined

CASES = [case for _, case in read_folders(OWN) if case.name not in KNOWN_FAILURES]
# The share of the cases that are right as they stand and must be right in each other writing; raise it when it gets better.
FLOORS = {
    rewritten.filled: 0.96,
    rewritten.without_blank_lines: 0.90,
    rewritten.with_blank_lines_between_all: 0.89,
    rewritten.with_more_blank_lines: 0.98,
    rewritten.with_blanks_behind: 1.0,
    rewritten.indented: 0.97,
}
STORY = """\
The goose had been in the minister's pulpit since Thursday, and nobody
could say by which door it had come in. It had eaten the hymn numbers
and most of the second lesson.

"It isn't ours," said Wilf, who had been asked, as he always was, what
he knew about it; and the goose looked at him as if it begged to differ
and would do so, if it came to that, from the pulpit.

Mrs. Teague went up the three steps with a broom in her hand and a look
on her face which she had from her mother, and came down again without
the broom.
"""


DRESSED = [(kind, dress) for kind, dresses in rewritten.DRESSES.items() for dress in dresses]
WORN_RIGHT = 0.75  # of the documents that a dress is put on
STORY_TAKEN = 0.0005  # of its characters, where there is no note at all
TRIED_ON = 14  # documents


@pytest.fixture(scope="module")
def right() -> list[Case]:
    """Documents that are cut as they should be as they stand."""
    return [case for _, case in read_folders(*MARKED)[::3] if not misplaced(case, split(case.text))]


@pytest.mark.parametrize(("kind", "dress"), DRESSED)
def test_a_dress_changes_nothing(kind, dress, right):
    copies = (rewritten.rewrite(case, rewritten.dressed(kind, dress)) for case in right)
    changed = [copy for copy, case in zip(copies, right, strict=True) if copy.text != case.text][::2][:TRIED_ON]
    wrong = [copy.name for copy in changed if misplaced(copy, split(copy.text))]
    assert changed and len(wrong) <= (1 - WORN_RIGHT) * len(changed), wrong


@pytest.mark.parametrize("write", FLOORS, ids=lambda write: write.__name__)
def test_copies_are_cut_alike(write):
    copies = [rewritten.rewrite(case, write) for case in CASES]
    wrong = [copy.name for copy in copies if misplaced(copy, split(copy.text))]
    assert len(wrong) <= (1 - FLOORS[write]) * len(CASES), wrong


def test_a_story_without_its_notes_keeps_all_of_itself(right):
    copies = [rewritten.rewrite(case, rewritten.without(frozenset({"note"}))) for case in right if "note" in case.kinds]
    seen = confusion([copy for copy in copies if "story" in copy.kinds])
    story = {found: count for (kind, found), count in seen.items() if kind == "story"}
    assert sum(story.values()) - story["story"] <= STORY_TAKEN * sum(story.values()), story


def test_a_filled_text_gets_its_paragraphs_back():
    paragraphs = joined(STORY).split("\n\n")
    assert [paragraph.count("\n") for paragraph in paragraphs] == [0, 0, 1]
    assert paragraphs[0].startswith("The goose had been in the minister's pulpit since Thursday, and nobody could say")


def test_labels_lists_and_rules_keep_their_lines():
    head = (
        "Title: The Goose of St. Erth, in which a bird of no fixed address is\nAuthor: quillfeather\n"
        "- a list of what the goose ate in the course of that long wet Thursday\n- hymns\n"
    )
    assert joined(head + "\n" + STORY).startswith(head)
    rule = "-" * 68 + "\n"
    assert rule in joined(rule + STORY)


def test_line_ends_at_kept_offsets_stay():
    assert joined(STORY, {STORY.index("\n")}).index("\n") == STORY.index("\n")


@given(st.lists(st.text("ab cd.,:-\n", max_size=90), max_size=40).map("\n".join))
def test_joining_changes_line_ends_only(text):
    whole = joined(text)
    assert len(whole) == len(text)
    assert all(a == b or (a, b) == ("\n", " ") for a, b in zip(text, whole, strict=True))
