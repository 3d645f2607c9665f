"""The published tables: every field once, with its type and meaning.

This is the only place where a column is defined. The Arrow schemas (with each meaning in the field's metadata), the field
lists of `docs/dataset.md` and of the dataset card, and the checks of a version are all made from it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

SCHEMA_VERSION = "1.0"
"""Major: a column of the contract changed its name, type or meaning. Minor: columns were added."""

DISPOSITIONS = {
    "published": "the document is a work (or a part of one) in `works`",
    "duplicate": "another document holds the same story and was kept; `kept_work_id` says which",
    "opted_out": "the author asks not to be archived or used, in a note, header or summary",
    "removed": "taken out at somebody's request, or a copy of something that was",
    "rejected": "not a story, or not readable; `reason` says why",
}

FLAGS = {
    "anonymous": "the author is stated as Anonymous",
    "orphaned": "the author gave the work up (orphan_account)",
    "restricted": "the site showed the work to registered users only",
    "truncated": "the stated word count is far above the counted one",
    "uncertain_notes": "passages that may be notes were left in the story",
    "uncertain_parts": "looks like a part of a story in several files, without proof",
    "incomplete_parts": "joined from parts of which at least one is missing",
    "joined": "joined from several documents",
}


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its Arrow type, whether it may be null, and what it means (one or two sentences for a consumer)."""

    name: str
    type: pa.DataType
    meaning: str
    nullable: bool = False


# List items are named as Parquet names them, so that what is read back equals what is written here.
_STR = pa.string()
_STRS = pa.list_(pa.field("element", pa.string(), nullable=False))
_UTC = pa.timestamp("us", tz="UTC")


def _struct_list(**fields: tuple[pa.DataType, bool]) -> pa.DataType:
    members = [pa.field(name, kind, nullable=nullable) for name, (kind, nullable) in fields.items()]
    return pa.list_(pa.field("element", pa.struct(members), nullable=False))


REPAIRS = _struct_list(rule=(_STR, False), count=(pa.int32(), False))
SERIES = _struct_list(name=(_STR, False), position=(pa.int32(), True))
STATED = _struct_list(label=(_STR, False), value=(_STR, False))
OPT_OUTS = _struct_list(kind=(_STR, False), phrase=(_STR, False))

DOCUMENTS = (
    Field("source", _STR, "Where the document came from: path in raw/, then `!/member` per archive level, then `#n` per record."),
    Field("sha256", _STR, "SHA-256 of the document's raw bytes, as hex."),
    Field("bytes", pa.int64(), "Size of the raw bytes."),
    Field("format", _STR, "Recognised format: txt, html, epub, markdown, rtf, docx, odt, fb2, email, csv, json, parquet ..."),
    Field("site", _STR, "Site the document's structure or header points to, e.g. ao3, ffn.", True),
    Field("encoding", _STR, "Character encoding that was decoded.", True),
    Field("repairs", REPAIRS, "Repairs of the text: rule and number of places."),
    Field("disposition", _STR, "How the document ended: published, duplicate, opted_out, removed or rejected."),
    Field("reason", _STR, "A code from the documented list for every disposition but published.", True),
    Field("detail", _STR, "A sentence for a person.", True),
    Field("opt_outs", OPT_OUTS, "Statements about reuse that the author makes, with the phrase (no text for removed works)."),
    Field("work_id", _STR, "Id of the work; given to every document with story text, published or not.", True),
    Field("kept_work_id", _STR, "For a duplicate: the published work that stands for it.", True),
    Field("first_seen", _UTC, "When the document is known to have existed: the time its container states, else the file's."),
    Field("last_changed", _UTC, "Modification time of the source file."),
)

WORKS = (
    Field("work_id", _STR, "Stable id: site and its id where stated (ao3-123456), else made from the source."),
    Field("source", _STR, "Source of the document (of the first part, for a joined work)."),
    Field("site", _STR, "Site the work comes from.", True),
    Field("url", _STR, "Address the document states.", True),
    Field("title", _STR, "Title as stated.", True),
    Field("authors", _STRS, "Authors as stated; empty where none is stated."),
    Field("fandoms", _STRS, "Fandoms as stated."),
    Field("categories", _STRS, "Relationship categories as stated (Gen, F/F, ...)."),
    Field("warnings", _STRS, "Archive or content warnings as stated in the header."),
    Field("relationships", _STRS, "Relationships as stated; / is romantic, & is not."),
    Field("characters", _STRS, "Characters as stated."),
    Field("tags", _STRS, "Other tags, genres and keywords as stated."),
    Field("rating", _STR, "Rating as stated.", True),
    Field("rating_system", _STR, "System of the rating (ao3, ffn, mpaa, ...); null where a letter alone does not tell.", True),
    Field("rating_level", _STR, "Rating on one scale: general, teen, mature, explicit, not_rated.", True),
    Field("status", _STR, "complete or in_progress, where stated.", True),
    Field("language", _STR, "Language of the story as detected (BCP 47); null where there is too little text.", True),
    Field("language_stated", _STR, "Language as stated.", True),
    Field("published", pa.date32(), "Date of publication, where stated with certainty.", True),
    Field("updated", pa.date32(), "Date of the last update or completion, where stated with certainty.", True),
    Field("stated_words", pa.int32(), "Word count as stated.", True),
    Field("stated_chapters", pa.int32(), "Number of posted chapters as stated.", True),
    Field("total_chapters", pa.int32(), "Number of planned chapters as stated; null for `?`.", True),
    Field("series", SERIES, "Series and the work's place in them."),
    Field("summary", _STR, "The blurb.", True),
    Field("stated", STATED, "Every header field as it stands: label and raw value."),
    Field("n_words", pa.int32(), "Words of `text`; scripts without spaces count by character."),
    Field("n_chars", pa.int32(), "Characters of `text`."),
    Field("n_chapters", pa.int32(), "Chapters with story text."),
    Field("n_notes", pa.int32(), "Note segments."),
    Field("tense", _STR, "Tense of the narration: past, present, mixed, unknown."),
    Field("tense_confidence", pa.float32(), "Probability that `tense` is right, 0 to 1."),
    Field("pov", _STR, "Person of the narration: first, second, third, mixed, unknown."),
    Field("pov_confidence", pa.float32(), "Probability that `pov` is right, 0 to 1."),
    Field("past_share", pa.float32(), "Share of the narration's finite clauses in the past.", True),
    Field("present_share", pa.float32(), "Share of the narration's finite clauses in the present.", True),
    Field("pov_character", _STR, "Focal character, where the text names one.", True),
    Field("pov_character_confidence", pa.float32(), "Probability that `pov_character` is right.", True),
    Field("form", _STR, "prose, letters, script, chat, verse or other."),
    Field("flags", _STRS, "Peculiarities from the documented list."),
    Field("cluster_id", _STR, "The same for works that duplicate each other or are part of each other; for train/test splits."),
    Field("n_duplicates", pa.int32(), "Documents that this work stands for besides its own."),
    Field("text", _STR, "The story alone: paragraphs parted by one blank line, scene breaks as a line `* * *`."),
)

CHAPTERS = (
    Field("work_id", _STR, "The work."),
    Field("chapter", pa.int32(), "Place in the work, from 0."),
    Field("title", _STR, "Chapter title as it stands, without the number where it is plain.", True),
    Field("text", _STR, "The chapter's story text."),
    Field("n_words", pa.int32(), "Words of `text`."),
    Field("tense", _STR, "Tense of the chapter's narration."),
    Field("tense_confidence", pa.float32(), "Probability that `tense` is right."),
    Field("pov", _STR, "Person of the chapter's narration."),
    Field("pov_confidence", pa.float32(), "Probability that `pov` is right."),
    Field("pov_character", _STR, "Focal character of the chapter.", True),
)

SEGMENTS = (
    Field("work_id", _STR, "The work."),
    Field("chapter", pa.int32(), "Chapter of the work the segment stands in, from 0."),
    Field("ordinal", pa.int32(), "Place in the work, from 0: in this order the segments are the document."),
    Field("kind", _STR, "story, note, summary, metadata, heading, break, end_marker or boilerplate (the partition)."),
    Field("topics", _STRS, "For notes: what they are about."),
    Field("text", _STR, "The characters, exactly."),
    Field("source", _STR, "The document the offsets count in (a joined work has several)."),
    Field("start", pa.int32(), "First character in the document's repaired text."),
    Field("end", pa.int32(), "One past the last character."),
    Field("rule", _STR, "What decided."),
    Field("confidence", pa.float32(), "Probability that the kind is right."),
)

RELATIONS = (
    Field("left_id", _STR, "A work (`work_id`) or chapter (`work_id/chapter`). For part_of the part."),
    Field("right_id", _STR, "The other one."),
    Field("relation", _STR, "identical, same_text, revision, part_of or shares_text."),
    Field("jaccard", pa.float64(), "Jaccard similarity of the sets of word 5-shingles, exact."),
    Field("containment_left", pa.float64(), "Share of the left one's shingles that the right one has, exact."),
    Field("containment_right", pa.float64(), "Share of the right one's shingles that the left one has, exact."),
    Field("rule_version", _STR, "Version of the normalisation and thresholds."),
    Field("coverage_left", pa.float64(), "Share of the left one's words in passages that both have, small edits counted in."),
    Field("coverage_right", pa.float64(), "The same of the right one's words."),
)

TABLES = {"documents": DOCUMENTS, "works": WORKS, "chapters": CHAPTERS, "segments": SEGMENTS, "relations": RELATIONS}
KEYS = {
    "documents": ("source",),
    "works": ("work_id",),
    "chapters": ("work_id", "chapter"),
    "segments": ("work_id", "ordinal"),
    "relations": ("left_id", "right_id"),
}
"""The columns a table is sorted by, which are also unique together."""


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of a published table, each field with its `meaning` in the metadata.

    `segments` is partitioned by `kind`, so its files do not hold that column; use `file_schema` for what a file holds.
    """
    fields = [pa.field(f.name, f.type, f.nullable, {"meaning": f.meaning}) for f in TABLES[table]]
    return pa.schema(fields, {"table": table, "schema_version": SCHEMA_VERSION})


def file_schema(table: str) -> pa.Schema:
    """The schema of the table's Parquet files: as `arrow_schema`, without the partition column."""
    schema = arrow_schema(table)
    return schema.remove(schema.get_field_index("kind")) if table == "segments" else schema
