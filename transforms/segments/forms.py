"""Notes at the edges of a body that are known by the form of several paragraphs; `blocks` has the forms."""

from __future__ import annotations

from typing import NamedTuple

from transforms.segments import blocks
from transforms.segments.body import Body
from transforms.segments.edges import REACH
from transforms.segments.places import FACTS

OUTSIDE = 200  # paragraphs of the story with which a played disclaimer is compared
LAST = 12  # paragraphs among which footnotes may stand


class Form(NamedTuple):
    """A note: the items from `first` up to `stop`."""

    first: int
    stop: int
    rule: str
    confidence: float


def find_forms(body: Body, above: str) -> tuple[Form, ...]:
    """The head and the tail of a body that have the form of a note; `above` is the kind of the line above the body."""
    head = _head_form(body, above)
    tail = _tail_form(body, 0 if head is None else head.stop)
    return tuple(form for form in (head, tail) if form is not None)


def _head_form(body: Body, above: str) -> Form | None:
    items = body.items
    fences = [k for k, item in enumerate(items) if item.fence]
    first = fences[0] if fences else len(items)
    texts = [item.paragraph.text.strip() for item in items[: min(first, REACH)]]
    if not texts:
        return None
    middle = items[first : fences[-1]] if len(fences) > 1 else items[first:]
    size, rule = blocks.skit(texts, [item.paragraph.text.strip() for item in middle[:OUTSIDE] if not item.fence]), "note.skit"
    if not size and (not above or above in FACTS):
        size, rule = blocks.key(texts, [item.paragraph.gap for item in items[: len(texts)]]), "note.key"
    return Form(0, size, rule, 0.9) if 0 < size < min(len(items), REACH) else None


def _tail_form(body: Body, start: int) -> Form | None:
    """Footnotes in which an author speaks, below something else."""
    items = body.items
    begin = max(start, len(items) - LAST)
    first = blocks.footnotes([item.paragraph.text.strip() for item in items[begin:]])
    if first < 0 or begin + first == start:
        return None
    said = "\n".join(item.paragraph.text for item in items[begin + first :])
    return Form(begin + first, len(items), "note.footnotes", 0.85) if blocks.speaks_of_sources(said) else None
