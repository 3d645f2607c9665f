"""Cleaned parts: what the cleaning of a batch of source files gave, kept on disk under the hash of all that went into it.

A part is a folder `state/cleaned/<key>/` with a Parquet file per table and `part.json`, which names the source files with
their hashes. It is written aside and renamed into place, so a part that exists is whole; a batch whose part exists is not
cleaned again. Nothing else remembers what was cleaned: `catalog` reads it off the parts.

`doc` identifies a document together with its bytes and the rules that cleaned it: eight hex digits of its source (which place
it in the published files), then sixteen of source, bytes and rules. What has the same `doc` is the same in every run.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import shutil
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass, replace
from importlib.metadata import version
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from flows import versions
from flows.inventory import SourceFile, is_fresh, open_path
from transforms import schema, sources
from transforms.cleaning import Cleaned, Story, clean, join_chapters, reject_storyless
from transforms.documents import Draft, Rejection, Segment
from transforms.metadata import Metadata, Series
from transforms.narration import Narration
from transforms.optouts import OptOut
from transforms.relations import shingles

log = logging.getLogger(__name__)

_STR, _I32, _F32 = pa.string(), pa.int32(), pa.float32()
_STRS = pa.list_(_STR)
_DOUBTS = pa.list_(pa.struct([("chapter", _I32), ("reason", _STR), ("score", _F32), ("excerpt", _STR)]))


def _types(*names: str) -> list[tuple[str, pa.DataType]]:
    """The named columns of the published works, which a part holds under the same names."""
    types = {field.name: field.type for field in schema.WORKS}
    return [(name, types[name]) for name in names]


_LABELS = _types("tense", "tense_confidence", "pov", "pov_confidence", "pov_character")
_METADATA = [
    field.name
    for field in schema.WORKS
    if field.name in {name for name in Metadata.__dataclass_fields__} - {"site"}
]

SCHEMAS: Mapping[str, pa.Schema] = {
    "documents": pa.schema(
        [("doc", _STR), ("file", _STR), ("file_sha256", _STR), ("source", _STR), ("sha256", _STR), ("bytes", pa.int64())]
        + [("format", _STR), ("site", _STR), ("encoding", _STR), ("repairs", schema.REPAIRS), ("reason", _STR), ("detail", _STR)]
        + [("cause", _STR), ("opt_outs", schema.OPT_OUTS), ("dated", _STR), ("site_id", _STR), ("flags", _STRS)]
        + [("doubts", _DOUBTS)]
        + [("part_key", _STR), ("part_position", _I32), ("part_total", _I32), ("part_certain", pa.bool_())]
        + _types("url", "title", "authors", "status", "published", "updated", "n_words", "n_chars", "stated_words")
        + _types("stated_chapters", "n_chapters", "language", *(name for name, _ in _LABELS))
    ),
    "works": pa.schema(
        [("doc", _STR), ("source", _STR), ("site", _STR)]
        + _types(*_METADATA)
        + _types("language", "n_words", "n_chars", "n_chapters", "n_notes")
        + _LABELS
        + _types("past_share", "present_share", "pov_character_confidence", "form", "flags", "text")
    ),
    "chapters": pa.schema(
        [("doc", _STR), ("chapter", _I32), ("title", _STR), ("start", _I32), ("end", _I32), ("n_words", _I32)] + _LABELS
    ),
    "segments": pa.schema(
        [("doc", _STR), ("chapter", _I32), ("ordinal", _I32), ("kind", _STR), ("topics", _STRS), ("text", _STR)]
        + [("source", _STR), ("start", _I32), ("end", _I32), ("rule", _STR), ("confidence", _F32)]
    ),
    "units": pa.schema(
        [("doc", _STR), ("unit", _STR), ("text_hash", _STR), ("n_tokens", pa.int64()), ("n_shingles", pa.int64())]
        + [("sketch", pa.list_(pa.uint64()))]
    ),
    "stones": pa.schema([("doc", _STR), ("text_hashes", _STRS), ("shingles", pa.list_(pa.uint64()))]),
}
"""The tables of a part.

`documents.reason` is set for all that is no work; `cause` names what a copy was kept out for: a `doc` or a tombstone. `units` are
what relations compares: `doc` for a work, `doc/chapter` for a chapter. `stones` are what documents whose author opted out are
recognised by: they have no row, and so no text, in any other table.
"""

_FLUSH_CHARACTERS = 32_000_000


@dataclass(frozen=True, slots=True)
class Part:
    """A part on disk: its folder, the rules that made it, and the files it holds, each (path, sha256).

    `stamps` are these files as they lay in raw/ when they were cleaned, where size and time say enough to know them again.
    """

    folder: Path
    rules: str
    files: tuple[tuple[str, str], ...]
    documents: int
    stamps: tuple[SourceFile, ...] = ()

    def read(self, table: str, columns: Sequence[str] | None = None, docs: pa.Array | None = None) -> pa.Table:
        """A table of the part, or the rows of `docs` of it."""
        path = self.folder / f"{table}.parquet"
        filters = None if docs is None else pc.field("doc").isin(docs)
        return pq.read_table(path, columns=columns, filters=filters)


def rules_of(*packages: str) -> str:
    """A hash of the sources of our own modules (names in `transforms`), and of the libraries that decide with them.

    Whatever is cleaned is kept under this hash: a changed rule cleans again, and nothing has to be remembered by hand.
    """
    root = Path(schema.__file__).parent
    digest = hashlib.sha256()
    for name in packages:
        files = sorted((root / name).rglob("*")) if (root / name).is_dir() else [root / f"{name}.py"]
        for file in files:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(str(file.relative_to(root)).encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]


def identify(source: str, sha256: str, rules: str) -> str:
    """The `doc` of a document; see the module's docstring."""
    place = hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    content = "\0".join((source, sha256, rules)).encode("utf-8", "surrogatepass")
    return place + hashlib.blake2b(content, digest_size=8).hexdigest()


class PartWriter:
    """Collects rows and writes them as row groups, so that a batch of any size takes bounded memory."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._writers = {name: pq.ParquetWriter(folder / f"{name}.parquet", s, compression="zstd") for name, s in SCHEMAS.items()}
        self._rows: dict[str, list[tuple]] = {name: [] for name in SCHEMAS}
        self._characters = 0
        self.documents = 0

    def add(self, table: str, *row: object) -> None:
        self._rows[table].append(row)

    def add_rejection(
        self, doc: str, file: str, file_sha256: str, rejection: Rejection, cleaned: Cleaned | None = None
    ) -> None:
        metadata, part = (cleaned.metadata, cleaned.part) if cleaned else (Metadata(), None)
        nothing = (None,) * (len(SCHEMAS["documents"]) - 22)
        self.add(
            "documents", doc, file, file_sha256, rejection.source, rejection.sha256, rejection.bytes, rejection.format,
            rejection.site, rejection.encoding, _repairs(cleaned), rejection.reason, rejection.detail, None, _opt_outs(cleaned),
            rejection.dated, metadata.site_id, [], [], part and part.key, part and part.position, part and part.total,
            part and part.certain, *nothing,
        )  # fmt: skip
        self._count(0)

    def add_refused(self, doc: str, file: str, file_sha256: str, cleaned: Cleaned, story: Story, refusal: OptOut) -> None:
        """A document whose author opted out: what is needed to know its copies, and no text."""
        draft = cleaned.draft
        rejection = Rejection(
            draft.source, refusal.kind, f"The author says: “{refusal.phrase}”", draft.format, draft.sha256, draft.bytes,
            cleaned.metadata.site or draft.site, draft.encoding, draft.dated,
        )  # fmt: skip
        self.add_rejection(doc, file, file_sha256, rejection, cleaned)
        hashes = [mark.text_hash for mark in (story.whole, *story.prints)]
        self.add("stones", doc, hashes, shingles(join_chapters([chapter.text for chapter in story.chapters])))

    def add_document(self, doc: str, file: str, file_sha256: str, cleaned: Cleaned, story: Story) -> None:
        draft, metadata, part, told = cleaned.draft, cleaned.metadata, cleaned.part, story.narration
        text = cleaned.text
        doubts = [
            {"chapter": _chapter(cleaned, doubt.start), "reason": doubt.reason, "score": doubt.score,
             "excerpt": _excerpt(text, doubt.start, doubt.end)}
            for doubt in cleaned.doubts
        ]  # fmt: skip
        self.add(
            "documents", doc, file, file_sha256, draft.source, draft.sha256, draft.bytes, draft.format,
            metadata.site or draft.site, draft.encoding, _repairs(cleaned), None, None, None, _opt_outs(cleaned), draft.dated,
            metadata.site_id,
            list(cleaned.flags), doubts, part and part.key, part and part.position, part and part.total,
            part and part.certain, metadata.url, metadata.title, list(metadata.authors), metadata.status, metadata.published,
            metadata.updated, story.n_words, story.n_chars, metadata.stated_words, metadata.stated_chapters,
            len(story.chapters),
            told.language, *_labels(told),
        )  # fmt: skip
        self.add_work(doc, draft.source, metadata.site or draft.site, metadata, cleaned.flags, story,
                      [(draft.source, cleaned.text, 0, cleaned.segments)])  # fmt: skip
        self._count(len(cleaned.text))

    def add_work(
        self, doc: str, source: str, site: str | None, metadata: Metadata, flags: Iterable[str], story: Story,
        documents: Sequence[tuple[str, str, int, Sequence[Segment]]],
    ) -> None:  # fmt: skip
        """The rows of a work; `documents` are its documents in order: (source, text, first chapter, segments)."""
        texts = [chapter.text for chapter in story.chapters]
        text = join_chapters(texts)
        notes = sum(segment.kind == "note" for *_, found in documents for segment in found)
        told = story.narration
        self.add(
            "works", doc, source, site, *(_plain(getattr(metadata, name)) for name in _METADATA), told.language,
            story.n_words, story.n_chars, len(texts), notes, *_labels(told), told.past_share, told.present_share,
            told.pov_character_confidence, told.form, list(flags), text,
        )  # fmt: skip
        at = 0
        for chapter in story.chapters:
            end = at + len(chapter.text)
            self.add("chapters", doc, chapter.chapter, chapter.title, at, end, chapter.n_words, *_labels(chapter.narration))
            at = end + 2
        ordinal = 0
        for origin, whole, first, found in documents:
            for segment in found:
                self.add(
                    "segments", doc, first + segment.chapter, ordinal, segment.kind, list(segment.topics),
                    whole[segment.start : segment.end], origin, segment.start, segment.end, segment.rule, segment.confidence,
                )  # fmt: skip
                ordinal += 1
        units = [(doc, story.whole)]
        units += [(f"{doc}/{c.chapter}", p) for c, p in zip(story.chapters, story.prints, strict=False)]
        for unit, mark in units:
            self.add("units", doc, unit, mark.text_hash, mark.n_tokens, mark.n_shingles, mark.sketch)

    def _count(self, characters: int) -> None:
        self.documents += 1
        self._characters += characters
        if self._characters > _FLUSH_CHARACTERS:
            self.flush()

    def flush(self) -> None:
        for name, rows in self._rows.items():
            if rows:
                # Sorted within a row group (the sort is stable), so that its statistics let a reader of some documents skip it.
                rows.sort(key=itemgetter(0))
                columns = zip(*rows, strict=True)
                arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMAS[name], strict=True)]
                self._writers[name].write_table(pa.Table.from_arrays(arrays, schema=SCHEMAS[name]))
                rows.clear()
        self._characters = 0

    def close(self) -> None:
        self.flush()
        for writer in self._writers.values():
            writer.close()


@dataclass(frozen=True, slots=True)
class Cleaning:
    """How documents are cleaned: the hash of the rules, the reader's options, the opt-outs that keep a document back."""

    rules: str
    options: sources.Options
    exclude: tuple[str, ...]


def clean_files(raw: Path, files: Sequence[SourceFile], folder: Path, how: Cleaning) -> Part:
    """Cleans a batch of source files into the part `folder`, or finds it done.

    A document that our own code fails on is rejected by name, never the batch. A file that changes or goes away while it is
    read is rejected for this run and read again by the next.
    """
    done = open_part(folder)
    if done and all(sha for _, sha in done.files):
        return done
    with aside(folder) as temporary:
        writer = PartWriter(temporary)
        read = [(file.path, _clean_file(raw, file, how, writer)) for file in files]
        writer.close()
        now = time.time_ns()
        hashes = dict(read)
        stamps = [replace(file, sha256=hashes[file.path]) for file in files if hashes[file.path] and not is_fresh(file, now)]
        _seal(temporary, how.rules, read, writer.documents, stamps)
    return open_part(folder)


def write_refused(folder: Path, rules: str, refused: Sequence[Rejection]) -> None:
    """Writes entries of raw/ that are no files to be read as a part, each under the hash `-`."""
    if open_part(folder):
        return
    with aside(folder) as temporary:
        writer = PartWriter(temporary)
        for rejection in refused:
            writer.add_rejection(identify(rejection.source, rejection.reason, rules), rejection.source, "-", rejection)
        writer.close()
        files = [(rejection.source, "-") for rejection in refused]
        _seal(temporary, rules, files, writer.documents)


def _seal(
    folder: Path, rules: str, files: Sequence[tuple[str, str]], documents: int, stamps: Sequence[SourceFile] = ()
) -> None:
    content = {"rules": rules, "files": files, "documents": documents, "stamps": [astuple(stamp) for stamp in stamps]}
    (folder / "part.json").write_text(json.dumps(content), encoding="utf-8")


def write_works(folder: Path, rules: str, fill: Callable[[PartWriter], None]) -> Part:
    """Writes a part that holds works of no document of its own; `fill` adds them."""
    with aside(folder) as temporary:
        writer = PartWriter(temporary)
        fill(writer)
        writer.close()
        _seal(temporary, rules, [], 0)
    return Part(folder, rules, (), 0)


def discard(part: Part) -> None:
    """Removes a part: out of the listing first, so that a half-removed one is never read."""
    gone = part.folder.with_name(f".{part.folder.name}.gone")
    shutil.rmtree(gone, ignore_errors=True)
    os.rename(part.folder, gone)
    shutil.rmtree(gone)


def libraries() -> list[str]:
    """The libraries that decide what a document becomes, with their versions."""
    names = ("ftfy", "chardet", "selectolax", "lxml", "striprtf", "markdown-it-py", "py3langid")
    return [f"{name} {version(name)}" for name in names]


def _clean_file(raw: Path, file: SourceFile, how: Cleaning, writer: PartWriter) -> str:
    """Writes the rows of one file's documents; gives the file's SHA-256, or "" where it could not be read as it was."""
    try:
        with open(open_path(raw, file.path), "rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            stream.seek(0)
            for found in sources.read(stream, file.path, how.options):
                _add(found, file.path, sha256, how, writer)
            status = os.fstat(stream.fileno())
        if (status.st_size, status.st_mtime_ns) == (file.size, file.mtime_ns):
            return sha256
        detail = "The file changed while it was read; the next run reads it again."
    except OSError as error:
        detail = f"The file cannot be read: {error.strerror or error}."
    # Rows already written carry the file's hash, and no reader of the part asks for that hash.
    rejection = Rejection(file.path, "unreadable", detail, bytes=file.size)
    writer.add_rejection(identify(file.path, "", how.rules), file.path, "", rejection)
    return ""


def _add(found: Draft | Rejection, file: str, sha256: str, how: Cleaning, writer: PartWriter) -> None:
    doc = identify(found.source, sha256, how.rules)
    if isinstance(found, Rejection):
        writer.add_rejection(doc, file, sha256, found)
        return
    try:
        cleaned = clean(found)
    except Exception as error:  # a bug of ours must not take the run down, nor the document out of the books
        log.exception("cleaning %s failed", found.source)
        detail = f"Our own code failed on this document ({type(error).__name__}); please report it."
        rejection = Rejection(found.source, "internal_error", detail, found.format, found.sha256, found.bytes, found.site)
        writer.add_rejection(doc, file, sha256, rejection)
        return
    refusal = next((statement for statement in cleaned.opt_outs if statement.kind in how.exclude), None)
    if cleaned.story is None:
        writer.add_rejection(doc, file, sha256, reject_storyless(cleaned), cleaned)
    elif refusal:
        writer.add_refused(doc, file, sha256, cleaned, cleaned.story, refusal)
    else:
        writer.add_document(doc, file, sha256, cleaned, cleaned.story)


def compact(part: Part, alive: Collection[str], buried: Mapping[str, tuple[str, str]]) -> None:
    """Rewrites a part so that it holds `alive` documents only, and of `buried` ones (reason, cause) no more than their row.

    Whatever else it held is gone from the disk when this returns.
    """
    with aside(part.folder) as temporary:
        for name, wanted in SCHEMAS.items():
            rows = part.read(name)
            keep = set(alive) if name == "documents" else set(alive) - set(buried)
            rows = rows.filter(pc.is_in(rows["doc"], pa.array(sorted(keep), _STR)))
            if name == "documents":
                # A file of which nothing is left must not pass for one that was cleaned.
                held = set(zip(rows["file"].to_pylist(), rows["file_sha256"].to_pylist(), strict=True))
                rows = pa.Table.from_pylist([_bare(row, buried) for row in rows.to_pylist()], wanted)
            pq.write_table(rows, temporary / f"{name}.parquet", compression="zstd")
        _seal(temporary, part.rules, [file for file in part.files if file in held], part.documents)


def merge(parts: Sequence[Part], folder: Path, alive: Mapping[int, Collection[str]]) -> None:
    """Makes one part of several under the same rules, with the living documents of each (`alive`, by place in `parts`).

    The old ones go after the new one is there: whoever dies between leaves both, which hold the same.
    """
    with aside(folder) as temporary:
        files: list[tuple[str, str]] = []
        for name, wanted in SCHEMAS.items():
            tables = []
            for at, part in enumerate(parts):
                rows = part.read(name)
                tables.append(rows.filter(pc.is_in(rows["doc"], pa.array(sorted(alive[at]), _STR))))
            whole = pa.concat_tables(tables).cast(wanted)
            if name == "documents":
                files = sorted(set(zip(whole["file"].to_pylist(), whole["file_sha256"].to_pylist(), strict=True)))
                documents = whole.num_rows
            # Sorted by doc, so that whoever reads some documents can skip row groups; the sort keeps each document's order.
            order = pc.sort_indices(whole, sort_keys=[("doc", "ascending")])
            pq.write_table(whole.take(order), temporary / f"{name}.parquet", compression="zstd", row_group_size=5_000)
        stamps = [stamp for part in parts for stamp in part.stamps]
        _seal(temporary, parts[0].rules, files, documents, stamps)
    for part in parts:
        discard(part)


_IDENTIFYING = ("doc", "file", "file_sha256", "source", "sha256", "bytes", "format", "site", "encoding", "dated", "site_id",
                "part_key", "part_position", "part_total", "part_certain")  # fmt: skip


def _bare(row: dict, buried: Mapping[str, tuple[str, str]]) -> dict:
    """The row of a buried document: what identifies it, and why it is out."""
    if row["doc"] not in buried:
        return row
    reason, cause = buried[row["doc"]]
    kept = {name: row[name] for name in _IDENTIFYING}
    return kept | {"reason": reason, "cause": cause, "repairs": [], "opt_outs": [], "flags": [], "doubts": []}


def forget_files(part: Part, paths: Collection[str]) -> None:
    """Has a part hold these files no longer: they will be cleaned again."""
    content = {"rules": part.rules, "files": [f for f in part.files if f[0] not in paths], "documents": part.documents}
    new = part.folder / ".part.json"
    new.write_text(json.dumps(content), encoding="utf-8")
    versions.sync(new)
    os.replace(new, part.folder / "part.json")


def open_part(folder: Path) -> Part | None:
    """The part in `folder`, or None where there is none."""
    try:
        content = json.loads((folder / "part.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    stamps = tuple(SourceFile(*stamp) for stamp in content.get("stamps", ()))
    return Part(folder, content["rules"], tuple(map(tuple, content["files"])), content["documents"], stamps)


def catalog(folder: Path) -> list[Part]:
    """All parts below `folder`, in the order of their names."""
    if not folder.is_dir():
        return []
    found = (open_part(path) for path in sorted(folder.iterdir()) if not path.name.startswith("."))
    return [part for part in found if part]


@contextmanager
def aside(folder: Path) -> Iterator[Path]:
    """A folder to write into that becomes `folder`, durable, when all went well, and nothing when not.

    What was in `folder` goes as a whole: whoever dies on the way leaves the old one, none, or the new one.
    """
    temporary, gone = (folder.with_name(f".{folder.name}.{what}") for what in (os.getpid(), "gone"))
    for left in (temporary, gone):
        shutil.rmtree(left, ignore_errors=True)
    temporary.mkdir(parents=True)
    try:
        yield temporary
        versions.sync_all(temporary)
        if folder.exists():
            os.rename(folder, gone)
        os.rename(temporary, folder)
    finally:
        for left in (temporary, gone):
            shutil.rmtree(left, ignore_errors=True)


def _labels(told: Narration) -> tuple[str, float, str, float, str | None]:
    return told.tense, told.tense_confidence, told.pov, told.pov_confidence, told.pov_character


def _repairs(cleaned: Cleaned | None) -> list[dict]:
    return [{"rule": repair.rule, "count": repair.count} for repair in cleaned.repairs] if cleaned else []


def _opt_outs(cleaned: Cleaned | None) -> list[dict]:
    return [{"kind": found.kind, "phrase": found.phrase} for found in cleaned.opt_outs] if cleaned else []


def _plain(value: object) -> object:
    """A metadata value as Arrow takes it."""
    if not isinstance(value, tuple):
        return value
    return [{"name": v.name, "position": v.position} if isinstance(v, Series) else _pair(v) for v in value]


def _pair(value: object) -> object:
    return {"label": value[0], "value": value[1]} if isinstance(value, tuple) else value


def _chapter(cleaned: Cleaned, at: int) -> int:
    """The chapter in which a character stands."""
    return next((segment.chapter for segment in cleaned.segments if segment.start <= at < segment.end), 0)


def _excerpt(text: str, start: int, end: int) -> str:
    """At most a dozen words of a span."""
    words = text[start : min(end, start + 200)].split()
    return " ".join(words[:12]) + (" …" if len(words) > 12 else "")
