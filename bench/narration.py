#!/usr/bin/env python3
"""How right the labels of narration are on labelled stories, and how fast they come.

usage: narration.py [GOLD] [--errors] [--speed]

GOLD holds `cases`, `seeds` and `public_domain` (default: ../shared/gold). Prints accuracy with alternatives accepted, the
confusion matrices of the public-domain works, the figures of mixed tense and of what is no narration, passages of 200 words of
narration (cut from works with one tense and one person, which they inherit), the focal character, and the reliability table.
`--speed` measures `describe` on the public-domain prose, alone and against two taggers that one might use instead, where they
are installed: TextBlob's PatternTagger and a blank spaCy pipeline with its rule-based sentence splitter. Speed is processor
time of one core.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.narration_gold import GOLD, Work, cases, pieces, public_domain
from transforms.narration import Narration, describe, describe_chapters

LABELS = {"tense": ("past", "present", "mixed", "unknown"), "pov": ("first", "second", "third", "mixed", "unknown")}


def share(part: float, whole: float) -> str:
    return f"{part / whole:.4f} ({part:.0f}/{whole:.0f})" if whole else "-"


def label_all(works: list[Work]) -> list[tuple[Work, Narration]]:
    return [(work, describe_chapters(work.chapters, work.headings)[0]) for work in works]


def accuracy(name: str, found: list[tuple[Work, Narration]], errors: bool) -> None:
    for label in LABELS:
        asked = [(work, getattr(said, label)) for work, said in found if label in work.expected]
        right = sum(answer in work.expected[label] for work, answer in asked)
        unknown = sum(answer == "unknown" and "unknown" not in work.expected[label] for work, answer in asked)
        print(f"{name:14} {label:6} right {share(right, len(asked))}  wrong {share(len(asked) - right - unknown, len(asked))}")
        if errors:
            for work, answer in asked:
                if answer not in work.expected[label]:
                    print(f"    {work.name}: {answer}, not {' or '.join(work.expected[label])}")


def confusion(found: list[tuple[Work, Narration]], label: str) -> None:
    cells = Counter((work.expected[label][0], getattr(said, label)) for work, said in found)
    names = LABELS[label]
    print(f"\n{label}: rows gold, columns found\n{'':10}" + "".join(f"{name:>9}" for name in names))
    for gold in names:
        print(f"{gold:10}" + "".join(f"{cells[gold, name]:9}" for name in names))


def special(found: list[tuple[Work, Narration]]) -> None:
    swapped = [
        work.name for work, said in found if {work.single("tense"), said.tense} == {"past", "present"} and work.single("tense")
    ]
    print(f"\npast taken for present or the reverse, works with one tense: {len(swapped)} {swapped}")
    gold = [work.name for work, _ in found if work.expected["tense"][0] == "mixed"]
    caught = [work.name for work, said in found if said.tense == "mixed" and work.name in gold]
    fine = [work.name for work, said in found if said.tense == "mixed" and "mixed" in work.expected["tense"]]
    called = sum(said.tense == "mixed" for _, said in found)
    print(f"mixed tense: recall {share(len(caught), len(gold))}  precision {share(len(fine), called)} (alternatives accepted)")
    second = [work.name for work, _ in found if work.expected["pov"][0] == "second"]
    called_second = [work.name for work, said in found if said.pov == "second"]
    print(
        f"second person: recall {share(len(set(second) & set(called_second)), len(second))}  "
        f"precision {share(len(set(second) & set(called_second)), len(called_second))}"
    )
    nothing = [said for work, said in found if work.expected["tense"][0] == "unknown"]
    print(f"plays, verse, essays as unknown: {share(sum(said.tense == 'unknown' for said in nothing), len(nothing))}")


def passages(works: list[Work], words: int) -> None:
    """Stretches of works with one tense and one person, labelled alone, and by the passages of the whole work."""
    figures: Counter[tuple[str, str, str]] = Counter()
    for work in works:
        if not (work.single("tense") and work.single("pov")):
            continue
        whole = describe(work.story)
        for start, end in pieces(work.story, words):
            alone = describe(work.story[start:end])
            inside = [(min(end, p.end) - max(start, p.start), p) for p in whole.passages if p.start < end and p.end > start]
            for label in LABELS:
                within: Counter[str] = Counter()
                for length, passage in inside:
                    within[getattr(passage, label)] += length
                held = within.most_common(1)[0][0] if within else "unknown"
                for how, answer in (("alone", getattr(alone, label)), ("within", held)):
                    figures[label, how, "all"] += 1
                    figures[label, how, "decided"] += answer != "unknown"
                    figures[label, how, "right"] += answer == work.single(label)
    for label in LABELS:
        for how, name in (("within", "of the whole work"), ("alone", "alone")):
            total, decided, right = (figures[label, how, key] for key in ("all", "decided", "right"))
            print(
                f"passages of {words} words, {name:18} {label:6} decided {share(decided, total)}  "
                f"right when decided {share(right, decided)}"
            )


def focal(found: list[tuple[Work, Narration]], name: str, errors: bool) -> None:
    asked = right = wrong = 0
    for work, said in found:
        answers = work.expected.get("pov_character")
        if not answers or work.single("pov") != "third" or any(";" in answer for answer in answers):
            continue
        asked += 1
        said_name = said.pov_character
        good = said_name is not None and any(set(said_name.split()) & set(answer.split()) for answer in answers)
        right += good
        wrong += said_name is not None and not good
        if errors and not good:
            print(f"    {work.name}: {said_name}, not {' or '.join(answers)}")
    print(f"focal character, third person, {name:14} right {share(right, asked)}  wrong {share(wrong, asked)}")


def reliability(found: list[tuple[Work, Narration]]) -> None:
    print("\nreliability: stated confidence against observed accuracy (all gold works)")
    print(f"{'':8}{'bin':>12}{'labels':>8}{'stated':>9}{'observed':>10}{'apart':>8}")
    for label in LABELS:
        bins: dict[int, list[tuple[float, bool]]] = {}
        for work, said in found:
            if label in work.expected:
                sure = getattr(said, f"{label}_confidence")
                bins.setdefault(min(9, int(sure * 10)), []).append((sure, getattr(said, label) in work.expected[label]))
        for number in sorted(bins):
            rows = bins[number]
            stated, observed = sum(sure for sure, _ in rows) / len(rows), sum(right for _, right in rows) / len(rows)
            print(
                f"{label:8}{number / 10:>7.1f}-{(number + 1) / 10:.1f}{len(rows):>9}{stated:>9.3f}{observed:>10.3f}"
                f"{abs(stated - observed):>8.3f}" + ("" if len(rows) >= 20 else "   (fewer than 20)")
            )


def speed(works: list[Work]) -> None:
    texts = [work.story for work in works if work.expected["tense"][0] != "unknown"]
    size = sum(len(text.encode()) for text in texts) / 1e6
    describe(texts[0])

    def measure(run: Callable[[str], object], some: list[str], times: int) -> float:
        best = float("inf")
        for _ in range(times):
            begun = time.process_time()
            for text in some:
                run(text)
            best = min(best, time.process_time() - begun)
        return sum(len(text.encode()) for text in some) / 1e6 / best

    long = "\n\n".join(texts)
    ours = measure(describe, texts, 5)
    print(
        f"\ndescribe: {ours:.1f} MB/s on {len(texts)} texts, {size:.1f} MB; {measure(describe, [long], 3):.1f} MB/s as one text"
    )
    for name, peer in (("TextBlob PatternTagger", _textblob()), ("spaCy blank + sentencizer", _spacy())):
        if peer is None:
            print(f"{name}: not installed")
            continue
        some = [text[:100_000] for text in texts[:6]]
        theirs = measure(peer, some, 2)
        print(f"{name}: {theirs:.2f} MB/s; describe is {ours / theirs:.1f} times as fast")


def _textblob() -> Callable[[str], object] | None:
    try:
        from textblob.en.taggers import PatternTagger
    except ImportError:
        return None
    return PatternTagger().tag


def _spacy() -> Callable[[str], object] | None:
    try:
        import spacy
    except ImportError:
        return None
    pipeline = spacy.blank("en")
    pipeline.add_pipe("sentencizer")
    return pipeline


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("gold", type=Path, nargs="?", default=GOLD)
    args.add_argument("--errors", action="store_true", help="list what is wrong")
    args.add_argument("--speed", action="store_true")
    args = args.parse_args()
    sets = {
        "cases": cases(args.gold / "cases"),
        "seeds": cases(args.gold / "seeds"),
        "public_domain": public_domain(args.gold / "public_domain"),
    }
    every: list[tuple[Work, Narration]] = []
    books: list[Work] = []
    for name, works in sets.items():
        found = label_all(list(works))
        accuracy(name, found, args.errors)
        every += found
        if name == "public_domain":
            books = [work for work, _ in found]
            for label in LABELS:
                confusion(found, label)
            special(found)
    passages(books, 200)
    focal(every[: len(every) - len(books)], "cases, seeds", args.errors)
    focal(every[len(every) - len(books) :], "public_domain", args.errors)
    reliability(every)
    if args.speed:
        speed(books)


if __name__ == "__main__":
    main()
