"""Small collections for the tests of relations: works put together from a stock of paragraphs, so that they share much."""

from __future__ import annotations

import random
from itertools import accumulate

import pyarrow as pa
from hypothesis import strategies as st

from transforms.relations import fingerprint, relate, unit_rows

_random = random.Random(20)
STOCK = [" ".join("".join(_random.choices("abdeghikmnorstu", k=6)) for _ in range(30)) for _ in range(6)]

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


names = st.sampled_from("abcdef")
_steps = st.one_of(
    st.tuples(st.just("write"), names, works),
    st.tuples(st.just("remove"), names),
    st.tuples(st.just("mirror"), names, names),
    st.tuples(st.just("mirror"), names, names),
    st.tuples(st.just("split"), names, names),
    st.tuples(st.just("post chapter"), names, names, st.integers(0, 2)),
    st.tuples(st.just("add chapter"), names, chapters),
    st.tuples(st.just("bind"), names, names, names),
)
histories = st.lists(st.lists(_steps, min_size=1, max_size=4), min_size=2, max_size=6)
"""Runs, each with what happened before it."""


def follow(history: list[list[tuple]]) -> list[Collection]:
    """The collection at each run."""
    states, now = [], {}
    for steps in history:
        now = dict(now)
        for what, name, *rest in steps:
            parts = [now.get(other, []) for other in rest if isinstance(other, str)]
            if what == "write":
                now[name] = [write(p) for p in rest[0]]
            elif what == "remove":
                now.pop(name, None)
            elif what == "add chapter":
                now[name] = [*now.get(name, []), write(rest[0])]
            elif not all(parts):
                continue
            elif what == "mirror":
                now[name] = list(parts[0])
            elif what == "split":  # the same words, with other chapters
                whole = "\n\n".join(parts[0]).split("\n\n")
                now[name] = whole if len(parts[0]) != len(whole) else ["\n\n".join(whole)]
            elif what == "post chapter":
                now[name] = [parts[0][rest[1] % len(parts[0])]]
            elif what == "bind":
                now[name] = parts[0] + parts[1]
        states.append(now)
    return states


def near_copy(number: int, n_chapters: int) -> list[str]:
    """One story in many wordings: the further apart their numbers, the less two copies have in common."""
    words = " ".join(STOCK[:4]).split()
    for place in range(number * 4, min(number * 4 + 40, len(words)), 3):
        words[place] = f"{words[place]}x"
    cut = len(words) // n_chapters
    return [" ".join(words[k * cut : (k + 1) * cut if k + 1 < n_chapters else None]) for k in range(n_chapters)]


_copies = st.builds(near_copy, st.integers(0, 24), st.integers(1, 3))
_members = st.sampled_from("abcdefgh")
families = st.tuples(
    st.dictionaries(_members, _copies, min_size=3, max_size=8),
    st.lists(st.dictionaries(_members, st.none() | _copies, min_size=1, max_size=3), min_size=1, max_size=3),
).map(lambda start: list(accumulate(start[1], _changed, initial=start[0])))
"""Runs over nothing but near copies, of which some go and some come between runs."""


def _changed(family: Collection, changes: dict[str, list[str] | None]) -> Collection:
    return {name: parts for name, parts in (family | changes).items() if parts}


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
