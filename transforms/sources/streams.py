"""Byte streams with a budget: what is taken out of compressed containers is counted, and bounded in memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from typing import BinaryIO

import pyarrow as pa

from transforms.sources.options import Options
from transforms.sources.reasons import Refusal

HEAD = 1 << 16
_CHUNK = 1 << 18
_XZ_MEMORY = 256 << 20  # a hostile header may ask for a dictionary of 4 GiB

DAMAGE = (EOFError, zlib.error, lzma.LZMAError, gzip.BadGzipFile, pa.ArrowInvalid, pa.ArrowException, OSError, ValueError)
"""What the decompressors raise on damaged input."""


class Budget:
    """What one source file may still expand to, over all levels of containers in it."""

    def __init__(self, size: int, options: Options) -> None:
        self.options = options
        self.spent = 0
        self.limit = min(options.max_total, max(options.free_expansion, int(size * options.max_ratio)))

    def spend(self, count: int) -> None:
        self.spent += count
        if self.spent > self.limit:
            raise Refusal("archive_bomb", f"It expands to more than {self.limit:,} bytes.")


class Counted(io.RawIOBase):
    """A stream whose every byte is paid from a budget; damage in it is raised as a `Refusal`."""

    def __init__(self, inner, budget: Budget) -> None:
        self._inner = inner
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        try:
            data = self._inner.read(min(len(buffer), _CHUNK))
        except Refusal:
            raise
        except EOFError as error:
            raise Refusal("truncated") from error
        except DAMAGE as error:
            raise Refusal("truncated" if "truncated" in str(error).lower() else "unreadable", _name(error)) from error
        self._budget.spend(len(data))
        buffer[: len(data)] = data
        return len(data)


def _name(error: BaseException) -> str:
    return f"({type(error).__name__}.)"


class _Unpacked(io.RawIOBase):
    """The content of a bz2 or xz file, its streams joined, as the standard library's files do but within a memory limit."""

    def __init__(self, inner, start, magic: bytes) -> None:
        self._inner, self._start, self._magic = inner, start, magic
        self._unpacker = start()
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        while not self._ended:
            if self._unpacker.eof:
                rest = self._unpacker.unused_data.lstrip(b"\0") or self._inner.read(_CHUNK).lstrip(b"\0")
                rest += self._inner.read(len(self._magic)) if 0 < len(rest) < len(self._magic) else b""
                if not rest.startswith(self._magic):
                    self._ended = True  # padding, or something behind that is not ours
                    return b""
                self._unpacker = self._start()
                data = self._unpacker.decompress(rest, size)
            elif self._unpacker.needs_input:
                packed = self._inner.read(_CHUNK)
                if not packed:
                    raise EOFError
                data = self._unpacker.decompress(packed, size)
            else:
                data = self._unpacker.decompress(b"", size)
            if data:
                return data
        return b""


class _Zstd:
    """A zstd stream; the library ends silently where the packed data is cut, so the cut is looked for."""

    def __init__(self, inner) -> None:
        self._stream = pa.CompressedInputStream(pa.PythonFile(inner, mode="r"), "zstd")

    def read(self, size: int) -> bytes:
        return self._stream.read(size)


def expand(stream: BinaryIO, kind: str, budget: Budget) -> io.BufferedReader:
    """The content of a compressed stream, as a stream that is counted. `kind`: gz, bz2, xz, zst."""
    if kind == "gz":
        inner = gzip.GzipFile(fileobj=stream)
    elif kind == "bz2":
        inner = _Unpacked(stream, bz2.BZ2Decompressor, b"BZh")
    elif kind == "xz":
        inner = _Unpacked(stream, lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY), b"\xfd7zXZ")
    else:
        inner = _Zstd(stream)
    return io.BufferedReader(Counted(inner, budget), _CHUNK)


class Chained(io.RawIOBase):
    """A head that was read already, then the rest of its stream."""

    def __init__(self, head: bytes, rest) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        if self._head:
            data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def take(stream, size: int) -> bytes:
    """Up to `size` bytes, fewer only at the end (a raw stream's `read` may stop early)."""
    parts, left = [], size
    while left > 0 and (data := stream.read(min(left, 1 << 20))):
        parts.append(data)
        left -= len(data)
    return b"".join(parts)


def whole(stream, limit: int, what: str = "document") -> bytes:
    """All that is left of a stream; a `Refusal` where that is more than `limit`."""
    data = take(stream, limit + 1)
    if len(data) > limit:
        raise Refusal("too_large", f"The {what} is larger than {limit:,} bytes.")
    return data


def with_head(stream) -> tuple[bytes, BinaryIO]:
    """The first bytes of a stream, and a stream that still has them."""
    if stream.seekable():
        at = stream.tell()
        head = take(stream, HEAD)
        stream.seek(at)
        return head, stream
    head = take(stream, HEAD)
    return head, io.BufferedReader(Chained(head, stream), _CHUNK)
