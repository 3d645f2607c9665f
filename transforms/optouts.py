"""What authors say about the reuse of their work: no AI, no archive, no repost, no translation, ask first.

Statements are looked for in notes, metadata, summaries and boilerplate, never in story text: characters may forbid all sorts
of things. Each sentence is read on its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.documents import Segment
from transforms.metadata import Metadata

KINDS = ("no_ai", "no_archive", "no_repost", "no_translation", "ask_first")
SCANNED = frozenset(("note", "metadata", "summary", "boilerplate"))


@dataclass(frozen=True, slots=True)
class OptOut:
    """A statement that limits the reuse of a work: its kind (of `KINDS`), the phrase and its place, in characters."""

    kind: str
    phrase: str
    start: int
    end: int
    confidence: float


def find(text: str, segments: Sequence[Segment], metadata: Metadata | None = None) -> tuple[OptOut, ...]:
    """The opt-outs in a text's notes, metadata, summaries and boilerplate, in order of place."""
    return ()
