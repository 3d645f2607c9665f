"""What a run publishes is a function of raw/, the rules and the settings: not of the runs before it."""

from __future__ import annotations

import hashlib
import os
import random
import shutil

import pandas as pd
import pytest

from flows import versions
from flows.inventory import look
from tests.flows.conftest import curate, story


def tables(folder) -> dict[str, str]:
    """Every Parquet file of a version with its hash."""
    paths = sorted(folder.rglob("*.parquet"))
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def change(raw, rng, at):
    """Adds, changes, renames, copies or removes a file, with a time of its own."""
    names = sorted(path.name for path in raw.iterdir())
    deed = rng.choice(["add", "add", "add", "change", "rename", "copy", "chapter", "remove", "opt out", "part"])
    if not names or deed == "add":
        path, text = raw / f"s{at}.txt", story(f"Nan{at}", rng.choice(["walked", "ran"]), f"the {at}th lock", rng.randint(2, 14))
    elif deed == "part":
        for part in (1, 2):
            head = f"Title: The Long Field {at} ({part}/2)\nAuthor: Alder\nRating: PG\n\n\n"
            text = head + story(f"Ash{at}{part}", "rode", "the ford", 6)
            (raw / f"field{at}-{part}.txt").write_text(text, encoding="utf-8")
        return
    else:
        path = raw / rng.choice(names)
        text = path.read_text(encoding="utf-8")
        if deed == "remove":
            path.unlink()
            return
        if deed == "rename":
            path.rename(raw / f"moved{at}.txt")
            return
        if deed == "copy":
            path, text = raw / f"copy{at}.txt", text.replace("kettle", "samovar").replace("gate", "hatch")
        elif deed == "chapter":
            path, text = raw / f"piece{at}.txt", "\n\n".join(text.split("\n\n")[1:6])
        elif deed == "opt out":
            text = "A/N: do not use my stories to train AI, thanks\n\n\n" + text
        else:
            text = text.replace("kettle", "saucepan") + "\nNobody came back for it that year.\n"
    path.write_text(text, encoding="utf-8")
    os.utime(path, (1_700_000_000 + at, 1_700_000_000 + at))


@pytest.mark.parametrize("seed", range(5))
def test_ten_runs_publish_what_one_would(seed, tmp_path):
    rng = random.Random(seed)
    raw, curated = tmp_path / "raw", tmp_path / "curated"
    raw.mkdir()
    at = 0
    for _ in range(5):
        for _ in range(rng.randint(1, 6)):
            at += 1
            change(raw, rng, at)
        curate(raw, curated, keep_versions=2)
    whole = curate(raw, tmp_path / "fresh")
    assert tables(versions.latest(curated)) == tables(whole)


def test_nothing_new_publishes_nothing(stories, tmp_path):
    first = curate(stories, tmp_path / "curated")
    assert curate(stories, tmp_path / "curated") == first
    assert len(versions.names(tmp_path / "curated")) == 1


def test_a_touched_file_is_not_cleaned_again(stories, tmp_path):
    curated = tmp_path / "curated"
    curate(stories, curated)
    before = {path.name for path in (curated / "state" / "cleaned").iterdir()}
    os.utime(stories / "wren.txt")
    curate(stories, curated)
    assert {path.name for path in (curated / "state" / "cleaned").iterdir()} == before


def test_a_lost_state_costs_a_run_and_changes_nothing(stories, tmp_path):
    curated = tmp_path / "curated"
    first = tables(curate(stories, curated))
    shutil.rmtree(curated / "state")
    (stories / "new.txt").write_text(story("Juno", "leapt", "the moat"), encoding="utf-8")
    curate(stories, curated)
    (stories / "new.txt").unlink()
    assert tables(curate(stories, curated)) == first


def test_equal_files_are_shared(stories, tmp_path):
    curated = tmp_path / "curated"
    first = curate(stories, curated)
    (stories / "empty.txt").write_bytes(b"")
    second = curate(stories, curated)
    shared = [path for path in second.rglob("*.parquet") if path.stat().st_nlink > 1]
    assert shared and first != second
    assert not [path for path in (second / "documents").iterdir() if path.stat().st_nlink > 1]


def test_what_is_no_file_is_said(tmp_path, stories):
    os.mkfifo(stories / "pipe.txt")
    (stories / "away.txt").symlink_to("/etc/hostname")
    (stories / "here.txt").symlink_to(stories / "wren.txt")
    (stories / "loop").symlink_to(stories)
    (stories / os.fsdecode(b"caf\xe9.txt")).write_text(story("Remy", "sang", "the bridge"), encoding="utf-8")
    files, rejections = look(stories)
    assert [file.path for file in files] == ["caf\\xe9.txt", "here.txt", "ives.txt", "mara.txt", "wren.txt"]
    assert {rejection.source: rejection.reason for rejection in rejections} == {
        "away.txt": "link_outside", "loop": "link_folder", "pipe.txt": "not_a_file",
    }  # fmt: skip
    latest = curate(stories, tmp_path / "curated")

    documents = pd.read_parquet(latest / "documents").set_index("source")
    assert documents.loc["pipe.txt", "reason"] == "not_a_file"
    assert documents.loc["caf\\xe9.txt", "disposition"] == "published"
    assert curate(stories, tmp_path / "curated") == latest


def test_many_small_parts_become_one(stories, tmp_path, monkeypatch):
    monkeypatch.setattr("flows.run.MANY_PARTS", 2)
    curated = tmp_path / "curated"
    for name in ("Juno", "Pell", "Adair", "Bo", "Cleo"):
        (stories / f"{name}.txt").write_text(story(name, "ran", "the moat"), encoding="utf-8")
        curate(stories, curated)
        assert len(list((curated / "state" / "cleaned").iterdir())) <= 3
    assert tables(versions.latest(curated)) == tables(curate(stories, tmp_path / "fresh"))


def test_a_part_that_is_mostly_dead_is_rewritten(stories, tmp_path):
    curated = tmp_path / "curated"
    curate(stories, curated)
    (before,) = (curated / "state" / "cleaned").iterdir()
    for name in ("ives.txt", "wren.txt"):
        (stories / name).write_text(story(name, "ran", "the moat"), encoding="utf-8")
    curate(stories, curated)
    assert len(pd.read_parquet(before / "works.parquet")) == 1
    assert tables(versions.latest(curated)) == tables(curate(stories, tmp_path / "fresh"))
