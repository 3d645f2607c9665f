"""The lines that a walk has taken into a header, with what they state."""

from __future__ import annotations

import re
from dataclasses import dataclass

from transforms.metadata.descriptions import POSTED_AS, split_title
from transforms.metadata.pieces import typed_piece

_JOINTS = (" — ", " – ", " - ", " | ", " // ", " ~ ", " » ")
_STORY = re.compile(r"(?:fic|fanfiction|story|oneshot|one-shot|drabble)$", re.IGNORECASE)
Value = str | tuple[str, ...]
"""A value as it stands, or the items that the layout shows one by one."""


def shown(value: Value) -> str:
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


@dataclass(slots=True)
class Item:
    first: int
    last: int
    kind: str
    pairs: list[tuple[str, Value]]
    rule: str
    weight: float
    topics: tuple[str, ...] = ()
    confidence: float = 0.97
    label: str = ""  # the field of the label, where the line has one
