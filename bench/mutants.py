#!/usr/bin/env python3
"""Reads thousands of damaged files: each must end as drafts or as a rejection with a known reason, and none may crash.

usage: bench/mutants.py [N=5000] [SEED=1]

The samples are one work in all its forms (tests/sources/forms.py), dumps, mail and archives of them. A mutant is a sample with
one to four changes: bits flipped, pieces cut, doubled, moved or replaced by what parsers trip over, or the end missing. The
work is done in child processes, so that the death of one is seen and counted. Prints one JSON line.
"""

from __future__ import annotations

import io
import json
import random
import resource
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
BATCH = 500

STUMBLES = (
    b"\0", b"\xff\xfe", b"\xed\xa0\x80", b"\x80" * 9, b"\r", b"\x85", b"\x1a", b"<div>" * 900,
    b"</div>" * 50, b"<b id=1>" * 99,
    b"<!--", b"-->", b"<![CDATA[", b"]]>", b"&#x110000;", b"&#0;", b"&amp;" * 50, b"&lol;",
    b"<!DOCTYPE a [<!ENTITY lol 'lol'>]>",
    b'"', b"'", b",", b"\t", b"\n\n\n", b"{", b"}", b"[" * 2000, b"]", b"\\ud800", b"\\u0000",
    b"\\", b"{\\rtf1", b"\\bin99999999 ",
    b"\nFrom a@b 01:02 2001\n", b"\nContent-Type: multipart/mixed; boundary=x\n\n--x\n", b"=?utf-8?b?//8=?=",
    b"PK\x03\x04", b"PK\x05\x06",
    b"PAR1", b"\x1f\x8b\x08", b"../../", b"/etc/x", b"C:\\x", b"9" * 400, b"-1", b"1e999", b"<script>", b"<style>",
    b"<svg>", b"<table><tr>",
)  # fmt: skip


def samples() -> dict[str, bytes]:
    """Files to damage, by name."""
    import bz2
    import gzip
    import lzma

    import pyarrow as pa
    import pyarrow.parquet as pq

    from tests.sources.forms import FORMS, rtf, scraped_csv

    out = dict(FORMS)
    out["story.rtf"], out["ao3.csv"] = rtf(), scraped_csv()
    text = "\n\n".join(f"Paragraph {n} of a story about the sea, “{n}” said nobody." for n in range(40))
    out["story.txt"], out["story16.txt"] = text.encode(), text.encode("utf-16")
    out["old.txt"] = text.encode("cp1252")
    rows = [{"work_id": str(n), "title": f"T{n}", "author": "a", "chapter": n, "text": text} for n in range(5)]
    out["rows.jsonl"] = "\n".join(map(json.dumps, rows)).encode()
    out["rows.json"] = json.dumps(rows).encode()
    out["works.json"] = json.dumps({"works": rows}).encode()
    table = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), table)
    out["rows.parquet"] = table.getvalue()
    message = "From: A <a@b.example>\nSubject: NEW: T ({}/2)\nDate: Sun, 8 Mar 1998 21:14:02 -0500\n"
    message += "Message-ID: <{}@x>\nMIME-Version: 1.0\n"
    message += "Content-Type: text/plain; charset=utf-8\n\n" + text + "\n\n"
    out["list.mbox"] = "".join(f"From a@b Sun Mar  8 21:14:02 1998\n{message.format(n, n)}" for n in (1, 2)).encode()
    out["post.eml"] = message.format(1, 1).encode()
    out["story.txt.gz"], out["story.txt.xz"] = gzip.compress(out["story.txt"]), lzma.compress(out["story.txt"])
    out["rows.jsonl.bz2"] = bz2.compress(out["rows.jsonl"])
    out["rows.jsonl.zst"] = pa.compress(out["rows.jsonl"], "zstd", asbytes=True)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("ao3-2025.html", "plain.epub", "story.txt", "rows.jsonl.zst"):
            archive.writestr(f"a/{name}", out[name])
    out["all.zip"] = packed.getvalue()
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name in ("story.txt", "all.zip", "word.docx"):
            info = tarfile.TarInfo(name)
            info.size = len(out[name])
            archive.addfile(info, io.BytesIO(out[name]))
    out["all.tar.gz"] = packed.getvalue()
    return out


def mutate(raw: bytes, other: bytes, chance: random.Random) -> bytes:
    """A file with one to four changes."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        size = len(data) or 1
        at, length = chance.randrange(size), min(chance.choice((1, 4, 30, 300, 3000)), size)
        match chance.randrange(9):
            case 0:
                for _ in range(chance.choice((1, 5, 60))):
                    place = chance.randrange(size)
                    if place < len(data):
                        data[place] ^= 1 << chance.randrange(8)
            case 1:
                del data[at : at + length]
            case 2:
                data[at:at] = data[at : at + length] * chance.choice((1, 2, 50))
            case 3 | 4:
                data[at:at] = chance.choice(STUMBLES)
            case 5:
                data[at : at + length] = chance.choice(STUMBLES)
            case 6:
                del data[at:]
            case 7:
                start = chance.randrange(len(other) or 1)
                data[at:at] = other[start : start + length]
            case 8:
                piece = data[at : at + length]
                del data[at : at + length]
                place = chance.randrange(len(data) + 1)
                data[place:place] = piece
    return bytes(data)


def work(first: int, last: int, seed: int) -> dict:
    """Reads the mutants first..last; what came of them."""
    from transforms.documents import Rejection
    from transforms.sources import REASONS, read

    files = samples()
    names = sorted(files)
    counts: dict[str, int] = {}
    lost, wrong, slowest, drafts = [], [], (0.0, -1), 0
    for number in range(first, last):
        chance = random.Random(f"{seed}/{number}")
        name = chance.choice(names)
        raw = mutate(files[name], files[chance.choice(names)], chance)
        begin = time.perf_counter()
        try:
            outcomes = list(read(io.BytesIO(raw), name))
        except Exception as error:
            wrong.append(f"{number} {name}: {type(error).__name__}: {error}")
            continue
        slowest = max(slowest, (time.perf_counter() - begin, number))
        if not outcomes:
            lost.append(number)
        seen = set()
        for outcome in outcomes:
            if outcome.source in seen:
                wrong.append(f"{number} {name}: {outcome.source} twice")
            seen.add(outcome.source)
            if isinstance(outcome, Rejection):
                counts[outcome.reason] = counts.get(outcome.reason, 0) + 1
                if outcome.reason not in REASONS or outcome.reason == "internal_error" or not outcome.detail:
                    wrong.append(f"{number} {name}: {outcome.reason}")
                continue
            drafts += 1
            try:
                "".join(block.text for block in outcome.blocks).encode("utf-8")
                repr(outcome.metadata).encode("utf-8")
                outcome.source.encode("utf-8")
            except UnicodeEncodeError as error:
                wrong.append(f"{number} {name}: {error}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    return {"drafts": drafts, "rejected": counts, "lost": lost, "wrong": wrong, "slowest": slowest, "peak_mb": peak}


def main(total: int, seed: int) -> int:
    began = time.perf_counter()
    drafts, rejected, lost, wrong, crashes, peak, slowest = 0, {}, [], [], [], 0, (0.0, -1)
    for first in range(0, total, BATCH):
        last = min(first + BATCH, total)
        child = subprocess.run(
            [sys.executable, __file__, "--work", str(first), str(last), str(seed)], capture_output=True, text=True
        )
        if child.returncode:
            crashes.append(f"{first}-{last}: {child.returncode}: {child.stderr[-300:]}")
            continue
        found = json.loads(child.stdout)
        drafts += found["drafts"]
        lost += found["lost"]
        wrong += found["wrong"]
        peak, slowest = max(peak, found["peak_mb"]), max(slowest, tuple(found["slowest"]))
        for reason, count in found["rejected"].items():
            rejected[reason] = rejected.get(reason, 0) + count
    result = {
        "bench": "mutants", "mutants": total, "seed": seed, "documents": drafts, "rejected": sum(rejected.values()),
        "reasons": dict(sorted(rejected.items(), key=lambda item: -item[1])), "crashes": len(crashes), "lost": len(lost),
        "wrong": len(wrong), "slowest_s": round(slowest[0], 2), "slowest": slowest[1], "peak_mb": peak,
        "seconds": round(time.perf_counter() - began, 1),
    }  # fmt: skip
    print(json.dumps(result))
    for text in [*crashes, *wrong[:20]]:
        print(text, file=sys.stderr)
    return 1 if crashes or lost or wrong else 0


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        print(json.dumps(work(*map(int, sys.argv[2:5]))))
        sys.exit(0)
    numbers = [int(value) for value in sys.argv[1:]]
    sys.exit(main(numbers[0] if numbers else 5000, numbers[1] if len(numbers) > 1 else 1))
