"""Bytes to text, and damaged text to the text that was meant.

    decode(raw)           bytes -> text, with the encoding and how it was decided
    repair(text)          text -> text, with each change as rule, count and place
    repair_pieces(...)    the same for the pieces of one document
"""

from __future__ import annotations

from collections.abc import Sequence

import ftfy

from transforms.encoding.decoding import decode
from transforms.encoding.results import Decoded, Repair, Repaired

__all__ = ["Decoded", "Repair", "Repaired", "decode", "repair", "repair_pieces"]

_CONFIG = ftfy.TextFixerConfig(uncurl_quotes=False, fix_character_width=False, fix_latin_ligatures=False, explain=True)


def repair(text: str) -> Repaired:
    """The text with its encoding damage undone, and what was changed."""
    (fixed,), repairs = repair_pieces([text])
    return Repaired(fixed, repairs)


def repair_pieces(pieces: Sequence[str]) -> tuple[tuple[str, ...], tuple[Repair, ...]]:
    """Pieces of one document, repaired with the evidence of all of them; as many pieces come back."""
    out, counts = [], {}
    for piece in pieces:
        fixed = ftfy.fix_text(piece, _CONFIG)
        if fixed != piece:
            counts["ftfy"] = counts.get("ftfy", 0) + 1
        out.append(fixed)
    return tuple(out), tuple(Repair(rule, n) for rule, n in counts.items())
