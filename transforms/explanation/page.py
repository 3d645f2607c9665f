"""An explanation as one page that holds all it needs, with every segment of the document in its colour."""

from __future__ import annotations

from transforms.explanation.building import Explanation
from transforms.explanation.marks import runs, trim
from transforms.explanation.sentences import describe_labels, describe_passage, describe_related, describe_source
from transforms.narration import Narration
from transforms.report.charts import Part
from transforms.report.figures import LABELS
from transforms.report.pages import page

TENSES = {tense: LABELS[tense] for tense in ("past", "present", "mixed", "unknown")}
"""The colour class of each tense."""

CHAPTERS, PASSAGES, RELATIVES = 200, 30, 100
"""Chapters that are listed, passages of each, and relations."""


def to_html(explanation: Explanation) -> str:
    """The explanation as a page. It holds the document's whole text, so treat it as you treat the document."""
    return page(
        "explanation.html.j2",
        explanation=explanation,
        facts=describe_source(explanation),
        labels=describe_labels(explanation.narration) if explanation.narration else [],
        describe_passage=describe_passage,
        describe_related=describe_related,
        segments=[(segment, list(runs(explanation, *trim(explanation, segment)))) for segment in explanation.segments],
        tenses=TENSES,
        course=course,
        CHAPTERS=CHAPTERS,
        PASSAGES=PASSAGES,
        RELATIVES=RELATIVES,
        kinds=_kinds(explanation),
        chapters=len({segment.chapter for segment in explanation.segments}) > 1,
    )


def course(narration: Narration) -> list[Part]:
    """The narration's passages in order, by their words and tense."""
    return [Part(passage.tense, passage.words, TENSES.get(passage.tense, "unknown")) for passage in narration.passages]


def _kinds(explanation: Explanation) -> list[tuple[str, int]]:
    """How many characters each kind has, largest first."""
    sizes: dict[str, int] = {}
    for segment in explanation.segments:
        sizes[segment.kind] = sizes.get(segment.kind, 0) + segment.end - segment.start
    return sorted(sizes.items(), key=lambda item: -item[1])
