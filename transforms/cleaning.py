"""One draft through every step that needs nothing but the document itself.

    draft -> repaired text and marks -> segments -> metadata, opt-outs, doubts -> chapters with labels -> fingerprints

What needs other documents (parts that belong together, duplicates, dispositions) is decided in `works` and `relations`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms import encoding, narration, optouts, relations, segments, titles, words
from transforms.documents import Draft, Mark, Part, Rejection, Segment
from transforms.metadata import Metadata, merge
from transforms.metadata.fields import read_fields, truncated


@dataclass(frozen=True, slots=True)
class Telling:
    """A chapter to be labelled: its place in the work, its story text, and the narrators its headings name (offset, name)."""

    chapter: int
    title: str | None
    text: str
    pov_headings: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Told:
    """A chapter's story: its place in the work, its text as it is published, and what its narration is."""

    chapter: int
    title: str | None
    text: str
    n_words: int
    narration: narration.Narration


@dataclass(frozen=True, slots=True)
class Story:
    """The story of a work: its chapters in order, the labels of the whole, and what it is compared by.

    `prints` holds the fingerprint of the whole and, where there are several chapters, of each.
    """

    chapters: tuple[Told, ...]
    narration: narration.Narration
    whole: relations.Fingerprint
    prints: tuple[relations.Fingerprint, ...]

    @property
    def n_words(self) -> int:
        return sum(chapter.n_words for chapter in self.chapters)

    @property
    def n_chars(self) -> int:
        return len(join_chapters([chapter.text for chapter in self.chapters]))


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A document and all that is known of it without looking at others."""

    draft: Draft
    text: str
    marks: tuple[Mark, ...]
    repairs: tuple[encoding.Repair, ...]
    segments: tuple[Segment, ...]
    metadata: Metadata
    opt_outs: tuple[optouts.OptOut, ...]
    doubts: tuple[segments.Doubt, ...]
    flags: tuple[str, ...]
    story: Story | None  # None where the document holds no story text

    @property
    def part(self) -> Part | None:
        return self.draft.part


def repair_draft(draft: Draft) -> tuple[str, tuple[Mark, ...], tuple[encoding.Repair, ...]]:
    """The draft's repaired text, the spans its structure marked in it, and the repairs made.

    Blocks are repaired together, so that the evidence of one (a contraction in a note) counts for the others.
    """
    pieces, repairs = encoding.repair_pieces([block.text for block in draft.blocks])
    marks, at = [], 0
    for block, piece in zip(draft.blocks, pieces, strict=True):
        end = at + len(piece)
        if block.kind is not None or block.chapter:
            marks.append(Mark(at, end, block.kind or "heading", block.rule, block.topics, block.chapter))
        at = end
    return "".join(pieces), tuple(marks), repairs


def tell(tellings: Sequence[Telling]) -> Story | None:
    """The story that chapters make together; chapters without text are passed over, None where none has any."""
    tellings = [telling for telling in tellings if telling.text.strip()]
    if not tellings:
        return None
    texts = [telling.text for telling in tellings]
    whole, each = narration.describe_chapters(texts, [telling.pov_headings for telling in tellings])
    told = tuple(
        Told(telling.chapter, telling.title, telling.text, words.count(telling.text), label)
        for telling, label in zip(tellings, each, strict=True)
    )
    of_whole, of_parts = relations.fingerprint_parts(texts)
    return Story(told, whole, of_whole, of_parts if len(texts) > 1 else ())


def join_chapters(texts: Sequence[str]) -> str:
    """A work's text from its chapters' texts."""
    return "\n\n".join(texts)


def clean(draft: Draft) -> Cleaned:
    """All that can be known of a draft on its own."""
    text, marks, repairs = repair_draft(draft)
    found = segments.split(text, marks)
    metadata = merge(draft.metadata, read_fields(text, found, draft.site))
    story = tell(
        [
            Telling(
                c.index,
                titles.plain_heading(c.title),
                segments.story_text(text, c.segments),
                segments.pov_headings(text, c.segments),
            )
            for c in segments.chapters(text, found)
        ]
    )
    doubts = segments.doubts(text, found)
    flags = set(draft.flags)
    if story and truncated(metadata, story.n_words):
        flags.add("truncated")
    if doubts:
        flags.add("uncertain_notes")
    return Cleaned(
        draft, text, marks, repairs, found, metadata, optouts.find(text, found, metadata), doubts, tuple(sorted(flags)), story
    )


def reject_storyless(cleaned: Cleaned) -> Rejection:
    """What becomes of a document in which nothing is story."""
    draft = cleaned.draft
    notes = any(segment.kind == "note" for segment in cleaned.segments)
    reason, detail = (
        ("notes_only", "The document holds what its author says to readers, and nothing of a story.")
        if notes
        else ("no_story", "Nothing in the document is story text.")
    )
    return Rejection(
        draft.source, reason, detail, draft.format, draft.sha256, draft.bytes, draft.site, draft.encoding, draft.dated
    )
