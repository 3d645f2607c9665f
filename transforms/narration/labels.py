"""What is said of a narration: the frozen values that `describe` and `mask` return."""

from __future__ import annotations

from dataclasses import dataclass

TENSES = ("past", "present", "mixed", "unknown")
PERSONS = ("first", "second", "third", "mixed", "unknown")
FORMS = ("prose", "letters", "script", "chat", "verse", "other")
REASONS = ("dialogue", "quoted", "thought", "letter", "lyrics", "headline", "script", "chat", "break")
"""Why a span is not narration. `quoted`: words in quotation marks that are not speech (a title, a word held at arm's length)."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A span of the story that is not narration: `start`, `end` in characters, and one of REASONS."""

    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of the story in one tense and one person.

    `start`, `end` are offsets in characters; `words` counts its narration. `verbs` are the finite verbs that decided, most
    frequent first, each with "past" or "present" and its count; `pronouns` the counts of first-, second- and third-person
    words (names among the third). `aside` is True for a run that differs from the work's own label: a flashback, a frame.
    """

    start: int
    end: int
    tense: str
    pov: str
    words: int
    past: float
    present: float
    verbs: tuple[tuple[str, str, int], ...] = ()
    pronouns: tuple[tuple[str, int], ...] = ()
    aside: bool = False


@dataclass(frozen=True, slots=True)
class Narration:
    """Tense, point of view, focal character, form and language of a story; `docs/narration.md` says what each means.

    Confidences are probabilities in 0..1 that the label is right, fitted on labelled stories; for `unknown`, that nothing can
    be told. The shares are of the narration's finite clauses and need not add up to one (what is left is future).
    """

    tense: str
    pov: str
    tense_confidence: float
    pov_confidence: float
    past_share: float | None
    present_share: float | None
    pov_character: str | None
    pov_character_confidence: float
    form: str
    language: str | None
    passages: tuple[Passage, ...]
    masked: tuple[tuple[str, int], ...]  # reason and how many characters it took out, largest first
    words_of_narration: int
