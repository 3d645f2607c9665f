"""Runs of the whole pipeline for the tests; Prefect's own server is started once, by the tests that show the flow itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import parts, versions
from flows.run import Run
from flows.settings import load

ROOT = Path(__file__).parents[2]


def curate(raw: Path, curated: Path, **options) -> Path:
    """A run without Prefect; gives the folder of the version that readers see after it."""
    settings = load(raw=raw, curated=curated, engine="serial", **options)
    with versions.locked(settings.curated, wait=True):
        run = Run(settings, datetime.now(UTC))
        planned = run.look()
        for folder, files in planned:
            parts.clean_files(settings.raw, files, folder, run.how)
        run.settle([folder for folder, _ in planned])
        if run.is_news():
            run.relate()
            run.write()
            run.report()
            run.publish()
    return versions.latest(curated)


@pytest.fixture(scope="session")
def sample(tmp_path_factory) -> Path:
    """The version that a run over the sample corpus publishes. Tests must not write to it."""
    return curate(ROOT / "raw", tmp_path_factory.mktemp("sample") / "curated")


@pytest.fixture
def stories(tmp_path) -> Path:
    """A small raw/ of plain stories that tests may change."""
    raw = tmp_path / "raw"
    raw.mkdir()
    for name, text in STORIES.items():
        (raw / name).write_text(text, encoding="utf-8")
    return raw


def story(names: str, verb: str, place: str, paragraphs: int = 8) -> str:
    """A story in the third person and the past, of paragraphs that differ."""
    things = ["the lamp", "an oar", "the ledger", "a kettle", "the gate", "her coat", "a letter", "the bell", "a rope", "the map"]
    lines = []
    for at in range(paragraphs):
        thing, other = things[at % 10], things[(at * 7 + len(names)) % 10]
        lines.append(
            f"{names} {verb} past {place} on the {at + 2}th evening and found {thing} where nobody had left it. "
            f"She turned it over twice, thought of {other}, and carried it down to {place} before the rain came. "
            f'"It was not mine," she said to the harbour master, who wrote {at + 40} in his book and looked away.'
        )
    return "\n\n".join(lines) + "\n"


STORIES = {
    "wren.txt": "A/N: My first one, be kind!\n\n\n" + story("Wren", "walked", "the mill"),
    "ives.txt": story("Ives", "rowed", "the weir"),
    "mara.txt": story("Mara", "climbed", "the chapel") + "\nThe End\n\nThanks for reading, please review!\n",
}
