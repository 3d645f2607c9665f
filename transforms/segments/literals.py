"""What a text must hold for a pattern to find anything in it: a few strings, asked for before a pattern with many alternatives.

Such a pattern is tried at every letter of a text, and mostly in vain; to look for a string costs a hundredth of that. The strings
are read from the parsed pattern, so they cannot disagree with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from itertools import product
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import NamedTuple

MOST = 32  # strings that are kept apart while they grow
WESTERN = 0x2122  # the last sign of the Western code page
_NONE: frozenset[str] = frozenset()
_EMPTY = frozenset(("",))
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)


class Known(NamedTuple):
    """What is known of the Western texts that a piece of a pattern matches: all of them, or strings of which each holds one (no
    string, if nothing is known)."""

    all: frozenset[str] | None
    needs: frozenset[str]


def needs(pattern: str, common: Collection[str] = ()) -> frozenset[str]:
    """Strings of which every Western text that a pattern (which minds case) finds something in holds one; none if there are no
    such. Of several choices it gives the one that fewest texts hold, by length; `common` words are in most.
    """

    def chance(strings: frozenset[str]) -> float:
        if not strings or "" in strings:
            return 99.0
        return sum(0.5 if string.strip() in common or string == " " else 0.25 ** len(string) for string in strings)

    def best(choices: Iterable[frozenset[str]]) -> frozenset[str]:
        found = min(choices, key=chance, default=_NONE)
        return found if chance(found) < 99 else _NONE

    def of_sequence(items: Iterable[tuple]) -> Known:
        grown, choices, whole = _EMPTY, [], True
        for op, value in items:
            known = of_item(op, value)
            if known.all is not None and not known.all:
                return known
            if known.all is not None and len(grown) * len(known.all) <= MOST:
                grown = frozenset(left + right for left in grown for right in known.all)
                if op in _REPEATS and value[1] != value[0] and value[1] > 1:  # it may go on
                    choices.append(grown)
                    grown, whole = _EMPTY, False
                continue
            choices += (grown, known.needs if known.all is None else known.all)
            grown, whole = _EMPTY, False
        return Known(grown, _NONE) if whole else Known(None, best([*choices, grown]))

    def of_item(op: object, value: object) -> Known:
        if op is ops.LITERAL:
            return Known(frozenset((chr(value),)), _NONE)
        if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
            return Known(_EMPTY, _NONE)
        if op is ops.IN and all(kind is ops.LITERAL or (kind is ops.RANGE and one[0] > WESTERN) for kind, one in value):
            return Known(frozenset(chr(one) for kind, one in value if kind is ops.LITERAL and one <= WESTERN), _NONE)
        if op is ops.SUBPATTERN and not value[1]:
            return of_sequence(value[-1])
        if op is ops.BRANCH:
            return of_choice([of_sequence(items) for items in value[1]])
        if op in _REPEATS:
            least, most, items = value
            known = of_sequence(items)
            if least == 0:
                return Known(known.all | _EMPTY, _NONE) if most == 1 and known.all is not None else Known(None, _NONE)
            if least > 1 and known.all is not None:
                if len(known.all) ** least <= MOST:
                    return Known(frozenset(map("".join, product(known.all, repeat=least))), _NONE)
                return Known(None, known.all)
            return known
        return Known(None, _NONE)

    def of_choice(choices: list[Known]) -> Known:
        if all(known.all is not None for known in choices):
            together = frozenset().union(*(known.all for known in choices))
            return Known(together, _NONE) if len(together) <= MOST else Known(None, best([together]))
        each = [known.needs if known.all is None else known.all for known in choices if known.all is None or known.all]
        return Known(None, frozenset().union(*each) if all(best([one]) for one in each) else _NONE)

    known = of_sequence(parser.parse(pattern))
    found = best([known.needs if known.all is None else known.all])
    return frozenset(one for one in found if not any(other != one and other in one for other in found))


class Index:
    """Which of several patterns may find something in a text, by their `needs`."""

    def __init__(self, wanted: Sequence[frozenset[str]]) -> None:
        self.every = frozenset(range(len(wanted)))
        self.always = frozenset(at for at, strings in enumerate(wanted) if not strings)
        self.small: list[tuple[str, int]] = []
        self.by_gram: dict[str, list[tuple[str, int]]] = {}
        for at, strings in enumerate(wanted):
            for string in strings:
                grams = _grams(string)
                place = self.by_gram.setdefault(min(grams, key=_commonness), []) if grams else self.small
                place.append((string, at))
        self.grams = frozenset(self.by_gram)

    def possible(self, text: str) -> set[int]:
        """The places of the patterns that may find something in a text; all of them, if it is not Western."""
        if not is_western(text):
            return set(self.every)
        found = {at for string, at in self.small if string in text}
        found |= self.always
        for gram in self.grams.intersection(_grams(text)):
            for string, at in self.by_gram[gram]:
                if at not in found and string in text:
                    found.add(at)
        return found


_GRAM = 3  # letters
_USUAL = "zjqxkvbpgywfmculdrhsnioate "  # letters and the blank, those last that most words have


def _commonness(gram: str) -> int:
    return sum(_USUAL.find(sign) + 1 for sign in gram)


def _grams(text: str) -> list[str]:
    return [text[k : k + _GRAM] for k in range(len(text) - _GRAM + 1)]


def is_western(text: str) -> bool:
    """Whether a text has only signs of the Western code page."""
    if text.isascii():
        return True
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
