"""Copies found by us, by datatrove, datasketch and rensa: speed and recall on the same texts, in one run.

usage: relations_peers.py CORPUS [--rounds 3] [--skip datatrove]

CORPUS is what make_corpus.py writes. Run it with a Python that has the peers: `pip install numpy pandas pyarrow ftfy chardet
selectolax datasketch rensa "datatrove[io,processing]" "xxhash<4" spacy tokenizers`. All get the same story texts, in memory,
works only. The time of ours is that of fingerprints, search and exact comparison; of datasketch and rensa that of shingles,
signature and index, with 128 permutations and a threshold of 0.5 (their 0.7 loses edited copies); of datatrove that of its
signature stage alone (14 x 8, five words). Rounds are interleaved and medians given, but datatrove runs once. Times are of
the processor, one thread each. Peers do not compare exactly, and find no parts: recall is of copies with their originals.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
import time
from collections import Counter
from pathlib import Path
from statistics import median

from relations_stories import truth, units

from transforms.relations import DUPLICATES, fingerprint, relate, unit_rows

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Groups:
    def __init__(self) -> None:
        self.parent: dict[str, str] = {}

    def find(self, x: str) -> str:
        self.parent.setdefault(x, x)
        while self.parent[x] != x:
            x = self.parent[x]
        return x

    def join(self, a: str, b: str) -> None:
        self.parent[self.find(a)] = self.find(b)


def ours(texts: dict[str, str]) -> tuple[float, Groups]:
    start = time.process_time()
    table = unit_rows(list(texts), list(texts), [fingerprint(text) for text in texts.values()])
    rows = relate(table, lambda ids: [texts[i] for i in ids])
    took = time.process_time() - start
    groups = Groups()
    for a, b, relation in zip(*(rows[c].to_pylist() for c in ("left_id", "right_id", "relation")), strict=True):
        if relation in DUPLICATES:
            groups.join(a, b)
    return took, groups


def shingle_set(text: str) -> set[str]:
    words = WORD.findall(text.lower().replace("’", "'"))
    return {" ".join(words[i : i + 5]) for i in range(max(1, len(words) - 4))}


def datasketch(texts: dict[str, str]) -> tuple[float, Groups]:
    from datasketch import MinHash, MinHashLSH

    groups = Groups()
    start = time.process_time()
    index = MinHashLSH(threshold=0.5, num_perm=128)
    for work, text in texts.items():
        signature = MinHash(num_perm=128)
        signature.update_batch([s.encode() for s in shingle_set(text)])
        for other in index.query(signature):
            groups.join(work, other)
        index.insert(work, signature)
    return time.process_time() - start, groups


def rensa(texts: dict[str, str]) -> tuple[float, Groups]:
    from rensa import RMinHash, RMinHashLSH

    groups, names = Groups(), list(texts)
    start = time.process_time()
    index = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    for i, work in enumerate(names):
        signature = RMinHash(num_perm=128, seed=42)
        signature.update(list(shingle_set(texts[work])))
        for other in index.query(signature):
            groups.join(work, names[other])
        index.insert(i, signature)
    return time.process_time() - start, groups


def datatrove(texts: dict[str, str]) -> tuple[float, Groups]:
    os.environ.setdefault("DATATROVE_COLORIZE_LOGS", "0")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter, MinhashDedupSignature
    from datatrove.pipeline.dedup.minhash import MinhashConfig
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter
    from datatrove.utils.hashing import HashConfig
    from loguru import logger

    config = MinhashConfig(n_grams=5, num_buckets=14, hashes_per_bucket=8, hash_config=HashConfig(precision=64))
    groups = Groups()
    with tempfile.TemporaryDirectory() as folder:

        def run(name: str, steps: list, tasks: int = 1) -> float:
            logger.remove()
            start = time.process_time()
            LocalPipelineExecutor(steps, tasks=tasks, workers=1, logging_dir=f"{folder}/log_{name}", skip_completed=False).run()
            return time.process_time() - start

        os.makedirs(f"{folder}/in")
        with open(f"{folder}/in/a.jsonl", "w", encoding="utf-8") as file:
            for work, text in texts.items():
                file.write(json.dumps({"id": work, "text": text}, ensure_ascii=False) + "\n")

        def reader() -> JsonlReader:
            return JsonlReader(f"{folder}/in", compression=None)

        took = run("signature", [reader(), MinhashDedupSignature(f"{folder}/sig", config=config, language="eng")])
        run("buckets", [MinhashDedupBuckets(f"{folder}/sig", f"{folder}/buckets", config=config)], config.num_buckets)
        run("cluster", [MinhashDedupCluster(f"{folder}/buckets", f"{folder}/remove", config=config, save_cluster_id=True)])
        dropped = MinhashDedupFilter(
            f"{folder}/remove", exclusion_writer=JsonlWriter(f"{folder}/out/dropped", compression=None), load_cluster_ids=True
        )
        run("filter", [reader(), dropped, JsonlWriter(f"{folder}/out/kept", compression=None)])
        for path in Path(f"{folder}/out").rglob("*.jsonl"):
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                cluster = row["metadata"].get("minhash_cluster_id")
                if cluster not in (None, -1):
                    groups.join(row["id"], f"cluster {cluster}")
    return took, groups


METHODS = {"ours": ours, "rensa": rensa, "datasketch": datasketch, "datatrove": datatrove}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--skip", action="append", default=[])
    options = parser.parse_args()
    rows = truth(options.corpus)
    texts = {unit: text for unit, work, text in units(options.corpus, rows) if unit == work}
    size = sum(len(t.encode()) for t in texts.values()) / 1e6
    print(f"{len(texts)} works, {size:.1f} MB of story text", flush=True)
    methods = {name: method for name, method in METHODS.items() if name not in options.skip}
    times: dict[str, list[float]] = {name: [] for name in methods}
    outcome = {}
    for number in range(options.rounds):
        for name, method in methods.items():
            if name == "datatrove" and number:
                continue  # minutes, and it varies by little
            took, outcome[name] = method(texts)
            times[name].append(took)
    own = median(times["ours"])
    print(f"{'':12}{'s':>8}{'MB/s':>8}{'ours is':>9}{'recall':>8}{'precision':>10}  lost")
    for name in methods:
        find = outcome[name].find
        copies = [r for r in rows if r["dup_of"]]
        lost = Counter(f"{r['dup_kind']} {r['edit'] or ''}".strip() for r in copies if find(r["id"]) != find(r["dup_of"]))
        true_sizes = Counter((find(r["id"]), r["part_of"] or r["group"]) for r in rows)
        all_sizes = Counter(find(r["id"]) for r in rows)
        pairs, true = (sum(n * (n - 1) // 2 for n in sizes.values()) for sizes in (all_sizes, true_sizes))
        took = median(times[name])
        recall, precision = 1 - lost.total() / len(copies), true / max(1, pairs)
        print(f"{name:12}{took:8.2f}{size / took:8.1f}{took / own:8.1f}x{recall:8.3f}{precision:10.3f}"
              f"  {dict(lost)}", flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
