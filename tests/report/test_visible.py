"""Text from files, made safe to look at."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.report.visible import CHARACTERS, WORDS, excerpt, reveal

ANY = st.text(st.characters(exclude_categories=()))


@pytest.mark.parametrize(("text", "shown"), [
    ("plain text, “quotes” — and é", "plain text, “quotes” — and é"),
    ("a\tb\nc", "a\tb\nc"),
    ("bell \x07", "bell ⟨U+0007⟩"),
    ("\x1b[2J", "⟨U+001B⟩[2J"),
    ("evil\u202etxt.exe", "evil⟨U+202E⟩txt.exe"),
    ("zero\u200bwidth", "zero⟨U+200B⟩width"),
    ("lone \ud800", "lone ⟨U+D800⟩"),
    ("mark \ufeff", "mark ⟨U+FEFF⟩"),
    ("می\u200cخواهم", "می\u200cخواهم"),  # the joiners are letters' business
    ("👩\u200d🚀", "👩\u200d🚀"),
    ("z" + "\u0301" * 40, "z" + "\u0301" * 4),
    ("\U000e0041", "⟨U+E0041⟩"),
])  # fmt: skip
def test_reveal(text, shown):
    assert reveal(text) == shown


@given(ANY)
@settings(max_examples=200)
def test_what_is_revealed_has_nothing_that_acts(text):
    shown = reveal(text)
    shown.encode("utf-8")
    assert not [c for c in shown if unicodedata.category(c) == "Cc" and c not in "\t\n"]
    assert not set(shown) & set("\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    assert reveal(shown) == shown


@given(ANY)
@settings(max_examples=200)
def test_an_excerpt_is_short_and_on_one_line(text):
    shown = excerpt(text)
    assert len(shown.split()) <= WORDS and "\n" not in shown
    assert len(shown) <= 9 * CHARACTERS + 1  # where every character had to be named


@pytest.mark.parametrize(("value", "shown"), [
    (None, ""), (float("nan"), ""), ("", ""), (12, "12"), ("  a \n b ", "a b"),
    (" ".join("abcdefghijklm"), "a b c d e f g h i j k l…"), ("x" * 500, "x" * 120 + "…"), (" " * 9_999 + "late", "…"),
])  # fmt: skip
def test_excerpt(value, shown):
    assert excerpt(value) == shown


def test_ten_million_characters_take_no_time():
    assert excerpt("word " * 2_000_000).endswith("…")
    assert excerpt("\u0301" * 10_000_000).endswith("…")
