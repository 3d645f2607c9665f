"""What is recognised as something that must stay out, and what is not."""

import random

import numpy as np
import pytest

from transforms.relations import fingerprint
from transforms.removals import Graveyard, bury, salted

FIRST, SECOND, LAST = ("bar", "lo", "mi", "kes", "tu"), ("den", "ra", "voss", "il", "pa"), ("", "s", "ing", "ed", "ly", "or")
WORDS = [a + b + c for a in FIRST for b in SECOND for c in LAST]


def text(seed: int, n: int) -> str:
    rng = random.Random(seed)
    return " ".join(rng.choice(WORDS) for _ in range(n))


def edited(story: str, every: int) -> str:
    words = story.split()
    words[::every] = [f"new{at}" for at in range(len(words[::every]))]
    return " ".join(words)


STORY = text(1, 1200)
YARD = Graveyard([bury([salted("source", "a.txt", b"salt")], STORY, [fingerprint(STORY).text_hash]), bury([], text(2, 900), [])])


def known(candidate: str) -> int | None:
    mark = fingerprint(candidate)
    return YARD.is_copy(candidate, mark.text_hash, YARD.suspects(mark.text_hash, mark.sketch))


@pytest.mark.parametrize(
    "copy",
    [
        STORY,
        STORY.upper(),
        edited(STORY, 50),
        edited(STORY, 12),
        " ".join(STORY.split()[300:700]),
        text(3, 5000) + " " + STORY,
        " ".join(reversed([" ".join(STORY.split()[at : at + 100]) for at in range(0, 1200, 100)])),
    ],
    ids=["same", "case", "edited", "much edited", "a part", "in a collection", "moved"],
)
def test_copies_are_known(copy):
    assert known(copy) == 0


@pytest.mark.parametrize(
    "other", [text(4, 1200), text(5, 300), "", STORY[:40], text(6, 800) + " " + " ".join(STORY.split()[:60])],
    ids=["another", "a short one", "nothing", "a few words", "a quotation"],
)  # fmt: skip
def test_others_are_not(other):
    assert known(other) is None


def test_names_are_known_whatever_their_case_and_only_with_the_salt():
    assert YARD.named([salted("source", "A.TXT ", b"salt")]) == 0
    assert YARD.named([salted("source", "a.txt", b"other"), salted("work", "a.txt", b"salt")]) is None


def test_a_tombstone_holds_no_word():
    stone = YARD.tombstones[0]
    assert stone.shingles.dtype == np.uint64
    assert not any(word in "".join(stone.ids | stone.text_hashes) for word in ("barden", "a.txt"))
