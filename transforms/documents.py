"""The words that every step speaks: kinds, topics, drafts of documents, and documents with the spans their source marked.

Text is never edited after repair: findings are spans (`start`, `end`, in characters of `Document.text`) beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from transforms.metadata import Metadata

KINDS = ("story", "note", "summary", "metadata", "heading", "break", "end_marker", "boilerplate")
"""What a run of characters can be; `docs/dataset.md` says what each kind is and is not."""

TOPICS = (
    "author_note", "disclaimer", "warning", "dedication", "credit", "request", "update", "glossary", "reply", "sign_off",
)  # fmt: skip
"""What a note can be about; a note has one or more."""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of a draft's text, with what the source's structure says of it.

    A draft's text is its blocks' texts put together, so a block carries its own line ends (usually a trailing blank line).
    `kind` is None where structure does not know: the splitter decides. A chapter begins at each block with `chapter` set;
    such a block may be empty (an untitled chapter), else it is the chapter's heading.
    """

    text: str
    kind: str | None = None
    rule: str = ""  # what marked it, e.g. "ao3.chapter_notes"
    topics: tuple[str, ...] = ()
    chapter: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """The place of a document in a story that is spread over several documents.

    Documents with one `key` belong together, in the order of `position`. `certain` says whether the evidence allows joining
    (a work id and a chapter number) or only a flag (titles that look alike).
    """

    key: str
    position: int
    total: int | None = None
    certain: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as a reader found it: decoded, taken out of its markup, not yet repaired."""

    source: str  # path in raw/, then "!/member" for each archive level, then "#n" for the n-th record
    blocks: tuple[Block, ...]
    format: str  # "txt", "html", "epub", "jsonl" ...
    metadata: Metadata = field(default_factory=Metadata)  # what structure states; text headers are read later
    site: str | None = None  # "ao3", "ffn" ...
    encoding: str | None = None
    encoding_how: str = ""  # a sentence: how the encoding was decided
    sha256: str = ""  # of the raw bytes of the record
    bytes: int = 0
    flags: tuple[str, ...] = ()  # "restricted", "anonymous", "orphaned" ... see docs/dataset.md
    part: Part | None = None
    dated: str | None = None  # ISO 8601 time that the container states for the record, where it does


@dataclass(frozen=True, slots=True)
class Rejection:
    """Something that is not a story or cannot be read: a code from the documented list, and a sentence for a person."""

    source: str
    reason: str  # a code, e.g. "empty", "binary", "login_wall", "archive_bomb"
    detail: str
    format: str = "unknown"
    sha256: str = ""
    bytes: int = 0
    site: str | None = None
    encoding: str | None = None
    dated: str | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """A span of a document's repaired text that structure decided; what `segments.split` must keep."""

    start: int
    end: int
    kind: str
    rule: str
    topics: tuple[str, ...] = ()
    chapter: bool = False  # a chapter begins at `start`; the mark may be empty


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters of one kind. The segments of a text partition it: joined in order they are the text.

    Offsets are in characters of the repaired text. `rule` names what decided, `confidence` is in 0..1. `chapter` counts from
    0; what stands before the first chapter's heading belongs to chapter 0.
    """

    kind: str
    start: int
    end: int
    rule: str
    confidence: float = 1.0
    topics: tuple[str, ...] = ()
    chapter: int = 0
