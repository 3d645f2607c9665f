"""Whether words are an author's or a narration's: the log-odds of a paragraph by its words and pairs of words.

Most authors use no stock phrase when they speak of their story; but they say "the show", "I moved", "in this version", "my
brother", "you lot", where a narration says "said", "her hand", "through the door". The weights in `wording.tsv` are those of a
logistic regression, fitted by `bench/notes_fit.py` on paragraphs that were written for this project (`bench/notes/`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Set
from functools import cache
from importlib.resources import files
from sys import intern

OLD = frozenset(("thy", "thou", "thee", "thine", "doth", "dost", "hath", "hast", "o'er", "ne'er", "e'er", "whence", "thence"))
OF_OLD = -1.5  # the log-odds of what old verse says, as it stands above chapters; few authors joke so
UNKNOWN = -1.0  # the log-odds of words of which none is known: most paragraphs are story
LONGEST = 900  # characters looked at
# A capitalised word inside a sentence, but for "I", "I'm", "It". The pattern begins with the capital, not with what must stand
# before it: that is found much faster.
_NAME = re.compile(r"[A-ZÀ-ÞА-Я](?<=[\w,;] .)(?!(?<=I)[\w'-]{0,3}(?![\w'-]))[\w'-]*[a-zà-ÿа-я][\w'-]*")
_TOKEN = re.compile(
    r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[!?]+|\.{3}|…|[—–\"()\[\]]|[:;=<>*~^/&@#+]+|[\U0001f300-\U0001faff\u2600-\u27bf]"
)
_PLAIN = (("’", "'"), ("‘", "'"), ("“", '"'), ("”", '"'))
_SINGLE = tuple((sign, b" " + sign + b" ") for sign in (b'"', b"(", b")", b"[", b"]", *(ch.encode("cp1252") for ch in "—–…")))
_DIGITS = frozenset("0123456789")
_DIGIT = re.compile(rb"[0-9]+")
_DOTS = b"\x01"  # stands for "..."
_KEPT = bytes(at if _TOKEN.match(bytes([at]).decode("cp1252", "replace")) or at in b"'." else 32 for at in range(256))
_RUN = re.compile(rb"[!?]+|[:;=<>*~^/&@#+]+")
_START = "^"
_NUMBER = "0"
_PERSON = "nm"  # what stands for a capitalised word inside a sentence


def tokens(text: str) -> list[str]:
    """A text's words and signs in lower case, for numbers and names one sign each, "^" first."""
    text = text[:LONGEST]
    if not text.isascii():
        for sign, plain in _PLAIN:
            text = text.replace(sign, plain)
    return [_START, *_cut(_NAME.sub(_PERSON, text).lower())]


def _cut(text: str) -> list[str]:
    """What `_TOKEN` finds, "0" for numbers. Texts in Western letters are cut at blanks, put round all signs: that is faster."""
    letters = "ascii" if text.isascii() else "cp1252"
    try:
        raw = text.encode(letters)
    except UnicodeEncodeError:
        return [_NUMBER if token[0] in _DIGITS else token for token in _TOKEN.findall(text)]
    raw = raw.translate(_KEPT).replace(b"...", _DOTS).replace(b".", b" ")
    for sign, parted in _SINGLE:
        raw = raw.replace(sign, parted)
    if len(raw.translate(None, b"0123456789")) < len(raw):
        raw = _DIGIT.sub(b" 0 ", raw)
    if len(raw.translate(None, b"!?:;=<>*~^/&@#+")) < len(raw):
        raw = _RUN.sub(rb" \g<0> ", raw)
    found = raw.replace(_DOTS, b" ... ").decode(letters).split()
    if b"'" not in raw:
        return found
    if b"''" in raw or b"' " in raw or b" '" in raw or raw[:1] == b"'" or raw[-1:] == b"'":
        found = [part.strip("'") for token in found for part in token.split("''")]
        return [token for token in found if token]
    return found


def features(text: str) -> set[str]:
    """The words and the pairs of neighbours ("my brother") of a text."""
    found = tokens(text)
    return {*found[1:], *map(" ".join, itertools.pairwise(found))}


def lean(text: str) -> float:
    """The log-odds that a paragraph's words are an author's (positive) rather than a narration's (negative)."""
    return lean_of(tokens(text))


def lean_of(found: list[str]) -> float:
    """The same of a text's `tokens`."""
    words, pairs, bias = weights()
    own = set(found)
    known = [weight for weight in map(words.get, own) if weight is not None]
    neighbours = set(filter(pairs.__contains__, itertools.pairwise(found)))
    return weighed(bias + sum(known) + sum(map(pairs.__getitem__, neighbours)), own, len(known))


def weighed(total: float, own: Set[str], known: int) -> float:
    """A sum of log-odds as far as it can be trusted: not where the words are those of old verse, and less where most of them are
    strange (another language, perhaps)."""
    if not OLD.isdisjoint(own):
        return min(total, OF_OLD)
    if 2 * known >= len(own):
        return total
    share = known / (len(own) - known)
    return share * total + (1 - share) * UNKNOWN


@cache
def weights() -> tuple[dict[str, float], dict[tuple[str, str], float], float]:
    """Word -> weight, pair of neighbours -> weight, and what every text has.

    Equal words and weights are one object each, so that the tables are small enough for a processor's cache.
    """
    words: dict[str, float] = {}
    pairs: dict[tuple[str, str], float] = {}
    same: dict[float, float] = {}
    bias = 0.0
    for line in files(__package__).joinpath("wording.tsv").read_text(encoding="utf-8").splitlines():
        feature, _, written = line.partition("\t")
        if feature.startswith("#"):
            continue
        weight = float(written)
        weight = same.setdefault(weight, weight)
        if not feature:
            bias = weight
        elif " " in feature:
            left, _, right = feature.partition(" ")
            pairs[intern(left), intern(right)] = weight
        else:
            words[intern(feature)] = weight
    return words, pairs, bias
