"""Readers that a dataset has, each in a process of its own, in a loop while versions are published.

Every row of a version carries its number, and it has so many rows; so what a reader got says whether it was one whole version.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows import versions

LIBRARIES = ("pandas", "pyarrow", "polars", "duckdb", "dask", "datasets")
TABLES = ("works", "segments/kind=note")
FILES = 4

Read = Callable[[Path], list[str]]

_processes = multiprocessing.get_context("spawn")


def publish(curated: Path, number: int, keep: int) -> None:
    """Publishes version `number` of a small dataset, as a run does."""
    version = versions.new_version(curated, datetime.now(UTC))
    folder = versions.building(curated, version)
    for table in TABLES:
        (folder / table).mkdir(parents=True)
        for at in range(FILES):
            # File 0 is the same in pairs of versions, and shared.
            rows = [f"v{number // 2 * 2 if at == 0 else number}"] * (10 if at == 0 else number)
            pq.write_table(pa.table({"source": rows}), folder / table / f"part-{at}-{rows[0]}x{len(rows)}.parquet")
    (folder / versions.MANIFEST).write_text(json.dumps({"version": version}), encoding="utf-8")
    versions.share_files(folder, versions.latest(curated))
    versions.stamp_files(folder, str(number))
    versions.publish(curated, folder, version)
    versions.forget(curated, keep)


def is_whole(rows: list[str]) -> bool:
    """Whether the rows are those of one version, all of them."""
    counts = Counter(rows)
    number = max(int(row[1:]) for row in counts)
    # An even version has all its rows under one number; an odd one shares its first file with the version before.
    expected = Counter({f"v{number}": number * (FILES - 1)})
    expected[f"v{number // 2 * 2}"] += 10
    return counts == expected


def reader(library: str, cache: Path) -> Read:
    """How somebody reads a table with a library: a folder in, the column `source` out."""
    if library == "pandas":
        import pandas

        return lambda folder: pandas.read_parquet(folder, columns=["source"])["source"].tolist()
    if library == "pyarrow":
        import pyarrow.dataset

        return lambda folder: pyarrow.dataset.dataset(folder, format="parquet").to_table(columns=["source"])["source"].to_pylist()
    if library == "polars":
        import polars

        return lambda folder: polars.read_parquet(folder, columns=["source"])["source"].to_list()
    if library == "duckdb":
        import duckdb

        return lambda folder: [row[0] for row in duckdb.sql(f"select source from '{folder}/*.parquet'").fetchall()]
    if library == "dask":
        import dask.dataframe

        return lambda folder: dask.dataframe.read_parquet(folder)["source"].compute(scheduler="sync").tolist()
    os.environ |= {"HF_HUB_OFFLINE": "1", "HF_HOME": str(cache), "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}
    import datasets

    def load(folder: Path) -> list[str]:
        place = tempfile.mkdtemp(dir=cache)
        try:
            files = f"{folder}/*.parquet"
            return list(datasets.load_dataset("parquet", data_files=files, split="train", cache_dir=place)["source"])
        finally:
            shutil.rmtree(place)

    return load


def read_on(library: str, resolve: bool, curated: Path, results: multiprocessing.Queue, stop, reads) -> None:
    """Reads until told to stop; puts the counts of whole, wrong and missing reads, and of errors of any other kind.

    `resolve`: whether the path of the version is taken once for a read, or every file is looked up through `latest`.
    `reads` is a shared number that counts along.
    """
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115 (what goes wrong is counted)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as cache:
        read = reader(library, Path(cache))
        while not stop.is_set():
            latest = (curated / "latest").resolve() if resolve else curated / "latest"
            try:
                rows = read(latest / TABLES[reads.value % len(TABLES)])
            except Exception as error:  # each library has errors of its own for a file that is not there
                counts[_name(error)] += 1
            else:
                counts["whole" if is_whole(rows) else "wrong"] += 1
            reads.value += 1
    results.put((library, resolve, dict(counts)))


def _name(error: BaseException | None) -> str:
    """`missing` for a file that was not there any more, else the error."""
    # The last is what Arrow says of a folder whose listed files had all gone when it looked at them.
    first, signs = error, ("No such file", "No files found", "not found", "Unable to find", "No match for FieldRef")
    while error is not None:
        if isinstance(error, FileNotFoundError) or any(sign in str(error) for sign in signs):
            return "missing"
        error = error.__cause__ or error.__context__
    return f"{type(first).__name__}: {str(first)[:200]}"


def observe(
    readers: Sequence[tuple[str, bool]], curated: Path, publish_next: Callable[[], object],
    publications: int, reads: int, pause: float = 0.05,
) -> tuple[dict[tuple[str, bool], dict[str, int]], int]:  # fmt: skip
    """Lets readers (library, resolve) read while versions are published; gives their counts, and the number of publications.

    Ends when there were as many publications, and as many reads of each reader, as are asked for. `pause`: seconds between
    publications; a read that takes longer than the kept versions last finds its version gone.
    """
    results, stop = _processes.Queue(), _processes.Event()
    numbers = [_processes.Value("i", 0) for _ in readers]
    running = [
        _processes.Process(target=read_on, args=(*which, curated, results, stop, number), daemon=True)
        for which, number in zip(readers, numbers, strict=True)
    ]
    for process in running:
        process.start()
    while not all(number.value for number in numbers):
        assert all(process.is_alive() for process in running), "a reader does not start"
        time.sleep(0.05)
    published = 0
    while published < publications or min(number.value for number in numbers) < reads:
        publish_next()
        published += 1
        time.sleep(pause)
    stop.set()
    found = {}
    for _ in running:
        library, resolve, counts = results.get(timeout=120)
        found[library, resolve] = counts
    for process in running:
        process.join(60)
    return found, published
