#!/usr/bin/env python3
"""How fast `segments.split` is, against one regular expression in the same run, and how good on cases that are marked up by hand.

usage: splitting.py CORPUS_DIR [--cases DIR] [--rounds 3]

CORPUS_DIR holds text files (`raw/**/*.txt`), e.g. those of the shared make_corpus.py. No other tool splits authors' notes
from stories, so the peer is what people use on such texts today: a regular expression that cuts at chapter headings and
paragraphs that begin with a marker, over the same texts. It is much less work; the ratio says what the rest costs.

`--cases` are marked documents: as they stand, as other programs write them (`tests/segments/rewritten.py`), and without notes.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.segments.cases import confusion, misplaced, read_case
from tests.segments.rewritten import WRITINGS, rewrite, without
from transforms.metadata.headers import find_header
from transforms.segments import split

CUT = re.compile(r"^\s*(?:chapter\s+\w+.*|(?:a/n|an|author'?s'? notes?)\s*[:\-].*|\W{3,})$", re.IGNORECASE | re.MULTILINE)


def read_texts(corpus: Path) -> list[str]:
    texts = []
    for path in sorted(corpus.rglob("*.txt")):
        raw = path.read_bytes()
        try:
            texts.append(raw.decode("utf-8").replace("\r\n", "\n"))
        except UnicodeDecodeError:
            texts.append(raw.decode("cp1252", "replace").replace("\r\n", "\n"))
    return texts


def fastest(work, texts: list[str], rounds: int) -> float:
    """Seconds of processor time of the fastest round."""
    best = float("inf")
    for _ in range(rounds):
        start = time.process_time()
        for text in texts:
            work(text)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("corpus", type=Path)
    args.add_argument("--cases", type=Path)
    args.add_argument("--rounds", type=int, default=3)
    options = args.parse_args()
    texts = read_texts(options.corpus)
    size = sum(len(text.encode()) for text in texts) / 1e6
    ours = fastest(split, texts, options.rounds)
    header = fastest(find_header, texts, options.rounds)
    peer = fastest(CUT.split, texts, options.rounds)
    print(f"{len(texts)} texts, {size:.1f} MB")
    print(f"split               {size / ours:8.1f} MB/s a core")
    print(f"  of that the header  {header / ours:6.0%}")
    print(f"one regex           {size / peer:8.1f} MB/s a core, {ours / peer:.1f} times faster than split")
    if options.cases:
        cases = [read_case(path) for path in sorted(options.cases.glob("*.case"))]
        seen = confusion(cases)
        total = sum(seen.values())
        of = {kind: sum(n for (right, _), n in seen.items() if right == kind) for kind in ("story", "note")}
        notes = sum(n for (_, found), n in seen.items() if found == "note")
        print(f"cases               {len(cases)}")
        print(f"perfect_partition   {sum(not misplaced(case) for case in cases) / len(cases):.4f}")
        print(f"story_removed       {1 - seen['story', 'story'] / max(1, of['story']):.5f}")
        print(f"note_left_in_story  {seen['note', 'story'] / max(1, of['note']):.4f}")
        print(f"note_precision      {seen['note', 'note'] / max(1, notes):.4f}")
        print(f"kind_accuracy       {sum(n for (a, b), n in seen.items() if a == b) / max(1, total):.4f}")
        for write in WRITINGS:
            copies = [rewrite(case, write) for case in cases]
            print(f"perfect, {write.__name__:28} {sum(not misplaced(copy) for copy in copies) / len(cases):.4f}")
        noted = [rewrite(case, without(frozenset({"note"}))) for case in cases if "note" in case.kinds]
        seen_alone = confusion([copy for copy in noted if "story" in copy.kinds])
        of_story = sum(n for (right, _), n in seen_alone.items() if right == "story")
        print(f"story_removed without notes {1 - seen_alone['story', 'story'] / max(1, of_story):.5f}")


if __name__ == "__main__":
    main()
