#!/usr/bin/env python3
"""Tense and person of stretches of books, against what is known of each book as a whole.

usage: narration_books.py REPOSITORY [--errors]

REPOSITORY is a git directory of https://github.com/mlschmitt/classic-books-markdown, which is no part of this project;
`tables/narration_books.tsv` says who tells each book. Four stretches of 24,000 characters are taken from each, one from a
short book. What a stretch holds may differ from the book (a letter, a story inside the story, a narrator who stays away for a
chapter), so some of what counts as wrong here is not.
"""

import argparse
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from transforms.narration import describe

TABLE = Path(__file__).parent / "tables" / "narration_books.tsv"
SIZE, PLACES = 24_000, (0.12, 0.35, 0.6, 0.85)


def stretches(text: str) -> Iterator[str]:
    text = re.sub(r"^#.*$", "", text, flags=re.MULTILINE)
    if len(text) < 30_000:
        yield text
        return
    for place in PLACES:
        start = text.find("\n\n", int(len(text) * place))
        if start >= 0 and len(text) - start > SIZE // 4:
            yield text[start : start + SIZE]


def main() -> None:
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("repository", type=Path)
    args.add_argument("--errors", action="store_true", help="list what is wrong")
    args = args.parse_args()
    figures: Counter[tuple[str, str]] = Counter()
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        person, book = line.split("\t")
        command = ["git", f"--git-dir={args.repository}", "show", f"HEAD:{book}.md"]
        text = subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8", "replace")
        for i, stretch in enumerate(stretches(text)):
            said = describe(stretch)
            asked = {"pov": person, "tense": "unknown" if person == "unknown" else "past"}
            for label, answer in asked.items():
                found = getattr(said, label)
                figures[label, "right" if found == answer else "undecided" if found == "unknown" else "wrong"] += 1
                if args.errors and found != answer:
                    print(f"{book}, {i}: {label} {found} ({getattr(said, label + '_confidence'):.2f}), not {answer}")
    for label in ("tense", "pov"):
        total = sum(n for (which, _), n in figures.items() if which == label)
        print(f"{label:6}" + "".join(f"  {kind} {figures[label, kind] / total:.4f}" for kind in ("right", "undecided", "wrong")))
    print(f"{total} stretches")


if __name__ == "__main__":
    main()
