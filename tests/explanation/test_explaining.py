"""An explanation holds what was found, shows all of it in either form, and nothing from the file acts on who reads it."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.documents import Rejection, Segment
from transforms.explanation import Fate, Relative, explain_document, explain_rejection, to_terminal
from transforms.explanation.changes import changes
from transforms.explanation.marks import runs
from transforms.explanation.page import to_html

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))  # for the reader of pages

from report_reading import Page, check_page

ESCAPE = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(scope="module")
def explained(cleaned):
    other = "\n\n".join(chapter.text for chapter in cleaned.story.chapters).replace("forty when", "forty-one before", 1)
    return explain_document(
        cleaned,
        how="no UTF-8; the detector says cp1252",
        fate=Fate("published", work_id="ao3-77"),
        relatives=[Relative("ffn-12", "revision", 0.91, 0.95, 0.96, other), Relative("ffn-13", "shares_text", 0.1, 0.3, 0.2)],
    )


@pytest.fixture(scope="module")
def terminal(explained):
    return to_terminal(explained, 110)


@pytest.fixture(scope="module")
def page(explained):
    return to_html(explained)


def test_what_is_stated_is_named_and_nothing_else(explained):
    found = dict(explained.metadata)
    assert found == {
        "site": "ao3",
        "site_id": "77",
        "title": "The Ferry",
        "authors": "somebody; somebody else",
        "series": "Tides #2",
    }


def test_repairs_come_with_their_places(explained):
    (repair,) = explained.repairs
    assert repair.count == 2 and len(repair.places) == 2
    assert "donâ€™t" in repair.places[0].before and "don’t" in repair.places[0].after
    assert "â€œYou" in repair.places[1].before and "“You" in repair.places[1].after


def test_a_repair_that_names_no_place_shows_none_of_another_rule(cleaned):
    first = replace(cleaned.repairs[0], where=())
    both = explain_document(replace(cleaned, repairs=(first, replace(first, rule="entities"))))
    assert [repair.places for repair in both.repairs] == [(), ()]
    alone = explain_document(replace(cleaned, repairs=(first,)))
    assert len(alone.repairs[0].places) == 3


@pytest.mark.parametrize("said", [
    "old/all.zip!/ferry.txt", "published", "ao3-77", "cp1252 (no UTF-8; the detector says cp1252)", "uncertain_notes",
    "mojibake",
    "The Ferry", "somebody; somebody else", "Tides #2", "no_ai 0.97", "Please do not feed this to AI", "position 0.55",
    "an edited version of the same text as ffn-12 (Jaccard 0.91; 95% of this one is in it, 96% of it in this one)", "ffn-13",
    "text.marker", "heading.number", "tense", "point of view", "took off her shoes",
    "In the morning the island stood",
])  # fmt: skip
def test_both_forms_say(said, terminal, page):
    assert squeeze(said) in squeeze(terminal)
    assert squeeze(said) in squeeze(" ".join(Page(page).text))


def squeeze(text: str) -> str:
    """Without white space and the margin's bars: lines are wrapped."""
    return re.sub(r"[\s│]+", "", text)


def test_no_line_is_longer_than_the_terminal(explained):
    for width in (50, 80, 200):
        assert max(len(line) for line in to_terminal(explained, width).split("\n")) <= width


def test_without_colour_there_is_not_a_single_escape(terminal):
    assert "\x1b" not in terminal


def test_with_colour_the_words_are_the_same(explained, terminal):
    coloured = to_terminal(explained, 110, colour=True)
    assert "\x1b[" in coloured
    assert [line.rstrip() for line in ESCAPE.sub("", coloured).split("\n")] == terminal.split("\n")


def test_each_kind_has_its_own_colour(explained):
    coloured = to_terminal(explained, 110, colour=True)
    styles = {kind: re.findall(rf"(\x1b\[[\d;]*m){kind} \d", coloured) for kind in ("note", "metadata", "heading", "break")}
    assert all(styles.values()) and len({found[0] for found in styles.values()}) == 4


def test_nothing_from_the_file_acts(explained, terminal, page):
    coloured = to_terminal(explained, 110, colour=True)
    for shown in (terminal, coloured, page):
        assert "\u202e" not in shown and "⟨U+202E⟩" in shown
        assert "⟨U+001B⟩[31mred" in shown and "\x1b[31mred" not in shown
    assert "[bold]x[/bold]" in terminal  # the library's own marks are text as well
    assert "onmouseover" not in str(check_page(page).tags)


ANY = st.text(st.characters(exclude_categories=()), max_size=60)


@given(ANY, ANY, st.lists(ANY, min_size=1, max_size=4))
@settings(max_examples=60, deadline=None)
def test_no_text_acts_on_a_terminal_or_a_page(source, rule, texts):
    text = "".join(texts)
    at, found = 0, []
    for piece in texts:
        found.append(Segment("note", at, at + len(piece), rule, 0.5, ("request",)))
        at += len(piece)
    nothing = explain_rejection(Rejection(source, rule, source, rule))
    explained = replace(nothing, text=text, segments=tuple(found), metadata=(("title", source),))
    shown = to_terminal(explained, 60)
    shown.encode("utf-8")
    assert not [c for c in shown if unicodedata.category(c) in ("Cc", "Cs") and c != "\n"]
    assert not ESCAPE.sub("", to_terminal(explained, 60, colour=True)).count("\x1b")
    check_page(to_html(explained))


def test_the_page_holds_every_character_that_is_not_space(explained, page):
    shown = "".join(re.findall(r'<div class="text" dir="auto">(.*?)</div></div>', page, re.S))
    plain = re.sub(r"⟨U\+[0-9A-F]{4}⟩", "", Page(shown).words)
    kept = re.sub("[\u202e\u202c\x1b]", "", explained.text)
    assert "".join(plain.split()) == "".join(kept.split())


def test_doubts_and_refusals_are_marked_where_they_stand(explained, terminal, page):
    assert "⟦Please do not feed this to AI⟧" in terminal
    assert "⟦Anyway, that is all" in terminal
    assert page.count('<mark class="doubt"') == 1 and page.count('<mark class="opt-out"') == 1
    ids = Page(page).values("id")
    assert {href[1:] for href in Page(page).values("href") if href.startswith("#")} <= set(ids)


def test_long_story_is_shown_at_its_edges_unless_the_whole_is_wanted(explained, terminal):
    assert re.search(r"\[… [\d,]+ characters of story …\]", terminal)
    whole = to_terminal(explained, 110, whole=True)
    assert whole.count("slid away") == 12 > terminal.count("slid away")


def test_relations_show_passages_of_a_dozen_words(terminal):
    shared = re.findall(r"shared +“(.*?)”\n", terminal)
    assert shared and all(len(text.split()) <= 12 for text in shared)


def test_of_a_thousand_mirrors_a_few_are_compared(cleaned):
    mirrors = [Relative(f"work-{i:04}", "identical", 1.0, 1.0, 1.0, "x") for i in range(1_000)]
    found = explain_document(cleaned, relatives=mirrors)
    assert len(found.related) == 1_000 and found.related[0].relative.id == "work-0000"
    assert "970 more relations" in to_terminal(found) and "900 more relations" in to_html(found)


def test_a_rejection_is_explained():
    found = explain_rejection(Rejection("a\x1b[2J.zip", "archive_bomb", "It expands to 3 GB.", "zip", "00" * 32, 42))
    for shown in (to_terminal(found), " ".join(Page(to_html(found)).text)):
        assert "rejected (archive_bomb)" in shown and "It expands to 3 GB." in shown and "\x1b" not in shown


def test_a_document_that_is_not_in_the_dataset(cleaned):
    shown = to_terminal(explain_document(cleaned))
    assert "not in the dataset" in shown


@pytest.mark.parametrize(("before", "after", "shown"), [
    ("a\nbad\nc", "a\ngood\nc", [("bad", "good")]),
    ("one\r\ntwo\r\n", "one\ntwo\n", []),
    ("x\n\nsmart â€œquoteâ€\x9d here\n\ny", "x\n\nsmart “quote” here\n\ny", [("â€œquoteâ€\x9d", "“quote”")]),
    ("a\nb\n\x00\nc\nd", "a\nb\nc\nd", [("\x00", "")]),
    ("", "", []),
    ("gone", "", [("gone", "")]),
])  # fmt: skip
def test_changes(before, after, shown):
    found = changes(before, after)
    assert len(found) == len(shown)
    for change, (left, right) in zip(found, shown, strict=True):
        assert left in change.before and right in change.after


LINES = st.lists(st.text("ab é’", max_size=8), max_size=12)


@given(LINES, LINES)
@settings(max_examples=150)
def test_changes_are_found_wherever_texts_differ(left, right):
    before, after = "\n".join(left), "\n".join(right)
    found = changes(before, after)
    assert bool(found) == (before != after)
    assert all(0 <= change.start <= change.end <= len(before) + 1 for change in found)


def test_many_changes_in_a_long_text_are_found_in_a_moment():
    before = "donâ€™t go\nthere\n" * 40_000
    found = changes(before, before.replace("â€™", "’"))
    assert len(found) == 2_000 and "don’t" in found[-1].after
    changes("x" * 3_000_000, "x" * 1_500_000 + "y" * 1_500_000)


@given(st.data())
@settings(max_examples=100)
def test_marked_runs_are_the_text(cleaned, data):
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    assert (
        "".join(run.text for run in runs(explain_document(replace(cleaned, repairs=())), start, end)) == cleaned.text[start:end]
    )


def test_empty_segments_are_not_shown(cleaned):
    blanks = tuple(Segment("break", i * 2, i * 2 + 2, "blank") for i in range(500))
    blank = replace(cleaned, text=" \n" * 500, segments=blanks, doubts=(), opt_outs=(), repairs=())
    assert "blank" not in to_terminal(explain_document(blank))
