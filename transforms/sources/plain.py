"""Plain text: one undecided block, but for the texts whose maker left certain marks."""

from __future__ import annotations

from transforms.documents import Block
from transforms.sources.facts import Reading


def read_text(text: str) -> Reading:
    """The blocks of a decoded plain text."""
    return Reading([Block(text)], "txt")
