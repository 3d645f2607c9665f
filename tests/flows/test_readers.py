"""Whoever reads while versions are published gets one version, whole, whatever the library."""

from __future__ import annotations

from itertools import count

import pytest

from flows import versions
from tests.flows.reading import LIBRARIES, TABLES, observe, publish, reader


@pytest.fixture
def published(tmp_path):
    """A dataset of three versions and a function that publishes the next."""
    numbers = count(1)

    def publish_next() -> None:
        publish(tmp_path, next(numbers), keep=3)

    for _ in range(3):
        publish_next()
    return tmp_path, publish_next


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_library_reads_through_the_link(library, published, tmp_path):
    curated, _ = published
    for table in TABLES:
        assert len(reader(library, tmp_path)(curated / "latest" / table)) == 10 + 3 * 3


def test_readers_see_whole_versions_while_others_are_published(published):
    curated, publish_next = published
    readers = [("pandas", False), ("polars", True), ("duckdb", False)]
    found, n = observe(readers, curated, publish_next, publications=20, reads=20)
    assert n >= 20 and len(versions.names(curated)) == 3
    for (library, resolve), counts in found.items():
        # A path through `latest` may lead to the next version between listing and opening: an error then, never a mixture.
        assert set(counts) <= ({"whole"} if resolve else {"whole", "missing"}), (library, resolve, counts)
        assert counts["whole"] > counts.get("missing", 0)
