"""Runs, in processes of their own, that die or fail at a chosen step or moment, and what must hold after them.

A step is an operation on files as Python's audit events tell it: opening, making, renaming, linking, removing. What Arrow writes
on its own gives no event; a limit on the size of files (`limit`) and kills by time reach that too.
"""

from __future__ import annotations

import errno
import hashlib
import multiprocessing
import os
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from flows import checking, parts, versions
from tests.flows.conftest import curate, story
from tests.flows.test_incremental import tables

OPTIONS = {"batch_mb": 0.012, "keep_versions": 2, "file_mb": 0.02}
"""Small batches and small files, so that a small corpus has many of both."""

_CHANGES = frozenset(("os.mkdir", "os.rename", "os.link", "os.symlink", "os.remove", "os.rmdir"))
_MAKES = frozenset(("os.mkdir", "os.link", "os.symlink"))

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["flows.run", "flows.checking", "pandas", "tests.flows.conftest"])


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to a run, and when: at a step, after some seconds, or to every file that grows beyond a limit of bytes."""

    deed: str = "none"  # kill, full (nothing can be made or written any more), unreadable (one file cannot be opened)
    step: int | None = None
    path: str | None = None  # the file of raw/ that is unreadable
    seconds: float | None = None
    limit: int | None = None


@dataclass(slots=True)
class Outcome:
    """How a run ended: its exit code (negative: the signal), its steps, the files of raw/ that it read."""

    code: int
    steps: int = 0
    read: list[str] = field(default_factory=list)


def attempt(raw: Path, curated: Path, fault: Fault | None = None, log: Path | None = None) -> Outcome:
    """A run in a process of its own, with a fault on the way."""
    fault = fault or Fault()
    log = log or curated.with_name(f"{curated.name}.log")
    log.unlink(missing_ok=True)
    process = _processes.Process(target=_run, args=(raw, curated, fault, log))
    process.start()
    if fault.seconds is not None:
        process.join(fault.seconds)
        process.kill()
    process.join(120)
    assert process.exitcode is not None, "the run hangs"
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    steps = sum(int(line[1:]) for line in lines if line.startswith("="))
    return Outcome(process.exitcode, steps, [line for line in lines if not line.startswith("=")])


def _run(raw: Path, curated: Path, fault: Fault, log: Path) -> None:
    sys.stderr = open(os.devnull, "w")  # noqa: SIM115 (a run that fails says so by its code)
    notes = os.open(log, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    step = 0

    def watch(event: str, arguments: tuple) -> None:
        nonlocal step
        if event != "open" and event not in _CHANGES:
            return
        path = os.fsdecode(arguments[0]) if isinstance(arguments[0], str | bytes | os.PathLike) else ""
        # Paths relative to an open folder are those of `rmtree`.
        if not path or (os.path.isabs(path) and not path.startswith((str(raw) + "/", str(curated) + "/"))):
            return
        step += 1
        writes = event == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
        source = path[len(str(raw)) + 1 :] if path.startswith(str(raw) + "/") else None
        if source:
            os.write(notes, f"{source}\n".encode())
        if fault.deed == "kill" and step == fault.step:
            os.kill(os.getpid(), signal.SIGKILL)
        if fault.deed == "full" and fault.step is not None and step >= fault.step and (writes or event in _MAKES):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)
        here = source == fault.path if fault.path else step == fault.step
        if fault.deed == "unreadable" and here and not writes and event == "open":
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)

    if fault.limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault.limit, fault.limit))
    sys.addaudithook(watch)
    try:
        curate(raw, curated, **OPTIONS)
    finally:
        os.write(notes, f"={step}\n".encode())


def make_corpora(folder: Path) -> tuple[Path, Path, Path]:
    """Three states of a raw/ that grows: stories, then copies and a story in two files, then changes, removals and an opt-out."""
    first, second, third = (folder / name for name in ("raw1", "raw2", "raw3"))
    first.mkdir(parents=True)
    for at in range(10):
        verb, place = ["walked", "ran", "rode"][at % 3], f"the {at + 2}nd weir"
        (first / f"s{at:02}.txt").write_text(story(f"Nan{at}", verb, place, 5), encoding="utf-8")
    _date(first, 1)
    shutil.copytree(first, second)
    for part in (1, 2):
        head = f"Title: The Long Field ({part}/2)\nAuthor: Alder\nRating: PG\n\n\n"
        (second / f"field-{part}.txt").write_text(head + story(f"Ash{part}", "rode", "the ford", 5), encoding="utf-8")
    copied = (second / "s03.txt").read_text(encoding="utf-8")
    (second / "copy.txt").write_text(copied.replace("kettle", "samovar"), encoding="utf-8")
    (second / "page.html").write_text(f"<html><body><p>{copied}</p></body></html>", encoding="utf-8")
    (second / "empty.txt").write_bytes(b"")
    _date(second, 2)
    shutil.copytree(second, third)
    (third / "s01.txt").unlink()
    (third / "s02.txt").write_text(copied.replace("gate", "hatch") + "\nNobody came back for it that year.\n", encoding="utf-8")
    refused = (third / "s04.txt").read_text(encoding="utf-8")
    (third / "s04.txt").write_text("A/N: do not use my stories to train AI, thanks\n\n\n" + refused, encoding="utf-8")
    for at in range(6):
        (third / f"t{at}.txt").write_text(story(f"Ida{at}", "sailed", f"the {at + 4}th pier", 5), encoding="utf-8")
    (third / "pipe.txt").symlink_to("/etc/hostname")
    _date(third, 3)
    return first, second, third


def _date(folder: Path, day: int) -> None:
    """Gives the files that are new in this state a time of their own; the others have one already."""
    for path in folder.iterdir():
        if path.lstat().st_mtime > 1_750_000_000:
            os.utime(path, (1_700_000_000 + day * 86_400,) * 2, follow_symlinks=False)


def seen(curated: Path) -> dict[str, str] | None:
    """The tables that readers see, by their hashes; None before the first version."""
    latest = versions.latest(curated)
    return tables(latest) if latest else None


def kept(curated: Path) -> list[dict[str, str]]:
    """The tables of every version that is kept, oldest first."""
    return [tables(curated / "versions" / name) for name in versions.names(curated)]


def problems(curated: Path) -> list[str]:
    """What is wrong with any version that is kept, or with the link to one."""
    if (curated / "latest").is_symlink() and not (curated / "latest").exists():
        return ["latest leads nowhere"]
    return [problem for name in versions.names(curated) for problem in checking.check(curated / "versions" / name)]


def leftovers(curated: Path) -> list[str]:
    """What is there that no whole run leaves."""
    paths = (path.relative_to(curated) for path in curated.rglob("*"))
    return sorted(str(path) for path in paths if path.name.startswith(".") or path.suffix in (".tmp", ".link"))


def cleaned(curated: Path) -> set[tuple[str, str]]:
    """The files, with their hashes, that lie cleaned in whole parts."""
    return {file for part in parts.catalog(curated / "state" / "cleaned") for file in part.files if file[1]}


@dataclass(frozen=True, slots=True)
class Course:
    """A run to be disturbed: over `raw`, from the dataset `start`; what an undisturbed one makes of it."""

    raw: Path
    start: Path
    before: dict[str, str] | None
    after: list[dict[str, str]]
    steps: int


def plot(folder: Path) -> list[Course]:
    """Two courses: a first run, and one that changes, removes, keeps out, drops a version and rewrites another."""
    first, second, third = make_corpora(folder)
    start = folder / "start"
    courses = [_course(second, folder / "nothing")]
    for raw in (first, second):
        assert attempt(raw, start).code == 0
    courses.append(_course(third, start))
    # What this leads to is what a run from nothing makes.
    assert attempt(third, folder / "fresh").code == 0
    assert courses[1].after[-1] == seen(folder / "fresh")
    return courses


def _course(raw: Path, start: Path) -> Course:
    start.mkdir(exist_ok=True)
    end = start.with_name(f"{start.name}-end")
    shutil.copytree(start, end, symlinks=True)
    outcome = attempt(raw, end)
    assert outcome.code == 0
    return Course(raw, start, seen(start), kept(end), outcome.steps)


def reread(raw: Path, outcome: Outcome, whole: Collection[tuple[str, str]]) -> list[str]:
    """The files that a run read although they lay cleaned in a whole part."""
    return [path for path in outcome.read if (path, hashlib.sha256((raw / path).read_bytes()).hexdigest()) in whole]


@dataclass(slots=True)
class Damage:
    """What faults did, over any number of runs. All but `faults` and `ended` are to stay as they are here."""

    faults: int = 0  # runs that were killed or failed
    ended: int = 0  # runs that got to their end in spite of the fault
    unreadable: list[str] = field(default_factory=list)  # what was wrong with a version that was there
    mixed: int = 0  # times that readers saw something else than the version before or the version after
    again: int = 0  # files read again though they lay cleaned in a whole part
    unfinished: int = 0  # runs without a fault, after all, that failed
    lost: list[str] = field(default_factory=list)  # files of raw/ that the last version says nothing of
    different: int = 0  # ends that are not, byte for byte, what an undisturbed run leaves
    leftovers: list[str] = field(default_factory=list)  # what was left behind in the end


def endure(
    course: Course, faults: Sequence[Fault], curated: Path, damage: Damage, relief: Callable[[], object] = lambda: None
) -> None:
    """Lets faults happen to one run after the other, then lets a run finish, and notes what was not as it must be.

    `relief` is called before the run that is to finish.
    """
    shutil.copytree(course.start, curated, symlinks=True)
    for fault in (*faults, None):
        if fault is None:
            relief()
        whole = cleaned(curated)
        outcome = attempt(course.raw, curated, fault)
        damage.again += len(reread(course.raw, outcome, whole))
        damage.unreadable += problems(curated)
        damage.mixed += seen(curated) not in (course.before, course.after[-1])
        if fault is None:
            damage.unfinished += outcome.code != 0
        else:
            damage.faults += outcome.code != 0
            damage.ended += outcome.code == 0
    sources = set(pd.read_parquet(curated / "latest" / "documents", columns=["source"])["source"])
    damage.lost += sorted({path.name for path in course.raw.iterdir()} - sources)
    damage.different += kept(curated) != course.after
    damage.leftovers += leftovers(curated)
    shutil.rmtree(curated)
