"""Repair against ftfy on the same texts, in one run: `python bench/encoding.py [--texts DIR] [--repeats N]`.

Prints for each text what ftfy.fix_text and transforms.encoding.repair do a second, their ratio, and whether they give the same
text. ftfy runs with quotes, ligatures and wide letters kept, as `repair` keeps them (its defaults change every curly quote, and
are slower). The texts are made here, but for those in other languages: sentences of tests/encoding/texts.json, or
DIR/<language>.txt.

`--fuzz N` compares ftfy and its faster course here on N random texts instead, the proof on each, and repairs each twice.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import ftfy  # noqa: E402

from tests.encoding.scraps import texts  # noqa: E402
from transforms.encoding import mojibake, proof, repair  # noqa: E402
from transforms.encoding.edits import apply  # noqa: E402

KEEP = ftfy.TextFixerConfig(uncurl_quotes=False, fix_character_width=False, fix_latin_ligatures=False, explain=False)
TARGETS = {"English, straight quotes": 80, "English, curly quotes": 100, "English, CRLF": 50}
WORDS = (
    *(
        "the",
        "a",
        "she",
        "he",
        "they",
        "we",
        "it",
        "nobody",
        "harbour",
        "lantern",
        "stairs",
        "kettle",
        "winter",
        "letter",
        "engine",
    ),
    *(
        "orchard",
        "bridge",
        "window",
        "quiet",
        "slowly",
        "never",
        "again",
        "carried",
        "opened",
        "waited",
        "laughed",
        "turned",
        "over",
    ),
    *(
        "remembered",
        "under",
        "behind",
        "before",
        "until",
        "because",
        "while",
        "with",
        "without",
        "into",
        "from",
        "and",
        "but",
        "or",
    ),
)


def story(size: int, quotes: str) -> str:
    """Sentences with speech: `quotes` are the opening, the closing and the apostrophe."""
    opening, closing, apostrophe = quotes
    rng = random.Random(11)
    paragraphs = []
    length = 0
    while length < size:
        sentences = []
        for _ in range(rng.randint(3, 8)):
            words = " ".join(rng.choice(WORDS) for _ in range(rng.randint(6, 16))).capitalize()
            if rng.random() < 0.4:
                words = f"{opening}{words},{closing} she said. {opening}I don{apostrophe}t know. Do you?{closing}"
            sentences.append(words + ".")
        paragraphs.append(" ".join(sentences))
        length += len(paragraphs[-1])
    return "\n\n".join(paragraphs) + "\n"


def read_as(text: str, encoding: str) -> str:
    return text.encode().decode(encoding)


def corpus(folder: Path | None) -> dict[str, str]:
    straight, curly = story(600_000, '""\''), story(600_000, "“”’")
    mojibake_ = read_as(curly, "sloppy-windows-1252")
    lines = curly.splitlines(keepends=True)
    found = {
        "English, straight quotes": straight,
        "English, curly quotes": curly,
        "English, CRLF": straight.replace("\n", "\r\n"),
        "English, curly, CRLF": curly.replace("\n", "\r\n"),
        "mojibake in 2 % of lines": "".join(
            read_as(x, "sloppy-windows-1252") if i % 100 == 0 else x for i, x in enumerate(lines)
        ),
        "mojibake, cp1252": mojibake_,
        "mojibake, latin-1": read_as(curly, "latin-1"),
        "mojibake, twice": read_as(mojibake_, "sloppy-windows-1252"),
    }
    if folder:
        languages = {p.stem: p.read_text("utf-8")[:250_000] for p in sorted(folder.glob("*.txt")) if p.stem != "en"}
    else:
        sentences = json.loads((ROOT / "tests" / "encoding" / "texts.json").read_text("utf-8"))
        languages = {k: "\n\n".join(v * (150_000 // sum(map(len, v)))) + "\n" for k, v in sentences.items() if k != "en"}
    found |= {f"clean, {k}": t for k, t in languages.items()}
    found |= {
        f"mojibake, cp1252, {k}": read_as(languages[k], "sloppy-windows-1252") for k in languages if k in ("fr", "ru", "el", "vi")
    }
    return found


def timed(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()  # not the wall: others may be at work on the machine
    work(text)
    return time.process_time() - start


def ratios(folder: Path | None, repeats: int) -> None:
    print(f"{'text':28s} {'MB':>5s} {'ftfy MB/s':>9s} {'here MB/s':>9s} {'ratio':>7s}  same")
    for name, text in corpus(folder).items():
        size = len(text.encode()) / 1e6
        repair(text)
        theirs, ours = [], []
        for _ in range(repeats):  # in turn, so that both see the same machine
            theirs.append(timed(lambda t: ftfy.fix_text(t, KEEP), text))
            ours += [timed(repair, text) for _ in range(5)]
        a, b = statistics.median(theirs), statistics.median(ours)
        same = ftfy.fix_text(text, KEEP) == repair(text).text
        target = TARGETS.get(name, 4)
        under = "" if a / b >= target else f"  under {target}x"
        print(f"{name:28s} {size:5.2f} {size / a:9.2f} {size / b:9.1f} {a / b:6.1f}x  {same}{under}")


def fuzz(count: int, seed: int) -> None:
    proved = 0
    for i, text in enumerate(texts(count, seed)):
        want = ftfy.fix_text(text, proof.CONFIG)
        got = apply(text, mojibake.find_mojibake(text, proof.Survey(text)))
        if got != want:
            sys.exit(f"text {i}: {text!a}\n ftfy {want!a}\n here {got!a}")
        if proof.unchanged(text):
            proved += 1
            if want != text:
                sys.exit(f"text {i}: proved unchanged, but ftfy changes {text!a}")
        once = repair(text)
        once.text.encode("utf-8")
        again = repair(once.text)
        if again.repairs:
            sys.exit(f"text {i}: repaired twice {text!a}\n once {once!a}\n again {again!a}")
    print(f"{count} texts: same as ftfy {ftfy.__version__}; {proved} proved unchanged; each repaired once and for all")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, help="a folder of <language>.txt")
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--fuzz", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if options.fuzz:
        fuzz(options.fuzz, options.seed)
    else:
        ratios(options.texts, options.repeats)


if __name__ == "__main__":
    main()
