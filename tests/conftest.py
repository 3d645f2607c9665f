"""What all tests share: the folder of hand-marked cases, where it is there."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1].parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of seeds and gold cases beside the project; a user does not have it."""
    if not SHARED.is_dir():
        pytest.skip("the folder of gold cases is not here")
    return SHARED
