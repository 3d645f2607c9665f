"""The sample corpus is what its script, its README and its list of expectations say."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
import zlib
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.raw.make_samples import RAW, samples

EXPECTED = json.loads((Path(__file__).parent / "expected.json").read_text("utf-8"))
SAMPLES = samples()
FILES = sorted({source.split("!/")[0].split("#")[0] for source in EXPECTED})  # what else lies in raw/ is somebody's own


def content(path: str, data: bytes) -> object:
    """What a file holds, without the choices of a compressor: zlib, zlib-ng and versions of pyarrow pack differently."""
    if path.endswith((".zip", ".epub", ".docx", ".odt")):
        archive = zipfile.ZipFile(io.BytesIO(data))
        return [(info.filename, info.date_time, content(info.filename, archive.read(info))) for info in archive.infolist()]
    if path.endswith(".jsonl.gz"):
        return gzip.decompress(data)
    if path.endswith(".gz"):  # cut off on purpose: what can still be read, but for the last few letters
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data)[:300]
    if path.endswith(".parquet"):
        return pq.read_table(io.BytesIO(data)).to_pylist()
    return data


@pytest.mark.parametrize("path", SAMPLES)
def test_the_script_makes_what_is_checked_in(path: str) -> None:
    there = (RAW / path).read_bytes()
    assert there == SAMPLES[path] or content(path, there) == content(path, SAMPLES[path])


def test_the_script_makes_the_same_again() -> None:
    assert samples() == SAMPLES


def test_every_file_is_explained() -> None:
    readme = (RAW / "README.md").read_text("utf-8")
    told = [path for path in FILES if f"`{path}`" in readme or f"`{path.rpartition('/')[0]}/`" in readme]
    assert set(FILES) - set(told) == {"parts/signal-fire-2of3.txt", "parts/signal-fire-3of3.txt"}  # "and two more"


def test_every_sample_has_its_expectations() -> None:
    assert set(SAMPLES) <= set(FILES)
    assert all((RAW / path).is_file() for path in FILES)


def test_expectations_name_documents_that_are_there() -> None:
    for expected in EXPECTED.values():
        for field in ("duplicate_of", "part_of", "joined_with"):
            assert expected.get(field) is None or expected[field] in EXPECTED


def test_the_corpus_stays_small() -> None:
    assert sum((RAW / path).stat().st_size for path in FILES) < 400_000
