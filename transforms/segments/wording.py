"""Whether words are an author's or a narration's: the log-odds of a paragraph by its words and pairs of words.

Most authors use no stock phrase when they speak of their story; but they say "the show", "I moved", "in this version", "my
brother", "you lot", where a narration says "said", "her hand", "through the door". The weights in `wording.tsv` are those of a
logistic regression, fitted by `bench/notes_fit.py` on paragraphs that were written for this project (`bench/notes/`).
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from importlib.resources import files

LONGEST = 900  # characters looked at
_NAME = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÞА-Я][\w'-]*[a-zà-ÿа-я][\w'-]*")
_TOKEN = re.compile(
    r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[!?]+|\.{3}|…|[—–\"()\[\]]|[:;=<>*~^/&@#+]+|[\U0001f300-\U0001faff\u2600-\u27bf]"
)
_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_START = "^"
_NUMBER = "0"
_PERSON = "nm"  # what stands for a capitalised word inside a sentence


def tokens(text: str) -> list[str]:
    """A text's words and signs in lower case, for numbers and names one sign each, "^" first."""
    text = text[:LONGEST].translate(_PLAIN)
    text = _NAME.sub(_name, text)
    found = _TOKEN.findall(text.lower())
    return [_START, *[_NUMBER if token[0] in "0123456789" else token for token in found]]


def _name(found: re.Match[str]) -> str:
    word = found.group()
    return word if word.startswith(("I'", "I")) and len(word) < 5 else _PERSON


def features(text: str) -> set[str]:
    """The words and the pairs of neighbours ("my brother") of a text."""
    found = tokens(text)
    return {*found[1:], *map(" ".join, itertools.pairwise(found))}


def lean(text: str) -> float:
    """The log-odds that a paragraph's words are an author's (positive) rather than a narration's (negative)."""
    return lean_of(tokens(text))


def lean_of(found: list[str]) -> float:
    """The same of a text's `tokens`."""
    weights, pairs, bias = _weights()
    total = bias
    for token in set(found):
        total += weights.get(token, 0.0)
    for pair in set(itertools.pairwise(found)):
        if pair in pairs:
            total += pairs[pair]
    return total


@cache
def _weights() -> tuple[dict[str, float], dict[tuple[str, str], float], float]:
    words: dict[str, float] = {}
    pairs: dict[tuple[str, str], float] = {}
    bias = 0.0
    for line in files(__package__).joinpath("wording.tsv").read_text(encoding="utf-8").splitlines():
        feature, _, weight = line.partition("\t")
        if feature.startswith("#"):
            continue
        if not feature:
            bias = float(weight)
        elif " " in feature:
            left, _, right = feature.partition(" ")
            pairs[left, right] = float(weight)
        else:
            words[feature] = float(weight)
    return words, pairs, bias
