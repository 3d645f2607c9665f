"""What lies in raw/: every file by path, size, time and hash, and every entry that is no file to be read.

A run asks which files are new or changed. Size and modification time answer for most; where the time moved but the size did
not, the hash decides. Hidden files and a README at the top of raw/ are not input.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows import versions
from transforms.documents import Rejection

# Two writes within the file system's tick can leave size and time as they were; a hash taken that soon proves nothing.
_RACY_NS = 2_000_000_000

_SCHEMA = pa.schema(
    [("path", pa.string()), ("size", pa.int64()), ("mtime_ns", pa.int64()), ("sha256", pa.string()), ("fresh", pa.bool_())]
)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of raw/: `path` relative to it, with `/`; `sha256` is None until the bytes have been read."""

    path: str
    size: int
    mtime_ns: int
    sha256: str | None = None


def look(raw: Path) -> tuple[list[SourceFile], list[Rejection]]:
    """All files below `raw`, sorted by path, and a rejection (dated by its entry's time) for all that cannot be read as a file.

    Links are read when they lead to a file inside raw/. Raises NotADirectoryError or FileNotFoundError for `raw` itself.
    """
    root = os.fsencode(raw.resolve(strict=True))
    files: list[SourceFile] = []
    rejections: list[Rejection] = []
    for name, entry in _walk(root):
        path = name.decode("utf-8", "backslashreplace")
        found = _see(path, entry, root)
        if isinstance(found, SourceFile):
            files.append(found)
        else:
            rejections.append(found)
    return sorted(files, key=lambda file: file.path), sorted(rejections, key=lambda rejection: rejection.source)


def _see(path: str, entry: os.DirEntry[bytes], root: bytes) -> SourceFile | Rejection:
    dated = None
    try:
        status = entry.stat(follow_symlinks=False)
        dated = datetime.fromtimestamp(int(status.st_mtime), UTC).isoformat()
        if stat.S_ISLNK(status.st_mode):
            target = os.path.realpath(entry.path)
            if not (target + b"/").startswith(root + b"/"):
                return Rejection(path, "link_outside", "A link that leads out of raw/; put the file itself there.", dated=dated)
            status = os.stat(target)
            if stat.S_ISDIR(status.st_mode):
                return Rejection(path, "link_folder", "A link to a folder; its files are read where they are.", dated=dated)
        if stat.S_ISDIR(status.st_mode) or not os.access(entry.path, os.R_OK):
            return Rejection(path, "unreadable", "It cannot be read: permission denied. Allow reading it.", dated=dated)
        if not stat.S_ISREG(status.st_mode):
            return Rejection(path, "not_a_file", "A pipe, socket or device, not a file.", dated=dated)
        return SourceFile(path, status.st_size, status.st_mtime_ns)
    except OSError as error:
        return Rejection(path, "unreadable", f"It cannot be read: {error.strerror}.", dated=dated)


def _walk(root: bytes) -> Iterator[tuple[bytes, os.DirEntry[bytes]]]:
    """Every entry below root that is not a folder, with its path relative to root; unreadable folders count as entries."""
    folders = [root]
    while folders:
        folder = folders.pop()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.startswith(b".") or (folder == root and entry.name.upper().startswith(b"README")):
                    continue
                if entry.is_dir(follow_symlinks=False) and os.access(entry.path, os.R_OK | os.X_OK):
                    folders.append(entry.path)
                else:
                    yield os.path.relpath(entry.path, root), entry


def open_path(raw: Path, path: str) -> Path:
    """The path on disk of a file's `path`, also where its name is not UTF-8."""
    plain = raw / path
    if plain.exists() or "\\x" not in path:
        return plain
    name = re.sub(rb"\\x([0-9a-f]{2})", lambda match: bytes.fromhex(match[1].decode()), path.encode("utf-8"))
    return raw / os.fsdecode(name)


def hash_file(path: Path) -> str:
    """SHA-256 of a file, as hex. Raises OSError."""
    with open(path, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def remembered(memory: Path) -> list[SourceFile]:
    """The files as the last run left them; empty before the first."""
    return [file for file, _ in _recollect(memory)]


def _recollect(memory: Path) -> list[tuple[SourceFile, bool]]:
    """The files of the last run, each with whether its time was too fresh then to prove anything."""
    if not memory.exists():
        return []
    columns = (column.to_pylist() for column in pq.read_table(memory, schema=_SCHEMA).columns)
    return [(SourceFile(*row), fresh) for *row, fresh in zip(*columns, strict=True)]


def recall(files: list[SourceFile], memory: Path, raw: Path, stamps: Iterable[SourceFile] = ()) -> list[SourceFile]:
    """The files with the hashes that an earlier run took, as far as size and time (else the bytes) say they still hold.

    `stamps`: what else is known; a run that died left no memory of all its files, only what it had done.
    """
    stamped = {replace(stamp, sha256=None): stamp for stamp in stamps}
    known = {before.path: (before, fresh) for before, fresh in _recollect(memory)}
    recalled = []
    for file in files:
        before, fresh = known.get(file.path, (None, False))
        if before and not fresh and (before.size, before.mtime_ns) == (file.size, file.mtime_ns):
            file = before
        elif file in stamped:
            file = stamped[file]
        elif before and before.size == file.size:
            # Touched, or written over with as many bytes: only the bytes can tell.
            # Where they cannot be read, the batch that tries will say what is wrong.
            with contextlib.suppress(OSError):
                file = replace(file, sha256=hash_file(open_path(raw, file.path)))
        recalled.append(file)
    return recalled


def is_fresh(file: SourceFile, now_ns: int) -> bool:
    """Whether a file's time is so near that a later write could leave size and time as they are."""
    return now_ns - file.mtime_ns < _RACY_NS


def remember(files: list[SourceFile], memory: Path, now_ns: int) -> None:
    """Writes the files' hashes for the next run."""
    rows = [(file.path, file.size, file.mtime_ns, file.sha256, is_fresh(file, now_ns)) for file in files if file.sha256]
    columns = zip(*rows, strict=True) if rows else [[] for _ in _SCHEMA]
    table = pa.table([pa.array(c, t) for c, t in zip(columns, _SCHEMA.types, strict=True)], schema=_SCHEMA)
    aside = memory.with_suffix(".tmp")
    pq.write_table(table, aside, compression="zstd")
    versions.sync(aside)
    os.replace(aside, memory)


def plan(files: Sequence[SourceFile], size: float) -> Iterator[list[SourceFile]]:
    """Cuts files, in their order, into batches of about `size` bytes; a larger file is a batch of its own."""
    batch: list[SourceFile] = []
    total = 0
    for file in files:
        if batch and total + file.size > size:
            yield batch
            batch, total = [], 0
        batch.append(file)
        total += file.size
    if batch:
        yield batch


def key_of(batch: Sequence[SourceFile], rules: str) -> str:
    """The name of a batch's part: a hash of its files as they lie on disk and of the rules."""
    content = [rules, [(file.path, file.size, file.mtime_ns) for file in batch]]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:24]
