"""Memory and time of relating a large collection, and of adding the last hundredth of it to what is known.

usage: relations_scale.py UNITS.parquet

UNITS.parquet is what relations_stories.py writes. Texts stay in that file: `relate` asks for those it compares, and they are read
from there. Each step is a process of its own, so that its peak is its own: the bare imports, all in one run, all but the last
hundredth, and that hundredth added. The outcome of the last must be that of the one run. Seconds are of the processor.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parents[1]))

from transforms.relations import fingerprint, relate, unit_rows


class Stories:
    """The texts in the file, by id."""

    def __init__(self, path: Path) -> None:
        self.file = pq.ParquetFile(path)
        self.ids = self.file.read(["unit_id", "work_id"])
        sizes = [self.file.metadata.row_group(g).num_rows for g in range(self.file.num_row_groups)]
        self.first = np.concatenate(([0], np.cumsum(sizes)))

    def place_of_last(self, share: float) -> int:
        """The row where the last `share` of the works begins."""
        works = np.flatnonzero(self.ids["unit_id"].to_numpy() == self.ids["work_id"].to_numpy())
        return int(works[-max(1, int(len(works) * share))])

    def fingerprints(self, start: int, stop: int) -> pa.Table:
        tables = []
        for group in range(self.file.num_row_groups):
            low, high = max(start, self.first[group]), min(stop, self.first[group + 1])
            if low < high:
                table = self.file.read_row_group(group).slice(low - self.first[group], high - low)
                ids, works = table["unit_id"].to_pylist(), table["work_id"].to_pylist()
                tables.append(unit_rows(ids, works, [fingerprint(text.as_py()) for text in table["text"]]))
        return pa.concat_tables(tables)

    def texts(self, ids: list[str]):
        rows = np.sort(pa.compute.index_in(pa.array(ids), value_set=self.ids["unit_id"].combine_chunks()).to_numpy())
        for group in np.unique(np.searchsorted(self.first, rows, side="right") - 1):
            text = self.file.read_row_group(int(group), ["text"])["text"]
            for row in rows[(rows >= self.first[group]) & (rows < self.first[group + 1])] - self.first[group]:
                yield text[int(row)].as_py()


def step(name: str, path: Path, folder: Path) -> dict:
    stories = Stories(path)
    clock = [time.process_time()]
    end = len(stories.ids)
    last = stories.place_of_last(0.01)
    if name == "imports":
        clock *= 3
        out = pa.table({})
    elif name == "added":
        old = pq.read_table(folder / "most_units.parquet")
        new = stories.fingerprints(last, end)
        clock.append(time.process_time())
        out = relate(
            pa.concat_tables([old, new]), stories.texts, pq.read_table(folder / "most.parquet"), new["unit_id"].to_pylist()
        )
        clock.append(time.process_time())
    else:
        units = stories.fingerprints(0, last if name == "most" else end)
        clock.append(time.process_time())
        out = relate(units, stories.texts)
        clock.append(time.process_time())
        pq.write_table(units, folder / f"{name}_units.parquet")
    pq.write_table(out, folder / f"{name}.parquet")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"fingerprints": clock[1] - clock[0], "relations": clock[2] - clock[1], "peak": peak, "rows": len(out)}


def main(path: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        results = {}
        for name in ("imports", "all", "most", "added"):
            done = subprocess.run([sys.executable, __file__, str(path), name, folder], check=True, capture_output=True, text=True)
            results[name] = r = json.loads(done.stdout)
            print(f"{name:8} fingerprints {r['fingerprints']:7.2f} s, relations {r['relations']:6.2f} s, ", end="")
            print(f"peak {r['peak']:6.0f} MB, {r['rows']} rows", flush=True)
        size = sum((Path(folder) / f"all{part}.parquet").stat().st_size for part in ("", "_units"))
        full, added = (results[n]["fingerprints"] + results[n]["relations"] for n in ("all", "added"))
        print(f"the last hundredth costs {added / full:.3f} of one run; kept on disk {size / 1e6:.0f} MB")
        same = pq.read_table(Path(folder) / "all.parquet").equals(pq.read_table(Path(folder) / "added.parquet"))
        print("outcome:", "the same" if same else "DIFFERENT")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        main(Path(sys.argv[1]))
    else:
        print(json.dumps(step(sys.argv[2], Path(sys.argv[1]), Path(sys.argv[3]))))
