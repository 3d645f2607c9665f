#!/usr/bin/env python3
"""Masks against the quotations that people marked in the Project Dialogism Novel Corpus (28 novels).

usage: narration_quotes.py CORPUS [--misses NOVEL]

CORPUS is a clone of https://github.com/Priya22/project-dialogism-novel-corpus, which is no part of this project. Recall is the
share of the letters inside marked quotations that are masked; precision the share of the letters masked as dialogue, quoted
words or thought that are in a marked quotation. Both are given a novel, as medians, and over all novels together. What a novel
quotes and the corpus does not mark (letters, scare quotes, remembered words) counts against precision here. The last column is
the person that the corpus states; three of its first-person novels are so called for a narrator who frames the story.
"""

import argparse
import csv
import json
import sys
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from transforms.narration import describe, mask

SPEECH = {"dialogue", "quoted", "thought"}


def marked(path: Path) -> list[tuple[int, int]]:
    with path.open(encoding="utf-8", newline="") as rows:
        spans = [tuple(span) for row in csv.DictReader(rows) for span in json.loads(row["quoteByteSpans"])]
    return sorted(spans)


def covered(text: str, spans: list[tuple[int, int]]) -> bytearray:
    """A byte for each character: 1 inside a span, and only for letters and digits."""
    inside = bytearray(len(text))
    for start, end in spans:
        inside[start:end] = b"\x01" * (min(end, len(text)) - start)
    return inside


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpus", type=Path)
    args.add_argument("--misses", help="print what differs in this novel")
    args = args.parse_args()
    persons = {}
    with (args.corpus / "PDNC-Novel-Index.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            persons[row["Folder Name"]] = {"1.0": "first", "3.0": "third"}.get(row["Narrative Person"], "?")
    recalls, precisions, totals = [], [], [0, 0, 0]
    for folder in sorted((args.corpus / "data").iterdir()):
        if not (folder / "novel_text.txt").exists() or (args.misses and args.misses != folder.name):
            continue
        text = (folder / "novel_text.txt").read_bytes().decode("utf-8")
        gold = marked(folder / "quotation_info.csv")
        mine = [(span.start, span.end) for span in mask(text) if span.reason in SPEECH]
        a, b = covered(text, gold), covered(text, mine)
        letters = [ch.isalnum() for ch in text]
        want = sum(x & z for x, z in zip(a, letters, strict=True))
        got = sum(y & z for y, z in zip(b, letters, strict=True))
        both = sum(x & y & z for x, y, z in zip(a, b, letters, strict=True))
        recalls.append(both / want)
        precisions.append(both / max(got, 1))
        totals = [totals[0] + want, totals[1] + got, totals[2] + both]
        person = describe(text).pov
        stated = persons.get(folder.name)
        print(f"{folder.name:32} recall {recalls[-1]:.4f}  precision {precisions[-1]:.4f}  {person} (stated {stated})")
        if args.misses:
            for start, end in gold:
                if sum(b[start:end]) < 0.5 * (end - start):
                    print(f"  missed  {text[max(0, start - 60) : end + 20]!r:.260}")
            for start, end in mine:
                if sum(a[start:end]) < 0.5 * (end - start):
                    print(f"  extra   {text[max(0, start - 30) : end + 10]!r:.260}")
    print(f"{'median':32} recall {median(recalls):.4f}  precision {median(precisions):.4f}")
    print(f"{'all letters together':32} recall {totals[2] / totals[0]:.4f}  precision {totals[2] / max(totals[1], 1):.4f}")


if __name__ == "__main__":
    main()
