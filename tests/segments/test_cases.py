"""Our own cases: every one is split without a mistake, but for the known failures, which must still fail."""

import pytest

from tests.segments.cases import KNOWN_FAILURES, OWN, misplaced, read_case

CASES = sorted(OWN.glob("s*.case"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path):
    wrong = misplaced(read_case(path))
    if path.stem in KNOWN_FAILURES:
        assert wrong, f"{path.stem} no longer fails: take it from known_failures.json"
    else:
        assert not wrong


def test_there_are_enough_cases_and_half_are_traps():
    traps = sum("\nwhy: trap" in "\n" + path.read_text(encoding="utf-8") for path in CASES)
    assert len(CASES) >= 60
    assert traps >= len(CASES) * 0.35
    assert set(KNOWN_FAILURES) <= {path.stem for path in CASES}
