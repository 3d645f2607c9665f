"""Edited reposts of texts of one's own: how many `relate` finds, of each kind and length, and what it says that is not so.

usage: relations_edits.py FOLDER [--cases FOLDER] [--seed 1]

FOLDER holds plain texts (.txt) of different works, --cases more of them (.case files of hand-marked stories). First they are
related as they are, and every row is printed for a person to judge. Then stretches of 100 to 50,000 words that do not overlap
are taken from those that no row names as a part or a copy (put end to end, for the longest). Each is reposted with 2, 5, 10 and
20 % of its words changed (half of them replaced, a quarter dropped, a quarter added), with its paragraphs shuffled, with a
seventh of its length added or cut in whole paragraphs, a third of it alone as a chapter, and bound with another. All are related
in one collection with the originals. A row is false where the two have no stretch in common.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import Counter, defaultdict
from pathlib import Path

from relations_stories import NOTE  # noqa: F401  (puts the project on the path)

from transforms.relations import DUPLICATES, fingerprint, relate, unit_rows

LENGTHS = {50_000: 4, 5000: 25, 1000: 40, 300: 60, 100: 60}
MARKED = re.compile(r"\[\[([a-z_]+)[:a-z_,]*\]\].*?\[\[/\1\]\]", re.DOTALL)


def rows_of(texts: dict[str, str]) -> list[dict]:
    units = unit_rows(list(texts), list(texts), [fingerprint(text) for text in texts.values()])
    return relate(units, lambda ids: [texts[i] for i in ids]).to_pylist()


def paragraphs(text: str) -> list[list[str]]:
    """The words of each paragraph; of long ones, of pieces of them."""
    out = []
    for paragraph in re.split(r"\n\s*\n", text):
        words = paragraph.split()
        out += [words[k : k + 80] for k in range(0, len(words), 80)]
    return [p for p in out if p]


def take(stock: list[list[str]], words: int) -> list[list[str]]:
    """That many words off the end of the stock, in paragraphs."""
    out, held = [], 0
    while held < words and stock:
        paragraph = stock.pop()
        out.append(paragraph[: words - held])
        held += len(out[-1])
    return out


def changed(story: list[list[str]], share: float, rng: random.Random, vocabulary: list[str]) -> list[list[str]]:
    def edited(word: str) -> list[str]:
        if rng.random() >= share:
            return [word]
        return rng.choice(([rng.choice(vocabulary)], [rng.choice(vocabulary)], [], [word, rng.choice(vocabulary)]))

    return [[new for word in paragraph for new in edited(word)] for paragraph in story]


def reposts(story: list[list[str]], other: list[list[str]], stock: list[list[str]], rng: random.Random, vocabulary: list[str]):
    """(kind, story) of each repost; a kind that so few paragraphs do not allow is left out."""
    for share in (0.02, 0.05, 0.1, 0.2):
        yield f"words {share:.0%}", changed(story, share, rng, vocabulary)
    total = sum(map(len, story))
    if len(story) > 2:
        yield "moved", rng.sample(story, len(story))
        left, gone = list(story), 0
        while gone < total / 7 and len(left) > 1:
            victim = min(left, key=lambda p: (abs(len(p) - (total / 7 - gone)), rng.random()))
            if gone + len(victim) > total / 5:
                break
            left.remove(victim)
            gone += len(victim)
        yield "cut", left
    more = list(story)
    for paragraph in take(stock, total // 7):
        more.insert(rng.randrange(len(more) + 1), paragraph)
    yield "added", more
    start = rng.randrange(total - total // 3)
    words = [w for p in story for w in p][start : start + total // 3]
    yield "chapter alone", [words]
    yield "bound in one", story + other


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    works = {path.stem: path.read_text(encoding="utf-8") for path in sorted(options.folder.glob("*.txt"))}
    for path in sorted(options.cases.glob("*.case")) if options.cases else ():
        works[path.stem] = MARKED.sub("", path.read_text(encoding="utf-8").partition("\n---\n")[2])
    print(f"{len(works)} works as they are:")
    for r in (rows := rows_of(works)):
        print(f"  {r['left_id']} {r['relation']} {r['right_id']}  J {r['jaccard']:.3f}")

    texts = [works[name] for name in sorted(works.keys() - {r["left_id"] for r in rows})]
    rng.shuffle(texts)
    stock = [p for text in texts for p in paragraphs(text)][::-1]
    vocabulary = [word for paragraph in stock for word in paragraph]
    originals = {f"{n}-{i}": take(stock, n) for n, count in LENGTHS.items() for i in range(count)}
    names = list(originals)
    collection, origin, kinds = {}, {}, {}
    for i, name in enumerate(names):
        collection[name], origin[name] = originals[name], {name}
        other = names[i + 1] if i + 1 < len(names) and names[i + 1].split("-")[0] == name.split("-")[0] else names[i - 1]
        for kind, story in reposts(originals[name], originals[other], stock, rng, vocabulary):
            copy = f"{name} {kind}"
            collection[copy], origin[copy], kinds[copy] = story, {name}, kind
            if kind == "bound in one":
                origin[copy].add(other)
    start = time.perf_counter()
    rows = rows_of({name: "\n\n".join(map(" ".join, story)) for name, story in collection.items()})
    n_words = sum(len(p) for story in collection.values() for p in story)
    print(f"\n{len(collection)} works, {n_words:,} words: {time.perf_counter() - start:.1f} s")

    linked = {frozenset((r["left_id"], r["right_id"])): r["relation"] for r in rows}
    first = {r["right_id"]: r["left_id"] for r in rows if r["relation"] == "identical"}
    table: dict[tuple[str, int], Counter] = defaultdict(Counter)
    for copy, kind in kinds.items():
        for name in origin[copy]:
            one, two = first.get(copy, copy), first.get(name, name)
            table[kind, int(name.split("-")[0])]["identical" if one == two else linked.get(frozenset((one, two)))] += 1
    print(f"{'kind':16}{'words':>8}{'pairs':>8}{'found':>8}{'recall':>8}  as")
    for (kind, length), seen in sorted(table.items()):
        enough = DUPLICATES if kind not in ("chapter alone", "bound in one") else (*DUPLICATES, "part_of")
        good = sum(n for relation, n in seen.items() if relation in enough)
        print(f"{kind:16}{length:>8}{seen.total():>8}{good:>8}{good / seen.total():8.3f}  {dict(seen)}")
    false = [r for r in rows if not origin[r["left_id"]] & origin[r["right_id"]]]
    print(f"{len(rows)} rows, {len(false)} between works that have nothing in common")
    for r in false[:20]:
        print(" ", r["left_id"], r["relation"], r["right_id"], f"J {r['jaccard']:.3f}")


if __name__ == "__main__":
    main()
