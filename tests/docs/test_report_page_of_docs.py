"""docs/report.md names the lists and the thresholds that the report has."""

from __future__ import annotations

import re
from pathlib import Path

from transforms.report import review

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "report.md").read_text(encoding="utf-8")


def test_every_list_is_on_the_page():
    source = Path(review.__file__).read_text(encoding="utf-8")
    titles = {title for title, _ in review._FLAGGED.values()} | set(re.findall(r'_review\(\s*"[a-z-]+",\s*"([^"]+)"', source))
    assert len(titles) >= 10  # the pattern still finds them
    assert [title for title in titles if title not in PAGE] == []


def test_the_thresholds_are_those_of_the_code():
    assert f"below {review.LOW_CONFIDENCE}" in PAGE
    assert f"prose of {review.ENOUGH_WORDS} words" in PAGE
    assert f"similarity below {review.CLOSE}" in PAGE


def test_the_picture_is_there_and_small():
    assert "report.png" in PAGE and 10_000 < (DOCS / "report.png").stat().st_size < 300_000
