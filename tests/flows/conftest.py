"""Runs of the whole pipeline for the tests; Prefect's own server is started once, by the tests that show the flow itself."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows import intake, versions
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
            intake.clean_files(settings.raw, files, folder, run.how)
        run.settle([folder for folder, _ in planned])
        if run.is_news():
            run.relate()
            run.write()
            run.report()
            run.publish()
        else:
            run.keep_house()
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


NOUNS = """lamp oar ledger kettle gate coat letter bell rope map barrel saddle chimney orchard ladder violin anvil ferry beacon
    quilt needle cellar pigeon thistle compass mirror harvest cradle satchel trumpet""".split()  # noqa: SIM905
VERBS = """carried dropped mended hid followed counted painted buried borrowed polished folded weighed tied emptied traced
    guarded sold lifted burned washed""".split()  # noqa: SIM905
WHERE = [
    "under the stairs", "behind the mill", "along the sea wall", "in the long grass", "across the yard", "beside the stove",
    "near the old pump", "over the tannery", "at the crossroads", "inside the clock",
]  # fmt: skip
SYLLABLES = ["bar", "len", "dor", "mi", "ket", "sun", "wol", "fra", "pid", "gost", "hem", "ly", "tre", "nock", "dale"]
HOW = ["slowly", "gladly", "twice", "alone", "at last", "before dawn", "without a word", "once more", "in the rain"]


def story(name: str, verb: str, place: str, paragraphs: int = 8) -> str:
    """A story about somebody in the third person and the past; no two names or places give the same one."""
    rng = random.Random(f"{name} {verb} {place}")
    # Things of this story alone: without them the few nouns make any two long stories look like versions of one.
    own = ["".join(rng.choice(SYLLABLES) for _ in range(3)) for _ in range(paragraphs * 6)]
    nouns = [*rng.sample(NOUNS, 8), *own]
    lines = []
    for _ in range(paragraphs):
        sentences = [f"{name} {verb} to {place} and {rng.choice(VERBS)} the {rng.choice(nouns)} {rng.choice(WHERE)}."]
        for _ in range(rng.randint(3, 6)):
            who = rng.choice(["She", name, f"The {rng.choice(nouns)} maker", "Her brother"])
            what, other = rng.choice(nouns), rng.choice(nouns)
            sentences.append(
                f"{who} {rng.choice(VERBS)} the {what} {rng.choice(WHERE)}, {rng.choice(VERBS)} a {other} {rng.choice(HOW)}, "
                f"and the {rng.choice(nouns)} {rng.choice(['fell', 'stayed', 'was gone', 'sang', 'broke'])} {rng.choice(WHERE)}."
            )
        sentences.append(f'"Was that the {rng.choice(nouns)}?" asked the harbour master {rng.choice(WHERE)}.')
        lines.append(" ".join(sentences))
    return "\n\n".join(lines) + "\n"


STORIES = {
    "wren.txt": "A/N: My first one, be kind!\n\n\n" + story("Wren", "walked", "the mill"),
    "ives.txt": story("Ives", "rowed", "the weir"),
    "mara.txt": story("Mara", "climbed", "the chapel") + "\nThe End\n\nThanks for reading, please review!\n",
}
