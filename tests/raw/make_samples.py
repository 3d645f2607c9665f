"""Writes the sample files of `raw/` that a person cannot type: legacy encodings, damaged text, archives, office formats.

Their text is kept readable in `tests/raw/sources/`; everything else in `raw/` is written by hand. `samples()` gives the bytes
of each file by its path in `raw/`; run as a program, this writes them there. The bytes are the same on every run: members of
archives carry one fixed date, gzip none.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

SOURCES = Path(__file__).parent / "sources"
RAW = Path(__file__).parents[2] / "raw"


def text(name: str) -> str:
    return (SOURCES / name).read_bytes().decode("utf-8")


def samples() -> dict[str, bytes]:
    """The bytes of every sample that is made rather than written, by path in `raw/`."""
    return dict([*encodings(), *damage()])


def encodings() -> Iterator[tuple[str, bytes]]:
    yield "pastes/Salt and Slate.txt", text("salt-and-slate.txt").replace("\n", "\r\n").encode("cp1252")


def damage() -> Iterator[tuple[str, bytes]]:
    yield "damaged/empty.txt", b""
    whole = gzip_member(text("ink-tide.txt").encode())
    yield "damaged/Ink Tide.txt.gz", whole[: len(whole) * 2 // 3]
    yield "damaged/cover.txt", png(24, 36)
    yield "damaged/The Lantern Year.pdf", PDF


def gzip_member(data: bytes) -> bytes:
    """A gzip file without name, date or system, so that it is the same wherever it is made."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    return b"\x1f\x8b\x08" + bytes(5) + b"\x02\xff" + body + struct.pack("<II", zlib.crc32(data), len(data))


def png(width: int, height: int) -> bytes:
    """A small picture: a lighthouse would be too much to ask, so a grey wash that darkens to the bottom."""

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
