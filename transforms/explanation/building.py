"""Explanations as values, made from what cleaning found and from what was decided about the document among others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

from transforms.cleaning import Cleaned, Told, join_chapters
from transforms.documents import Rejection, Segment
from transforms.explanation.changes import Change, changes
from transforms.metadata import Metadata, Series
from transforms.narration import Narration
from transforms.optouts import OptOut
from transforms.relations import Passages, passages
from transforms.segments import Doubt

SNIPPETS = 3
"""Places of one repair that are shown."""

COMPARED = 5
"""Relatives whose text is compared; a story that is mirrored a thousand times is not read a thousand times."""

NEAR = 40
"""Characters that a change may be away from where its rule says it was: a rule may name the word, the change is in a letter."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the document among all others: the columns of that name in `documents`."""

    disposition: str
    reason: str | None = None
    detail: str | None = None
    work_id: str | None = None
    kept_work_id: str | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """A verified relation of this document's work (or a chapter of it) to another, whose story text is at hand or "".

    `containment_own` is the share of this work's shingles that the other has, `containment_other` the reverse.
    """

    id: str
    relation: str
    jaccard: float
    containment_own: float
    containment_other: float
    text: str = ""


@dataclass(frozen=True, slots=True)
class Related:
    """A relative, with passages that the two share and some in which they differ (own, other)."""

    relative: Relative
    passages: Passages


@dataclass(frozen=True, slots=True)
class Repaired:
    """A repair rule that changed the document: how often, and some places before and after."""

    rule: str
    count: int
    places: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that can be said about one document. What does not apply is empty or None."""

    source: str
    format: str
    site: str | None
    bytes: int
    sha256: str
    encoding: str | None
    how: str  # how the encoding was decided
    fate: Fate | None  # None where the document is not in the dataset
    repairs: tuple[Repaired, ...]
    metadata: tuple[tuple[str, str], ...]  # field and value, in words; only what is stated
    flags: tuple[str, ...]
    text: str  # repaired; the segments partition it
    segments: tuple[Segment, ...]
    opt_outs: tuple[OptOut, ...]
    doubts: tuple[Doubt, ...]
    narration: Narration | None
    chapters: tuple[Told, ...]
    related: tuple[Related, ...]


def explain_document(
    cleaned: Cleaned, *, how: str = "", fate: Fate | None = None, relatives: Sequence[Relative] = ()
) -> Explanation:
    """The explanation of a cleaned document.

    `how` says how its encoding was decided (`transforms.encoding.Decoded.how` or `.detail`), `fate` what the last run decided,
    `relatives` its verified relations. Comparing takes time and memory in proportion to the texts' lengths.
    """
    draft, story = cleaned.draft, cleaned.story
    before = "".join(block.text for block in draft.blocks)
    own = join_chapters([chapter.text for chapter in story.chapters]) if story else ""
    found = changes(before, cleaned.text) if cleaned.repairs else []
    return Explanation(
        source=draft.source,
        format=draft.format,
        site=cleaned.metadata.site or draft.site,
        bytes=draft.bytes,
        sha256=draft.sha256,
        encoding=draft.encoding,
        how=how,
        fate=fate,
        repairs=tuple(
            Repaired(repair.rule, repair.count, _places(found, repair.where, only=len(cleaned.repairs) == 1))
            for repair in cleaned.repairs
        ),
        metadata=describe_metadata(cleaned.metadata),
        flags=cleaned.flags,
        text=cleaned.text,
        segments=cleaned.segments,
        opt_outs=cleaned.opt_outs,
        doubts=cleaned.doubts,
        narration=story.narration if story else None,
        chapters=story.chapters if story else (),
        related=_related(own, relatives),
    )


def _related(own: str, relatives: Sequence[Relative]) -> tuple[Related, ...]:
    """The relatives, the closest first; the first few are compared."""
    closest = sorted(relatives, key=lambda r: (-max(r.jaccard, r.containment_own, r.containment_other), r.id))
    compared = [Related(relative, passages(own, relative.text)) for relative in closest[:COMPARED]]
    return (*compared, *(Related(relative, Passages((), ())) for relative in closest[COMPARED:]))


def explain_rejection(rejection: Rejection) -> Explanation:
    """The explanation of a document that was not read as a story."""
    return Explanation(
        source=rejection.source,
        format=rejection.format,
        site=rejection.site,
        bytes=rejection.bytes,
        sha256=rejection.sha256,
        encoding=rejection.encoding,
        how="",
        fate=Fate("rejected", rejection.reason, rejection.detail),
        repairs=(),
        metadata=(),
        flags=(),
        text="",
        segments=(),
        opt_outs=(),
        doubts=(),
        narration=None,
        chapters=(),
        related=(),
    )


def _places(found: Sequence[Change], where: Sequence[int], only: bool) -> tuple[Change, ...]:
    """The changes next to the offsets that a rule names; where it names none, the first ones if no other rule made any."""
    if not where:
        return tuple(found[:SNIPPETS]) if only else ()
    chosen: list[Change] = []
    for offset in where:
        near = min(found, key=lambda change: max(change.start - offset, offset - change.end), default=None)
        if near and max(near.start - offset, offset - near.end) <= NEAR and near not in chosen:
            chosen.append(near)
    return tuple(sorted(chosen[:SNIPPETS], key=lambda change: change.start))


def describe_metadata(metadata: Metadata) -> tuple[tuple[str, str], ...]:
    """The fields that are stated, each with its value in words."""
    found = []
    for field in fields(metadata):
        value = getattr(metadata, field.name)
        if field.name == "stated" or value is None or value == ():
            continue
        if isinstance(value, tuple):
            value = "; ".join(_item(item) for item in value)
        found.append((field.name, str(value)))
    return tuple(found)


def _item(value: object) -> str:
    if isinstance(value, Series):
        return f"{value.name} #{value.position}" if value.position is not None else value.name
    return str(value)
