"""Which of several copies is kept."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from relation_collections import follow, histories, run

from transforms.relations import DUPLICATES
from transforms.relations.policy import COMMON_PART, DEFAULT_ORDER, keep, rank


def table(*works: dict) -> pd.DataFrame:
    return pd.DataFrame([{"work_id": "abcdefghij"[n], **work} for n, work in enumerate(works)])


def related(*rows: tuple[str, str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["left_id", "relation", "right_id"])


def outcome(works, relations, *order):
    found = keep(works, relations, *order)
    return {w: k or "kept" for w, k in zip(found["work_id"], found["kept_work_id"], strict=True)}


@pytest.mark.parametrize(
    ("worse", "better"),
    [
        ({"opted_out": True, "status": "complete"}, {"opted_out": False}),
        ({"status": "in_progress"}, {"status": None}),
        ({"status": None, "updated": date(2021, 1, 1)}, {"status": "complete"}),
        ({"status": "complete", "truncated": True}, {"status": "in_progress", "truncated": False}),
        ({"updated": None, "published": date(2019, 5, 1)}, {"updated": date(2019, 5, 2), "published": date(2010, 1, 1)}),
        ({"updated": None, "published": None, "n_words": 900}, {"updated": date(1999, 1, 1), "published": None, "n_words": 5}),
        ({"n_words": 1000, "format": "html"}, {"n_words": 1001, "format": "txt"}),
        ({"format": "txt", "n_repairs": 0}, {"format": "epub", "n_repairs": 9}),
        ({"n_repairs": 2}, {"n_repairs": 1}),
    ],
)
def test_the_better_copy_is_kept(worse, better):
    assert outcome(table(worse, better), related(("a", "revision", "b"))) == {"a": "b", "b": "kept"}
    assert outcome(table(better, worse), related(("a", "revision", "b"))) == {"a": "kept", "b": "a"}


def test_the_last_resort_is_the_id_and_the_order_is_a_setting():
    works = table({"n_words": 5, "updated": date(2020, 1, 1)}, {"n_words": 9, "updated": date(2010, 1, 1)})
    same = related(("a", "same_text", "b"))
    assert outcome(works, same) == {"a": "kept", "b": "a"}
    assert outcome(works, same, ["longest"]) == {"a": "b", "b": "kept"}
    assert outcome(works, same, []) == {"a": "kept", "b": "a"}
    with pytest.raises(ValueError, match="shortest"):
        keep(works, same, ["shortest"])


def test_who_opted_out_stands_for_nobody_whatever_the_order():
    works = table({"opted_out": True, "n_words": 9}, {"opted_out": False, "n_words": 5})
    assert outcome(works, related(("a", "identical", "b")), ["longest"]) == {"a": "b", "b": "kept"}


def test_no_hearsay():
    """a is like b and b like c, but a and c are not alike: where b goes, c stays."""
    found = keep(table({"n_words": 3}, {"n_words": 2}, {"n_words": 1}), related(("a", "revision", "b"), ("b", "revision", "c")))
    assert found["disposition"].tolist() == ["published", "duplicate", "published"]
    assert found["relation"].tolist() == [None, "revision", None]
    assert found["n_duplicates"].tolist() == [1, 0, 0]
    assert found["cluster_id"].tolist() == ["a", "a", "a"]


def test_equal_works_are_one():
    """Of the equal a, c and d only a has rows with others; c is preferred, and they hold for it."""
    works = table({"n_words": 1}, {"n_words": 2}, {"n_words": 9}, {"n_words": 1})
    rows = related(("a", "identical", "c"), ("a", "identical", "d"), ("a", "revision", "b"))
    assert outcome(works, rows) == {"a": "c", "b": "c", "c": "kept", "d": "c"}
    works["n_words"] = [1, 20, 9, 1]
    assert outcome(works, rows) == {"a": "b", "b": "kept", "c": "b", "d": "b"}


def test_parts_are_published_and_grouped():
    found = keep(table({}, {}, {}), related(("a", "part_of", "b"), ("b", "shares_text", "c"), ("a", "identical", "b/3")))
    assert set(found["disposition"]) == {"published"}
    assert found["cluster_id"].tolist() == ["a", "a", "c"]


def test_a_part_of_everything_groups_nothing():
    works = pd.DataFrame({"work_id": [f"w{n:02}" for n in range(COMMON_PART + 2)]})
    rows = related(*(("w00", "part_of", w) for w in works["work_id"][1:]))
    assert keep(works, rows)["cluster_id"].tolist() == works["work_id"].tolist()
    assert set(keep(works[:-1], rows)["cluster_id"]) == {"w00"}


@given(histories, st.permutations(DEFAULT_ORDER), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_each_duplicate_has_a_published_work_that_it_is_like(history, order, dice):
    collection = follow(history)[-1]
    relations = run(collection).to_pandas()
    works = pd.DataFrame({"work_id": list(collection), "n_words": [dice.randint(1, 3) for _ in collection]})
    found = keep(works, relations, order).set_index("work_id")
    again = keep(works[::-1], relations.sample(frac=1, random_state=1), order).set_index("work_id")
    assert found.equals(again.loc[found.index])
    pairs = {(r.left_id, r.right_id): r.relation for r in relations.itertuples()}
    links = {frozenset(pair): relation for pair, relation in pairs.items()}
    first = {b: a for (a, b), relation in pairs.items() if relation == "identical"}
    for work, row in found.iterrows():
        if row["disposition"] == "duplicate":
            assert found.loc[row["kept_work_id"], "disposition"] == "published"
            a, b = first.get(work, work), first.get(row["kept_work_id"], row["kept_work_id"])
            assert row["relation"] == ("identical" if a == b else links[frozenset((a, b))])
            assert row["relation"] in DUPLICATES
            assert found.loc[row["kept_work_id"], "cluster_id"] == row["cluster_id"]
    published = {first.get(w, w) for w in found.index[found["disposition"] == "published"]}
    copies = [pair for pair, relation in links.items() if relation in DUPLICATES and len(pair & published) == 2]
    assert not copies, "no two copies of a text are published"
    assert found["n_duplicates"].sum() == (found["disposition"] == "duplicate").sum()
    assert sorted(rank(works, order)) == list(range(len(works)))
