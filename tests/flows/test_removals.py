"""A work that was taken out is gone: from every version, cache and fingerprint, its copies too, and for good."""

from __future__ import annotations

import re
import subprocess
from datetime import UTC, datetime

import pandas as pd
import pytest

from flows import checking, removing, versions
from flows.removing import NothingFound, Wanted
from tests.flows.conftest import curate, story

PLACES = {"ran": "the cistern", "swam": "the quarry", "crept": "the vestry"}
CHAPTERS = [story("Orla", verb, place, 9) for verb, place in PLACES.items()]
WHOLE = "\n\n".join(f"Chapter {at}\n\n{text}" for at, text in enumerate(CHAPTERS, 1))
EDITED = re.sub(r"\bviolin\b", "fiddle", re.sub(r"\bharbour master\b", "constable", WHOLE))
COPIES = {
    "orla.txt": WHOLE,
    "mirror/orla.html": "<html><body>" + "".join(f"<p>{line}</p>" for line in WHOLE.split("\n\n")) + "</body></html>",
    "edited.txt": EDITED,
    "chapter two.txt": CHAPTERS[1],
}
WORDS = ("cistern", "quarry", "vestry")


@pytest.fixture
def dataset(stories, tmp_path):
    """Three versions in which a work grows and its copies come in; gives raw/ and curated/."""
    curated = tmp_path / "curated"
    for at, (name, text) in enumerate(COPIES.items()):
        (stories / name).parent.mkdir(exist_ok=True)
        (stories / name).write_text(text, encoding="utf-8")
        if at != 1:
            curate(stories, curated)
    return stories, curated


def grep(folder, word) -> list[str]:
    """Files below a folder that hold a word, also inside what Parquet packs: read as bytes, and as tables."""
    plain = subprocess.run(["grep", "-rla", word, str(folder)], capture_output=True, text=True).stdout.split("\n")
    found = [path for path in plain if path]
    for path in folder.rglob("*.parquet"):
        frame = pd.read_parquet(path)
        if frame.astype(str).apply(lambda column: column.str.contains(word)).to_numpy().any():
            found.append(str(path))
    return found


def fates(curated) -> dict[str, tuple[str, str]]:
    rows = pd.read_parquet(versions.latest(curated) / "documents")
    return {row.source: (row.disposition, row.reason) for row in rows.itertuples()}


def test_nothing_of_a_removed_work_is_left(dataset):
    _, curated = dataset
    assert len(versions.names(curated)) == 3
    assert grep(curated, WORDS[0])
    rows = pd.read_parquet(versions.latest(curated) / "documents").set_index("source")
    receipt = removing.remove(curated, Wanted(works=frozenset({rows.loc["orla.txt", "work_id"]})), "asked", datetime.now(UTC))
    assert receipt.documents == 4
    assert len(versions.names(curated)) == 3
    for word in WORDS:
        assert grep(curated, word) == []
    for name in versions.names(curated):
        assert checking.check(curated / "versions" / name) == []


def test_a_removed_work_and_its_copies_stay_out(dataset):
    raw, curated = dataset
    removing.remove(curated, Wanted(sources=frozenset({"orla.txt"})), "asked", datetime.now(UTC))
    (raw / "again.txt").write_text(EDITED.replace("Orla", "Nell"), encoding="utf-8")
    (raw / "unlike.txt").write_text(story("Hesper", "drove", "the orchard", 12), encoding="utf-8")
    latest = curate(raw, curated)
    assert checking.check(latest) == []
    found = fates(curated)
    assert found["orla.txt"] == ("removed", "removal_request")
    for source in ("mirror/orla.html", "edited.txt", "chapter two.txt", "again.txt"):
        assert found[source] == ("removed", "copy_of_removed"), source
    for source in ("wren.txt", "ives.txt", "mara.txt", "unlike.txt"):
        assert found[source][0] == "published", source
    for word in WORDS:
        assert grep(curated, word) == []


def test_an_author_is_kept_out_also_in_advance(stories, tmp_path):
    curated = tmp_path / "curated"
    curate(stories, curated)
    wanted = Wanted(authors=frozenset({"quietgull"}))
    with pytest.raises(NothingFound, match="in-advance"):
        removing.remove(curated, wanted, "asked", datetime.now(UTC))
    removing.remove(curated, wanted, "asked", datetime.now(UTC), in_advance=True)
    text = "Title: Low Lamp\nAuthor: QuietGull\nRating: PG\nFandom: Lamps\n\n\n" + story("Pia", "sailed", "the shoal")
    (stories / "pia.txt").write_text(text, encoding="utf-8")
    curate(stories, curated)
    assert fates(curated)["pia.txt"] == ("removed", "removal_request")


def test_an_opt_out_takes_copies_along_and_empties_older_versions(stories, tmp_path):
    curated = tmp_path / "curated"
    (stories / "orla.txt").write_text(WHOLE, encoding="utf-8")
    (stories / "edited.txt").write_text(EDITED, encoding="utf-8")
    curate(stories, curated)
    assert "published" in {disposition for disposition, _ in fates(curated).values()}
    (stories / "orla.txt").write_text("A/N: Please do not feed my work to AI.\n\n\n" + WHOLE, encoding="utf-8")
    curate(stories, curated)
    assert fates(curated)["orla.txt"] == ("opted_out", "no_ai")
    assert fates(curated)["edited.txt"] == ("opted_out", "copy_of_opted_out")
    for word in WORDS:
        assert grep(curated, word) == []

    # The statement is taken back: what was kept out for it comes in again.
    (stories / "orla.txt").write_text(WHOLE, encoding="utf-8")
    curate(stories, curated)
    assert {fates(curated)[name][0] for name in ("orla.txt", "edited.txt")} == {"published", "duplicate"}


def test_an_old_text_does_not_outlive_the_statement_of_its_author(stories, tmp_path):
    """Nobody has a copy, and the part in which the old text lies is needed for others."""
    curated = tmp_path / "curated"
    (stories / "orla.txt").write_text(WHOLE, encoding="utf-8")
    curate(stories, curated)
    (stories / "orla.txt").write_text("A/N: Please do not feed my work to AI.\n\n\n" + WHOLE, encoding="utf-8")
    curate(stories, curated)
    assert fates(curated)["orla.txt"] == ("opted_out", "no_ai")
    for word in WORDS:
        assert grep(curated, word) == []
