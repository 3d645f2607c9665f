"""The labelled pairs in pairs.txt; and that a comparison is what plain sets of words say."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.relations import compare, fingerprint, passages, relation_of, shingles


def cases():
    _, *blocks = re.split(r"^== ", (Path(__file__).parent / "pairs.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for block in blocks:
        head, _, texts = block.partition("\n")
        relation, _, why = head.partition(": ")
        left, right = texts.split("\n<>\n")
        known_failure = pytest.mark.xfail(strict=True) if relation.startswith("?") else ()
        yield pytest.param(relation.lstrip("?").split(" | "), left, right, id=why, marks=known_failure)


@pytest.mark.parametrize(("expected", "left", "right"), list(cases()))
def test_pair(expected, left, right):
    found = compare(left, right)
    assert (relation_of(found) or "none") in expected, found
    assert found.part == "left" or expected != ["part_of"]
    assert (fingerprint(left).text_hash == fingerprint(right).text_hash) == (expected == ["identical"])
    turned = compare(right, left)
    assert relation_of(turned) == relation_of(found)
    assert (turned.containment_left, turned.coverage_right) == (found.containment_right, found.coverage_left)


def plain_shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", text.lower().replace("'", ""))
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)} or ({tuple(words)} if words else set())


english = st.lists(st.sampled_from(["The", "cat,", "can't", "Sit.", "on", "a", "MAT", "--", "7"]), max_size=40).map(" ".join)


@given(english, english)
def test_a_comparison_is_what_plain_sets_say(left, right):
    a, b = plain_shingles(left), plain_shingles(right)
    found = compare(left, right)
    assert (found.n_left, found.n_right, found.n_shared) == (len(a), len(b), len(a & b))
    assert len(shingles(left)) == fingerprint(left).n_shingles == len(a)
    if a and b:
        assert found.jaccard == len(a & b) / len(a | b)
        assert found.containment_left == len(a & b) / len(a)
        assert found.containment_right == len(a & b) / len(b)


def test_passages_show_what_is_shared_and_what_differs():
    left = "Far out at sea the lamp went round and round, and nobody on the red boat saw it. They were asleep, all of them."
    right = "Far out at sea the lamp went round and round, but no one on the red boat saw it. They were asleep, all of them."
    found = passages(left, right)
    assert found.shared == (
        "on the red boat saw it. They were asleep, all of them.",
        "Far out at sea the lamp went round and round,",
    )
    assert found.differing == (("and nobody", "but no one"),)
    assert passages(left, "") == passages("", right) == passages("", "")
