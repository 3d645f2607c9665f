"""The relations of a collection are a matter of its texts: not of order, batches, or the number of runs it came in."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from relation_collections import STOCK, families, follow, histories, names, run, texts_of, units_of, works, write

from transforms.relations import DUPLICATES, candidates, compare, relate, relation_of, verification

collections = st.dictionaries(names, works.map(lambda parts: [write(p) for p in parts]), max_size=9)


@given(collections, st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_order_does_not_matter(collection, random):
    shuffled = dict(random.sample(list(collection.items()), len(collection)))
    assert run(shuffled).equals(run(collection), check_metadata=True)


@given(collections)
@settings(max_examples=40, deadline=None)
def test_batches_do_not_matter(collection):
    expected = run(collection)
    asked = []
    texts = texts_of(collection)

    def text_of(ids):
        asked.append(list(ids))
        yield from (texts[i][1] for i in ids)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(verification, "BUDGET", 150)  # words: a text or two
        patch.setattr(candidates, "_BATCH", 8)
        patch.setattr(candidates, "_PART", 100)
        assert relate(units_of(collection), text_of).equals(expected)
    place = {unit: i for i, unit in enumerate(texts)}
    assert all(ids == sorted(ids, key=place.__getitem__) for ids in asked), "texts are asked for in the order they are stored"


@pytest.mark.parametrize("landmarks", [64, 1])
@given(histories)
@settings(max_examples=80, deadline=None)
def test_many_runs_are_like_one(landmarks, history):
    """Works come, go and change. With few landmarks every family is too large."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "LANDMARKS", landmarks)
        check_runs(follow(history))


@pytest.mark.parametrize("landmarks", [3, 1])
@given(families)
@settings(max_examples=30, deadline=None)
def test_many_runs_over_a_family_too_large_are_like_one(landmarks, states):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "LANDMARKS", landmarks)
        check_runs(states)


def check_runs(states):
    known, before = run(states[0]), states[0]
    for state in states[1:]:
        known = run(state, known, before)
        assert known.equals(run(state), check_metadata=True)
        before = state


@given(collections)
@settings(max_examples=25, deadline=None)
def test_ten_runs_are_like_one(collection):
    known, before = run({}), {}
    for n in range(len(collection)):
        state = dict(list(collection.items())[: n + 1])
        known, before = run(state, known, before), state
    assert known.equals(run(collection))


@given(collections, works)
@settings(max_examples=40, deadline=None)
def test_a_work_that_comes_and_goes_leaves_the_rest(collection, parts):
    rows = run(collection).to_pylist()
    more = collection | {"x": [write(p) for p in parts]}
    rest = [r for r in run(more).to_pylist() if not {r["left_id"].split("/")[0], r["right_id"].split("/")[0]} & {"x"}]
    assert rest == rows
    assert run(collection, run(more), more).to_pylist() == rows


def test_metadata_lost_on_the_way_costs_time_but_changes_nothing():
    before = {"a": [STOCK[0], STOCK[1]], "b": [STOCK[0]]}
    after = before | {"c": [STOCK[1] + " and more"]}
    known = run(before).replace_schema_metadata(None)
    assert run(after, known, before).equals(run(after))


@given(collections)
@settings(max_examples=60, deadline=None)
def test_nothing_is_missed_or_made_up(collection):
    """Against comparing every text with every other, where sketches hold all there is."""
    texts = texts_of(collection)
    rows = {(r["left_id"], r["right_id"]): r for r in run(collection).to_pylist()}
    linked = {frozenset(pair) for pair in rows}
    same: dict[str, str] = {}
    first = {w: same.setdefault(texts[w][1], w) for w in sorted(collection)}
    for a, b in combinations(sorted(collection), 2):
        found = relation_of(compare(texts[a][1], texts[b][1]))
        assert (found is not None) == (frozenset((first[a], first[b])) in linked or first[a] == first[b]), (a, b, found)
        if found == "identical":
            assert rows[first[a], b]["relation"] == "identical"
    for (a, b), r in rows.items():
        c = compare(texts[a][1], texts[b][1])
        assert r["relation"] == relation_of(c)
        assert r["jaccard"] == c.jaccard
        assert (r["containment_left"], r["containment_right"]) == (c.containment_left, c.containment_right)
        assert a.split("/")[0] != b.split("/")[0]
        assert r["relation"] != "part_of" or c.part == "left"
        if "/" in a + b:
            assert r["relation"] in (*DUPLICATES, "part_of")
            assert "/" not in a or "/" not in b
