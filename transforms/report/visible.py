"""Text from story files made safe to look at: bounded, and with nothing in it that acts without being seen.

Escaping for HTML is the templates' business (autoescape); this is about characters that are harmless to a browser and still
mislead a reader: control characters, bidirectional overrides that turn the rest of a line around, invisible characters, lone
surrogates that no encoder takes.
"""

from __future__ import annotations

import re
import unicodedata

WORDS = 12
"""The most words of anybody's text that are printed at once."""

CHARACTERS = 120

# C0 and C1 controls but tab and line feed; soft hyphen; Mongolian vowel separator; zero-width space and the directional marks,
# embeddings, overrides and isolates; line and paragraph separators; invisible operators; the byte order mark; interlinear
# marks; tags; surrogates; noncharacters. The joiners U+200C and U+200D stay: Persian, Hindi and emoji need them.
_ACTING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufdd0-\ufdef"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_STACKED = re.compile("([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{4})"
                      "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")  # fmt: skip


def reveal(text: str) -> str:
    """`text` with each acting or invisible character replaced by its number: `⟨U+202E⟩`.

    Tabs and line feeds stay; piles of more than four combining marks are cut to four, as they cover the lines around them.
    """
    return _STACKED.sub(r"\1", _ACTING.sub(lambda match: f"⟨U+{ord(match[0]):04X}⟩", text))


def excerpt(value: object, words: int = WORDS, characters: int = CHARACTERS) -> str:
    """At most `words` words and `characters` characters of a value on one line, revealed; `…` stands for the rest.

    None and NaN give an empty string.
    """
    if value is None or value != value:
        return ""
    text = str(value)
    head = text[: characters * 4]
    found = head.split(maxsplit=words)
    short = " ".join(found[:words])
    cut = len(found) > words or len(head) < len(text)
    if len(short) > characters:
        short, cut = short[:characters], True
        while short and unicodedata.combining(short[-1]):
            short = short[:-1]
    return reveal(short) + ("…" if cut else "")
