"""What a text must hold for a pattern to find anything in it: a few strings, asked for before a pattern with many alternatives.

Such a pattern is tried at every letter of a text, and mostly in vain; to look for a string costs a hundredth of that. The strings
are read from the parsed pattern, so they cannot disagree with it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from itertools import product
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import NamedTuple

MOST = 32  # strings that are kept apart while they grow
BOUNDARY = "\0"  # stands in strings for the edge of a word
WESTERN = 0x2122  # the last sign of the Western code page
_NONE: frozenset[str] = frozenset()
_EMPTY = frozenset(("",))
_EDGES = (ops.AT_BOUNDARY, ops.AT_BEGINNING, ops.AT_BEGINNING_STRING)
_APART = (ops.CATEGORY_NOT_WORD, ops.CATEGORY_SPACE)
_REPEATS = (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT)


class Known(NamedTuple):
    """What is known of the Western texts that a piece of a pattern matches: all of them, or strings of which each holds one (no
    string, if nothing is known); and whether no word can go on behind them."""

    all: frozenset[str] | None
    needs: frozenset[str] = _NONE
    closed: bool = False


def needs(pattern: str, common: Collection[str] = ()) -> frozenset[str]:
    """Strings of which every Western text that a pattern (which minds case) finds something in holds one; none if there are no
    such. Of several choices it gives the one that fewest texts hold, by length; `common` words are in most. A `BOUNDARY` in a
    string stands for no sign, but for the edge of a word.
    """

    def chance(strings: frozenset[str]) -> float:
        if not strings:
            return 99.0
        bare = [string.replace(BOUNDARY, "") for string in strings]
        return sum(99.0 if not one else 0.5 if one.strip() in common or one == " " else 0.25 ** len(one) for one in bare)

    def best(choices: Iterable[frozenset[str]]) -> frozenset[str]:
        found = min(choices, key=chance, default=_NONE)
        return found if chance(found) < 99 else _NONE

    def of_sequence(items: Iterable[tuple], closed: bool) -> Known:
        """What is known of a sequence; `closed` says that no word goes on where it begins."""
        grown = frozenset((BOUNDARY,)) if closed else _EMPTY
        choices, whole = [], True
        for op, value in items:
            known = of_item(op, value, closed)
            closed = known.closed if known.all is None else all(_is_closed(string, closed) for string in known.all)
            if known.all is not None and not known.all:
                return known
            if known.all is not None and len(grown) * len(known.all) <= MOST:
                grown = frozenset(left + right for left in grown for right in known.all)
                if op not in _REPEATS or value[1] == value[0] or value[1] <= 1:
                    continue
                choices.append(grown)  # it may go on
            else:
                choices += (grown, known.needs if known.all is None else known.all)
            grown, whole = frozenset((BOUNDARY,)) if closed else _EMPTY, False
        return Known(grown, closed=closed) if whole else Known(None, best([*choices, grown]), closed)

    def of_item(op: object, value: object, closed: bool) -> Known:
        if op is ops.LITERAL:
            return Known(frozenset((chr(value),)))
        if op in (ops.AT, ops.ASSERT, ops.ASSERT_NOT):
            return Known(frozenset((BOUNDARY,)) if value in _EDGES else _EMPTY)
        if op is ops.IN:
            if all(kind is ops.LITERAL or (kind is ops.RANGE and one[0] > WESTERN) for kind, one in value):
                return Known(frozenset(chr(one) for kind, one in value if kind is ops.LITERAL and one <= WESTERN))
            return Known(None, closed=all(kind is ops.CATEGORY and one in _APART for kind, one in value))
        if op is ops.SUBPATTERN and not value[1]:
            return of_sequence(value[-1], closed)
        if op is ops.BRANCH:
            return of_choice([of_sequence(items, closed) for items in value[1]])
        if op in _REPEATS:
            least, most, items = value
            known = of_sequence(items, closed and most == 1)
            if least == 0:
                if most == 1 and known.all is not None:
                    return Known(known.all | _EMPTY)
                ends = known.closed if known.all is None else all(_is_closed(string, closed) for string in known.all)
                return Known(None, closed=closed and ends)
            if least > 1 and known.all is not None:
                if len(known.all) ** least <= MOST:
                    return Known(frozenset(map("".join, product(known.all, repeat=least))))
                return Known(None, known.all, all(_is_closed(string, False) for string in known.all))
            return known
        return Known(None)

    def of_choice(choices: list[Known]) -> Known:
        if all(known.all is not None for known in choices):
            together = frozenset().union(*(known.all for known in choices))
            if len(together) <= MOST:
                return Known(together)
            return Known(None, best([together]), all(_is_closed(string, False) for string in together))
        each = [known.needs if known.all is None else known.all for known in choices if known.all is None or known.all]
        closed = all(
            known.closed if known.all is None else all(_is_closed(string, False) for string in known.all) for known in choices
        )
        return Known(None, frozenset().union(*each) if all(best([one]) for one in each) else _NONE, closed)

    known = of_sequence(parser.parse(pattern), False)
    found = best([known.needs if known.all is None else known.all])
    return found


def _is_closed(string: str, before: bool) -> bool:
    """Whether no word goes on behind a string; `before` says so of where it begins."""
    return before if not string else not string[-1].isalnum() and string[-1] != "_"


class Index:
    """Which of several patterns may find something in a text, by their `needs`; `common` words are in most texts."""

    def __init__(self, wanted: Sequence[frozenset[str]], common: Iterable[str] = ()) -> None:
        usual = {word[:_START] for word in common}

        def commonness(start: str) -> tuple[bool, int]:
            return start in usual or len(start) < _START, sum(_USUAL.find(sign) + 1 for sign in start)

        self.every = frozenset(range(len(wanted)))
        self.always = frozenset(at for at, strings in enumerate(wanted) if not strings)
        small: list[tuple[str, int]] = []
        self.by_start: dict[str, list[tuple[str, int]]] = {}
        for at, strings in enumerate(wanted):
            for string in strings:
                starts = [found.group() for found in _STARTS.finditer(string)]
                place = self.by_start.setdefault(min(starts, key=commonness), []) if starts else small
                place.append((string.replace(BOUNDARY, ""), at))
        small = [one for one in small if not any(_covers(other, one) for other in small)]
        self.signed = [(min(string, key=_USUAL.find), string, at) for string, at in small]  # with the rarest sign of each
        self.starts = frozenset(self.by_start)

    def possible(self, text: str, tokens: Iterable[str]) -> set[int]:
        """The places of the patterns that may find something in a text with these `TOKEN`s; all of them, if it is not Western."""
        if not is_western(text):
            return set(self.every)
        signs = set(text)
        found = {at for sign, string, at in self.signed if sign in signs and string in text}
        found |= self.always
        for start in self.starts.intersection([token[:_START] for token in tokens]):
            for string, at in self.by_start[start]:
                if at not in found and string in text:
                    found.add(at)
        return found


def _covers(other: tuple[str, int], one: tuple[str, int]) -> bool:
    return other[1] == one[1] and other[0] in one[0] and other[0] != one[0]


TOKEN = re.compile(r"[a-z0-9]+")
_START = 3  # letters of a token
_STARTS = re.compile(r"(?<=[^a-z0-9])(?:[a-z0-9]{3}|[a-z0-9]{1,2}(?=[^a-z0-9]))")  # of tokens that begin in a string
_USUAL = "zjqxkvbpgywfmculdrhsnioate"  # letters, those last that most words have


def is_western(text: str) -> bool:
    """Whether a text has only signs of the Western code page."""
    if text.isascii():
        return True
    try:
        text.encode("cp1252")
    except UnicodeEncodeError:
        return False
    return True
