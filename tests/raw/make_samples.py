"""Writes the sample files of `raw/` that a person cannot type: legacy encodings, damaged text, dumps, archives, office formats.

Their text is kept readable in `tests/raw/sources/`; everything else in `raw/` is written by hand. `samples()` gives the bytes
of each file by its path in `raw/`; `python -m tests.raw.make_samples` writes them there. The bytes are the same on every run.
"""

from __future__ import annotations

import csv
import io
import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tests.raw.books import ao3_epub, fanficfare_epub, fanficfare_text
from tests.raw.containers import gzipped, zipped
from tests.raw.notation import book, record, text
from tests.raw.office import docx, odt, rtf

RAW = Path(__file__).parents[2] / "raw"


def samples() -> dict[str, bytes]:
    """The bytes of every sample that is made rather than written, by path in `raw/`."""
    return dict([*encodings(), *damage(), *formats(), *dumps()])


def encodings() -> Iterator[tuple[str, bytes]]:
    yield "pastes/Salt and Slate.txt", text("salt-and-slate.txt").replace("\n", "\r\n").encode("cp1252")
    yield "pastes/We Counted the Horses (Notepad).txt", text("we-counted-the-horses.txt").replace("\n", "\r\n").encode("utf-16")
    yield "languages/third-tea.txt", text("third-tea.txt").encode("cp1251")
    yield "languages/tsuki-no-eki.txt", text("tsuki-no-eki.txt").replace("\n", "\r\n").encode("shift_jis")
    yield "damaged/The Yew Knight.txt", misread(text("the-yew-knight.txt")).encode()
    yield "damaged/A Dress of Smoke.txt", misread(misread(text("a-dress-of-smoke.txt"))).encode()


def misread(clean: str) -> str:
    """UTF-8 taken for Windows-1252, as browsers do it: the five bytes that have no letter there stay control characters."""
    return "".join(chr(byte) if byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode("cp1252") for byte in clean.encode())


def damage() -> Iterator[tuple[str, bytes]]:
    yield "damaged/empty.txt", b""
    whole = gzipped(text("ink-tide.txt").encode())
    yield "damaged/Ink Tide.txt.gz", whole[: len(whole) * 2 // 3]
    yield "damaged/cover.txt", png(24, 36)
    yield "damaged/The Lantern Year.pdf", PDF


def formats() -> Iterator[tuple[str, bytes]]:
    yield "documents/Margaret Replies.rtf", rtf(text("margaret-replies.txt"))
    hatter = docx(text("the-hatters-apprentice.md"), "The Hatter’s Apprentice", "Dormouse Rampant")
    yield "documents/The Hatter's Apprentice.docx", hatter
    yield "documents/Cinder Road.odt", odt(text("cinder-road.md"), "Cinder Road, Northbound")
    library = ao3_epub(book("the-lady-of-the-lending-library.txt"), "8a1d4ab0-2c55-4e0a-9a34-0d5f6d3c9b11")
    yield "ebooks/The_Lady_of_the_Lending_Library.epub", library
    yield "ebooks/Outlaws Anonymous-ao3_900000707.epub", fanficfare_epub(book("outlaws-anonymous.txt"))
    yield "ffn/Tootles, J.-ffnet_990000606.txt", fanficfare_text(book("tootles.txt"))
    older = zipped({"last-ferry.txt": text("last-ferry.txt").encode()})
    moon = (RAW / "reposts/wolf-moon.txt").read_text("utf-8").replace("Status: Complete\nUpdated: 2013-11-02\n", "")
    members = {
        "fics/goblin market stall.txt": text("goblin-market-stall.txt").encode(),
        "fics/the lodger.html": text("the-lodger.html").encode(),
        "fics/wolf-moon (old).txt": moon.encode(),
        "fics/Thumbs.db": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504),
        "fics/older.zip": older,
    }
    yield "old harddisk 2009.zip", zipped(members, stored=("fics/older.zip",))


AO3_COLUMNS = [
    "work_id", "title", "author", "rating", "category", "fandom", "relationship", "character", "additional tags", "language",
    "published", "status", "status date", "words", "chapters", "comments", "kudos", "bookmarks", "hits", "all_kudos",
    "all_bookmarks", "body",
]  # fmt: skip
"""The columns of a dump by AO3Scraper."""


def dumps() -> Iterator[tuple[str, bytes]]:
    table = io.StringIO()
    rows = csv.DictWriter(table, AO3_COLUMNS, restval="null", lineterminator="\r\n")
    rows.writeheader()
    for name in ("the-toll-bridge.txt", "drabble.txt"):
        head, body = record(name)
        stated = {key: head[key] for key in ("title", "author", "fandom", "rating", "words")}
        stated |= {"work_id": head["id"], "published": head["date"], "chapters": "1/1", "category": "Gen", "language": "English"}
        rows.writerow(stated | {"body": body.strip()})
    yield "dumps/ao3_scrape.csv", table.getvalue().encode()

    lines = []
    for name in ("poem.txt", "second-past.txt", "opted-out.txt", "not-a-chapter.txt"):
        head, body = record(name)
        lines.append({**head, "text": body.strip()})
    lines.append({"title": "Draft (do not post)", "author": "aprilwhin", "id": "j-21", "fandom": "Jane Eyre", "text": ""})
    yield "dumps/export.jsonl.gz", gzipped("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode())

    stories = [record(name) for name in ("script.txt", "two-voices.txt", "two-tenses.txt")]
    columns = {key: [head[key] for head, _ in stories] for key in ("title", "author", "fandom", "rating")}
    out = io.BytesIO()
    pq.write_table(pa.table({**columns, "content": [body.strip() for _, body in stories]}), out, compression="zstd")
    yield "dumps/stories.parquet", out.getvalue()


def png(width: int, height: int) -> bytes:
    """A small picture: a lighthouse would be too much to ask, so a grey wash."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = b"".join(b"\0" + bytes((y * 7 + x * 3) % 256 for x in range(width)) for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


PDF = b"""%PDF-1.4
%\xe2\xe3\xcf\xd3
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << >> >>
endobj
4 0 obj
<< /Length 66 >>
stream
BT /F1 12 Tf 20 100 Td (The lantern year began with a funeral.) Tj ET
endstream
endobj
trailer
<< /Size 5 /Root 1 0 R >>
%%EOF
"""


if __name__ == "__main__":
    for path, data in samples().items():
        target = RAW / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
