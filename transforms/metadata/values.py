"""Values of header fields: one door to ratings, vocabularies, quantities, fandoms and lists.

Whole tokens are looked up in tables, never prefixes ("Teddy bears" is no Teen). What a table does not know is None.
Sources of the vocabularies: the sites' own tag lists and forms, as docs/metadata.md says.
"""

from __future__ import annotations

from transforms.metadata.fandoms import fandom_weight, is_fandom_like, is_known_fandom
from transforms.metadata.lists import coded_pairs, is_pair, split_list
from transforms.metadata.quantities import chapters_of, count_of, date_of, words_of
from transforms.metadata.ratings import Rating, is_rating_line, rating
from transforms.metadata.vocabularies import (
    GENRES,
    category,
    genres_of,
    is_category_line,
    is_status_line,
    language_of,
    status_of,
    warning,
)

__all__ = [
    "GENRES", "Rating", "category", "chapters_of", "coded_pairs", "count_of", "date_of", "fandom_weight", "genres_of",
    "is_category_line", "is_fandom_like", "is_known_fandom", "is_pair", "is_rating_line", "is_status_line", "language_of",
    "rating", "split_list", "status_of", "warning", "words_of",
]  # fmt: skip
