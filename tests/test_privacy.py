"""What is left out of what is published of people."""

import re

import pytest

from transforms.privacy import Privacy, pseudonym, redact, rename, veil_segment

KEY = b"a key of this test"


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("write me: gull@harbour.example.org!", "write me: [e-mail]!"),
        ("gull at harbour dot org, any time", "[e-mail], any time"),
        ("gull (at) harbour (dot) org", "[e-mail]"),
        ("I'm @quiet_gull and gull-writes.tumblr.com", "I'm [handle] and [handle]"),
        ("tips: ko-fi.com/quietgull thanks", "tips: [handle] thanks"),
        ("Meet me at the pier at noon. Dot said so.", "Meet me at the pier at noon. Dot said so."),
        ("3 @ 4 = 12, see you @ home", "3 @ 4 = 12, see you @ home"),
    ],
)
def test_addresses_and_handles(text, want):
    assert redact(text) == want


def test_hostile_text_takes_linear_time():
    for text in ("a" * 200_000, "a." * 100_000, "@" * 100_000, "a at " * 50_000, "x.tumblr" * 30_000):
        redact(text)


def test_pseudonyms_are_stable_and_keyed():
    assert pseudonym("Quiet Gull", KEY) == pseudonym("quiet  gull", KEY) != pseudonym("Quiet Gull", b"another")
    assert re.fullmatch(r"author-[0-9a-f]{12}", pseudonym("x", KEY))


def test_names_are_replaced_as_words_alone():
    assert rename("by Gull (Gulliver's editor)", ["Gull"], KEY) == f"by {pseudonym('Gull', KEY)} (Gulliver's editor)"


def test_story_text_is_never_changed():
    text = "“Write to gull@harbour.example,” said Gull."
    assert veil_segment("story", text, ["Gull"], Privacy(KEY, redact=True)) == text
    assert "gull" not in veil_segment("note", text, ["Gull"], Privacy(KEY, redact=True)).lower()
    assert veil_segment("story", text, [], Privacy(text=False)) == ""
