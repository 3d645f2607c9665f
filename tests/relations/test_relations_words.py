"""How text becomes the words that are compared."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.relations import fingerprint, shingles, words
from transforms.relations.shingles import SKETCH_FLOOR, SKETCH_LIMIT, fingerprint_parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Don't, don’t and DONT", "dont dont and dont"),
        ("‘Quite,’ she said—“quite”…", "quite she said quite"),
        ("naïve Ångström façade ÉTÉ", "naïve ångström façade été"),
        ("ﬁne ½ ² ß", "fine 1 2 2 ss"),
        ("_emphasis_ *stress* [b]x[/b]", "emphasis stress b x b"),
        ("rain-soaked, half–open", "rain soaked half open"),
        ("zero\u200bwidth\ufeff so\u00adft", "zerowidth soft"),
        ("Z̷̢a̵l̶g̶o", "zalgo"),
        ("don´t ¨ ¸", "dont"),
        ("漢字 and カナ", "漢 字 and カ ナ"),
        ("한국어 단어", "한국어 단어"),
        ("हिन्दी शब्द", "हिन्दी शब्द"),
        ("\ud800lone", "lone"),
        ("", ""),
    ],
)
def test_words(text, expected):
    assert words.normalise(text).decode().split() == expected.split()


@given(st.text(alphabet=st.one_of(st.sampled_from("aB '’´“—…éÉßﬁ½ıİ¨\u0301\u200b\n"), st.characters()), max_size=80))
@settings(max_examples=300)
def test_the_short_cut_over_bytes_comes_to_the_same(text):
    padded = "plain words go round it " * 20 + text + " and after it" * 20
    assert words.normalise(padded).split() == words._normalise_any(padded).encode().split()


@given(
    st.lists(st.sampled_from(["a", "bc", "longer", "x" * 8, "y" * 9, "z" * 70, "漢", "字字", "ไทย", "—"]), max_size=60),
    st.integers(1, 9),
)
def test_blocks_do_not_show(pieces, size):
    text = " ".join(pieces)
    with pytest.MonkeyPatch.context() as patch:
        whole = fingerprint(text)
        patch.setattr(words, "_BLOCK", size)
        patch.setattr(words, "_BLOCK_BYTES", size)
        parts = fingerprint(text)
    assert (parts.text_hash, parts.n_tokens, parts.n_shingles) == (whole.text_hash, whole.n_tokens, whole.n_shingles)
    assert np.array_equal(parts.sketch, whole.sketch)


@given(st.lists(st.text(max_size=60), max_size=4))
def test_parts_are_like_each_by_itself(parts):
    whole, each = fingerprint_parts(parts)
    for found, text in zip((whole, *each), ("\n\n".join(parts), *parts), strict=True):
        alone = fingerprint(text)
        assert (found.text_hash, found.n_tokens, found.n_shingles) == (alone.text_hash, alone.n_tokens, alone.n_shingles)
        assert np.array_equal(found.sketch, alone.sketch)


def test_a_fingerprint_is_the_same_on_every_machine():
    """Kept fingerprints would be worthless else: a change here needs a new RULE_VERSION."""
    found = fingerprint("The quick brown fox jumps over the lazy dog, doesn’t it? Supercalifragilistic 漢字。")
    assert found.text_hash == "ac5daf4f2eedeb7dfacc0bbdb22b579e"
    assert found.sketch[0] == 2000830754100080285
    assert (found.n_tokens, found.n_shingles) == (14, 8)


def test_sketches():
    text = " ".join(str(n * n) for n in range(5000))
    every = shingles(text)
    assert np.array_equal(fingerprint(text).sketch, every[every < SKETCH_LIMIT])
    short = " ".join(text.split()[:100])
    assert np.array_equal(fingerprint(short).sketch, shingles(short)[:SKETCH_FLOOR])


HOSTILE = {
    "one word": "a" * 3_000_000,
    "one character": "漢" * 500_000,
    "one letter": "a " * 1_000_000,
    "apostrophes": "’" * 1_000_000,
    "accents": "\u0301" * 1_000_000,
    "nothing": "\x00" * 1_000_000,
    "one word of two bytes a letter": "é" * 1_000_000,
    "long words": ("b" * 70 + " ") * 40_000,
    "halves of characters": "\udc80" * 100_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_are_just_texts(text):
    found = fingerprint(text)
    assert len(found.sketch) <= max(SKETCH_FLOOR, found.n_shingles)
