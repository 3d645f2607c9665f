"""The whole pipeline over the cases of this folder: figures that it reached and must not fall behind."""

from __future__ import annotations

import pytest

from tests.flows.conftest import curate
from tests.gold import marked

# A little worse than measured (README.md), so that a change for the worse is seen and a change of two characters is not.
AT_LEAST = {"perfect_partition": 0.87, "tense": 0.99, "pov": 0.985}
AT_MOST = {"story_removed": 0.0015, "note_left": 0.027}


@pytest.fixture(scope="module")
def cases() -> list[marked.Case]:
    return marked.every()


@pytest.fixture(scope="module")
def figures(cases, tmp_path_factory) -> dict[str, float]:
    folder = tmp_path_factory.mktemp("gold")
    raw = folder / "raw"
    raw.mkdir()
    for case in cases:
        (raw / f"{case.name}.txt").write_text(case.raw, encoding="utf-8")
    return marked.figures(cases, curate(raw, folder / "curated"))


def test_cases_say_what_they_are_for(cases):
    assert len(cases) >= 618
    for case in cases:
        assert {"site", "why", "tense", "pov"} <= case.expected.keys(), case.name
        assert set(case.expected["tense"]) <= {"past", "present", "mixed", "unknown"}, case.name
        assert set(case.expected["pov"]) <= {"first", "second", "third", "mixed", "unknown"}, case.name


def test_a_tag_that_is_not_closed_is_an_error(tmp_path):
    for body in ("[[note]]Hi", "Hi[[/note]]", "[[note]]Hi [[break]]*[[/break]][[/note]]", "[[remark]]Hi[[/remark]]"):
        path = tmp_path / "x.case"
        path.write_text(f"site: ao3-paste\n---\n{body}", encoding="utf-8")
        with pytest.raises(ValueError):
            marked.read(path)


@pytest.mark.parametrize("name", AT_LEAST)
def test_no_worse_than_before(figures, name):
    assert figures[name] >= AT_LEAST[name], figures


@pytest.mark.parametrize("name", AT_MOST)
def test_no_more_mistakes_than_before(figures, name):
    assert figures[name] <= AT_MOST[name], figures
