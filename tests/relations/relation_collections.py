"""Small collections for the tests of relations: works put together from a stock of paragraphs, so that they have much in common."""

from __future__ import annotations

import random

import pyarrow as pa
from hypothesis import strategies as st

from transforms.relations import fingerprint, relate, unit_rows

_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split()
_random = random.Random(20)
STOCK = [" ".join("".join(_random.choices(_SYLLABLES, k=3)) for _ in range(30)) for _ in range(6)]

# A paragraph of the stock, as it is or with one of three words changed.
paragraphs = st.tuples(st.integers(0, len(STOCK) - 1), st.sampled_from([None, None, 7, 15, 22]))
chapters = st.lists(paragraphs, min_size=1, max_size=3)
works = st.lists(chapters, min_size=1, max_size=3)


def write(chapter: list[tuple[int, int | None]]) -> str:
    out = []
    for number, changed in chapter:
        words = STOCK[number].split()
        if changed is not None:
            words[changed] = "edited"
        out.append(" ".join(words))
    return "\n\n".join(out)


Collection = dict[str, list[str]]  # work_id -> its chapters


def texts_of(collection: Collection) -> dict[str, tuple[str, str]]:
    """unit_id -> (work_id, text), in order."""
    texts = {}
    for work, parts in collection.items():
        texts[work] = (work, "\n\n".join(parts))
        if len(parts) > 1:
            texts |= {f"{work}/{k}": (work, part) for k, part in enumerate(parts)}
    return texts


def units_of(collection: Collection) -> pa.Table:
    texts = texts_of(collection)
    return unit_rows(list(texts), [w for w, _ in texts.values()], [fingerprint(t) for _, t in texts.values()])


def run(collection: Collection, known: pa.Table | None = None, before: Collection | None = None) -> pa.Table:
    """Relate a collection; with what was there before, only what is new or changed."""
    texts = texts_of(collection)
    new = None
    if before is not None:
        old = texts_of(before)
        new = {unit for unit, (_, text) in texts.items() if unit not in old or old[unit][1] != text}
    return relate(units_of(collection), lambda ids: [texts[i][1] for i in ids], known, new)
