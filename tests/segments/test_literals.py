"""What a pattern needs is in every text in which it finds something."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.segments.cases import OWN, read_case
from transforms.segments import cues
from transforms.segments.literals import BOUNDARY, TOKEN, Index, is_western, needs


def plain(pattern: str) -> set[str]:
    return {string.replace(BOUNDARY, "") for string in needs(pattern)}


@pytest.mark.parametrize(
    ("pattern", "strings"),
    (
        (r"\b(?:reviews?|kudos)\b", {"review", "reviews", "kudos"}),
        (r"no (?:money|profit)", {"no money", "no profit"}),
        (r"(?:the|a) \w+ of sighs?", {" of sigh", " of sighs"}),
        (r"lol+", {"lol"}),
        (r"(?:ab){2}c", {"ababc"}),
        (r"x[!?]{2,}", {"x!!", "x!?", "x?!", "x??"}),
        (r"one|[\U0001f300-\U0001faff]", {"one"}),
        (r"one|\w+", set()),
        (r".*", set()),
    ),
)
def test_needs(pattern: str, strings: set[str]) -> None:
    assert plain(pattern) == strings


PATTERNS = (
    r"\b(?:fan-?fics?|one-?shots?)\b",
    r"\A\W{0,4}(?:hi+|hey)\b[ ,!]+(?:all|you)",
    r"(?:\w+ )?(?:love|thanks) (?:to|for)\b|r ?(?:&|and) ?r",
    r"(?:a|b){3,5}c?|x+y",
)


@given(st.data())
def test_a_text_that_matches_may_match(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    before, after = data.draw(st.text("a \n.", max_size=3)), data.draw(st.text("z \n.", max_size=3))
    text = before + data.draw(st.from_regex(pattern, fullmatch=True)) + after
    if re.search(pattern, text) is not None:
        assert 0 in Index([needs(pattern)]).possible(text, TOKEN.findall(text))


def test_all_that_finds_cues_may_find_some() -> None:
    for path in sorted(OWN.glob("*.case")):
        for line in read_case(path).text.split("\n"):
            lower = line.lower()
            possible = cues._INDEX.possible(lower, TOKEN.findall(lower))
            assert possible >= {at for at, (*_, pattern) in enumerate(cues._CUES) if pattern.search(lower)}, line
            assert is_western(lower) or len(possible) == len(cues._CUES)
