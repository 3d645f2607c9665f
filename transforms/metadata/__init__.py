"""What a work's header states: title, authors, fandoms, rating, dates, counts; and how labels and values are read.

A field that is not stated stays None (or empty): nothing is guessed.

    record      the values: Metadata, Series
    labels      the vocabulary of labels in eleven languages
    values      ratings, categories, warnings, counts, dates, lists
    fandoms     names of large fandoms, for lines without a label
    addresses   web addresses of works
    building    (label, value) pairs -> Metadata; structure and text merged
    headers     where the header is in a text
    fields      a split text's metadata and summary segments -> Metadata
"""

from __future__ import annotations

from transforms.metadata.building import build, merge
from transforms.metadata.record import Metadata, Series

__all__ = ["Metadata", "Series", "build", "merge"]
