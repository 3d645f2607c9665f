"""What the lines of a header state: a line by itself (`Reading`), and as a walk has taken it into the header (`Item`)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.metadata.descriptions import POSTED_AS, split_title
from transforms.metadata.labels import Label
from transforms.metadata.pieces import typed_piece

_JOINTS = (" — ", " – ", " - ", " | ", " // ", " ~ ", " » ")
_STORY = re.compile(r"(?:fic|fanfiction|story|oneshot|one-shot|drabble)$", re.IGNORECASE)
Value = str | tuple[str, ...]
"""A value as it stands, or the items that the layout shows one by one."""
ENOUGH = 1.5
"""The sum of weights (each field once) from which lines are believed to be a header."""


def shown(value: Value) -> str:
    """A value as one text."""
    return value if isinstance(value, str) else ", ".join(value)


def with_facts(pair: tuple[str, Value]) -> list[tuple[str, Value]]:
    """A pair; a title without the facts in brackets behind it, and those facts."""
    field, value = pair
    if field != "title" or not isinstance(value, str):
        return [pair]
    joined = any(sign in value for sign in _JOINTS)
    if not (
        joined or value[-1:] in ")]" or value[-1:].isdigit() or value[:1] == "[" or _STORY.search(value) or POSTED_AS.match(value)
    ):
        return [pair]
    title, facts = split_title(value, typed_piece)
    return [("title", title), *facts]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a line states: (field, value) pairs, how that was read, and what the line proves on its own (as labels do).

    `label` is set where the line begins with a label; its value may go on in the next lines.
    """

    kind: str
    pairs: tuple[tuple[str, str], ...]
    rule: str
    weight: float
    topics: tuple[str, ...] = ()
    label: Label | None = None


@dataclass(slots=True)
class Item:
    """Lines `first` to `last` of a walk, which state something together: their kind, pairs and rule, and what they prove."""

    first: int
    last: int
    kind: str
    pairs: list[tuple[str, Value]]
    rule: str
    weight: float
    topics: tuple[str, ...] = ()
    confidence: float = 0.97
    label: str = ""  # the field of the label, where the line has one
