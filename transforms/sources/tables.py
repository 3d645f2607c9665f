"""Dumps: tables and JSON, read record by record; a record's columns become its header, summary, notes and text."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from transforms import encoding
from transforms.documents import Block, Part
from transforms.metadata.labels import field_of
from transforms.sources import ao3, sniffing
from transforms.sources.facts import Facts, Reading
from transforms.sources.options import Options
from transforms.sources.pages import read_page
from transforms.sources.plain import read_text
from transforms.sources.reasons import Refusal
from transforms.sources.streams import DAMAGE, Budget

TEXT_COLUMNS = (
    "body", "text", "content", "story", "fulltext", "full_text", "story_text", "storytext", "chapter_text", "chapter_content",
    "chapters", "html", "fic", "fic_text", "work_text", "document", "raw_text",
)  # fmt: skip
ID_COLUMNS = ("work_id", "workid", "fic_id", "ficid", "story_id", "storyid", "book_id", "id", "sid", "_id")
TITLE_COLUMNS = ("title", "story_title", "work_title", "fic_title", "name")
CHAPTER_COLUMNS = ("chapter_number", "chapter_num", "chapter_no", "chapter_index", "chapter_id", "chapter", "chap", "chapnum")
_CHAPTER_TITLES = ("chapter_title", "chapter_name", "chaptertitle")
_PARAGRAPH_COLUMNS = ("para_id", "paragraph_id", "para", "paragraph")
_SITE_COLUMNS = ("site", "source_site", "archive", "platform")
_AO3SCRAPER = {"work_id", "additional tags", "status date", "kudos", "body"}
_NOTHING = {"", "null", "none", "nan", "n/a"}
_LISTS_OF_RECORDS = ("works", "stories", "data", "items", "records", "results", "fics", "documents", "rows")

Value = str | tuple[str, ...] | list | dict
Record = tuple[str, dict[str, Value], bytes]
"""A record's number mark ("#3", or "" for a file that is one record), its columns, and the bytes it was made of."""


# ---- records out of files


def json_lines(stream: BinaryIO, options: Options) -> Iterator[Record | tuple[str, Refusal]]:
    """The objects of a file with one on each line."""
    number = -1
    while raw := stream.readline(options.max_record + 1):
        if len(raw) > options.max_record:
            number += 1
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(1 << 20)
            yield f"#{number}", Refusal("too_large", f"The line is longer than {options.max_record:,} bytes.")
            continue
        if not raw.strip(b"\xef\xbb\xbf \t\r\n\0"):
            continue
        number += 1
        try:
            value = json.loads(_decode(raw))
        except (ValueError, RecursionError):
            cut = not raw.endswith(b"\n") and raw.lstrip()[:1] == b"{" and not raw.rstrip().endswith(b"}")
            yield f"#{number}", Refusal("truncated" if cut else "unreadable", "(The line is no JSON.)")
            continue
        yield f"#{number}", _columns(value), raw


def json_file(stream: BinaryIO, options: Options) -> Iterator[Record | tuple[str, Refusal]]:
    """The objects of a JSON file: of its outer list, read one by one; of a list or a table of objects in it; or itself."""
    reader = io.TextIOWrapper(_Prefixed(b"", stream), "utf-8-sig", errors="surrogateescape", newline="")
    head = reader.read(65_536)
    if head.lstrip("\ufeff \t\r\n")[:1] == "[":
        yield from _json_array(reader, head.lstrip("\ufeff \t\r\n")[1:], options)
        return
    rest = reader.read(options.max_json)
    if reader.read(1):
        raise Refusal(
            "too_large", f"A JSON file that is one value may have {options.max_json:,} bytes; as JSON Lines, any number."
        )
    raw = (head + rest).encode("utf-8", "surrogateescape")
    try:
        value = json.loads(_decode(raw))
    except (ValueError, RecursionError) as error:
        cut = isinstance(error, ValueError) and not raw.rstrip().endswith((b"}", b"]"))
        raise Refusal("truncated" if cut else "unreadable", "(It is no JSON.)") from error
    if not isinstance(value, dict):
        raise Refusal("no_text_column")
    many = next((value[key] for key in _LISTS_OF_RECORDS if isinstance(value.get(key), list) and _dicts(value[key])), None)
    if (
        many is None
        and len(value) > 1
        and _dicts(list(value.values()))
        and any(_text_column(_columns(v), options) for v in value.values())
    ):
        many = [{"id": key, **entry} for key, entry in value.items()]
    if many is None:
        yield "", _columns(value), raw
    else:
        for number, entry in enumerate(many):
            yield f"#{number}", _columns(entry), json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _dicts(values: list) -> bool:
    return bool(values) and all(isinstance(value, dict) for value in values)


def _json_array(reader: io.TextIOWrapper, buffer: str, options: Options) -> Iterator[Record | tuple[str, Refusal]]:
    # Each value is parsed as soon as it is whole; the buffer doubles while it is not, so the work stays linear.
    decoder, number, at, more = json.JSONDecoder(), -1, 0, 1 << 20
    while True:
        while at < len(buffer) and buffer[at] in " \t\r\n,":
            at += 1
        if at < len(buffer) and buffer[at] == "]":
            return
        try:
            if at >= len(buffer):
                raise ValueError
            value, end = decoder.raw_decode(buffer, at)
            if end == len(buffer) and not isinstance(value, (dict, list, str)):
                raise ValueError  # a number may go on
        except RecursionError as error:
            raise Refusal("unreadable", "(Its JSON nests too deep.)") from error
        except ValueError as error:
            data = reader.read(more)
            if not data:
                at_end = at >= len(buffer)
                number += 0 if at_end else 1
                raise Refusal("truncated", f"(Its JSON ends or breaks after record {number}.)") from error
            buffer, at, more = buffer[at:] + data, 0, min(more * 2, options.max_record)
            if len(buffer) > options.max_record:
                raise Refusal("too_large", f"A record is larger than {options.max_record:,} bytes.") from error
            continue
        number += 1
        raw = buffer[at:end].encode("utf-8", "surrogateescape")
        try:
            raw.decode("utf-8")
        except UnicodeDecodeError:  # not UTF-8: decoded as the other records are, each on its own
            value = json.loads(_decode(raw))
        yield f"#{number}", _columns(value), raw
        at, more = end, 1 << 20
        if at > 1 << 20:
            buffer, at = buffer[at:], 0


def _columns(value: object) -> dict[str, Value]:
    """A record's columns by lower-case name; what stands in "metadata" or "work" is taken up a level."""
    if isinstance(value, str):
        return {"text": value}
    if isinstance(value, list):
        return {"chapters": value}
    if not isinstance(value, dict):
        return {}
    flat: dict[str, Value] = {}
    for key, inner in value.items():
        name = str(key).strip().lower()
        if isinstance(inner, dict) and name in ("metadata", "meta", "work", "story", "info", "fic"):
            flat.update({k: v for k, v in _columns(inner).items() if k not in flat})
        else:
            flat[name] = _value(inner)
    return flat


def _value(value: object) -> Value:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(item, (str, int)) for item in value):
        return tuple(valid(str(item)) for item in value)
    if isinstance(value, (list, dict)):
        return value
    return valid(str(value))


def valid(text: str) -> str:
    """A text without lone surrogates, which JSON can hold and nothing can store."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return encoding.decode(raw).text


def separated(stream: BinaryIO, options: Options, kind: str) -> Iterator[Record | tuple[str, Refusal]]:
    """The rows of a table in CSV or TSV. Its bytes pass through the parser unread; each row is decoded by itself."""
    csv.field_size_limit(options.max_record)
    lines = _lines(stream, options)
    first = next(lines, "")
    lines = _chain(first, lines)
    mark = "\t" if kind == "tsv" else max(",;\t|", key=first.count)
    rows = csv.reader(lines, delimiter=mark)
    names = [_decode(name.encode("latin-1")).strip("\ufeff ").lower() for name in next(rows, [])]
    number = -1
    try:
        for row in rows:
            if not any(row):
                continue
            number += 1
            raw = mark.join(row).encode("latin-1")
            if raw.isascii() or _is_utf8(raw):
                cells = [cell.encode("latin-1").decode("utf-8") for cell in row]
            else:
                found = encoding.decode(raw)
                cells = [_decode_as(cell.encode("latin-1"), found.encoding) for cell in row]
            if len(cells) > len(names):
                yield f"#{number}", Refusal("unreadable", "(The row has more cells than the table has columns.)")
                continue
            yield f"#{number}", dict(zip(names, cells, strict=False)), raw
    except csv.Error as error:
        raise Refusal("too_large" if "limit" in str(error) else "unreadable", f"({error}.)") from error


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _decode_as(raw: bytes, name: str) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        try:
            return raw.decode(name)
        except (UnicodeDecodeError, LookupError):
            return encoding.decode(raw).text


def _chain(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _lines(stream: BinaryIO, options: Options) -> Iterator[str]:
    head = stream.readline(options.max_record)
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = io.TextIOWrapper(_Prefixed(head, stream), "utf-16", errors="replace", newline="")
        for line in iter(lambda: text.readline(options.max_record), ""):
            yield line.encode("utf-8", "replace").decode("latin-1")
        return
    while head:
        if len(head) >= options.max_record:
            raise Refusal("too_large", f"A line is longer than {options.max_record:,} bytes.")
        yield head.decode("latin-1")
        head = stream.readline(options.max_record)


class _Prefixed(io.RawIOBase):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head, self._rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        data, self._head = (
            (self._head[: len(buffer)], self._head[len(buffer) :]) if self._head else (self._rest.read(len(buffer)), b"")
        )
        buffer[: len(data)] = data
        return len(data)


def parquet(stream: BinaryIO, options: Options, budget: Budget) -> Iterator[Record | tuple[str, Refusal]]:
    """The rows of a Parquet file, a few at a time."""
    try:
        file = pq.ParquetFile(pa.PythonFile(stream, mode="r"), pre_buffer=False)
        for group in range(file.metadata.num_row_groups):
            size = file.metadata.row_group(group).total_byte_size
            if size > options.max_nested * 4:
                raise Refusal("too_large", f"A row group holds more than {options.max_nested * 4:,} bytes.")
        number = -1
        for batch in file.iter_batches(batch_size=16, use_threads=False):
            names = [name.strip().lower() for name in batch.schema.names]
            for row in range(batch.num_rows):
                number += 1
                record = {name: batch.column(at)[row].as_py() for at, name in enumerate(names)}
                columns = _columns({name: _bytes_out(value) for name, value in record.items()})
                raw = json.dumps(record, ensure_ascii=False, default=str, sort_keys=True).encode("utf-8", "surrogatepass")
                budget.spend(len(raw))
                yield f"#{number}", columns, raw
    except (pa.ArrowException, *DAMAGE) as error:
        raise Refusal("unreadable", f"({type(error).__name__}: the Parquet file is damaged.)") from error


def _bytes_out(value: object) -> object:
    return encoding.decode(value).text if isinstance(value, bytes) else value


# ---- readings out of records


@dataclass(frozen=True, slots=True)
class Found:
    """A record that was read: its mark, its reading or why there is none, and the digest and size of its bytes."""

    mark: str
    reading: Reading | Refusal
    sha256: str
    bytes: int


def readings(records: Iterable[Record | tuple[str, Refusal]], kind: str, source: str, options: Options) -> Iterator[Found]:
    """Each record as a document; rows that hold one paragraph each are put together by work and chapter."""
    for mark, columns, raw in _by_paragraph(records, options):
        sha256 = hashlib.sha256(raw).hexdigest()
        if isinstance(columns, Refusal):
            yield Found(mark, columns, "", 0)
            continue
        try:
            reading: Reading | Refusal = _reading(columns, kind, source, options)
        except Refusal as refusal:
            reading = refusal
        yield Found(mark, reading, sha256, len(raw))


def _by_paragraph(records: Iterable, options: Options) -> Iterator[tuple[str, dict | Refusal, bytes]]:
    held: tuple[str, dict, bytes] | None = None
    for record in records:
        if isinstance(record[1], Refusal):
            yield record[0], record[1], b""
            continue
        mark, columns, raw = record
        if not any(name in columns for name in _PARAGRAPH_COLUMNS):
            yield record
            continue
        key = [columns.get(name) for name in (*ID_COLUMNS, *CHAPTER_COLUMNS)]
        text = str(columns.get("text") or "")
        if held and held[1]["key"] == key and len(held[2]) < options.max_record:
            held[1]["text"].append(text)
            held = (held[0], held[1], held[2] + b"\n" + raw) if len(raw) < 4096 else held
            continue
        if held:
            yield _joined(held)
        kept = {name: value for name, value in columns.items() if name not in _PARAGRAPH_COLUMNS and "token" not in name}
        held = (mark, {**kept, "key": key, "text": [text]}, raw)
    if held:
        yield _joined(held)


def _joined(held: tuple[str, dict, bytes]) -> tuple[str, dict, bytes]:
    mark, columns, raw = held
    columns = {name: value for name, value in columns.items() if name != "key"}
    return mark, {**columns, "text": "\n\n".join(columns["text"])}, raw


def _pick(columns: dict[str, Value], set_names: tuple[str, ...], common: tuple[str, ...]) -> str | None:
    for name in (*(name.lower() for name in set_names), *common):
        if _given(columns.get(name)):
            return name
    return None


def _given(value: Value | None) -> bool:
    return value is not None and not (isinstance(value, str) and value.strip().lower() in _NOTHING) and value not in ((), [], {})


def _text_column(columns: dict[str, Value], options: Options) -> str | None:
    return _pick(columns, options.text_columns, TEXT_COLUMNS)


def _reading(columns: dict[str, Value], kind: str, source: str, options: Options) -> Reading:
    names = (*options.text_columns, *TEXT_COLUMNS)
    text = _text_column(columns, options)
    if text == "chapters" and not isinstance(columns[text], (list, tuple)):
        columns = {**columns}  # "chapters" as a number is a count
        text = _pick({name: value for name, value in columns.items() if name != "chapters"}, options.text_columns, TEXT_COLUMNS)
    if text is None:
        raise Refusal("no_record_text" if any(name in columns for name in names if name != "chapters") else "no_text_column")
    facts = Facts()
    chapter = _pick(columns, options.chapter_columns, CHAPTER_COLUMNS)
    if chapter == text or (chapter and isinstance(columns[chapter], (list, dict))):
        chapter = None
    _read_facts(columns, {text, chapter}, facts, options)
    _read_place(columns, chapter, facts, source, options)
    blocks = _header(columns, facts, {text, chapter})
    value = columns[text]
    if isinstance(value, (list, tuple)):
        for entry in value:
            blocks += _chapter(entry, options)
    else:
        if chapter and (title := next((columns[name] for name in _CHAPTER_TITLES if _given(columns.get(name))), None)):
            blocks.append(Block(f"{title}\n\n", "heading", "table.chapter", chapter=True))
        body = _body(str(value), options, facts)
        if not any(block.text.strip() for block in body):
            raise Refusal("no_record_text")
        blocks += body
    return Reading(blocks, kind, facts, "utf-8" if kind != "csv" else None)


def _read_facts(columns: dict[str, Value], skipped: set[str | None], facts: Facts, options: Options) -> None:
    scraped = set(columns) >= _AO3SCRAPER
    url = next(
        (columns[name] for name in ("url", "link", "story_url", "work_url", "source_url") if _given(columns.get(name))), None
    )
    facts.locate(str(url) if isinstance(url, str) else None)
    if scraped:
        facts.site = "ao3"
    elif not facts.site and (name := next((n for n in _SITE_COLUMNS if _given(columns.get(n))), None)):
        facts.site = _site_of(str(columns[name]))
    identity = _pick(columns, options.id_columns, ID_COLUMNS)
    if identity and facts.site_id is None and isinstance(columns[identity], str):
        facts.site_id = re.sub(r"[^\w-]+", "-", str(columns[identity]).strip())[:200] if facts.site else None
    title = _pick(columns, options.title_columns, TITLE_COLUMNS)
    if title:
        facts.add("Title", str(columns[title]))
    for name, value in columns.items():
        if name in skipped or name in (title, identity, "url", "link", *_CHAPTER_TITLES) or not _given(value):
            continue
        label = name.replace("_", " ")
        if scraped and name == "status date":
            facts.add("Updated", str(value))
        elif scraped and name == "status":
            continue  # "Updated" or "Completed" says what the next date is; the chapters say whether the work is done
        elif scraped and name == "chapters":
            ao3.add_stats([("Chapters", str(value))], facts)
        elif isinstance(value, (str, tuple)):
            facts.add(label, value)


def _site_of(value: str) -> str | None:
    known = {
        "ao3": "ao3", "archiveofourown": "ao3", "archive of our own": "ao3", "archiveofourown.org": "ao3", "ffn": "ffn",
        "fanfiction.net": "ffn", "fanfiction": "ffn", "ff.net": "ffn", "fictionpress": "fictionpress", "wattpad": "wattpad",
        "royalroad": "royalroad", "royal road": "royalroad", "fimfiction": "fimfiction", "ficbook": "ficbook",
    }  # fmt: skip
    return known.get(value.strip().lower().removeprefix("www."))


def _read_place(columns: dict[str, Value], chapter: str | None, facts: Facts, source: str, options: Options) -> None:
    """One row a chapter: the work's id and a chapter's number make a part that is certain."""
    identity = _pick(columns, options.id_columns, ID_COLUMNS)
    if chapter is None or identity is None or identity == chapter:
        return
    number = re.search(r"\d{1,6}", str(columns[chapter]))
    if number:
        key = f"{facts.site}-{facts.site_id}" if facts.site_id else f"{source.partition('!')[0]}|{columns[identity]}"
        facts.part = Part(key, int(number[0]), None, certain=True)


def _header(columns: dict[str, Value], facts: Facts, skipped: set[str | None]) -> list[Block]:
    lines, blocks = [], []
    for name, value in columns.items():
        if name in skipped or not _given(value) or not isinstance(value, (str, tuple)):
            continue
        field = field_of(name.replace("_", " ")) or field_of(name)
        shown = ", ".join(value) if isinstance(value, tuple) else value.strip()
        if field in ("summary", "notes", "chapter_summary"):
            kind = "note" if field == "notes" else "summary"
            blocks.append(Block(f"{name}: {_flat(shown)}\n\n", kind, f"table.{kind}"))
        elif field:
            lines.append(f"{name}: {' '.join(shown.split())}\n")
    head = [Block("".join(lines) + "\n", "metadata", "table.columns")] if lines else []
    return head + blocks


def _flat(text: str) -> str:
    return "".join(block.text for block in read_page(text, Options()).blocks).strip() if "<" in text and ">" in text else text


def _chapter(entry: object, options: Options) -> list[Block]:
    """A chapter of a record's list: its text, or an object with title, notes and text."""
    if isinstance(entry, str):
        return [Block("", "heading", "table.chapter", chapter=True), *_body(entry, options, Facts())]
    if isinstance(entry, list):
        return [Block("", "heading", "table.chapter", chapter=True), *_body("\n\n".join(map(str, entry)), options, Facts())]
    columns = _columns(entry)
    text = _text_column(columns, options)
    if text is None:
        return []
    title = next((str(columns[name]) for name in (*_CHAPTER_TITLES, *TITLE_COLUMNS) if _given(columns.get(name))), "")
    blocks = [Block(f"{title}\n\n" if title else "", "heading", "table.chapter", chapter=True)]
    after = []
    for name, value in columns.items():
        if isinstance(value, str) and _given(value) and name != text:
            if "summary" in name:
                blocks.append(Block(_flat(value) + "\n\n", "summary", "table.chapter_summary"))
            elif "end" in name and "note" in name:
                after.append(Block(_flat(value) + "\n\n", "note", "table.chapter_end_notes"))
            elif "note" in name:
                blocks.append(Block(_flat(value) + "\n\n", "note", "table.chapter_notes"))
    value = columns[text]
    body = "\n\n".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)
    return blocks + _body(body, options, Facts()) + after


def _body(text: str, options: Options, facts: Facts) -> list[Block]:
    if sniffing.is_markup(text):
        reading = read_page(text, options)
        return _ended(reading.blocks)
    return _ended(read_text(text).blocks)


def _ended(blocks: list[Block]) -> list[Block]:
    if blocks and not blocks[-1].text.endswith("\n\n"):
        last = blocks[-1]
        blocks[-1] = Block(last.text.rstrip("\n") + "\n\n", last.kind, last.rule, last.topics, last.chapter)
    return blocks
