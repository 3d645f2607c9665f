#!/usr/bin/env python3
"""Kills runs, lets them fail, and says what readers saw and what the next run made of it.

usage: bench/crashes.py [--steps N=150 | --steps all] [--moments N=60] [--failures N=40] [--seed N=1]

steps      kills right before an operation on files, chosen at random (all: before each one of a run, once)
moments    kills after a random time
failures   a full disk from some step on, files that cannot grow, a file that cannot be opened, a tiny file system

Every chain is one to three faults and a run that is let finish. Prints one JSON line: faults, and everything that must be 0.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.flows.crashing import Course, Damage, Fault, attempt, endure, plot


def chains(
    courses: list[Course], faults: Iterator[tuple[int, Fault]], rng: random.Random
) -> Iterator[tuple[Course, list[Fault]]]:
    """Faults, each for a course, in chains of one to three."""
    waiting: dict[int, list[Fault]] = {}
    for at, fault in faults:
        waiting.setdefault(at, []).append(fault)
        if len(waiting[at]) >= rng.randint(1, 3):
            yield courses[at], waiting.pop(at)
    for at, rest in waiting.items():
        yield courses[at], rest


def kills_by_step(courses: list[Course], number: str, rng: random.Random) -> Iterator[tuple[int, Fault]]:
    if number == "all":
        for at, course in enumerate(courses):
            for step in range(1, course.steps):
                yield at, Fault("kill", step)
    else:
        for _ in range(int(number)):
            at = rng.randrange(len(courses))
            yield at, Fault("kill", rng.randrange(1, courses[at].steps))


def kills_by_time(seconds: list[float], number: int, rng: random.Random) -> Iterator[tuple[int, Fault]]:
    for _ in range(number):
        at = rng.randrange(len(seconds))
        yield at, Fault(seconds=rng.uniform(0, seconds[at]))


def failures(courses: list[Course], number: int, rng: random.Random) -> Iterator[tuple[int, Fault]]:
    for _ in range(number):
        at = rng.randrange(len(courses))
        step = rng.randrange(1, courses[at].steps)
        yield at, rng.choice([Fault("full", step), Fault("unreadable", step), Fault(limit=rng.randrange(500, 60_000))])


def time_runs(courses: list[Course], folder: Path) -> list[float]:
    """Seconds that a whole run of each course takes, from a process that has loaded everything."""
    seconds = []
    for course in courses:
        start = time.perf_counter()
        attempt(course.raw, folder / f"timed{len(seconds)}")
        seconds.append(time.perf_counter() - start)
    return seconds


def fill_a_file_system(course: Course, folder: Path, rng: random.Random, damage: Damage) -> bool:
    """A dataset in a file system that gets full, and is made larger after; false where none can be mounted."""
    place = folder / "small"
    place.mkdir()
    files = (path for path in course.start.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(-(-path.stat().st_size // 4096) * 4 for path in files) + rng.randrange(8, 700)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "none", str(place)], capture_output=True).returncode:
        return False
    try:
        grow = ["mount", "-o", "remount,size=64m", "none", str(place)]
        # The whole file system is the fault: it is lifted before the run that is to finish.
        endure(course, [Fault()], place / "curated", damage, relief=lambda: subprocess.run(grow, check=True))
    finally:
        subprocess.run(["umount", str(place)], check=True)
        place.rmdir()
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--steps", default="150")
    for name, default in (("moments", 60), ("failures", 40), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=default)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    found: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        courses = plot(folder / "corpora")
        seconds = time_runs(courses, folder)
        kinds = {
            "killed_at_steps": kills_by_step(courses, options.steps, rng),
            "killed_at_moments": kills_by_time(seconds, options.moments, rng),
            "failed": failures(courses, options.failures, rng),
        }
        for kind, faults in kinds.items():
            damage = Damage()
            for course, chain in chains(courses, faults, rng):
                before = asdict(damage)
                endure(course, chain, folder / "curated", damage)
                tell(course, chain, before, damage)
            found[kind] = summary(damage)
        damage = Damage()
        if options.failures:
            tried = [fill_a_file_system(courses[at % 2], folder, rng, damage) for at in range(options.failures // 4)]
            found["file_system_full"] = summary(damage) if all(tried) else "no file system could be mounted here"
    print(json.dumps(found))


def tell(course: Course, chain: list[Fault], before: dict, damage: Damage) -> None:
    """Says on the error stream which chain did harm."""
    harm = {key: value for key, value in asdict(damage).items() if key not in ("faults", "ended") and value != before[key]}
    if harm:
        print(course.raw.name, chain, harm, file=sys.stderr, flush=True)


def summary(damage: Damage) -> dict[str, int]:
    return {key: value if isinstance(value, int) else len(value) for key, value in asdict(damage).items()}


if __name__ == "__main__":
    main()
