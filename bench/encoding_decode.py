"""How often `decode` gives back the exact text, and how fast: `python bench/encoding_decode.py [TEXTDIR] [--per N] [--seed N]`.

TEXTDIR holds <language>.txt in UTF-8; without it the sentences of tests/encoding/texts.json serve, which are few. Samples are
cut at random, encoded, decoded, compared. chardet alone, on the same samples, is the peer. Then English with very few signs,
mixed files, and the speed on UTF-8.
"""

from __future__ import annotations

import argparse
import collections
import json
import random
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import chardet  # noqa: E402

from transforms.encoding import decode  # noqa: E402

WEST = "cp1252 latin-1"
ENCODINGS = {
    "en": "ascii cp1252 mac_roman utf-16-le utf-16-be",
    "de": f"{WEST} mac_roman cp850 utf-16-le",
    "fr": f"{WEST} mac_roman utf-16-be",
    "es": f"{WEST} mac_roman",
    "it": f"{WEST} mac_roman",
    "pt": WEST,
    "nl": "cp1252",
    "sv": WEST,
    "da": WEST,
    "nb": "cp1252",
    "cs": "cp1250 iso8859_2",
    "pl": "cp1250 iso8859_2",
    "ro": "cp1250 iso8859_2",
    "tr": "cp1254 iso8859_9",
    "el": "cp1253 iso8859_7",
    "ru": "cp1251 koi8_r iso8859_5 mac_cyrillic cp866 utf-16-le utf-16-be",
    "zh": "gb18030 utf-16-le",
    "zh_cn": "gb18030 utf-16-le utf-16-be",
    "zh_tw": "big5 utf-16-le",
    "ja": "shift_jis euc_jp iso2022_jp utf-16-le",
    "ko": "euc_kr cp949 utf-16-le",
    "vi": "cp1258 utf-16-le",
    "ar": "cp1256",
    "fa": "cp1256",
}


def read(folder: Path | None) -> dict[str, str]:
    if folder:
        return {p.stem: p.read_text("utf-8") for p in sorted(folder.glob("*.txt")) if p.stem in ENCODINGS}
    return {k: "\n".join(v) for k, v in json.loads((ROOT / "tests" / "encoding" / "texts.json").read_text("utf-8")).items()}


def samples(text: str, encoding: str, size: int, count: int, rng: random.Random):
    clean = text.encode(encoding, "ignore").decode(encoding)
    width = max(1, round(len(clean[:5000].encode(encoding)) / max(1, len(clean[:5000]))))
    length = min(len(clean), size // width)
    for _ in range(200 * count):
        start = rng.randrange(max(1, len(clean) - length + 1))
        piece = clean[start : start + length]
        if piece[:1] == "\ufeff" or (
            piece.isascii() and encoding not in ("ascii", "iso2022_jp") and not encoding.startswith("utf")
        ):
            continue
        yield piece
        count -= 1
        if not count:
            return


def curly(text: str) -> str:
    """English as word processors set it."""
    out = []
    for i, c in enumerate(text):
        if c == "'":
            out.append("’")
        elif c == '"':
            out.append("“" if i == 0 or text[i - 1] in " \n(" else "”")
        else:
            out.append(c)
    return "".join(out)


def alone(raw: bytes) -> str | None:
    try:
        return raw.decode(chardet.detect(raw)["encoding"] or "cp1252")
    except (UnicodeError, LookupError):
        return None


def matrix(languages: dict[str, str], per: int, seed: int) -> None:
    rng = random.Random(seed)
    right, total, peer = collections.Counter(), collections.Counter(), collections.Counter()
    wrong = collections.Counter()
    for language, text in languages.items():
        if language == "en":
            text = curly(text)
        for encoding in ["utf-8", "utf-8-sig", "utf-16", *ENCODINGS[language].split()]:
            for size in (200, 1000, 5000, 50_000):
                for piece in samples(text, encoding, size, per, rng):
                    raw = piece.encode(encoding)
                    got = decode(raw)
                    for key in ("all", f"{size} bytes", "UTF-8, UTF-16" if encoding.startswith("utf") else "old encodings"):
                        total[key] += 1
                        right[key] += got.text == piece
                        peer[key] += alone(raw) == piece
                    if got.text != piece:
                        wrong[f"{language} {encoding} as {got.encoding}"] += 1
    for key in total:
        share, theirs = 100 * right[key] / total[key], 100 * peer[key] / total[key]
        print(f"{key:16s} {total[key]:6d} samples   exact {share:6.2f} %   chardet alone {theirs:6.2f} %")
    print("wrong:", dict(wrong.most_common(12)))


def special(english: str, seed: int) -> None:
    rng = random.Random(seed)
    plain = english.encode("ascii", "ignore").decode().replace('"', "").replace("'", "")
    plain = plain * (1 + 40_000 // len(plain))
    for encoding in ("cp1252", "mac_roman"):
        right = total = 0
        for sign in ("’s ", " Renée ", "—", " “No,” "):
            for count in (1, 3, 10):
                for _ in range(10):
                    start = rng.randrange(len(plain) - 30_000)
                    pieces = list(plain[start : start + 30_000])
                    blanks = [
                        i
                        for i, c in enumerate(pieces[1:-1], 1)
                        if c == " " and pieces[i - 1].isalpha() and pieces[i + 1].isalpha()
                    ]
                    for i in rng.sample(blanks, count):
                        pieces[i] = sign
                    text = "".join(pieces)
                    total += 1
                    right += decode(text.encode(encoding)).text == text
        print(f"English, 1 to 10 signs in 30 KB, {encoding}: {right} of {total}")
    lines = curly(english).encode("cp1252", "ignore").decode("cp1252").splitlines(keepends=True)
    lines = (lines * (1 + 400 // len(lines)))[:400]
    right = total = 0
    for share in (0.02, 0.1, 0.5):
        for _ in range(20):
            count = max(1, int(len(lines) * share))
            start = rng.randrange(len(lines) - count + 1)
            raw = b"".join(line.encode("cp1252" if start <= i < start + count else "utf-8") for i, line in enumerate(lines))
            total += 1
            right += decode(raw).text == "".join(lines)
    print(f"mixed, 2 to 50 % of the lines cp1252 in UTF-8: {right} of {total}")
    for name, raw in (("UTF-8", "".join(lines).encode() * 400), ("cp1252", "".join(lines).encode("cp1252") * 100)):
        best = min(_timed(raw) for _ in range(3))
        print(f"{name}, {len(raw) / 1e6:.0f} MB: {len(raw) / 1e6 / best:.0f} MB/s")


def _timed(raw: bytes) -> float:
    start = time.perf_counter()
    decode(raw)
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--per", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    languages = read(options.folder)
    matrix(languages, options.per, options.seed)
    special(languages["en"], options.seed)


if __name__ == "__main__":
    main()
