#!/usr/bin/env python3
"""Reads a dataset in loops, with every library, while versions are published, and says what the readers got.

usage: bench/readers.py [--reads N=1000] [--publications N=20] [--keep N=5] [LIBRARY...]

For each library two processes read `works` and `segments/kind=note` in turn: one through `latest`, one that resolves the version
once for each read. Both go on until each has made so many reads, and so many versions have been published meanwhile. Prints one
JSON line: for each reader the reads that got one whole version, those that got anything else (`wrong`), those that ended with the
library's error for a file that is not there (`missing`), and any other error by its text.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from itertools import count
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.flows.reading import LIBRARIES, observe, publish


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    for name, default in (("reads", 1000), ("publications", 20), ("keep", 5)):
        parser.add_argument(f"--{name}", type=int, default=default)
    parser.add_argument("libraries", nargs="*", default=LIBRARIES)
    options = parser.parse_args()
    found = {}
    for library in options.libraries:
        with tempfile.TemporaryDirectory() as name:
            curated, numbers = Path(name), count(1)
            publish(curated, next(numbers), options.keep)
            publish_next = lambda: publish(curated, next(numbers), options.keep)  # noqa: B023, E731 (called in this turn)
            start = time.perf_counter()
            readers = [(library, False), (library, True)]
            counts, publications = observe(readers, curated, publish_next, options.publications, options.reads, pause=0.4)
            found[library] = {
                "through latest": counts[library, False], "resolved once": counts[library, True],
                "publications": publications, "seconds": round(time.perf_counter() - start),
            }  # fmt: skip
            print(library, found[library], file=sys.stderr, flush=True)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
