"""The bytes of a source file become drafts of documents, or reasons why not.

    read(stream, "2019/all.zip") -> Draft("2019/all.zip!/a/b.txt", ...), Rejection("2019/all.zip!/c.mobi", "unsupported_format", ...)

Formats are told by content. Containers are read member by member and dumps record by record, so memory does not grow with
them; every limit is in `Options`. `docs/sources.md` says what is recognised and what each reader takes from structure.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from typing import BinaryIO

from transforms import encoding
from transforms.documents import Draft, Rejection
from transforms.sources import archives, sniffing
from transforms.sources.facts import Reading
from transforms.sources.options import Options
from transforms.sources.pages import declared, read_page
from transforms.sources.plain import read_text
from transforms.sources.reasons import REASONS, Refusal
from transforms.sources.streams import Budget, expand, take, whole, with_head

__all__ = ["REASONS", "Options", "read"]

Outcome = Draft | Rejection


def read(stream: BinaryIO, source: str, options: Options = Options()) -> Iterator[Outcome]:  # noqa: B008 (frozen)
    """All documents of one source file, in its order; at least one outcome for any file.

    `stream` is a seekable binary stream at its start, `source` its path relative to `raw/`. Content never raises: what cannot
    be read is a `Rejection` with a code of `REASONS`. An error of the stream itself (a file that vanishes) is one too.
    """
    try:
        size = stream.seek(0, 2)
        stream.seek(0)
    except (OSError, ValueError) as error:
        yield Rejection(source, "unreadable", f"({type(error).__name__}.) {REASONS['unreadable']}")
        return
    yield from _Source(options, size).entry(stream, source, source, 0)


class _Source:
    """One source file while it is read: its options, and what it may still expand to."""

    def __init__(self, options: Options, size: int) -> None:
        self.options = options
        self.budget = Budget(size, options)

    def entry(self, stream: BinaryIO, source: str, name: str, depth: int) -> Iterator[Outcome]:
        """The documents of a stream, whatever it holds. `name` is `source` without the ends of compressions taken off."""
        try:
            yield from self._entry(stream, source, name, depth)
        except Refusal as refusal:
            yield Rejection(source, refusal.code, refusal.detail, sniffing.suffix(name) or "unknown")
        except (Exception, MemoryError) as error:  # the run goes on whatever one file does to a parser
            yield Rejection(source, "unreadable", f"({type(error).__name__}.) {REASONS['unreadable']}", sniffing.suffix(name) or "unknown")

    def _entry(self, stream: BinaryIO, source: str, name: str, depth: int) -> Iterator[Outcome]:
        if depth > self.options.max_depth:
            raise Refusal("too_deep")
        head, stream = with_head(stream)
        if not head.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n\x0b\x0c\x1a") and len(take(stream, len(head) + 1)) == len(head):
            raise Refusal("empty")
        if sniffing.sidecar(name):
            raise Refusal("sidecar")
        kind = sniffing.container(head, name)
        if kind in sniffing.COMPRESSIONS:
            inner = re.sub(r"\.(?:gz|gzip|bz2|xz|zst|zstd)$", "", re.sub(r"\.t(?:gz|bz2?|xz|zst)$", ".tar", name, flags=re.I), flags=re.I)
            yield from self._entry(expand(stream, kind, self.budget), source, inner, depth + 1)
        elif kind == "tar":
            for member, inner in archives.tar_members(stream, self.budget, self.options.max_members):
                yield from self._member(inner, f"{source}!/{member}", member, depth)
        elif kind == "zip":
            yield from self._zip(self._seekable(stream), source, name, depth)
        else:
            yield from self._document(stream, source, name, head)

    def _member(self, inner: BinaryIO | Refusal, source: str, name: str, depth: int) -> Iterator[Outcome]:
        if isinstance(inner, Refusal):
            yield Rejection(source, inner.code, inner.detail, sniffing.suffix(name) or "unknown")
        else:
            yield from self.entry(inner, source, name, depth + 1)

    def _seekable(self, stream: BinaryIO) -> BinaryIO:
        if stream.seekable():
            return stream
        return io.BytesIO(whole(stream, self.options.max_nested, "archive inside another"))

    def _zip(self, stream: BinaryIO, source: str, name: str, depth: int) -> Iterator[Outcome]:
        with archives.open_zip(stream, self.options.max_members) as archive:
            yield from self._zip_files(archive, source, depth)

    def _zip_files(self, archive: zipfile.ZipFile, source: str, depth: int) -> Iterator[Outcome]:
        empty = True
        for member, inner in archives.zip_members(archive, self.budget):
            empty = False
            yield from self._member(inner, f"{source}!/{member}", member, depth)
        if empty:
            raise Refusal("empty", "The archive has no files in it.")

    def _document(self, stream: BinaryIO, source: str, name: str, head: bytes) -> Iterator[Outcome]:
        kind = sniffing.textual(sniffing.glance(head), name)
        raw = whole(stream, self.options.max_document)
        sha256 = hashlib.sha256(raw).hexdigest()
        try:
            decoded = encoding.decode(raw, declared(raw) if kind in ("html", "fb2") else None)
            sniffing.check_text(decoded.text)
            reading = self._reading(decoded.text, kind)
            reading.encoding = decoded.encoding
            yield draft(reading, source, sha256, len(raw))
        except Refusal as refusal:
            yield Rejection(source, refusal.code, refusal.detail, kind, sha256, len(raw))

    def _reading(self, text: str, kind: str) -> Reading:
        if kind == "html":
            return read_page(text, self.options)
        return read_text(text)


def draft(reading: Reading, source: str, sha256: str, size: int) -> Draft:
    """A reading as the rest of the pipeline takes it; a `Refusal` where it has no text at all."""
    if not any(block.text.strip() for block in reading.blocks if block.kind != "boilerplate"):
        raise Refusal("no_text")
    facts = reading.facts
    return Draft(
        source=source,
        blocks=tuple(reading.blocks),
        format=reading.format,
        metadata=facts.metadata(),
        site=facts.site,
        encoding=reading.encoding,
        sha256=sha256,
        bytes=size,
        flags=tuple(sorted(facts.flags)),
        part=facts.part,
        dated=facts.dated,
    )
