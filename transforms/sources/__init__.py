"""The bytes of a source file become drafts of documents, or reasons why not.

    read(stream, "2019/all.zip") -> Draft("2019/all.zip!/a/b.txt", ...), Rejection("2019/all.zip!/c.mobi", ...)

Formats are told by content. Containers are read member by member and dumps record by record, so memory does not grow with
them; every limit is in `Options`. `docs/sources.md` says what is recognised and what each reader takes from structure.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from transforms import encoding
from transforms.documents import Draft, Rejection
from transforms.sources import archives, epub, gates, mail, markdown, office, records, rtf, sniffing, tables
from transforms.sources.facts import Reading
from transforms.sources.options import Options
from transforms.sources.pages import declared, read_page
from transforms.sources.parts import part_of
from transforms.sources.plain import read_text
from transforms.sources.reasons import REASONS, Refusal
from transforms.sources.streams import DAMAGE, Budget, expand, take, whole, with_head

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
        except (MemoryError, RecursionError):
            yield Rejection(source, "too_large", REASONS["too_large"], sniffing.suffix(name) or "unknown")
        except Exception as error:  # the run goes on whatever one file does to a parser
            code = "unreadable" if isinstance(error, DAMAGE) else "internal_error"
            yield Rejection(source, code, f"({type(error).__name__}.) {REASONS[code]}", sniffing.suffix(name) or "unknown")

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
            inner = re.sub(
                r"\.(?:gz|gzip|bz2|xz|zst|zstd)$", "", re.sub(r"\.t(?:gz|bz2?|xz|zst)$", ".tar", name, flags=re.I), flags=re.I
            )
            yield from self._entry(expand(stream, kind, self.budget), source, inner, depth + 1)
        elif kind == "tar":
            for member, inner, dated in archives.tar_members(stream, self.budget, self.options.max_members):
                yield from self._member(inner, f"{source}!/{member}", member, depth, dated)
        elif kind == "zip":
            yield from self._zip(self._seekable(stream), source, name, depth)
        elif kind == "parquet":
            yield from self._records(tables.parquet(self._seekable(stream), self.options, self.budget), kind, source)
        elif kind == "rtf":
            yield from self._document(stream, source, kind)
        else:
            yield from self._text(stream, source, name, sniffing.textual(sniffing.glance(head), name), depth)

    def _member(
        self, inner: BinaryIO | Refusal, source: str, name: str, depth: int, dated: str | None = None
    ) -> Iterator[Outcome]:
        if isinstance(inner, Refusal):
            yield Rejection(source, inner.code, inner.detail, sniffing.suffix(name) or "unknown", dated=dated)
            return
        for outcome in self.entry(inner, source, name, depth + 1):
            yield outcome if outcome.dated or not dated else replace(outcome, dated=dated)

    def _seekable(self, stream: BinaryIO) -> BinaryIO:
        if stream.seekable():
            return stream
        return io.BytesIO(whole(stream, self.options.max_nested, "archive inside another"))

    def _zip(self, stream: BinaryIO, source: str, name: str, depth: int) -> Iterator[Outcome]:
        size = stream.seek(0, 2)
        with archives.open_zip(stream, self.options.max_members) as archive:
            kind = "epub" if epub.is_epub(archive) else office.office_format(archive)
            if kind is None:
                yield from self._zip_files(archive, source, depth)
                return
            sha256 = _sha256(stream)
            try:
                if kind not in _ZIPPED:
                    raise sniffing.unsupported(kind.upper())
                yield draft(_ZIPPED[kind](archive, self.options, self.budget), source, sha256, size)
            except Refusal as refusal:
                yield Rejection(source, refusal.code, refusal.detail, kind, sha256, size)

    def _zip_files(self, archive: zipfile.ZipFile, source: str, depth: int) -> Iterator[Outcome]:
        empty = True
        for member, inner, dated in archives.zip_members(archive, self.budget):
            empty = False
            yield from self._member(inner, f"{source}!/{member}", member, depth, dated)
        if empty:
            raise Refusal("empty", "The archive has no files in it.")

    def _text(self, stream: BinaryIO, source: str, name: str, kind: str, depth: int) -> Iterator[Outcome]:
        if kind == "jsonl":
            yield from self._records(tables.json_lines(stream, self.options), kind, source)
        elif kind == "json":
            yield from self._records(tables.json_file(stream, self.options), kind, source)
        elif kind in ("csv", "tsv"):
            yield from self._records(tables.separated(stream, self.options, kind), kind, source)
        elif kind == "mbox":
            for number, (raw, refusal) in enumerate(mail.messages(stream, self.options)):
                yield from self._message(raw, refusal, f"{source}#{number}", depth)
        elif kind == "eml":
            yield from self._message(whole(stream, self.options.max_document, "message"), None, source, depth)
        else:
            yield from self._document(stream, source, kind)

    def _records(self, found_records: Iterator, kind: str, source: str) -> Iterator[Outcome]:
        count = 0
        for found in records.readings(found_records, kind, source, self.options):
            count += 1
            refusal = found.reading if isinstance(found.reading, Refusal) else None
            if refusal and refusal.code == "no_text_column" and kind in ("csv", "tsv", "parquet"):
                raise refusal  # what one row has not, none has
            if refusal is None:
                try:
                    yield draft(found.reading, source + found.mark, found.sha256, found.bytes)
                except Refusal as error:
                    refusal = error
            if refusal is not None:
                yield Rejection(source + found.mark, refusal.code, refusal.detail, kind, found.sha256, found.bytes)
        if not count:
            raise Refusal("empty", "The table has no rows.")

    def _message(self, raw: bytes, refusal: Refusal | None, source: str, depth: int) -> Iterator[Outcome]:
        sha256 = hashlib.sha256(raw).hexdigest()
        attachments: list[tuple[str, bytes]] = []
        try:
            if refusal is not None:
                raise refusal
            reading, attachments = mail.read_message(raw, self.options)
            if attachments and all(block.rule == "mail.header" for block in reading.blocks):
                reading = None  # a message that only carries files: they are the documents
            if reading is not None:
                yield draft(reading, source, sha256, len(raw))
        except Refusal as error:
            yield Rejection(source, error.code, error.detail, "eml", sha256, len(raw))
        names = archives.Names()
        for name, data in attachments:
            self.budget.spend(len(data))
            safe, error = names.take(name)
            yield from self._member(error or io.BytesIO(data), f"{source}!/{safe}", safe, depth)

    def _document(self, stream: BinaryIO, source: str, kind: str) -> Iterator[Outcome]:
        raw = whole(stream, self.options.max_page if kind == "html" else self.options.max_document, kind)
        sha256 = hashlib.sha256(raw).hexdigest()
        try:
            if kind == "rtf":
                reading = rtf.read_rtf(raw)
            else:
                decoded = encoding.decode(raw, declared(raw) if kind in ("html", "fb2", "fodt") else None)
                sniffing.check_text(decoded.text)
                reading = self._reading(decoded.text, kind)
                reading.encoding, reading.encoding_how = decoded.encoding, decoded.detail
            yield draft(reading, source, sha256, len(raw))
        except Refusal as refusal:
            yield Rejection(source, refusal.code, refusal.detail, kind, sha256, len(raw))

    def _reading(self, text: str, kind: str) -> Reading:
        if kind == "html":
            return read_page(text, self.options)
        if kind == "fb2":
            return office.read_fb2(text)
        if kind == "fodt":
            return office.read_fodt(text)
        if kind == "md" and len(text) <= self.options.max_markdown:
            return markdown.read_markdown(text, self.options)
        return read_text(text)


_ZIPPED = {"epub": epub.read_epub, "docx": office.read_docx, "odt": office.read_odt}


def _sha256(stream: BinaryIO) -> str:
    stream.seek(0)
    digest = hashlib.sha256()
    while data := stream.read(1 << 20):
        digest.update(data)
    return digest.hexdigest()


def draft(reading: Reading, source: str, sha256: str, size: int) -> Draft:
    """A reading as the rest of the pipeline takes it; a `Refusal` where it has no text at all."""
    if not any(block.text.strip() for block in reading.blocks if block.kind != "boilerplate"):
        raise Refusal("no_text")
    if reading.format != "html":  # pages were looked at with their structure
        gates.check_plain("".join(block.text for block in reading.blocks if block.kind is None))
    facts = reading.facts
    stated = facts.metadata()
    if facts.part is None and "#" not in source.rpartition("/")[2]:
        text = "".join(block.text for block in reading.blocks if block.kind != "boilerplate")
        facts.part = part_of(
            source, text, sum(block.chapter for block in reading.blocks), stated.title or "", ", ".join(stated.authors)
        )
    return Draft(
        source=source,
        blocks=tuple(reading.blocks),
        format=reading.format,
        metadata=stated,
        site=facts.site,
        encoding=reading.encoding,
        encoding_how=reading.encoding_how,
        sha256=sha256,
        bytes=size,
        flags=tuple(sorted(facts.flags)),
        part=facts.part,
        dated=facts.dated,
    )
