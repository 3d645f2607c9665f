"""A dump's record becomes a document: which of its columns hold text, chapters, notes and facts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from transforms.documents import Block, Part
from transforms.metadata.labels import field_of
from transforms.sources import ao3, sniffing
from transforms.sources.facts import Facts, Reading
from transforms.sources.options import Options
from transforms.sources.pages import read_page
from transforms.sources.plain import read_text
from transforms.sources.reasons import Refusal
from transforms.sources.tables import Record, Value, columns_of

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
    columns = columns_of(entry)
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
