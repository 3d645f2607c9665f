"""The place of a body of text: what the lines above and below it prove of its paragraphs, and of the first alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.segments.body import Body
from transforms.segments.headings import is_notice
from transforms.segments.markers import marker_at
from transforms.segments.weighing import raised

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

FACTS = frozenset(("metadata", "summary", "note"))  # what a document tells of itself
NOTES_ONLY = 3.0  # what a place proves of each paragraph where hardly anything but notes can stand
BETWEEN = 0.6  # where facts stand above and a heading or furniture below
_END_NOTES = frozenset(("chapter end notes", "end notes", "work endnotes"))
_NOTE_BELOW = {"chapter notes": 6.5, "pointer": 4.0}  # landmarks, and what they prove of the paragraph below
LABELLED = 3.0  # what a weak label proves below facts
BELOW_FACTS = 0.8  # what the same place adds to a paragraph with any cue of an author
WEAK, CERTAIN = 1.2, 4.0  # the strengths of labels that need such a place, and of those that need none


@dataclass(frozen=True, slots=True)
class Place:
    """Where a body stands: the kinds of the lines above and below it ("" at the ends of the document), a page's landmark above
    it, and what that place adds to each paragraph. `whole` says that all of it may be a note; `noted` and `headed`, that the
    document has other notes and a header; `lost`, that its line breaks are lost."""

    above: str = ""
    below: str = ""
    landmark: str = ""
    prior: float = 0.0
    whole: bool = False
    noted: bool = False
    headed: bool = False
    lost: bool = False
    signs: tuple[str, ...] = ()  # what begins only paragraphs at the edges of the document's bodies


NOWHERE = Place()  # where nothing is known of it


def place_of(page: Neighbours, above: int, below: int, noted: bool, headed: bool, signs: tuple[str, ...]) -> Place:
    """The place between two lines, either of which may lie outside of the page. The rest is what is known of the document."""
    kind_above, kind_below = page.kind_at(above), page.kind_at(below)
    landmark = page.landmarks.get(above, "")
    if not landmark and kind_above == "heading" and is_notice(page.sheet.lines[above]):
        landmark = "notice"
    if kind_above == "end_marker" or landmark in _END_NOTES:
        prior = NOTES_ONLY
    elif kind_above in FACTS and kind_below in ("heading", "boilerplate"):
        prior = BETWEEN
    else:
        prior = 0.0
    return Place(kind_above, kind_below, landmark, prior, True, noted, headed, page.sheet.lost, signs)


def raise_first(body: Body, place: Place) -> None:
    """Adds to the account of a body's first paragraph what its place proves of it, and of none below."""
    first = body.items[0]
    if first.fence:
        return
    proof = _NOTE_BELOW.get(place.landmark, 0.0)
    if place.above in FACTS:
        marker = marker_at(first.paragraph.text.strip())
        if marker is not None:
            proof += LABELLED if WEAK <= marker.strength < CERTAIN else 0.0
        elif place.below != "heading" and any(cue.weight > 0 for cue in body.weight(0).cues):
            proof += BELOW_FACTS
    if proof:
        first.weight = raised(body.weight(0), proof)
