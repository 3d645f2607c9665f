"""What `relate` finds in a corpus with known copies (make_corpus.py), per kind of copy and length; and how fast.

A copy counts as found where a verified row links it with its original directly, or with a text identical to one of the two.
A pair counts as false where the two come from different stories.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from pathlib import Path

import pandas as pd
from relations_stories import truth, units

from transforms.relations import DUPLICATES, fingerprint, relate, unit_rows
from transforms.relations.policy import keep

BANDS = {100: 200, 300: 600, 1000: 2500, 5000: 15_000, 50_000: 10**9}


def band(words: int) -> int:
    return next(name for name, upper in BANDS.items() if words < upper)


def main(corpus: Path) -> None:
    rows = truth(corpus)
    texts, works, prints, clock, size = {}, [], [], 0.0, 0
    for unit, work, text in units(corpus, rows):
        texts[unit] = text
        works.append(work)
        start = time.perf_counter()
        prints.append(fingerprint(text))
        clock += time.perf_counter() - start
        size += len(text.encode()) if unit == work else 0
    start = time.perf_counter()
    table = unit_rows(list(texts), works, prints)
    related = relate(table, lambda ids: [texts[i] for i in ids])
    took = time.perf_counter() - start
    print(f"{len(rows)} works, {len(texts)} units, {size / 1e6:.1f} MB of story")
    print(f"fingerprints of works and chapters {clock:.1f} s, search and comparison {took:.1f} s")
    relations = related.to_pandas()
    chapter = relations["left_id"].str.contains("/") | relations["right_id"].str.contains("/")
    print(relations["relation"].where(~chapter, relations["relation"] + " (chapter)").value_counts().to_dict())

    of_works = relations[~chapter]
    same = {}
    for a, b in of_works.loc[of_works["relation"] == "identical", ["left_id", "right_id"]].itertuples(index=False):
        same[b] = same.setdefault(a, a)
    first = {r["id"]: same.get(r["id"], r["id"]) for r in rows}
    linked = {
        tuple(sorted((first[a], first[b]))): r
        for a, b, r in of_works[["left_id", "right_id", "relation"]].itertuples(index=False)
    }

    def relation(a: str, b: str) -> str | None:
        return "identical" if first[a] == first[b] else linked.get(tuple(sorted((first[a], first[b]))))

    words = {r["id"]: r["words"] for r in rows}
    table = defaultdict(Counter)
    for r in rows:
        original, kind = r["dup_of"] or r["part_of"], r["dup_kind"]
        if original:
            kind = f"{kind} {r['edit']}" if r["edit"] else kind
            table[kind, band(words[r["id"]])][relation(r["id"], original)] += 1
    found, total = Counter(), Counter()
    print(f"\n{'kind':16}{'words':>8}{'files':>8}{'found':>8}  as")
    for (kind, length), seen in sorted(table.items(), key=lambda item: item[0]):
        part = kind == "chapter"
        good = sum(n for rel, n in seen.items() if rel in DUPLICATES or (part and rel == "part_of"))
        found[part] += good
        total[part] += seen.total()
        print(f"{kind:16}{length:>8}{seen.total():>8}{good:>8}  {dict(seen)}")

    story = {r["id"]: r["part_of"] or r["group"] for r in rows}
    members = Counter(first.values())
    pairs, false = 0, []
    for (a, b), rel in linked.items():
        if rel in DUPLICATES and a != b:
            pairs += members[a] * members[b]
            if story[a] != story[b]:
                false.append((a, b, rel))
    pairs += sum(n * (n - 1) // 2 for n in members.values())
    parts_false = [(a, b) for (a, b), rel in linked.items() if rel == "part_of" and story[a] != story[b]]
    print(f"\ncopies: recall {found[False] / max(1, total[False]):.4f} ({found[False]}/{total[False]}), "
          f"precision {1 - len(false) / max(1, pairs):.4f} ({len(false)} false of {pairs} pairs) {false[:5]}")  # fmt: skip
    print(f"chapters of wholes: recall {found[True] / max(1, total[True]):.4f} ({found[True]}/{total[True]}), "
          f"false {len(parts_false)} {parts_false[:5]}")  # fmt: skip
    kept = keep(pd.DataFrame({"work_id": [r["id"] for r in rows], "n_words": [r["words"] for r in rows]}), relations, ["longest"])
    group = pd.Series({r["id"]: r["group"] for r in rows})
    published = kept[kept["disposition"] == "published"]
    print(f"policy: {len(published)} of {len(rows)} works published; {group.nunique()} different stories or parts; "
          f"largest cluster {kept['cluster_id'].value_counts().iloc[0]}")  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpus", type=Path, help="a corpus written by make_corpus.py")
    main(parser.parse_args().corpus)
