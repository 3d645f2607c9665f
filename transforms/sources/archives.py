"""Archives: zip and tar, their members handed on one at a time as bounded streams."""

from __future__ import annotations

import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from transforms import encoding
from transforms.sources.reasons import Refusal
from transforms.sources.streams import DAMAGE, Budget, Counted

Member = tuple[str, BinaryIO | Refusal, str | None]
"""A member's name (unique in its archive, safe to print), its stream or why it has none, and its time in ISO 8601."""

_END = b"PK\x05\x06"
_ENTRY = b"PK\x01\x02"


def open_zip(stream: BinaryIO, limit: int) -> zipfile.ZipFile:
    """A zip opened after its directory was found small enough to be held; a `Refusal` otherwise."""
    _check_directory(stream, limit)
    try:
        return zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, *DAMAGE, struct.error, NotImplementedError, IndexError) as error:
        raise Refusal("unreadable", f"({type(error).__name__}: the zip's directory is damaged.)") from error


def _check_directory(stream: BinaryIO, limit: int) -> None:
    # The standard library makes an object of each entry of the directory before anything can be asked of it.
    size = stream.seek(0, 2)
    stream.seek(max(0, size - 66_000))
    tail = stream.read(66_000)
    at = tail.rfind(_END)
    if at < 0:
        raise Refusal("truncated", "The zip's directory, which stands at its end, is missing.")
    length = int.from_bytes(tail[at + 12 : at + 16], "little")
    if length == 0xFFFFFFFF:
        wide = tail.rfind(b"PK\x06\x06", 0, at)
        length = int.from_bytes(tail[wide + 40 : wide + 48], "little") if wide >= 0 else 0
    if length > limit * 200 or length > size:
        raise Refusal("too_many_members" if length <= size else "unreadable", "The zip's directory is too long.")
    entries = length // 46
    if entries > limit:
        stream.seek(max(0, size - length - len(tail) + at))
        # An upper bound: the mark may also stand in a name or comment.
        if stream.read(length).count(_ENTRY) > limit:
            raise Refusal("too_many_members", f"It has more than {limit:,} members.")


def zip_members(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member]:
    """The files of a zip in the order of its directory."""
    names = Names()
    for info in archive.infolist():
        if info.is_dir():
            continue
        name, refusal = names.take(_zip_name(info))
        if refusal is None and (info.external_attr >> 28) == 0xA:
            refusal = Refusal("unsafe_name", "The member is a link.")
        if refusal is None and info.flag_bits & 0x1:
            refusal = Refusal("encrypted", "The member needs a password.")
        if refusal is not None:
            yield name, refusal, None
            continue
        try:
            member = archive.open(info)
        except (zipfile.BadZipFile, *DAMAGE, NotImplementedError, RuntimeError, struct.error) as error:
            yield name, Refusal("unreadable", f"({type(error).__name__}.)"), None
            continue
        with member:
            yield name, Counted(Checked(member), budget), _zip_time(info)


class Checked:
    """A zip member whose checksum error is a `Refusal`."""

    def __init__(self, member) -> None:
        self._member = member

    def read(self, size: int) -> bytes:
        try:
            return self._member.read(size)
        except zipfile.BadZipFile as error:
            raise Refusal("unreadable", "(Its checksum is wrong.)") from error
        except (NotImplementedError, zlib.error) as error:
            raise Refusal("unreadable", f"({type(error).__name__}.)") from error


def _zip_time(info: zipfile.ZipInfo) -> str | None:
    # Zips hold local times without a zone: read as UTC, they are hours off at worst. 1980 is what programs write for none.
    try:
        return datetime(*info.date_time, tzinfo=UTC).isoformat() if info.date_time[0] > 1980 else None
    except ValueError:
        return None


def _tar_time(info: tarfile.TarInfo) -> str | None:
    try:
        return datetime.fromtimestamp(int(info.mtime), UTC).isoformat() if info.mtime > 0 else None
    except (OverflowError, ValueError, OSError):
        return None


def _zip_name(info: zipfile.ZipInfo) -> str:
    """A member's name. Zips that do not say UTF-8 hold names in any code page; the standard library reads them as cp437."""
    if info.flag_bits & 0x800:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    return raw.decode("ascii") if raw.isascii() else encoding.decode(raw).text


def tar_members(stream: BinaryIO, budget: Budget, limit: int) -> Iterator[Member]:
    """The files of a tar in order, read as a stream: nothing is kept of members that have passed."""
    names = Names()
    try:
        archive = tarfile.open(  # noqa: SIM115 (nothing to close: the stream is the caller's)
            fileobj=stream, mode="r|", errors="surrogateescape", bufsize=1 << 18
        )
        count = 0
        while (info := archive.next()) is not None:
            archive.members = []
            count += 1
            if count > limit:
                raise Refusal("too_many_members", f"It has more than {limit:,} members.")
            if info.isdir():
                continue
            raw = info.name.encode("utf-8", "surrogateescape")
            name, refusal = names.take(encoding.decode(raw).text if not raw.isascii() else info.name)
            if refusal is None and not info.isreg():
                refusal = Refusal("unsafe_name", "The member is a link, a device or a pipe.")
            if refusal is None and info.sparse is not None:
                refusal = Refusal("unreadable", "The member is stored with holes.")
            member = archive.extractfile(info) if refusal is None else None
            yield name, refusal or Counted(member, budget), _tar_time(info)
    except tarfile.TarError as error:
        cut = isinstance(error, tarfile.ReadError) and "unexpected end" in str(error)
        raise Refusal("truncated" if cut else "unreadable", f"({error}.)") from error
    except EOFError as error:
        raise Refusal("truncated") from error
    except (*DAMAGE, struct.error) as error:
        raise Refusal("unreadable", f"({type(error).__name__}.)") from error


_CLIMBS = re.compile(r"(?:^|/)\.\.(?:/|$)|^/|^[A-Za-z]:|\x00")


class Names:
    """Member names made safe to print and unique; a second member of a name gets `#1`, as a second record would."""

    def __init__(self) -> None:
        self._seen: dict[str, int] = {}

    def take(self, name: str) -> tuple[str, Refusal | None]:
        name = name.replace("\\", "/")
        refusal = Refusal("unsafe_name", "The member's name climbs.") if _CLIMBS.search(name) else None
        name = "".join(c if c.isprintable() else "\ufffd" for c in name.removeprefix("./"))[:1000] or "unnamed"
        key = name
        times = self._seen.get(key, -1) + 1
        self._seen[key] = times
        return (f"{name}#{times}" if times else name), refusal
