"""A body of text and its paragraphs: each weighed against the voice of all, and against what others are like.

A body is what stands between two structural lines: a header, a heading, furniture, an end marker, the ends of the document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from transforms.segments.blocks import are_listed, is_dated
from transforms.segments.layout import Paragraph, Sheet
from transforms.segments.markers import marker_at
from transforms.segments.voices import ITALICS, Voice, middle_of, vocabulary_of
from transforms.segments.weighing import LOWER_CASE, Weight, raised, weigh
from transforms.segments.wording import lean

if TYPE_CHECKING:
    from transforms.segments.shapes import Label

SAMPLE = 6  # paragraphs in the middle of a body in which its usual words are heard
CLIP = 4.0  # of one paragraph's words
VERSE_WORDS = 9
VERSES = 0.7  # of the lines of a body
FEWEST_VERSES = 8
ORNAMENTS = frozenset("~♪♫♬|/#")
SCRIPT = -3.0
DATED = -8.0  # begins with a date as other paragraphs of the body do
DRESSED_ALIKE = -4.0  # stands in the same ornaments as other lines of the body
ATTACHED = 1.5  # a line right below a bare label, without the usual blank line
QUOTED = Weight(-4.0, (), None, (), 0, 10)  # what somebody in the story writes or says
FEWEST_GAPS = 6  # that show what is usual in a body


@dataclass(slots=True)
class Item:
    """A paragraph, or a fence (a scene break), of a body."""

    paragraph: Paragraph
    fence: bool = False
    closed: str = ""  # the rule of a fence that is a closed note inside the body, not a scene break
    weight: Weight | None = None
    words: float | None = None

    def lean(self) -> float:
        """How much its words lean to an author's."""
        if self.words is None:
            self.words = lean(self.paragraph.text)
        return self.words

    def is_quoted(self) -> bool:
        """Whether it is what somebody in the story writes or says."""
        return self.weight is QUOTED


@dataclass(slots=True)
class Body:
    """What stands between two structural lines: its items, and the voice of its narration, heard when first needed."""

    items: list[Item]
    usual_gap: int
    listen: Callable[[], Voice]
    heard: Voice | None = None
    words: frozenset[str] | None = None
    dated: bool | None = None
    verse: bool | None = None
    usual: float | None = None
    authors: str = ""  # the names that the document's header gives for its authors, in small letters and parted by line ends

    def voice(self) -> Voice:
        """The voice of its narration."""
        if self.heard is None:
            self.heard = self.listen()
        return self.heard

    def vocabulary(self) -> frozenset[str]:
        """The longer words of its first paragraphs."""
        if self.words is None:
            self.words = vocabulary_of(item.paragraph.text for item in self.items[:120] if not item.fence)
        return self.words

    def usual_lean(self) -> float:
        """How much the words in the middle of the body lean to an author's; a chatty narrator's do."""
        if self.usual is None:
            items = [item for item in self.items[:400] if not item.fence and len(item.paragraph.text) > 20]
            inner = middle_of(items) if len(items) > 3 else []
            inner = inner[:: max(1, len(inner) // SAMPLE)][:SAMPLE]
            self.usual = sum(clipped(item.lean()) for item in inner) / len(inner) if inner else -1.5
        return self.usual

    def weight(self, at: int) -> Weight:
        """The account of an item, with what the rest of the body proves of it."""
        item = self.items[at]
        if item.weight is None:
            text = item.paragraph.text
            item.weight = weigh(text, self.voice, self._introduction(at))
            if any(cue.name in ("reply_line", "skit") for cue in item.weight.cues) and self._is_script(text):
                item.weight = raised(item.weight, SCRIPT, "script")
            if item.weight.words <= VERSE_WORDS and any(cue.name == "lower_case" for cue in item.weight.cues) and self.is_verse():
                item.weight = raised(item.weight, -LOWER_CASE, "lower_case")  # as verses begin
            if item.weight.marker is None and is_dated(text) and self.is_diary():
                item.weight = raised(item.weight, DATED, "dated")
            if item.weight.marker is None and self._is_dressed_alike(text):
                item.weight = raised(item.weight, DRESSED_ALIKE, "dressed_alike")
            if at > 0 and item.paragraph.gap == 0 and self.usual_gap > 0 and not self.items[at - 1].fence:
                above = self.items[at - 1].paragraph.text.strip()
                marker = marker_at(above) if len(above) <= 60 else None
                if marker is not None and marker.bare:
                    item.weight = raised(item.weight, ATTACHED)
        return item.weight

    def is_listed(self, at: int) -> bool:
        """Whether an item goes on with the list of the item above it: both begin with the same sign, or a number."""
        if at == 0 or self.items[at].fence or self.items[at - 1].fence or self.items[at].paragraph.gap > 1:
            return False
        return are_listed(self.items[at - 1].paragraph.text, self.items[at].paragraph.text)

    def is_verse(self) -> bool:
        """Whether most of it is short lines that stand together and are no list."""
        if self.verse is None:
            texts = [at for at, item in enumerate(self.items[:200]) if not item.fence]
            short = [at for at in texts if self.items[at].paragraph.text.count(" ") < VERSE_WORDS and not self.is_listed(at)]
            close = sum(self.items[at].paragraph.gap == 0 for at in short)
            self.verse = len(texts) >= FEWEST_VERSES and len(short) > VERSES * len(texts) and 2 * close > len(short)
        return self.verse

    def is_diary(self) -> bool:
        """Whether several paragraphs begin with a date."""
        if self.dated is None:
            self.dated = sum(not item.fence and is_dated(item.paragraph.text) for item in self.items[:400]) >= 2
        return self.dated

    def _is_dressed_alike(self, text: str) -> bool:
        """Whether a line stands in ornaments (`~...~`, as songs do) in which other lines of the body stand too."""
        text = text.strip()
        if text[:1] not in ORNAMENTS or text[-1] != text[0] or len(text) < 3:
            return False
        alike = 0
        for item in self.items[:400]:
            line = item.paragraph.text.strip()
            alike += line[:1] == text[0] and line[-1:] == text[0] and not item.fence
        return alike >= 4

    def _is_script(self, line: str) -> bool:
        """Whether the name before a line's colon begins other lines too: then it speaks a part, and answers no reader."""
        label = line.split(":", 1)[0]
        return ":" in line and sum(item.paragraph.text.startswith(label + ":") for item in self.items) >= (
            5 if label == "Me" else 3
        )

    def _introduction(self, at: int) -> str:
        """The paragraph that may introduce item `at`: the one before it, or before the run of italics that it goes on."""
        items = self.items
        back = at - 1
        if ITALICS.match(items[at].paragraph.text):
            while back >= max(0, at - 6) and not items[back].fence and ITALICS.match(items[back].paragraph.text):
                back -= 1
        return items[back].paragraph.text if back >= 0 and not items[back].fence else ""


def items_between(sheet: Sheet, labels: Sequence[Label | None], first: int, last: int) -> list[Item]:
    """The paragraphs and fences in the lines from `first` up to `last`, without what somebody in the story writes or says at
    either end."""
    items: list[Item] = []
    stop = first  # the line after the last item
    for at in sheet.solid[bisect_left(sheet.solid, first) : bisect_left(sheet.solid, last)]:
        label, item = labels[at], Item(Paragraph(at, sheet.lines[at], at - stop))
        if label is not None and label.rule == "story.quoted":
            item.weight = QUOTED
        elif label is not None:
            item.fence, item.closed = True, label.rule if label.kind == "note" else ""
        items.append(item)
        stop = at + 1
    told = [k for k, item in enumerate(items) if not item.is_quoted()]
    return items[told[0] : told[-1] + 1] if told else []


def usual_gap(items: Sequence[Item], elsewhere: int) -> int:
    """The number of blank lines that usually stands between paragraphs; that of the document (`elsewhere`) where they are few."""
    gaps = Counter(item.paragraph.gap for item in items[1:400] if not item.fence)
    return gaps.most_common(1)[0][0] if gaps.total() >= FEWEST_GAPS else elsewhere


def clipped(score: float) -> float:
    """How much the words of one paragraph may lean at most, either way."""
    return max(-CLIP, min(CLIP, score))
