"""The language of a text: a gate of English function words, then a small detector on enough text."""

from __future__ import annotations

import re
from functools import cache

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FUNCTION_WORDS = """
the a an and of to in that it is was he she they i you we his her their my your with for on at as but not had have has
be been were are this from by so if when there what which who him them me us no out up into do did said all one would
could will then than or its it's don't didn't i'm about like just over back down can how now where only
"""
_ENGLISH = frozenset(_FUNCTION_WORDS.split())
_ENOUGH = 90  # letters the detector needs to be asked at all
_SURE = 600  # letters from which its answer is taken as it stands


def language(text: str) -> str | None:
    """The BCP 47 tag of the language of `text` (`en`, `es`, `zh` ...), None where there is too little to tell.

    English is told by the share of its function words (about 0.45 in fiction; other languages stay below 0.15). The rest is
    left to py3langid (BSD-3), on a sample of at most 2,400 characters from three places; on fewer than 600 letters only a
    clear answer counts. Wrong for a text that changes its language, which gets the one that prevails, and for near kin
    (Indonesian and Malay, Bosnian and Croatian), where the detector itself is.
    """
    sample = _sample(text)
    words = [word.lower().replace("’", "'") for word in _WORD.findall(sample)]
    letters = sum(map(len, words))
    if not words:
        return None
    share = sum(word in _ENGLISH for word in words) / len(words)
    if len(words) >= 12 and share >= 0.28:
        return "en"
    if letters < _ENOUGH:
        wide = sum(ch > "\u0500" for word in words for ch in word)  # a script of its own tells on less
        if wide < 20 or wide < 0.6 * letters:
            return "en" if len(words) >= 6 and share >= 0.35 else None
    tag, sure = _detect(sample)
    if tag == "en":
        return "en" if share >= 0.15 or sure > 0.99 else None
    if share >= 0.2 or (letters < _SURE and sure < 0.9 and share > 0.05):
        return None
    return tag


def _sample(text: str) -> str:
    if len(text) <= 2400:
        return text
    middle = len(text) // 2
    return "\n".join((text[:800], text[middle : middle + 800], text[-800:]))


def _detect(text: str) -> tuple[str, float]:
    tag, sure = _identifier().classify(text)
    return str(tag), float(sure)


@cache
def _identifier():  # -> LanguageIdentifier; its model takes a tenth of a second to load, so only where it is needed
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
