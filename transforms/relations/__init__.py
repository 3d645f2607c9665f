"""Which stories are the same, or part of each other, with proof.

    fingerprint(text)      what is kept of a text to find its relatives: `unit_rows` makes the table of them
    relate(units, ...)     the verified relations within a collection, in one run or kept up to date over many
    compare(left, right)   what two texts share, exactly; `relation_of` says what that makes them to each other
    shingles(text)         the different five-word shingles of a text, as hashes
    passages(left, right)  some of what two texts share and where they differ, for people to read
    policy.keep(...)       which of several copies is published

How it works, and how well, is in docs/relations.md.
"""

from transforms.relations.collection import RELATION_ROWS, RULE_VERSION, UNITS, relate, unit_rows
from transforms.relations.comparison import DUPLICATES, RELATIONS, Comparison, compare, relation_of
from transforms.relations.passages import Passages, passages
from transforms.relations.shingles import Fingerprint, fingerprint, fingerprint_parts, shingles

__all__ = [
    "DUPLICATES",
    "RELATIONS",
    "RELATION_ROWS",
    "RULE_VERSION",
    "UNITS",
    "Comparison",
    "Fingerprint",
    "Passages",
    "compare",
    "fingerprint",
    "fingerprint_parts",
    "passages",
    "relate",
    "relation_of",
    "shingles",
    "unit_rows",
]
