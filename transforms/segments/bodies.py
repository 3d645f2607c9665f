"""The bodies of a document: what stands between two structural lines, and what is a note at the edges of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.segments.body import Body, Item, items_between, usual_gap
from transforms.segments.dresses import find_dresses
from transforms.segments.edges import NONE, Cut, cut_head, cut_tail
from transforms.segments.forms import find_forms
from transforms.segments.layout import OPENERS
from transforms.segments.places import Place, place_of, raise_first
from transforms.segments.seams import find_run_ons, is_lost, seam_at
from transforms.segments.shapes import Label
from transforms.segments.voices import Voice, hear, middle_of, sample_of

if TYPE_CHECKING:
    from transforms.segments.notes import Page

LEARNED = (0.0, 0.25, 0.5)  # by how much a cut may miss its threshold where the document has none, one, more notes at its edges
FEWEST_HEARD = 60  # words of a body in which a voice is heard
SIGN_OFF = 2, 8  # paragraphs and words that are left of a body between its note and furniture
CLOSED = frozenset(("note.bracket", "note.aside", "note.marked", "note.inline", "site.theft"))  # what lies inside a body
_BYLINE = re.compile(
    r"(?:^\W*(?:from|authors?|writer|pen ?name|pseud|poster|autora?|auteure?|autorin|автор|作者)\W*[:：]|\b[bB]y:?(?= ))"
    r"\s*(\S.{1,60})",
    re.IGNORECASE,
)


class Bodies:
    """The bodies of one page while they are being cut; what is found at the edges of one tells something of the next."""

    def __init__(self, page: Page) -> None:
        kinds = {page.kind_at(at) for at in page.labelled()}
        self.page = page
        self.marked = "note" in kinds  # before bodies are cut
        self.headed = "metadata" in kinds
        self.signs = find_dresses(page.sheet.lines, page.blank, page.labels)
        self.authors = _authors(page) if self.headed else ""
        self.waiting: list[tuple[Sequence[Item], Cut]] = []  # cuts that nearly passed
        self.taken = 0  # cuts that passed

    def cut(self) -> None:
        """Labels the notes at the edges of all bodies, and what is likely one."""
        spans = self._spans()
        for above, below in spans:
            self._cut_body(above, below)
        short = LEARNED[min(self.taken, 2)]
        for items, cut in self.waiting:
            if len(spans) >= 2 and cut.plain and cut.missing <= short:
                self._take(items, "note.repeated", cut.confidence)
            else:
                self._doubt(items, cut.confidence)

    def _spans(self) -> list[tuple[int, int]]:
        """The lines above and below each body, or -1 and the number of lines."""
        labels = self.page.labels
        parting = (at for at in self.page.labelled() if _parts_bodies(labels[at]))
        return [(above, below) for above, below in pairwise((-1, *parting, len(labels))) if below - above > 1]

    def _body(self, above: int, below: int) -> Body | None:
        """What stands between two lines; None if there is no paragraph."""
        page = self.page
        items = items_between(page.sheet, page.labels, above + 1, below)
        if all(item.fence for item in items):
            return None
        return Body(items, usual_gap(items, page.sheet.usual_gap), lambda: self._voice(items), authors=self.authors)

    def _voice(self, items: Sequence[Item]) -> Voice:
        """The voice of a body, or of the whole document where little is heard."""
        own = hear(sample_of(middle_of([item.paragraph.text for item in items if not item.fence])))
        return max(own, self.page.voice(), key=lambda voice: voice.words) if own.words < FEWEST_HEARD else own

    def _cut_body(self, above: int, below: int) -> None:
        """Cuts one body: lines in which note and story run on, what has the form of a note, then the likeliest at its edges."""
        body = self._body(above, below)
        if body is None or self._cut_lines(body):
            return
        if forms := find_forms(body, self.page.kind_at(above)):
            rest = list(body.items)
            for form in reversed(forms):
                self._take(rest[form.first : form.stop], form.rule, form.confidence)
                del rest[form.first : form.stop]
            if all(item.fence for item in rest):
                return
            above = self._labelled_above(rest[0].paragraph.at)
            below = self._labelled_below(rest[-1].paragraph.at)
            body = self._body(above, below)
        noted = self.taken > 0 or self.marked or bool(self.page.pieces)
        place = place_of(self.page, above, below, noted, self.headed, self.signs)
        raise_first(body, place)
        self._cut_edges(body, place)

    def _labelled_above(self, at: int) -> int:
        labels = self.page.labels
        return next((above for above in range(at - 1, -1, -1) if labels[above] is not None), -1)

    def _labelled_below(self, at: int) -> int:
        labels = self.page.labels
        return next((below for below in range(at + 1, len(labels)) if labels[below] is not None), len(labels))

    def _cut_lines(self, body: Body) -> bool:
        """Labels what runs on into the story in the first or last line; True if nothing else of the body can be a note."""
        found = list(find_run_ons(body))
        for at, start, end, kind, rule in found:
            self.page.add_piece(at, start, end, 0.85, kind, rule)
        texts = [item for item in body.items if not item.fence]
        return is_lost(texts) or (len(texts) == 1 and bool(found))

    def _cut_edges(self, body: Body, place: Place) -> None:
        """Takes the likeliest notes at the beginning and the end of a body, and keeps those that nearly pass."""
        items = body.items
        head = _with_sign_off(_unless_quoted(cut_head(body, place), items), body, place)
        if head.certain:
            self._take(items[: head.size], _rule_of(head, body, place), head.confidence)
            if head.size == len(items):
                return
            self._part(items[head.size - 1], body, place, "head")
        elif head.doubtful:
            self.waiting.append((items[: head.size], head))
        start = head.size if head.certain else 0
        place = replace(place, prior=0.0, whole=not start, noted=place.noted or start > 0)
        tail = _unless_quoted(cut_tail(body, place, start), items[::-1])
        last = len(items) - tail.size
        if tail.certain:
            self._take(items[last:], "note.tail", tail.confidence)
            if last > 0:
                self._part(items[last], body, place, "tail")
        elif tail.doubtful:
            self.waiting.append((items[last:], tail))

    def _part(self, item: Item, body: Body, place: Place, side: str) -> None:
        """Parts the note from the story in a paragraph that was taken for a note and holds both."""
        if item.fence or (seam := seam_at(item, body, place, side)) is None:
            return
        self.page.labels[item.paragraph.at] = None
        self.page.add_piece(item.paragraph.at, *seam, 0.85, rule="note.seam")

    def _take(self, items: Sequence[Item], rule: str, likely: float) -> None:
        """Labels items as one note, or several where fences part them."""
        self.taken += 1
        group = self.page.new_group()
        confidence = round(min(0.99, likely), 2)
        for item in items:
            if item.fence:
                group = self.page.new_group()
            else:
                self.page.label(item.paragraph.at, "note", rule, confidence, group)

    def _doubt(self, items: Sequence[Item], likely: float) -> None:
        """Labels items as story that is likely a note, unless a cut at the other end has taken them."""
        for item in items:
            if self.page.is_free(item.paragraph.at):
                self.page.label(item.paragraph.at, "story", "story.doubt", round(max(0.3, 1 - likely), 2))


def _parts_bodies(label: Label) -> bool:
    """Whether a label's line parts two bodies: not a scene break, nor what lies inside one."""
    return label.rule not in CLOSED and (label.kind not in ("break", "story") or label.rule == "story.recap")


def _authors(page: Page) -> str:
    """The names of the authors in the lines of headers, in small letters."""
    found = (_BYLINE.search(page.sheet.lines[at]) for at in page.labelled() if page.kind_at(at) == "metadata")
    return "\n".join(by.group(1).lower() for by in found if by is not None)


def _unless_quoted(cut: Cut, items: Sequence[Item]) -> Cut:
    """A cut of the first of some items, or none where it would take what somebody in the story writes or says."""
    return NONE if any(item.is_quoted() for item in items[: cut.size]) else cut


def _with_sign_off(cut: Cut, body: Body, place: Place) -> Cut:
    """A head note with the few words that are left below it, where nothing of the story follows them."""
    if not cut.certain or place.below not in ("", "boilerplate"):
        return cut
    left = [item.paragraph.text for item in body.items[cut.size :] if not item.fence]
    most, most_words = SIGN_OFF
    if len(left) > most or sum(len(text.split()) for text in left) > most_words or any(text[:1] in OPENERS for text in left):
        return cut
    return replace(cut, size=len(body.items))


def _rule_of(head: Cut, body: Body, place: Place) -> str:
    if head.size == len(body.items):
        return "note.whole"
    return "note.after_end" if place.above == "end_marker" else "note.head"
