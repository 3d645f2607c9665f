"""Limits and column names that a caller may set for reading."""

from __future__ import annotations

from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Options:
    """What reading is held to. All sizes are in bytes after expanding.

    The limits bound memory and time on hostile files; a source that passes one is rejected with the limit's name, never cut.
    `docs/sources.md` lists them with what happens at each.
    """

    max_document: int = 64 * MIB  # one document, read whole: text, page, EPUB member
    max_page: int = 32 * MIB  # one page of markup: its tree takes some 25 times that
    max_markdown: int = 4 * MIB  # characters of a Markdown text; a longer one is read as plain text, as parsing takes its time
    max_nested: int = 256 * MIB  # a container that needs seeking (zip, EPUB, Parquet) inside another container
    max_total: int = 64 * 1024 * MIB  # all that one source file expands to, at all levels together
    max_ratio: float = 200.0  # expanded / packed size of a source file, once it expands past `free_expansion`
    free_expansion: int = 128 * MIB  # what any source file may expand to, however small it is
    max_depth: int = 8  # containers and compressions around a document
    max_members: int = 250_000  # members of one archive
    max_record: int = 64 * MIB  # one row, line or message of a dump
    max_json: int = 256 * MIB  # a JSON file that is one value, parsed whole
    max_tag_depth: int = 256  # open elements of a page; deeper tags are read as line breaks

    # Dumps: names of columns or keys, looked up before the common ones. Empty: the common names only.
    text_columns: tuple[str, ...] = ()
    id_columns: tuple[str, ...] = ()
    title_columns: tuple[str, ...] = ()
    chapter_columns: tuple[str, ...] = ()
