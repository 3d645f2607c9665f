"""What authors say about the reuse of their work: no AI, no archive, no repost, no translation, ask first.

Statements are looked for in notes, metadata, summaries and boilerplate, never in story text: characters forbid all sorts of
things. Each clause is read on its own: a prohibition counts only with an act of reuse as its object ("do not ... repost",
"... may not be used to train AI", "no translations"), so that "no AI was used", "I don't mind if you archive" and "don't
forget to archive" are none. With "without my permission" or "unless you ask" a prohibition is the wish to be asked.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from transforms.documents import Segment
from transforms.metadata import Metadata
from transforms.optouts.clauses import clauses_of, is_about_reuse
from transforms.optouts.statements import statements

KINDS = ("no_ai", "no_archive", "no_repost", "no_translation", "ask_first")
"""What an author can ask for. `ask_first` covers any reuse that the statement names."""

SCANNED = frozenset(("note", "metadata", "summary", "boilerplate"))
"""The kinds of segment that can hold a statement of the author (or of the site on the author's behalf)."""

_MOST_STATEMENTS, _LONGEST_SEGMENT = 50, 200_000


@dataclass(frozen=True, slots=True)
class OptOut:
    """A statement that limits the reuse of a work.

    `kind` is one of `KINDS`; `phrase` is the clause as it stands, `start` and `end` its place in the text in characters (both
    0 where only the structured metadata states it, as a tag); `confidence` is in 0..1.
    """

    kind: str
    phrase: str
    start: int
    end: int
    confidence: float


def find(text: str, segments: Sequence[Segment], metadata: Metadata | None = None) -> tuple[OptOut, ...]:
    """The opt-outs in a text's notes, metadata, summaries and boilerplate, in order of place; then those of its tags.

    Each kind once per clause, 50 statements at most. Linear in the length of the segments. Misses what is said over several
    sentences or by allusion; wrong where an author quotes somebody else's statement without quotation marks.
    """
    found: list[OptOut] = []
    for segment in segments:
        if segment.kind not in SCANNED or len(found) >= _MOST_STATEMENTS:
            continue
        if not is_about_reuse(text[segment.start : segment.end]):
            continue
        for start, end in clauses_of(text, segment.start, min(segment.end, segment.start + _LONGEST_SEGMENT)):
            phrase = text[start:end]
            found += (OptOut(kind, phrase.strip(), start, end, confidence) for kind, confidence in statements(phrase))
    seen = {statement.phrase.casefold() for statement in found}
    if metadata is not None:
        fields = (*metadata.tags, *((metadata.summary,) if metadata.summary else ()))
        for value in fields[:200]:
            for start, end in clauses_of(value, 0, min(len(value), 5_000)):
                phrase = value[start:end].strip()
                if not any(phrase.casefold() in whole for whole in seen):
                    found += (OptOut(kind, phrase, 0, 0, confidence) for kind, confidence in statements(phrase))
    return tuple(found[:_MOST_STATEMENTS])
