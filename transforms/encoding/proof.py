"""Proof that ftfy would give a text back as it is, without running it.

ftfy maps each segment of a text (cut after a line feed, or after 1,000,000 characters) on its own. With the settings here, a
segment comes back unchanged if

1. it is ASCII, or no alternative of ftfy's badness expression matches in it (then it does not try to decode mojibake; C1 controls
   are an alternative of their own);
2. it is in normalization form C.

Most of both needs only the set of characters in the text. An alternative of the badness expression names a class of
characters for each position: it cannot match where one of these classes has no character in the text. What alternatives are left
are searched at once, each hung on its rarest class by a lookbehind: a scan for a class instead of 45 alternatives tried at every
position.

All of it is derived from the ftfy that is installed. If its expression has parts that are not understood here, it is used as
it is: slower, never wrong. `tests/encoding/test_proof.py` and `bench/encoding.py --fuzz N` compare with ftfy itself.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from re import _constants as op
from re import _parser

import ftfy
import numpy as np
from ftfy import chardata
from ftfy.badness import BADNESS_RE

CONFIG = ftfy.TextFixerConfig(
    unescape_html=False,  # ours: ftfy stops at the first "<", also of "<3"
    remove_terminal_escapes=False,  # this and the next three are rules of ours, which run before
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    normalization="NFC",
    explain=True,  # without, ftfy ignores the options that fine-tune the decoding
)
"""ftfy for fiction: quotes, ligatures and wide letters are the author's. What is left to it is mojibake, and the normal form."""

SEGMENT = CONFIG.max_decode_length

ASCII = frozenset(map(chr, range(128)))
_TYPOGRAPHIC = frozenset("\u2018\u2019\u201c\u201d\u2013\u2014\u2026\xa0")  # in nearly every line of prose

CONTROLS = frozenset(map(chr, chardata.CONTROL_CHARS)) | {"\r", "\x1b"}
"""ASCII and other control characters that our own rules take out or change."""

# What `survey` keeps, though it is harmless to ftfy: our own rules look for it.
_SIGNS = b"&=%\\"
_INERT = bytes(i for i in range(128) if chr(i) not in CONTROLS and i not in _SIGNS)


# ---- the badness expression, taken apart ----------------------------------------------------------------------------


class _Item:
    """One position of an alternative: its source, and the characters it takes (None: nearly all)."""

    __slots__ = ("chars", "source")

    def __init__(self, source: str, chars: frozenset[str] | None):
        self.source = source
        self.chars = chars


def _class_item(nodes: list) -> _Item:
    source = ["["]
    chars: set[str] = set()
    known = True
    for kind, value in nodes:
        if kind is op.NEGATE:
            source.append("^")
            known = False
        elif kind is op.LITERAL:
            source.append(re.escape(chr(value)))
            chars.add(chr(value))
        elif kind is op.RANGE:
            source.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
            chars.update(map(chr, range(value[0], value[1] + 1)))
        elif kind is op.CATEGORY and value in (op.CATEGORY_SPACE, op.CATEGORY_WORD, op.CATEGORY_DIGIT):
            source.append({op.CATEGORY_SPACE: r"\s", op.CATEGORY_WORD: r"\w", op.CATEGORY_DIGIT: r"\d"}[value])
            known = False
        else:
            raise NotImplementedError(kind)
    return _Item("".join(source) + "]", frozenset(chars) if known else None)


def _alternatives(nodes: Iterable) -> Iterator[tuple[_Item, ...]]:
    """The sequences of items that a parsed expression stands for, optional items written out."""
    sequences: list[tuple[_Item, ...]] = [()]
    for kind, value in nodes:
        if kind is op.BRANCH:
            sequences = [s + tail for s in sequences for branch in value[1] for tail in _alternatives(branch)]
        elif kind is op.SUBPATTERN:
            sequences = [s + tail for s in sequences for tail in _alternatives(value[3])]
        elif kind is op.LITERAL:
            sequences = [(*s, _class_item([(kind, value)])) for s in sequences]
        elif kind is op.NOT_LITERAL:
            sequences = [(*s, _class_item([(op.NEGATE, None), (op.LITERAL, value)])) for s in sequences]
        elif kind is op.ANY:
            sequences = [(*s, _Item(".", None)) for s in sequences]
        elif kind is op.IN:
            sequences = [(*s, _class_item(value)) for s in sequences]
        elif kind is op.MAX_REPEAT and value[0] == 0 and value[1] == 1:
            sequences = [s + tail for s in sequences for tail in [(), *_alternatives(value[2])]]
        elif kind is op.AT and value is op.AT_BEGINNING:
            sequences = [(*s, _Item("^", None)) for s in sequences]
        else:
            raise NotImplementedError(kind)
    yield from sequences


def _take_apart() -> list[tuple[_Item, ...]] | None:
    try:
        found = list(_alternatives(_parser.parse(BADNESS_RE.pattern, BADNESS_RE.flags)))
    except NotImplementedError:  # a newer ftfy: use its expression as it is
        return None
    if any(not any(i.chars and i.chars.isdisjoint(ASCII) for i in alternative) for alternative in found):
        return None
    return found


_ALTERNATIVES = _take_apart()
_EVER = frozenset(c for a in _ALTERNATIVES or () for i in a if i.chars for c in i.chars) - ASCII


@lru_cache(maxsize=256)
def _expression(choice: tuple[tuple[int, int], ...]) -> re.Pattern[str]:
    """One expression for (alternative, which item to hang it on) pairs.

    Over a whole text it finds all that ftfy would find in its segments, and at times more (`\\s` can be the line feed before).
    """
    anchors = frozenset().union(*(_ALTERNATIVES[a][i].chars for a, i in choice))
    branches = []
    for a, i in choice:
        items = [item.source for item in _ALTERNATIVES[a]]
        branches.append(f"(?<={''.join(items[: i + 1])}){''.join(items[i + 1 :])}")
    return re.compile(f"[{''.join(map(re.escape, sorted(anchors)))}](?:{'|'.join(branches)})", re.MULTILINE)


NOTHING = re.compile(r"\A(?!)")  # matches nowhere, and finds out at once


@lru_cache(maxsize=512)
def _suspicion(present: frozenset[str], common: frozenset[str]) -> re.Pattern[str]:
    """An expression for text whose characters beyond ASCII that matter are `present`, `common` ones often."""
    choice = []
    for a, alternative in enumerate(_ALTERNATIVES):
        if any(i.chars is not None and i.chars.isdisjoint(ASCII) and i.chars.isdisjoint(present) for i in alternative):
            continue
        costs = [
            (len(i.chars & common), len(i.chars & present), n)
            for n, i in enumerate(alternative)
            if i.chars is not None and i.chars.isdisjoint(ASCII)
        ]
        choice.append((a, min(costs)[2]))
    return _expression(tuple(choice)) if choice else NOTHING


def suspicion(characters: frozenset[str] | set[str], sample: str = "") -> re.Pattern[str]:
    """An expression that matches, in a text made of ASCII and `characters`, wherever ftfy would see badness in a segment.

    No match in a text proves that ftfy sees none; in one segment (with its line feed) it is exact. `sample`, the text's
    characters beyond ASCII or some of them, only serves to choose well.
    """
    if _ALTERNATIVES is None:
        return BADNESS_RE
    present = _EVER.intersection(characters)
    if present <= _TYPOGRAPHIC:  # most English: no need to weigh
        return _suspicion(present, present)
    counts = Counter(sample[:4000])
    floor = max(1, len(sample[:4000]) // 100)
    return _suspicion(present, frozenset(c for c in present if c in _TYPOGRAPHIC or counts[c] > floor))


@lru_cache(maxsize=1)
def any_suspicion() -> re.Pattern[str]:
    """`suspicion` for a text of any characters."""
    return suspicion(_EVER)


# ---- what a text is made of -----------------------------------------------------------------------------------------


class _Composed(dict):
    """character -> whether a text of such characters only is in form C whatever their order."""

    def __missing__(self, c: str) -> bool:
        ok = self[c] = (
            not unicodedata.combining(c)
            and c not in _second_halves()
            and unicodedata.is_normalized("NFC", c)
            and c < "\U00030000"
        )
        return ok


@lru_cache(maxsize=1)
def _second_halves() -> frozenset[str]:
    """Characters that compose with the one before them: the second half of a canonical pair, or a conjoining Hangul vowel or
    final."""
    halves = set(map(chr, [*range(0x1161, 0x1176), *range(0x11A8, 0x11C3)]))
    for i in range(0xA0, min(0x30000, sys.maxunicode)):
        pair = unicodedata.decomposition(chr(i))
        if pair and pair[0] != "<" and " " in pair:
            halves.add(chr(int(pair.split()[1], 16)))
    return frozenset(halves)


_COMPOSED = _Composed()


def distinct(text: str) -> frozenset[str]:
    if len(text) < 5000:
        return frozenset(text)
    seen = np.zeros(0x110000, dtype=bool)  # a set of that many characters would make an object of each
    seen[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")] = True
    return frozenset(map(chr, np.flatnonzero(seen).tolist()))


def uncomposed(text: str, characters: Iterable[str]) -> Iterator[int]:
    """Where a text of these characters (and ASCII) is not in normalization form C.

    Before a character that composes with nothing before it, a text can be cut without changing its normal form. So only
    characters that do, each with what stands before it, have to be looked at: far less than all the text.
    """
    unsafe = [c for c in characters if not _COMPOSED[c]]
    if not unsafe:
        return
    marks = "".join(map(re.escape, unsafe))
    known: dict[str, bool] = {}
    for match in re.finditer(f"[^{marks}]?[{marks}]+", text):
        run = match.group()
        if run not in known:
            known[run] = unicodedata.is_normalized("NFC", run)
        if not known[run]:
            yield match.start()


def composed(text: str, characters: Iterable[str]) -> bool:
    """Whether a text of these characters (and ASCII) is in normalization form C."""
    return next(uncomposed(text, characters), None) is None


class Survey:
    """The characters of a text that can matter: all beyond ASCII, control characters, and the signs of escapes."""

    __slots__ = ("characters", "sample")

    def __init__(self, text: str):
        rest = text.encode("utf-8", "surrogatepass").translate(None, _INERT)
        self.sample = rest.decode("utf-8", "surrogatepass") if rest else ""
        self.characters = distinct(self.sample)

    def without(self, characters: frozenset[str]) -> Survey:
        """The survey of the same text after these characters were taken out."""
        other = object.__new__(Survey)
        other.sample = self.sample[:4000]
        other.characters = self.characters - characters
        return other

    def composed(self, text: str) -> bool:
        """Whether the text is in normalization form C."""
        return composed(text, self.characters)

    def suspicion(self) -> re.Pattern[str]:
        return suspicion(self.characters, self.sample)

    def clean(self, text: str) -> bool:
        """Whether it is proved that ftfy would not change the text."""
        if not self.characters:
            return True
        suspicious = self.suspicion()
        if suspicious is not NOTHING:
            if has_long_line(text):
                if any(suspicious.search(text[start:end]) for start, end in segments(text)):
                    return False
            elif suspicious.search(text):
                return False
        return self.composed(text)


def segments(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """Where ftfy cuts a text: after each line feed, and after 1,000,000 characters."""
    size = len(text)
    while start < size:
        end = text.find("\n", start, start + SEGMENT) + 1 or min(size, start + SEGMENT)
        yield start, end
        start = end


def has_long_line(text: str) -> bool:
    """Whether ftfy would cut the text elsewhere than after line feeds."""
    start = 0
    while len(text) - start > SEGMENT:
        end = text.rfind("\n", start, start + SEGMENT)
        if end < 0:
            return True
        start = end + 1
    return False


def unchanged(text: str) -> bool:
    """True only if `ftfy.fix_text(text, CONFIG) == text`; may be False for text that ftfy would leave alone."""
    return Survey(text).clean(text)
