"""Markup becomes text: cases in markup.json, and what holds for any markup."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.sources.fanficfare import plain
from transforms.sources.markup import Page
from transforms.wrapping import unfill, width_of

CASES = json.loads((Path(__file__).parent / "markup.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["why"][:50])
def test_text(case: dict) -> None:
    assert "".join(block.text for block in Page(case["html"]).blocks()).strip("\n") == case["text"]


BLOCKS = ("p", "div", "blockquote", "li", "h2", "td", "center", "section", "pre")
INLINE = ("em", "b", "span", "a", "font", "sup")


def trees(depth: int = 4) -> st.SearchStrategy[list]:
    leaf = st.sampled_from(["w", " w ", "<br>", "<hr>", "\n", "&nbsp;"])
    return st.recursive(
        st.lists(leaf, max_size=4),
        lambda inner: st.lists(st.tuples(st.sampled_from(BLOCKS + INLINE), inner), max_size=4),
        max_leaves=20,
    )


def serialise(tree: list, words: list[str]) -> str:
    out = []
    for node in tree:
        if isinstance(node, tuple):
            out.append(f"<{node[0]}>{serialise(node[1], words)}</{node[0]}>")
        elif "w" in node:
            words.append(f"word{len(words)}")
            out.append(node.replace("w", words[-1]))
        else:
            out.append(node)
    return "".join(out)


@given(trees())
@settings(max_examples=150, deadline=None)
def test_no_word_is_lost_or_moved(tree: list) -> None:
    words: list[str] = []
    html = serialise(tree, words)
    text = "".join(block.text for block in Page(f"<html><body>{html}</body></html>").blocks())
    assert re.findall(r"word\d+", text) == words
    assert "\n\n\n\n\n" not in text


@given(
    st.lists(
        st.lists(
            st.sampled_from(["a", "sea", "harbour", "well-known", "it", "of", "lighthouses,", "“no”"]), min_size=1, max_size=60
        ),
        max_size=6,
    )
)
@settings(max_examples=100, deadline=None)
def test_filled_paragraphs_come_back(paragraphs: list[list[str]]) -> None:
    import textwrap

    for words in paragraphs:
        text = " ".join(words)
        assert unfill(textwrap.wrap(text, 78), 78) == text


def test_verse_is_not_filled() -> None:
    verse = ["Up the sand the lanterns go,", "one for high and two for low,", "three for nobody at all."]
    assert width_of(verse) is None
    assert unfill(verse, 78) == "\n".join(verse)


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("_It_ was **very** late\\.", "It was very late."),
        ("**_Both_** and _**both**_", "Both and both"),
        ("snake_case_name and 2 * 3 * 4", "snake_case_name and 2 * 3 * 4"),
        ("_“No,”_ she said, _not_ looking.", "“No,” she said, not looking."),
        ("a \\- b \\* c \\_ d", "a - b * c _ d"),
        ("see [the list](http://x.example/a_b_c) and ![](cover.jpg)", "see the list and "),
        ("*** and * * *", "*** and * * *"),
        ("_two\nlines_", "two\nlines"),
        ("_" * 3000 + "x", "_" * 3000 + "x"),
    ],
)
def test_marks_of_emphasis_go(markdown: str, text: str) -> None:
    assert plain(markdown) == text
