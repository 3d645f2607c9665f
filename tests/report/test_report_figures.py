"""The figures behind the page: nothing is left out of a count, bins have the edges they say, doubtful cases come first."""

from __future__ import annotations

import re

import pandas as pd
from report_frames import make

from transforms import report
from transforms.report import charts, counts, figures, review


def test_a_ranked_list_counts_what_it_does_not_show():
    found = counts.ranked(pd.Series({f"v{i}": i for i in range(1, 31)}), 465, top=5)
    assert [row.label for row in found.rows] == ["v30", "v29", "v28", "v27", "v26"]
    assert found.others == 25
    assert sum(row.n for row in found.rows) + found.others_n == found.total == 465


def test_equal_counts_are_in_the_order_of_their_names():
    assert [row.label for row in counts.ranked(pd.Series({"b": 2, "a": 2, "c": 0}), 4).rows] == ["a", "b"]


def test_bins_begin_at_their_edge():
    found = counts.binned(pd.Series([0, 0.09, 0.1, 0.95, 1.0, None]), figures._TENTHS, figures._TENTH_BINS)
    assert [part.n for part in found] == [2, 1, 0, 0, 0, 0, 0, 0, 0, 2]
    single = counts.binned(pd.Series([0.9, 0.3], dtype="float32"), figures._TENTHS, figures._TENTH_BINS)
    assert [part.label for part in single if part.n] == [".3", ".9"]
    words = counts.binned(pd.Series([1, 99, 100, 299_999, 300_000, 5_000_000]), figures._WORDS, figures._WORD_BINS)
    assert {part.label: part.n for part in words if part.n} == {"< 100": 2, "100": 1, "100 k": 1, "≥ 300 k": 2}


def test_repairs_are_summed_by_rule():
    cells = [[{"rule": "a", "count": 2}], [], None, [{"rule": "a", "count": 3}, {"rule": "b", "count": 1}]]
    totals, had = counts.sums(pd.Series(cells), "rule", "count")
    assert totals.to_dict() == {"a": 5, "b": 1} and had.to_dict() == {"a": 2, "b": 1}


def test_the_matrix_holds_every_work():
    works = make(300).works
    rows = figures.matrix(works)
    assert sum(total for _, _, total in rows) == len(works)
    assert all(sum(cell.n for cell in cells) == total for _, cells, total in rows)
    assert all((cell.heat == 0) == (cell.n == 0) and cell.heat <= 6 for _, cells, _ in rows for cell in cells)


def test_topics_as_list_or_text():
    rows = [("note", ["credit", "update"], "a", 2, 20), ("note", "credit, request", "b", 3, 30), ("story", [], "c", 9, 900)]
    segments = pd.DataFrame(rows, columns=["kind", "topics", "rule", "n", "chars"])
    found = figures.segment_kinds(segments)
    assert {row.label: row.n for row in found["topic"].rows} == {"credit": 5, "request": 3, "update": 2}
    assert found["kind"].total == 950


def test_ratings_that_were_not_understood_are_not_called_missing():
    works = pd.DataFrame(
        {"rating": ["Mature", "Citrus", None], "rating_level": ["mature", None, None], "rating_system": [None] * 3}
    )
    levels = {row.label: row.n for row in figures.ratings(works)["level"].rows}
    assert levels == {"mature": 1, "stated, not understood": 1, "not stated": 1}


def test_missing_metadata_counts_empty_lists_and_nulls():
    works = make(50).works.assign(authors=[[]] * len(make(50).works), title="x")
    missing = {row.label: row.n for row in figures.metadata(works).rows}
    assert missing["authors"] == len(works) and "title" not in missing


def test_years_end_with_the_last_and_put_the_earliest_together():
    works = pd.DataFrame({"published": pd.to_datetime(["1987-01-01", "1999-01-01", "2001-05-05", "2026-01-01", None])})
    found = figures.years(works)
    assert len(found) == 25 and found[0].label == "≤ 2002" and found[0].n == 3 and found[-1].label == "2026"


def reviews_of(tables):
    return {found.name: found for found in
            review.reviews(tables.documents, tables.works, tables.relations, tables.doubts, report.REASONS)}  # fmt: skip


def test_review_lists_hold_all_and_show_the_most_doubtful_first():
    tables = make(2_000)
    found = reviews_of(tables)
    notes = found["notes"]
    assert notes.total == len(tables.doubts) and len(notes.cases) == review.SHOWN and notes.more == notes.total - review.SHOWN
    scores = [float(case.score) for case in notes.cases]
    assert scores == sorted(scores, reverse=True)
    for name in ("labels", "weakest"):
        scores = [float(case.score) for case in found[name].cases]
        assert scores == sorted(scores) and max(scores) < 0.9
    rejected = tables.documents["disposition"].eq("rejected").sum()
    assert found["rejected"].total + found.get("failures", review.Review("", "", "", (), 0)).total == rejected
    assert all(case.why for case in found["rejected"].cases)


def test_an_unknown_label_is_not_one_of_low_confidence():
    works = make(40).works.assign(tense="unknown", pov="unknown", tense_confidence=0.1, pov_confidence=0.1, form="prose",
                                  language="en", n_words=5_000)  # fmt: skip
    tables = make(40)
    found = {r.name for r in review.reviews(tables.documents, works, tables.relations, tables.doubts, {})}
    assert "labels" not in found and "unlabelled" in found


def test_our_own_failures_are_apart_and_first():
    tables = make(100)
    reasons = tables.documents["reason"].astype(object).where(tables.documents["disposition"].ne("rejected"), "internal_error")
    found = review.reviews(tables.documents.assign(reason=reasons), tables.works, tables.relations, tables.doubts, {})
    assert found[0].name == "failures" and "rejected" not in {r.name for r in found}


def test_a_doubt_names_its_chapter_only_where_there_are_several():
    tables = make(200)
    many = review._notes(tables.doubts, tables.works.assign(n_chapters=3))
    one = review._notes(tables.doubts, tables.works.assign(n_chapters=1))
    assert "chapter" in many.cases[0].why and "chapter" not in one.cases[0].why


def test_charts_of_nothing():
    assert "nothing" in charts.band((), "a", "A")
    assert "nothing" in charts.histogram([charts.Part("x", 0)], "b", "B")
    assert "nan" not in charts.stack((charts.Part("x", 0),)) + charts.bar(0) + charts.histogram([], "c", "C")


def test_the_parts_of_a_bar_fill_it():
    drawn = charts.stack((charts.Part("a", 1, "t0"), charts.Part("b", 2, "t1")), 3)
    widths = re.findall(r'x="[\d.]+%" width="([\d.]+)%"', drawn)
    assert abs(sum(map(float, widths)) - 100) < 0.01


def test_numbers_in_few_characters():
    shown = {n: charts.compact(n).replace("\u202f", " ") for n in (0, 999, 999.7, 1_000, 9_940, 9_960, 999_400, 1_234_567, 2e9)}
    assert list(shown.values()) == ["0", "999", "1.0 k", "1.0 k", "9.9 k", "10 k", "999 k", "1.2 M", "2.0 G"]
