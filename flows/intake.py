"""Source files taken in: read, cleaned document by document, and written as a part."""

from __future__ import annotations

import hashlib
import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

from flows.inventory import SourceFile, is_fresh, open_path
from flows.parts import Part, aside, open_part, seal
from flows.rows import PartWriter
from transforms import schema, sources
from transforms.cleaning import clean, reject_storyless
from transforms.documents import Draft, Rejection

log = logging.getLogger(__name__)


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


def libraries() -> list[str]:
    """The libraries that decide what a document becomes, with their versions."""
    names = ("ftfy", "chardet", "selectolax", "lxml", "striprtf", "markdown-it-py", "py3langid")
    return [f"{name} {version(name)}" for name in names]


def identify(source: str, sha256: str, rules: str) -> str:
    """The `doc` of a document; see the module's docstring."""
    place = hashlib.blake2b(source.encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
    content = "\0".join((source, sha256, rules)).encode("utf-8", "surrogatepass")
    return place + hashlib.blake2b(content, digest_size=8).hexdigest()


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
        seal(temporary, how.rules, read, writer.documents, stamps)
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
        seal(temporary, rules, files, writer.documents)


def write_works(folder: Path, rules: str, fill: Callable[[PartWriter], None]) -> Part:
    """Writes a part that holds works of no document of its own; `fill` adds them."""
    with aside(folder) as temporary:
        writer = PartWriter(temporary)
        fill(writer)
        writer.close()
        seal(temporary, rules, [], 0)
    return Part(folder, rules, (), 0)


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
