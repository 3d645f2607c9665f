"""The main flow: `flows.run.Run` step by step, its stages visible to Prefect as tasks.

    clean batches -> relate -> write -> report -> publish

What passes through Prefect are paths and numbers; no story text reaches a log, a parameter, a result or an artifact. A flow
that died is simply run again: batches that are done are found done, and readers see the last whole version meanwhile.
"""

# No postponed annotations here: Prefect loads this file by its path to run a deployment, and then resolves the types of the
# parameters without its globals.

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.logging import get_run_logger

from flows import batches, intake, mirrors, versions
from flows.run import Run
from flows.settings import Settings, load


@task(task_run_name="relate", cache_policy=NO_CACHE, persist_result=False)
def relate(run: Run) -> None:
    """Joins parts, finds and verifies relations, decides what every document became."""
    run.relate()


@task(task_run_name="write", cache_policy=NO_CACHE, persist_result=False)
def write(run: Run) -> None:
    """Writes the tables of the new version aside."""
    run.write()


@task(task_run_name="report", cache_policy=NO_CACHE, persist_result=False)
def report(run: Run) -> None:
    """Checks the tables, writes manifest, card and report."""
    run.report()


@task(task_run_name="publish", cache_policy=NO_CACHE, persist_result=False)
def publish(run: Run) -> None:
    """Swaps the new version in."""
    run.publish()


@flow(name="curate", retries=2, retry_delay_seconds=2, persist_result=False)
def curate(
    raw: Path | None = None, curated: Path | None = None, engine: str | None = None, workers: int | None = None
) -> dict[str, Any]:
    """Curates a folder of raw story files into a versioned Parquet dataset.

    Args:
        raw: folder of raw story files
        curated: folder of the published dataset
        engine: how batches are spread: process, thread or serial
        workers: how many batches at a time

    Gives the summary: version, counts, seconds by stage. Raises CurationError for what no retry can mend.
    """
    settings = load(raw=raw, curated=curated, engine=engine, workers=workers)
    with versions.locked(settings.curated, settings.when_locked == "wait"):
        return _curate(settings)


def _curate(settings: Settings) -> dict[str, Any]:
    log = get_run_logger()
    run = Run(settings, datetime.now(UTC))
    seconds = run.timings

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        start = time.perf_counter()
        yield
        seconds[stage] = round(time.perf_counter() - start, 3)

    with timed("look"):
        planned = run.look()
    new = sum(len(files) for _, files in planned)
    log.info("%d files in raw/, %d new or changed, in %d batches", len(run.files), new, len(planned))
    with timed("clean"):
        calls = [(settings.raw, files, folder, run.how) for folder, files in planned]
        batches.map_batches("clean", intake.clean_files, calls, settings, lambda at, of: log.info("cleaned %d of %d", at, of))
        run.settle([folder for folder, _ in planned])
    if not run.is_news():
        run.keep_house()
        folder = versions.latest(settings.curated)
        log.info("nothing has changed since %s", folder.name)
        return {"published": False, "manifest": versions.read_manifest(folder), "seconds": seconds}
    for stage in (relate, write, report):
        with timed(stage.name):
            stage(run)
    with timed("publish"):
        publish(run)
    if settings.mirror:
        with timed("mirror"):
            uploaded = mirrors.sync(settings.curated, settings.mirror)
        log.info("%s holds %d more versions", settings.mirror, len(uploaded))
    counts = run.manifest["counts"]
    log.info("published %s: %d works from %d documents", run.version, counts["works"], counts["documents"])
    return {"published": True, "manifest": run.manifest, "seconds": seconds}
