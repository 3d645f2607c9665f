"""The privacy settings end to end."""

import pandas as pd

from flows import checking
from tests.flows.conftest import curate, story

HEAD = "Title: The Weir\nAuthor: Quiet Gull\nRating: PG\nFandom: Lamps\n\nA/N: mail gull@harbour.example, or @quietgull!\n\n\n"


def test_pseudonyms_redaction_and_no_text(tmp_path):
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "weir.txt").write_text(HEAD + story("Ives", "rowed", "the weir"), encoding="utf-8")
    plain = curate(raw, tmp_path / "plain")
    veiled = curate(raw, tmp_path / "veiled", pseudonym_key="secret", redact_notes=True)
    bare = curate(raw, tmp_path / "bare", publish_text=False)
    for version in (plain, veiled, bare):
        assert checking.check(version) == []
    assert pd.read_parquet(plain / "works")["authors"][0].tolist() == ["Quiet Gull"]
    assert pd.read_parquet(veiled / "works")["authors"][0][0].startswith("author-")
    for table in ("works", "segments", "chapters"):
        content = pd.read_parquet(veiled / table).astype(str).to_csv().lower()
        assert "gull" not in content, table
    assert pd.read_parquet(veiled / "works")["text"][0] == pd.read_parquet(plain / "works")["text"][0]
    assert "secret" not in (veiled / "manifest.json").read_text(encoding="utf-8")
    for table in ("works", "chapters", "segments"):
        assert set(pd.read_parquet(bare / table)["text"]) == {""}
    assert pd.read_parquet(bare / "works")["n_words"][0] > 100


def test_gone_files_can_be_kept(stories, tmp_path):
    curated = tmp_path / "curated"
    curate(stories, curated)
    (stories / "ives.txt").unlink()
    kept = curate(stories, curated, keep_gone=True)
    assert "ives.txt" in set(pd.read_parquet(kept / "works")["source"])
    dropped = curate(stories, curated)
    assert "ives.txt" not in set(pd.read_parquet(dropped / "documents")["source"])
