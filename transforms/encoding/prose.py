"""How typographic characters and accents stand in prose: the evidence that rules weigh.

Everything here looks at one character and its neighbours. What a word may look like is general knowledge of English contractions
and of Latin spelling (no capital after a small letter, no letter straight after a full stop, a quote that opens stands before
a word), never a list of sentences.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_NEGATED = (
    *(
        "ai",
        "are",
        "ca",
        "could",
        "dare",
        "did",
        "do",
        "does",
        "had",
        "has",
        "have",
        "is",
        "may",
        "might",
        "must",
        "need",
        "ought",
    ),
    *("sha", "should", "was", "were", "wo", "would"),
)
_PRONOUNS = [
    "i",
    "you",
    "he",
    "she",
    "it",
    "we",
    "they",
    "that",
    "this",
    "who",
    "what",
    "there",
    "here",
    "where",
    "how",
    "when",
    "why",
    "one",
]
_HOSTS = {
    "t": frozenset(w + "n" for w in _NEGATED),
    "m": frozenset(["i"]),
    "re": frozenset(["you", "we", "they", "who", "what", "there", "where", "how", "why", "these", "those"]),
    "ve": frozenset(
        ["i", "you", "we", "they", "who", "there", "could", "would", "should", "might", "must", "may", "not", "that", "what"]
    ),
    "ll": frozenset([*_PRONOUNS, "these", "those", "somebody", "someone", "everybody", "everyone", "nobody"]),
    "d": frozenset([*_PRONOUNS, "somebody", "someone", "everybody", "everyone", "nobody"]),
}
_S_HOSTS = frozenset(
    [*_PRONOUNS, "let", "everybody", "everyone", "somebody", "someone", "nobody", "everything", "nothing", "else"]
)
_BEFORE = re.compile(r"[A-Za-z]*\Z")  # what stands before can be a wrongly read quote, which looks like a letter
_SUFFIX = re.compile(r"(t|m|re|ve|ll|d|s)(?![A-Za-z])", re.IGNORECASE | re.ASCII)
_WHOLE = {("o", "clock"), ("ma", "am"), ("y", "all"), ("c", "mon"), ("d", "you"), ("o", "er"), ("e", "er")}
_WORD_AFTER = re.compile(r"[^\W\d_]{0,8}")
# Loan words that end in an accented e: before an s, the lost character is as likely the accent as an apostrophe.
_ACUTE_ENDS = frozenset(
    [
        "appliqu",
        "attach",
        "blas",
        "caf",
        "canap",
        "clich",
        "communiqu",
        "divorc",
        "expos",
        "fianc",
        "pass",
        "pat",
        "prot",
        "purr",
        "risqu",
        "saut",
        "souffl",
        "touch",
    ]
)

_UNITS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TENS = ["twenty", "thirty", "forty", "fourty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_TENS_END = re.compile(rf"\b(?:{'|'.join(_TENS)})\Z", re.IGNORECASE)
_UNITS_START = re.compile(rf"(?:{'|'.join(_UNITS)}|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b", re.IGNORECASE)


def contraction(text: str, at: int, after: int | None = None) -> int:
    """Whether an apostrophe at `text[at:after]` makes an English contraction: 2 certainly, 1 a possessive, 0 no."""
    if after is None:
        after = at + 1
    suffix = _SUFFIX.match(text, after)
    word = _BEFORE.search(text[max(0, at - 16) : at]).group().lower()
    if not word:
        return int(bool(suffix) and suffix.group(1).lower() == "s" and text[at - 1 : at].isalpha())
    if suffix:
        ending = suffix.group(1).lower()
        if ending == "s":
            if word in _S_HOSTS:
                return 2
            return 0 if word in _ACUTE_ENDS else 1
        return 2 if word in _HOSTS[ending] else 0
    return 2 if (word, _WORD_AFTER.match(text, after).group().lower()) in _WHOLE else 0


def compound_number(text: str, at: int, after: int) -> bool:
    """Whether `text[at:after]` stands between the words of a number (forty-two) or between digits: a hyphen or en dash."""
    if text[at - 1 : at].isdigit() and text[after : after + 1].isdigit():
        return True
    return bool(_TENS_END.search(text[max(0, at - 12) : at]) and _UNITS_START.match(text, after))


OPENS_AFTER = frozenset(" \t\n\xa0([{-\u2014\u2013\u2018\u201c\u2026\"'*_/>")
CLOSES_AFTER = frozenset(".,!?;:\u2026\u2014\u2013-\u2019\u201d*_)~")
CLOSES_BEFORE = frozenset(" \t\n\xa0)]}.,;:!?\u2014\u2013-\u2026\u2019\u201d\"'*_/<")


def opens(left: str, right: str) -> bool:
    """Whether a quote between these characters ("" at an edge) can open."""
    return (not left or left in OPENS_AFTER) and (
        right.isalnum() or (right != "" and right in "\u2018\u2019\u201c'\"\u2026\u2014*_\xbf\xa1")
    )


def closes(left: str, right: str) -> bool:
    """Whether a quote between these characters can close."""
    return left != "" and (left.isalnum() or left in CLOSES_AFTER) and (not right or right in CLOSES_BEFORE)


# ---- how well a reading fits ----------------------------------------------------------------------------------------

_BEYOND_ASCII = re.compile("[^\0-\x7f]")
_COMMON = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœß")
_ALONE = frozenset("àáèéêòóôùúöåæøìíÀÁÉÈÓÖÅ")
_MOST = 4000


@lru_cache(maxsize=4096)
def _kind(c: str) -> str:
    """lower, upper, letter (without case), control, symbol"""
    if c.isalpha():
        return "lower" if c.islower() else "upper" if c.isupper() else "letter"
    category = unicodedata.category(c)
    return "control" if category in ("Cc", "Co", "Cn", "Cs") else "mark" if category[0] == "M" else "symbol"


@lru_cache(maxsize=4096)
def script(c: str) -> str:
    """The script of a letter, by the first word of its name: LATIN, CYRILLIC, CJK ..."""
    name = unicodedata.name(c, "?")
    word = name.split(" ", 1)[0].split("-", 1)[0]
    return {"HIRAGANA": "JAPANESE", "KATAKANA": "JAPANESE", "HALFWIDTH": "HALFWIDTH"}.get(word, word)


def _fit_at(text: str, at: int, c: str, western: bool) -> float:
    left = text[at - 1] if at else ""
    right = text[at + 1 : at + 2]
    if c == "\u2019":
        sure = contraction(text, at)
        if sure:
            return 2 + sure
        if left.isalpha():
            return 0.5
        return 1 if closes(left, right) else 0 if right.isalnum() else -2
    if c in "\u201c\u2018":
        return 3 if opens(left, right) else 1 if closes(left, right) and "\u201e" in text else -4
    if c in "\u201d":
        return 3 if closes(left, right) else -4
    if c in "\u201e\u201a\xbf\xa1":
        return 3 if opens(left, right) else -4
    if c in "\u2014\u2013":
        return 2 if left != "\u201c" or right.isalpha() else 0
    if c == "\u2026":
        return 2 if left.isalnum() or left in " \u201c\u2018.,!?\"'" else 0
    if c in "\xab\xbb":
        other = right if c == "\xab" else left
        return 2 if other in "\xa0 \u202f" or opens(left, right) or closes(left, right) else -2
    if c in "\xa3\xa5\u20ac":
        return 2 if right.isdigit() or left.isdigit() or (left + right).strip() == "" else -2
    if c == "\xb0":
        return 2 if left.isdigit() else -1
    if c in "\xbd\xbc\xbe\xb2\xb3":
        return 1 if left.isdigit() or (not left.isalpha() and not right.isalpha()) else -3
    if c == "\xa0":
        return 0.5 if right in "\xbb!?:;-\u2014\u2013" or left in "\xab-\u2014\u2013" or right == " " or left == " " else 0
    if c in "\u2022\xb7\u2665\u2605":
        return 1 if not left.isalpha() or not right.isalpha() else -3
    if c in "\xae\u2122":
        return 1 if left.isalnum() and not right.isalpha() else -3
    if c == "\xa9":
        return 1 if not left.isalpha() and not right.isalpha() else -3
    kind = _kind(c)
    if kind == "control" or c == "\ufffd":
        return -5 if c != "\ufffd" else -3
    if kind == "symbol":
        return -4 if left.isalpha() or right.isalpha() else -1
    if kind == "mark":
        return 0 if left.isalpha() else -3
    # A letter.
    if script(c) != "LATIN":
        mixed = (left.isascii() and left.isalpha()) or (right.isascii() and right.isalpha())
        return -4 if mixed else -2
    if left.isdigit() or right.isdigit():
        return -1 if c not in "\xaa\xba" else 1
    if kind == "lower":
        if right.isupper() or (left != "" and left in ".,!?;:\u2026)"):
            return -4
        if not left.isalpha() and not right.isalpha():
            return 0 if c in _ALONE else -2
        if contraction(text, at) == 2:
            return -2
        return 1 if not western or c in _COMMON else 0.25
    if kind == "upper":
        if left.islower():
            return -4
        if not left.isalpha() and not right.isalpha():
            return 0 if c in _ALONE else -2
        return 0.5 if not western or c.lower() in _COMMON else 0
    return -1 if c in "\xaa\xba" and left.isalpha() else 0


def fit(text: str, western: bool = True) -> float:
    """How well the characters beyond ASCII stand in the text as prose in Latin letters: about +1 to +4 for each that does, down
    to
    -5 for each that does not. `western`: letters that no Western European language has count less. Of a long text only the
    first few thousand are weighed."""
    total = 0.0
    for n, match in enumerate(_BEYOND_ASCII.finditer(text)):
        if n >= _MOST:
            break
        total += _fit_at(text, match.start(), match.group(), western)
    return total


_ENGLISH = re.compile(
    r"\b(?:the|and|of|to|was|were|is|are|that|this|it|he|she|his|her|him|they|them|their|you|your|i|my|we|our|us|in|not|with|for|had"
    r"|have|has|but|been|be|on|at|by|from|up|down|out|into|over|an|one|if|what|who|when|where|there|then|than|would|could|should|will"
    r"|can|do|did|said|asked|like|just|all|some|only|about|after|before|never|back|know|think|want|got|get|go|going|come|came)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z]+")


def words(text: str) -> int:
    """How many words, up to twenty, the text has."""
    return sum(1 for _, __ in zip(re.finditer(r"[^\W\d_]+", text), range(20), strict=False))


def western(text: str) -> bool:
    """Whether every letter beyond ASCII is one that Western European languages have."""
    return all(c.lower() in _COMMON for c in set(text) if c > "\x7f" and c.isalpha())


def english(text: str, words: int = 4) -> bool:
    """Whether the text has English in it: at least `words` words, one in six of them among the commonest."""
    text = text[:20_000]
    total = sum(1 for _ in _WORD.finditer(text))
    return total >= words and sum(1 for _ in _ENGLISH.finditer(text)) * 6 >= total
