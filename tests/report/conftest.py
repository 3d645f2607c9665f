"""The page that several tests look at, made once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for the modules that the tests share

from report_frames import make

from transforms.report import render


@pytest.fixture(scope="session")
def tables():
    return make(400)


@pytest.fixture(scope="session")
def page(tables):
    return render(tables)
