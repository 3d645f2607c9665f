"""Every case says what must be said of it; what is known to come out wrong must still do so, else the note is to go."""

from __future__ import annotations

import pytest

from tests.narration.casefile import Case, every
from transforms.narration import describe

CASES = every()


def test_there_are_enough_traps():
    assert len(CASES) >= 60
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case):
    said = describe(case.story)
    for label, answers in case.expected.items():
        right = getattr(said, label) in answers
        if label in case.fails:
            assert not right, f"{case.name}: {label} is right now; take it off `fails`"
        else:
            assert right, f"{case.name}: {label} is {getattr(said, label)!r}, not {' or '.join(answers)} ({case.why})"
