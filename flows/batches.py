"""How batches are spread. The one place that knows where work runs: in this process, in a pool, on a cluster.

A batch's function takes paths and small values and gives back small values; what is large goes through files. Each batch is a
Prefect task that waits in a thread while an engine runs the function elsewhere, so what runs there need not know of Prefect.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from prefect import task
from prefect.cache_policies import NO_CACHE
from prefect.task_runners import ThreadPoolTaskRunner

from flows import versions
from flows.settings import Settings

Call = Callable[..., Any]
"""What an engine offers: `call(function, *arguments)` runs it where the engine works and gives its result."""

@contextmanager
def engine(settings: Settings) -> Iterator[Call]:
    """Where functions run, as set: processes (spawned, so that nothing of this one leaks), or this process."""
    if settings.engine != "process":
        yield lambda function, *arguments: function(*arguments)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(settings.workers, context, initializer=_begin_worker, initargs=(settings.curated,)) as pool:
        yield lambda function, *arguments: pool.submit(function, *arguments).result()


def _begin_worker(curated: Path) -> None:
    """A worker whose run was killed must not go on: it would write beside the next run, which therefore waits for its end."""
    parent = multiprocessing.parent_process()
    handle = versions.join_writer(curated)

    def watch() -> None:
        parent.join()
        handle.close()
        os._exit(1)

    if not parent.is_alive():
        os._exit(1)
    threading.Thread(target=watch, daemon=True).start()


@task(cache_policy=NO_CACHE, persist_result=False)
def batch(call: Call, function: Callable[..., Any], arguments: Opaque) -> Any:
    """One batch, wherever the engine runs it."""
    return call(function, *arguments.values)


class Opaque:
    """Arguments that Prefect passes on without looking into them."""

    def __init__(self, values: Sequence[Any]):
        self.values = values


def map_batches(
    name: str,
    function: Callable[..., Any],
    calls: Sequence[Sequence[Any]],
    settings: Settings,
    done: Callable[[int, int], None] = lambda at, of: None,
) -> list[Any]:
    """Runs `function(*call)` for every call, each as a task `name`, and gives the results in the order of the calls.

    `done(n, of)` is called as results come. A single call runs in this process: a pool would only cost its start. A worker
    that dies takes its pool with it; what was not done goes to a new pool, twice at most.
    """
    if len(calls) <= 1:
        settings = settings.model_copy(update={"engine": "serial"})
    results: list[Any] = [None] * len(calls)
    todo = list(range(len(calls)))
    threads = 1 if settings.engine == "serial" else settings.workers
    for last in (False, False, True):
        broken = []
        with engine(settings) as call, ThreadPoolTaskRunner(max_workers=threads) as runner:
            one = batch.with_options(task_run_name=name)
            futures = {
                at: runner.submit(one, {"call": call, "function": function, "arguments": Opaque(calls[at])}) for at in todo
            }
            for at, future in futures.items():
                try:
                    results[at] = future.result()
                    done(at + 1, len(calls))
                except BrokenProcessPool:
                    if last:
                        raise
                    broken.append(at)
        todo = broken
        if not todo:
            break
    return results
