"""What gets a row in a collection, and what a large family costs."""

import random

import pytest
from relation_collections import STOCK, run, texts_of, units_of

from transforms.relations import RELATION_ROWS, UNITS, relate


def rows(collection):
    return [(r["left_id"], r["relation"], r["right_id"]) for r in run(collection).to_pylist()]


def edited(text: str, number: int, share: float = 0.02) -> str:
    """A copy with some words changed, and its number at the end so that no two are equal."""
    dice = random.Random(number)
    return " ".join(f"{word}{number}" if dice.random() < share else word for word in [*text.split(), str(number)])


def story(number: int, words: int) -> str:
    dice = random.Random(f"story {number}")
    return " ".join("".join(dice.choices("abdeghikmnorstu", k=5)) for _ in range(words))


def test_the_tables_are_as_they_say():
    assert units_of({"a": [STOCK[0], STOCK[1]]}).schema.equals(UNITS)
    assert run({"a": [STOCK[0]], "b": [STOCK[0]]}).schema.equals(RELATION_ROWS)
    assert run({}).schema.equals(RELATION_ROWS)
    assert run({"a": [""], "b": [""], "c": ["…"]}).num_rows == 0


def test_a_copy_of_many_chapters_is_one_row():
    chapters = [story(n, 200) for n in range(30)]
    assert rows({"a": chapters, "b": chapters}) == [("a", "identical", "b")]
    assert rows({"a": chapters, "b": [edited(c, n) for n, c in enumerate(chapters)]}) == [("a", "revision", "b")]


def test_a_chapter_posted_alone_is_in_the_work_and_like_its_chapter():
    whole = [story(n, 200) for n in range(4)]
    assert rows({"whole": whole, "one": [whole[2]]}) == [("one", "part_of", "whole"), ("one", "identical", "whole/2")]
    assert rows({"whole": whole, "one": [edited(whole[2], 1)]}) == [("one", "part_of", "whole"), ("one", "revision", "whole/2")]


def test_a_chapter_that_two_works_share_is_reported_for_both():
    ours, theirs = [story(1, 900), story(2, 200)], [story(2, 200), story(3, 900)]
    assert rows({"a": ours, "b": theirs}) == [("a/1", "part_of", "b"), ("b/0", "part_of", "a")]


def test_an_omnibus_holds_works_and_its_chapters_are_them():
    one, two = [story(1, 300)], [story(2, 400)]
    found = rows({"one": one, "two": two, "both": one + two})
    assert found == [
        ("both/0", "identical", "one"), ("both/1", "identical", "two"), ("one", "part_of", "both"), ("two", "part_of", "both"),
    ]  # fmt: skip


def test_a_story_mirrored_a_thousand_times_is_read_once():
    collection = {f"m{n:04}": [story(1, 500)] for n in range(1000)} | {"edit": [edited(story(1, 500), 7)], "z": [story(2, 500)]}
    texts, read = texts_of(collection), []

    def text_of(ids):
        read.extend(ids)
        return [texts[i][1] for i in ids]

    found = relate(units_of(collection), text_of).to_pylist()
    assert len(read) == 2
    assert len(found) == 1000
    assert [r["relation"] for r in found if "edit" in (r["left_id"], r["right_id"])] == ["revision"]
    linked = (
        {r["right_id"] for r in found if r["left_id"] == "m0000"} | {r["left_id"] for r in found} | {r["right_id"] for r in found}
    )
    assert linked == collection.keys() - {"z"}


def test_a_large_family_of_near_copies_is_linked_to_its_landmarks():
    collection = {f"m{n:03}": [edited(story(1, 150), n)] for n in range(200)}
    units = units_of(collection).append_column("rank", [[(n - 137) % 200 for n in range(200)]])
    texts = texts_of(collection)
    found = relate(units, lambda ids: [texts[i][1] for i in ids])
    links = {}
    for row in found.to_pylist():
        links.setdefault(row["left_id"], set()).add(row["right_id"])
        links.setdefault(row["right_id"], set()).add(row["left_id"])
    assert links.keys() == collection.keys()
    assert len(links["m137"]) == 199, "the preferred one is linked with all"
    assert min(map(len, links.values())) >= 60
    assert found.num_rows < 200 * 80
    assert found.schema.metadata[b"crowded"] == b"1"


def test_what_many_works_begin_with_puts_none_together():
    notice = story(0, 40)
    collection = {f"w{n:03}": [notice + " " + story(n + 1, 160)] for n in range(200)}
    assert rows(collection) == []


def test_order_and_what_is_asked_for():
    with pytest.raises(ValueError, match="twice"):
        relate(units_of({"a": [STOCK[0]]}).take([0, 0]), list)
    with pytest.raises(ValueError, match="without its work"):
        relate(units_of({"a": [STOCK[0], STOCK[1]]}).slice(1), list)
    with pytest.raises(ValueError, match="`new`"):
        relate(units_of({}), list, known=run({}))
