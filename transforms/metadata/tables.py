"""Tables of words, written as text: one entry between semicolons, looked up without regard to case."""

from __future__ import annotations

_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "‑": "-", "ё": "е", "Ё": "Е"})


def fold(text: str) -> str:
    """A text for looking up: case folded, single spaces, straight apostrophes, plain hyphens, no dots on the Russian е."""
    text = text.replace("`", "'") if text.isascii() else text.translate(_PLAIN)
    return " ".join(text.casefold().split())


def entries(text: str) -> list[str]:
    """The entries of a table, folded, in order."""
    return [fold(entry) for line in text.splitlines() for entry in line.split(";") if entry.strip()]
