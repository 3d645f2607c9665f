"""The sample corpus end to end, against what was written down by hand about each of its documents."""

from __future__ import annotations

import json

import pandas as pd
import pytest

from flows import checking, reporting
from tests.flows.conftest import ROOT
from transforms import relations, schema

EXPECTED = json.loads((ROOT / "tests" / "raw" / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def documents(sample):
    return pd.read_parquet(sample / "documents").set_index("source")


@pytest.fixture(scope="module")
def works(sample):
    return pd.read_parquet(sample / "works").set_index("work_id")


def test_every_document_is_expected_and_every_expected_one_is_there(documents):
    assert set(documents.index) == set(EXPECTED)


@pytest.mark.parametrize("source", EXPECTED)
def test_disposition(source, documents):
    row, want = documents.loc[source], EXPECTED[source]
    assert row["disposition"] == want["disposition"], row["detail"]
    if "reason" in want:
        assert row["reason"] in want["reason"].split(" | ")
    if "duplicate_of" in want:
        assert documents.loc[want["duplicate_of"], "work_id"] == row["kept_work_id"]


def test_dispositions_add_up(documents, sample):
    counts = json.loads((sample / "manifest.json").read_text(encoding="utf-8"))["counts"]
    assert sum(counts["dispositions"].values()) == counts["documents"] == len(documents)
    assert set(counts["dispositions"]) == set(schema.DISPOSITIONS)


def test_the_version_checks(sample):
    assert checking.check(sample) == []


def test_segments_are_the_documents(sample):
    """Joined in order, a document's segments are one text without gaps."""
    segments = reporting.read(sample, "segments", ["work_id", "source", "ordinal", "start", "end", "text"])
    for _, rows in segments.sort_values("ordinal").groupby(["work_id", "source"]):
        assert list(rows["start"]) == [0, *rows["end"].iloc[:-1]]
        assert [len(text) for text in rows["text"]] == list(rows["end"] - rows["start"])


def test_text_is_its_story_segments(sample, works):
    """No character that is not story, but for scene breaks and white space, and no story character missing."""
    segments = reporting.read(sample, "segments", ["work_id", "ordinal", "kind", "text"]).sort_values("ordinal")
    for work_id, rows in segments.groupby("work_id"):
        told = "".join("".join(text.split()) for text in rows[rows["kind"] == "story"]["text"])
        text = "".join(works.loc[work_id, "text"].replace("\n* * *\n", "\n").split())
        assert text.replace("*", "") == told.replace("*", ""), work_id


def test_relations_are_true_by_recomputation(sample, documents):
    """What a row says is what two texts, read back from where they were published or from raw/, give again."""
    rows = pd.read_parquet(sample / "relations")
    texts = {row["work_id"]: row["text"] for _, row in pd.read_parquet(sample / "works", columns=["work_id", "text"]).iterrows()}
    chapters = pd.read_parquet(sample / "chapters", columns=["work_id", "chapter", "text"])
    texts |= {f"{row.work_id}/{row.chapter}": row.text for row in chapters.itertuples()}
    seen = 0
    for row in rows.to_dict("records"):
        if row["left_id"] not in texts or row["right_id"] not in texts:
            continue  # the other one is a duplicate, and so not published
        found = relations.compare(texts[row["left_id"]], texts[row["right_id"]])
        assert relations.relation_of(found) == row["relation"]
        assert found.jaccard == row["jaccard"]
        assert (found.containment_left, found.containment_right) == (row["containment_left"], row["containment_right"])
        seen += 1
    assert seen
