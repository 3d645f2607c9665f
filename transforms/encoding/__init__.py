"""Bytes to text, and damaged text to the text that was meant.

decode(raw)           bytes -> text, with the encoding and how it was decided
repair(text)          text -> text, with each change as rule, count and place
repair_pieces(...)    the same for the pieces of one document
"""

from transforms.encoding.decoding import HOW, decode
from transforms.encoding.repairing import repair, repair_pieces
from transforms.encoding.results import Decoded, Repair, Repaired
from transforms.encoding.rules import RULES, Rule

__all__ = ["HOW", "RULES", "Decoded", "Repair", "Repaired", "Rule", "decode", "repair", "repair_pieces"]
