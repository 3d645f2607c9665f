"""One writer at a time, and none that is stuck behind a dead one."""

from __future__ import annotations

import fcntl
import subprocess
import sys
import threading
import time

import pytest

from flows import versions
from tests.flows.conftest import ROOT, curate
from tests.flows.crashing import attempt, kept, leftovers, make_corpora, problems, seen
from tests.flows.test_cli import call

HOLD = """
import sys
from pathlib import Path
from flows import versions
with versions.locked(Path(sys.argv[1]), False):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def holder(stories, tmp_path):
    """Another process that holds the dataset of a run."""
    curated = tmp_path / "curated"
    curate(stories, curated)
    command = [sys.executable, "-c", HOLD, str(curated)]
    process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "held\n"
    yield process
    process.kill()
    process.communicate()


@pytest.mark.parametrize("verb", [["run"], ["rollback", "latest"], ["remove", "--source", "wren.txt", "--reason", "asked"]])
def test_a_second_writer_ends_with_one_line(verb, holder, tmp_path):
    before = seen(tmp_path / "curated")
    code, output, errors = call(*verb, cwd=tmp_path)
    assert (code, output) == (1, "")
    assert "another run is writing curated" in errors and len(errors.strip().splitlines()) == 1
    assert seen(tmp_path / "curated") == before


def test_readers_need_no_lock(holder, tmp_path):
    for verb in ("check", "versions", "report"):
        assert call(verb, cwd=tmp_path)[0] == 0


def test_a_writer_that_waits_goes_on_when_the_other_is_killed(holder, tmp_path):
    name = versions.latest(tmp_path / "curated").name
    ended = []
    waiting = threading.Thread(
        target=lambda: ended.append(call("rollback", name, cwd=tmp_path, FICTION_CURATOR_WHEN_LOCKED="wait"))
    )
    waiting.start()
    time.sleep(2.5)
    assert not ended
    holder.kill()
    waiting.join(30)
    assert ended[0][0] == 0 and name in ended[0][1]


def test_no_writer_begins_before_the_last_worker_of_a_killed_one_has_ended(tmp_path):
    with versions.locked(tmp_path, wait=False):
        worker = versions.join_writer(tmp_path)
    began = []

    def write() -> None:
        with versions.locked(tmp_path, wait=False):
            began.append(time.monotonic())

    thread = threading.Thread(target=write)
    thread.start()
    time.sleep(0.3)
    assert not began
    fcntl.flock(worker, fcntl.LOCK_UN)
    thread.join(10)
    assert began
    worker.close()


def test_runs_at_the_same_time_do_not_mix(tmp_path):
    curated = tmp_path / "curated"
    corpora = make_corpora(tmp_path)[:2]
    wanted = []
    for at, raw in enumerate(corpora):
        attempt(raw, tmp_path / f"alone{at}")
        wanted.append(seen(tmp_path / f"alone{at}"))
    codes = []

    def run(at: int) -> None:
        codes.append(attempt(corpora[at], curated, log=tmp_path / f"log{at}").code)

    threads = [threading.Thread(target=run, args=(at,)) for at in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert codes == [0, 0] and problems(curated) == [] and leftovers(curated) == []
    assert kept(curated) in (wanted, wanted[::-1])
