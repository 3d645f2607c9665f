"""The rows of a part: cleaned documents and works, written as row groups of the part's tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from flows.parts import METADATA, SCHEMAS
from transforms.cleaning import Cleaned, Story, join_chapters
from transforms.documents import Rejection, Segment
from transforms.metadata import Metadata, Series
from transforms.narration import Narration
from transforms.optouts import OptOut
from transforms.relations import shingles

_FLUSH_CHARACTERS = 32_000_000


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
            "works", doc, source, site, *(_plain(getattr(metadata, name)) for name in METADATA), told.language,
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
