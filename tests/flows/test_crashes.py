"""A run that dies or fails leaves a whole version; the next goes on from what was done and ends as if nothing had been."""

from __future__ import annotations

import random
import shutil

import pandas as pd
import pytest

from tests.flows.conftest import story
from tests.flows.crashing import Damage, Fault, attempt, cleaned, endure, leftovers, plot, problems, reread, seen

pytestmark = pytest.mark.xdist_group("crashes")


@pytest.fixture(scope="module")
def courses(tmp_path_factory):
    return plot(tmp_path_factory.mktemp("courses"))


def assert_boring(damage: Damage, faults: int) -> None:
    assert damage == Damage(faults=damage.faults, ended=damage.ended)
    assert damage.faults >= faults


@pytest.mark.parametrize("seed", range(7))
def test_killed_and_killed_again(seed, courses, tmp_path):
    course, rng, damage = courses[seed % 2], random.Random(seed), Damage()
    steps = rng.randrange(1, course.steps), rng.randrange(1, course.steps // 3)
    endure(course, [Fault("kill", step) for step in steps], tmp_path / "curated", damage)
    assert_boring(damage, 1)  # the second run has fewer steps left, and may be through before


def test_a_full_disk_and_files_that_cannot_be_read(courses, tmp_path):
    course, rng, damage = courses[1], random.Random(3), Damage()
    faults = [Fault(limit=3_000), Fault("full", rng.randint(30, course.steps // 2)), Fault("full", course.steps * 3 // 4)]
    endure(course, faults, tmp_path / "curated", damage)
    assert_boring(damage, 2)


def test_what_was_cleaned_is_kept_also_when_raw_has_grown_meanwhile(courses, tmp_path):
    raw, curated = tmp_path / "raw", tmp_path / "curated"
    shutil.copytree(courses[0].raw, raw)
    while len(whole := cleaned(curated)) < 4:
        attempt(raw, curated, Fault("kill", 40 + 5 * len(whole)))
    assert len(whole) < 10
    (raw / "a.txt").write_text(story("Lys", "ran", "the pump", 4), encoding="utf-8")
    outcome = attempt(raw, curated)
    assert outcome.code == 0 and reread(raw, outcome, whole) == []


def test_a_file_that_cannot_be_read_is_out_until_it_can(courses, tmp_path):
    course, curated = courses[0], tmp_path / "curated"
    assert attempt(course.raw, curated, Fault("unreadable", path="s03.txt")).code == 0
    rows = pd.read_parquet(curated / "latest" / "documents").set_index("source")
    assert list(rows.loc["s03.txt", ["disposition", "reason"]]) == ["rejected", "unreadable"]
    assert (rows["disposition"] == "published").sum() > 8 and problems(curated) == []
    outcome = attempt(course.raw, curated)
    assert set(outcome.read) == {"s03.txt"}
    assert seen(curated) == course.after[-1] and leftovers(curated) == []
