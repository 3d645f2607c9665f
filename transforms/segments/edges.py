"""Where notes stop and story begins at the edges of a body of text, by the sum of all evidence.

A body is what stands between two structural lines: a header, a heading, furniture, an end marker, the ends of the document.
Each paragraph gets an account (`weigh`): its marker, the classes of authors' words, and its contrast with the narration in
the body's middle. A head note is the prefix whose sum, with a bonus for a fence, a gap or a hand-off at its boundary, is
largest and passes a threshold; a tail note is the suffix. What nearly passes is a doubt and stays story.

This is the one place where evidence is combined; every number has a name here or in `cues` and `markers`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from transforms.segments.blocks import is_dated
from transforms.segments.cues import (
    HARD,
    QUOTED,
    RAYA,
    find_cues,
)
from transforms.segments.layout import Paragraph
from transforms.segments.markers import marker_at
from transforms.segments.voices import ITALICS, Voice, vocabulary_of
from transforms.segments.weighing import QUOTE_OPENERS, Weight, raised, weigh

REPEATED = 0.6  # what the same contrast loses in the next paragraphs
LEAST_WORDED = 0.8  # what words or typing must prove; contrast and place are not enough
VALLEY = 12  # words of bland paragraphs between two notes: a short story
ENCLOSED = 0.8  # a tail that stands between two fences
SIGNATURE = 1.9
DRESSED = 2.2  # a signature after a dash, with a name that the story does not know
SIGNED = 2.4  # a signature that stands apart
OPEN_NOTE = 2.0  # what a body starts with below a marked note of the header
OPEN_CREDIT = 1.4  # what each bland paragraph of a marked note gets back at the gap or fence that closes it
FENCE = 2.0
MARKED_FENCE = 2.6
GAP = 1.5
MARKED_GAP = 2.6
NO_GAP = -0.2
SCRIPT = -3.0
DATED = -8.0  # begins with a date as other paragraphs of the body do
DRESSED_ALIKE = -4.0  # stands in the same ornaments as other lines of the body
HABIT = 2.5  # a class that two of five other paragraphs hold too counts for nothing
ATTACHED = 1.5  # a line right below a bare label, without the usual blank line
BELOW_LABEL = -3.0  # what follows a bare "Notes:" is the note
CROSSING = -0.8
THRESHOLD = (3.7, 2.9, 2.4)  # by the number of hard classes in one paragraph of the note
EXTENSION = 0.7  # what a further paragraph must weigh in a note that is certain without it and that no gap or fence closes
FAR_EDGE = -1.2  # a note does not end with a paragraph weaker than this
COLD_EDGE = -1.4  # the paragraph at the very edge has nothing of a note
THRESHOLD_FIRST_PERSON = (5.6, 4.0, 3.2)  # by the number of hard classes in one paragraph
DOUBT = 1.6  # how far below the threshold a doubt reaches
ORNAMENTS = frozenset("~♪♫♬|/#")
REACH = 60  # paragraphs looked at from an edge

_SIGNED = re.compile(
    r"^[\s*_]*[-–—~=<>♥♡]{0,3}\s*(?P<name>[^\W_][\w.'’\-]*(?:[ .\-_&+]+[\w.'’\-]+){0,3})\s*[-–—~=<>♥♡xX.]{0,4}[\s*_]*$"
)
_SIGNED_BEHIND = re.compile(r"[.!?)…]\s{1,3}(?:[-–—~]{1,2}|xo+|x+|love,?)\s?([A-Z][\w.]{2,20})[.!~<3xo♥ ]{0,6}$")
CORE = (HARD | {"lower_i", "item"}) - {"begging", "imploring", "response"}  # what a narrator who poses as an author would not say
UNWORDED = frozenset(("stranger_i", "stranger_you", "place", "bracketed", "bold"))
CORE_TAIL = (CORE | {"begging", "response"}) | {"stranger_i", "lower_case", "net", "foreign_one"}  # at the end of a story


@dataclass(slots=True)
class Item:
    """A paragraph, or a fence (a scene break), of a body."""

    paragraph: Paragraph
    fence: bool = False
    closed: str = ""  # the rule of a fence that is a closed note inside the body, not a scene break
    weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A head or tail of a body: how many items it takes, the sum, and whether it passes."""

    size: int
    score: float
    certain: bool
    reasons: tuple[str, ...] = field(default=())
    doubtful: bool = False
    missing: float = 99.0  # how much is missing to the threshold


@dataclass(slots=True)
class Body:
    """What stands between two structural lines: its items, and the voice of its narration, heard when first needed."""

    items: list[Item]
    usual_gap: int
    listen: Callable[[], Voice]
    heard: Voice | None = None
    words: frozenset[str] | None = None
    dated: bool | None = None

    def voice(self) -> Voice:
        if self.heard is None:
            self.heard = self.listen()
        return self.heard

    def vocabulary(self) -> frozenset[str]:
        if self.words is None:
            self.words = vocabulary_of(item.paragraph.text for item in self.items[:120] if not item.fence)
        return self.words

    def weight(self, at: int) -> Weight:
        item = self.items[at]
        if item.weight is None:
            item.weight = weigh(item.paragraph.text, self.voice, self._introduction(at))
            if any(cue.name in ("reply_line", "skit") for cue in item.weight.cues) and self._is_script(item.paragraph.text):
                item.weight = raised(item.weight, SCRIPT)
            if item.weight.marker is None and is_dated(item.paragraph.text) and self.is_diary():
                item.weight = raised(item.weight, DATED)
            if item.weight.marker is None and self._is_dressed_alike(item.paragraph.text):
                item.weight = raised(item.weight, DRESSED_ALIKE)
            if at > 0 and item.paragraph.gap == 0 and self.usual_gap > 0 and not self.items[at - 1].fence:
                above = self.items[at - 1].paragraph.text.strip()
                marker = marker_at(above) if len(above) <= 60 else None
                if marker is not None and marker.bare:
                    item.weight = raised(item.weight, ATTACHED)
        return item.weight

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

    def habits(self, first: int, size: int) -> dict[str, float]:
        """Which classes of cues the paragraphs outside a block hold too, each with the share of its weight that this takes."""
        rest = [
            item.paragraph.text
            for at, item in enumerate(self.items)
            if not item.fence and not first <= at < first + size and len(item.paragraph.text) > 30
        ]
        if len(rest) < 3:
            return {}
        rest = rest[:: max(1, len(rest) // 12)][:12]
        seen: Counter[str] = Counter()
        for text in rest:
            bare = QUOTED.sub(" ", text)
            if RAYA.match(text) is None and len(bare) > 0.5 * len(text):
                seen.update({name for name, *_ in find_cues(bare)})
                seen.update(["label"] if marker_at(text.strip()) else [])
        return {name: min(1.0, HABIT * count / len(rest)) for name, count in seen.items() if count >= 2}

    def boundary(self, at: int, marked: bool) -> float:
        """What the place before item `at` proves as a boundary between note and story."""
        items = self.items
        before = items[at - 1]
        if before.fence or items[at].fence:
            fence = before if before.fence else items[at]
            return FENCE * 0.4 if fence.closed else MARKED_FENCE if marked else FENCE
        gap = items[at].paragraph.gap
        label = before.weight.marker if before.weight is not None else None
        if label is not None and label.bare and gap <= self.usual_gap:
            return BELOW_LABEL if gap == 0 or label.strength >= 3 else 0.0
        if gap > max(self.usual_gap, 1 if self.usual_gap else 0):
            return MARKED_GAP if marked else GAP
        return NO_GAP if gap < self.usual_gap else 0.0


def cut_head(body: Body, prior: float = 0.0, whole: float | None = None, open_note: bool = False) -> Cut:
    """The head note of a body. `prior` is added to each paragraph (a place where notes are likely); `whole` is the bonus for
    taking the body as a whole, None where that is not allowed. `open_note` says that a marked note stands right above.
    """
    items = body.items
    total, best, size = OPEN_NOTE if open_note else 0.0, 0.0, 0
    marked, closed = open_note, False
    reasons: tuple[str, ...] = ()
    hard, core, edge, bland, credit, strange, valley = 0, False, 0.0, 0, 0.0, False, 0
    for at, item in enumerate(items[:REACH]):
        if item.fence:
            if item.closed == "note.marked" and at == 0:
                marked = len(items) > 1 and not items[1].fence and items[1].paragraph.gap <= body.usual_gap
                total = OPEN_NOTE if marked else 0.0
                continue
            total += 0 if item.closed else CROSSING
            marked = False
            continue
        weight = body.weight(at)
        if weight.opens:
            if at > 0 and total < -1 and best <= 0:
                break  # a note that begins after story is not at the head
            closed = weight.marker is not None and weight.marker.closing and total > 0
            marked = True
        bland = bland + 1 if weight.score < 0 else 0
        total += weight.score + prior - (weight.contrast * REPEATED if strange else 0.0)
        strange = strange or weight.contrast > 0
        if marked and weight.marker is None and weight.score < 0:
            credit = min(credit + OPEN_CREDIT, 4 * OPEN_CREDIT)
        if at == 0 and weight.score + prior < 0 and not marked:
            total += COLD_EDGE
        hard = max(hard, weight.hard)
        core = (
            core
            or (weight.marker is not None and (not weight.marker.bare or weight.marker.name == "quoted_reader"))
            or any(cue.name in CORE for cue in weight.cues)
        )
        if closed:
            return Cut(at + 1, max(total, 6) + 6, True, ("pair",))
        last = at + 1 >= len(items)
        if last:
            if whole is None:
                break
            total += _signature(body, at) if at > 0 and weight.words <= 5 else 0
            bonus = whole
        else:
            bonus = body.boundary(at + 1, marked)
            if bonus >= GAP:
                bonus += credit
        far = weight.score + prior > FAR_EDGE or marked or last
        if bonus <= 0 and best >= THRESHOLD[0] and weight.marker is None and weight.score + prior < EXTENSION:
            far = False
        valley = valley + weight.words if weight.score < FAR_EDGE and weight.marker is None else valley
        if last and size and valley >= VALLEY and best >= THRESHOLD[2]:
            break
        if far and total + bonus >= best:
            valley = 0
            best, size, edge = total + bonus, at + 1, bonus
            reasons = tuple(cue.name for cue in weight.cues)
        if total < best - 5 or (size == 0 and total < -2.4) or weight.score + prior <= -3.3 or (bland >= 4 and prior < 1):
            break
        if bonus >= GAP:
            total += CROSSING
            marked, credit = False, 0.0
    if not core and size and body.voice().first_person:
        if edge <= 0:
            return Cut(size, best, False, reasons, True)
        hard = 0  # a narrator may beg too; only an author's own words prove anything at the head of a story in the first person
    return _judged(
        body, 0, size, best, hard, reasons, open_note or prior >= 1 or (len(items) > 0 and items[0].closed == "note.marked")
    )


def cut_tail(body: Body, start: int = 0, prior: float = 0.0, whole: float | None = None) -> Cut:
    """The tail note of a body's items from `start` on, as `cut_head`."""
    items = body.items
    total, best, size = 0.0, 0.0, 0
    count = len(items)
    reasons: tuple[str, ...] = ()
    hard, signed, bland, core, edge, strange = 0, False, 0, False, 0.0, False
    for back in range(min(count - start, REACH)):
        at = count - 1 - back
        item = items[at]
        if item.fence:
            total += 0 if item.closed else ENCLOSED if back == 0 else CROSSING
            continue
        weight = body.weight(at)
        score = weight.score
        signature = _signature(body, at) if back <= 1 and weight.words <= 5 else _signed(body, at) if back == 0 else 0.0
        total += score + prior + signature - (weight.contrast * REPEATED if strange else 0.0)
        strange = strange or weight.contrast > 0
        signed = signed or signature > 0
        if back == 0 and score + prior + signature < 0:
            total += COLD_EDGE
        hard = max(hard, weight.hard, 1 if signature >= DRESSED else 0)
        marked = weight.marker is not None and weight.opens
        core = core or marked or signature > 0 or any(cue.name in CORE_TAIL for cue in weight.cues)
        if at == start:
            if whole is None:
                break
            bonus = whole
        else:
            bonus = body.boundary(at, marked) + (0.5 if marked else 0)
        weak = bonus <= 0 and best >= THRESHOLD[0] and weight.marker is None and score + prior + signature < EXTENSION
        if (score + prior + signature > FAR_EDGE or at == start) and not weak and total + bonus > best:
            best, size, edge = total + bonus, back + 1, bonus
            if back == 0 and signed and bonus >= GAP and best >= SIGNED:
                hard = 2
            reasons = tuple(cue.name for cue in weight.cues)
        bland = bland + 1 if score < 0 else 0
        if total < best - 5 or (size == 0 and total < -2.4 - signature) or score + prior <= -3.3 or (bland >= 4 and prior < 1):
            break
    if size and not core and edge <= 0 and (body.voice().first_person or body.voice().second >= 1.5):
        return Cut(size, best, False, reasons, True)  # guides and narrators who address "you" thank and beg too
    return _judged(body, count - size, size, best, hard, reasons, prior >= 1)


def _judged(body: Body, first: int, size: int, best: float, hard: int, reasons: tuple[str, ...], placed: bool) -> Cut:
    """The verdict on items `first` to `first + size`: how much is asked for depends on the narrator and on how many hard
    classes speak; what the rest of the body says all the time (a guide who thanks and begs) speaks for nothing.
    """
    if not size:
        return Cut(0, 0.0, False)
    asked = (THRESHOLD_FIRST_PERSON if body.voice().first_person else THRESHOLD)[min(hard, 2)]
    block = [item.weight for item in body.items[first : first + size] if item.weight is not None]
    last = block[-1].marker if block else None
    if last is not None and last.bare and len(block) == 1 and last.strength < 5 and size < len(body.items):
        return Cut(size, best, False, reasons, True)  # a label alone is no note
    worded = sum(cue.weight for weight in block for cue in weight.cues if cue.weight > 0 and cue.name not in UNWORDED)
    placed = placed or any(cue.name == "place" and cue.weight >= 3 for weight in block for cue in weight.cues)
    if worded < LEAST_WORDED and not placed and not (size == 1 and hard >= 2):
        return Cut(size, best, False, reasons, best >= asked - DOUBT)  # contrast alone may be a narrator who steps forward
    if best >= asked and not any(weight.opens for weight in block):
        habits = body.habits(first, size)
        if habits:
            best -= sum(cue.weight * habits.get(cue.name, 0.0) for weight in block for cue in weight.cues if cue.weight > 0)
    best += 1e-9
    return Cut(size, best, best >= asked, reasons, asked > best >= asked - DOUBT, asked - best)


def _signature(body: Body, at: int) -> float:
    """What a short last line proves as the author's signature: a name or initials that the story does not know."""
    paragraph = body.items[at].paragraph
    text = paragraph.text.strip()
    found = _SIGNED.match(text)
    if found is None or not any(ch.isalpha() for ch in text):
        return 0.0
    name = found.group("name")
    dressed = text[:1] in "-–—~=<♥♡"
    if text[-1:] in ".!?,;:" and not (dressed or (len(name) <= 8 and name.replace(".", "").isupper())):
        return 0.0
    if body.voice().letters:
        return 0.0
    vocabulary = vocabulary_of(item.paragraph.text for k, item in enumerate(body.items) if k != at and not item.fence)
    if any(part.lower() in vocabulary for part in re.split(r"[ .\-_]+", name) if len(part) >= 4):
        return 0.0
    odd = any(ch.isdigit() or ch in "_-." for ch in name) or name.isupper() or name.islower()
    return SIGNATURE * (0.6 + 0.3 * odd + 0.4 * dressed) + (0.4 if paragraph.gap > body.usual_gap else 0)


def _signed(body: Body, at: int) -> float:
    """What a name behind a dash at the end of the last paragraph proves: `Be good. - Ada`, where the story knows no Ada."""
    text = body.items[at].paragraph.text.strip()
    found = _SIGNED_BEHIND.search(text, max(0, len(text) - 40))
    if found is None or text[0] in QUOTE_OPENERS or body.voice().letters:
        return 0.0
    vocabulary = vocabulary_of(item.paragraph.text for k, item in enumerate(body.items) if k != at and not item.fence)
    return 0.0 if found.group(1).lower() in vocabulary else DRESSED


def is_all_note(body: Body) -> bool:
    """Whether a whole body speaks to readers: most of it holds authors' words, of several classes, and nobody talks in it."""
    paragraphs = [at for at, item in enumerate(body.items) if not item.fence]
    if len(paragraphs) > REACH:
        return False
    texts = [body.items[at].paragraph.text.lstrip() for at in paragraphs]
    if sum(len(text) for text in texts if text[:1] in QUOTE_OPENERS or text[:1] in "—–'‘") > 0.1 * sum(map(len, texts)):
        return False
    total = sum(map(len, texts))
    positive = other = 0
    classes: set[str] = set()
    for at, text in zip(paragraphs, texts, strict=True):
        weight = body.weight(at)
        if weight.score > 0:
            positive += len(text)
            classes |= {cue.name for cue in weight.cues} & HARD
        else:
            other += len(text)
            if other > 0.5 * total:
                return False
    return positive >= 0.5 * total and len(classes) >= 3
