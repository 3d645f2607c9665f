"""Zip and gzip that are the same on every run: one fixed date, one order, no names of a machine."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

DATE = (2019, 7, 7, 11, 2, 32)


def zipped(members: dict[str, bytes], stored: tuple[str, ...] = ("mimetype",)) -> bytes:
    """A zip file; the members named in `stored` are not compressed (EPUB and ODT want that of their first one)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, DATE)
            info.create_system, info.external_attr = 3, 0o644 << 16
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    return b"\x1f\x8b\x08" + bytes(5) + b"\x02\xff" + body + struct.pack("<II", zlib.crc32(data), len(data))
