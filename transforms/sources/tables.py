"""Dumps: JSON Lines, JSON, CSV, TSV and Parquet as records, one at a time, each a mapping of columns by lower-case name."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from transforms import encoding
from transforms.sources.options import Options
from transforms.sources.reasons import Refusal
from transforms.sources.streams import DAMAGE, Budget

TEXT_KEYS = ("body", "text", "content", "story", "chapters", "html")
_LISTS_OF_RECORDS = ("works", "stories", "data", "items", "records", "results", "fics", "documents", "rows")

Value = str | tuple[str, ...] | list | dict
Record = tuple[str, dict[str, Value], bytes]
"""A record's number mark ("#3", or "" for a file that is one record), its columns, and the bytes it was made of."""


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
        yield f"#{number}", columns_of(value), raw


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
        and any(set(columns_of(v)) & set(TEXT_KEYS) for v in value.values())
    ):
        many = [{"id": key, **entry} for key, entry in value.items()]
    if many is None:
        yield "", columns_of(value), raw
    else:
        for number, entry in enumerate(many):
            yield f"#{number}", columns_of(entry), json.dumps(entry, ensure_ascii=False).encode("utf-8", "surrogatepass")


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
        yield f"#{number}", columns_of(value), raw
        at, more = end, 1 << 20
        if at > 1 << 20:
            buffer, at = buffer[at:], 0


def columns_of(value: object) -> dict[str, Value]:
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
            flat.update({k: v for k, v in columns_of(inner).items() if k not in flat})
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
    number = -1
    try:
        names = [_decode(name.encode("latin-1")).strip("\ufeff ").lower() for name in next(rows, [])]
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
                columns = columns_of({name: _bytes_out(value) for name, value in record.items()})
                raw = json.dumps(record, ensure_ascii=False, default=str, sort_keys=True).encode("utf-8", "surrogatepass")
                budget.spend(len(raw))
                yield f"#{number}", columns, raw
    except (pa.ArrowException, *DAMAGE) as error:
        raise Refusal("unreadable", f"({type(error).__name__}: the Parquet file is damaged.)") from error


def _bytes_out(value: object) -> object:
    return encoding.decode(value).text if isinstance(value, bytes) else value
