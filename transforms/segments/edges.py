"""Where notes stop and story begins at the edges of a body of text, by the sum of all evidence.

A body is what stands between two structural lines: a header, a heading, furniture, an end marker, the ends of the document.
Each paragraph gets an account (`weigh`): its marker, the classes of authors' words, and its contrast with the narration in
the body's middle. A head note is the prefix whose sum, with a bonus for a fence, a gap or a hand-off at its boundary, is
largest and passes a threshold; a tail note is the suffix. What nearly passes is a doubt and stays story.

This is the one place where evidence is combined; every number has a name here or in `cues` and `markers`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.segments.cues import _FIRST, _LOWER_I, _RAYA, _SAID, _SECOND, _THIRD, _WORD, HARD, QUOTED, Cue, find_cues
from transforms.segments.layout import Paragraph
from transforms.segments.markers import Marker, marker_at

# Priors and contrasts, in the same unit as the cues' weights.
BASE = -0.8  # a paragraph is story until something speaks against it
DIALOGUE = -2.6
SPOKEN = -1.2  # "she said"
THIRD_PERSON = -1.5
ITALIC = -1.0  # a paragraph all in italics: a letter, a message, a recap
INTRODUCED = -2.5  # the paragraph before ends in a colon
STRANGER_I = (1.4, 2.1)  # one, three or more "I" where the narration has none
STRANGER_YOU = (0.6, 1.0)
LOWER_CASE = 1.2  # begins in lower case where the narration does not
LOWER_I = 1.4
BRACKETED = 0.8
SIGNATURE = 1.6
FENCE = 1.8
MARKED_FENCE = 2.6
GAP = 1.5
NO_GAP = -0.2
CROSSING = -0.8
THRESHOLD = 2.6
THRESHOLD_FIRST_PERSON = 3.4
DOUBT = 1.6  # how far below the threshold a doubt reaches
REACH = 60  # paragraphs looked at from an edge

_ITALIC = re.compile(r"^\s*([*_]{1,3})(?=\S)[^\n]*\S\1\s*$")
_LETTER = re.compile(r"^\s*[*_]{0,2}(?:my |to |o )?(?:dear(?:est)?|sir|madam|cher|chère|querid[oa]|liebe[rs]?|car[oa])\b[^.!?\n]{0,40},?[*_]{0,2}\s*$", re.IGNORECASE | re.MULTILINE)
_SIGNED = re.compile(r"^[\s*_]*[-–—~=<>♥♡]{0,3}\s*(?P<name>[^\W_][\w.'’\-]*(?:[ .\-_&+]+[\w.'’\-]+){0,3})\s*[-–—~=<>♥♡xX.]{0,4}[\s*_]*$")
_CAPITAL = re.compile(r"[^\W\d_]")
_BRACKETS = {"(": ")", "[": "]", "{": "}", "<": ">", "（": "）", "［": "］", "【": "】"}


@dataclass(frozen=True, slots=True)
class Voice:
    """How the narration in the middle of a body speaks: first and second person per hundred words outside quotation marks."""

    first: float = 0.0
    second: float = 0.0
    lower: bool = False  # paragraphs begin in lower case
    lower_i: bool = False
    words: int = 0
    letters: bool = False  # the story holds letters with a salutation
    vocabulary: frozenset[str] = frozenset()

    @property
    def first_person(self) -> bool:
        return self.first >= 0.9


@dataclass(frozen=True, slots=True)
class Weight:
    """A paragraph's account: its sum, the named evidence, its marker, and its topics."""

    score: float
    cues: tuple[Cue, ...]
    marker: Marker | None
    topics: tuple[str, ...]
    hard: int
    words: int


@dataclass(slots=True)
class Item:
    """A paragraph, or a fence (a scene break), of a body."""

    paragraph: Paragraph
    fence: bool = False
    weight: Weight | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """A head or tail of a body: how many items it takes, the sum, and whether it passes."""

    size: int
    score: float
    certain: bool
    reasons: tuple[str, ...] = field(default=())


def hear(texts: Sequence[str]) -> Voice:
    """The voice of a narration from a sample of its paragraphs."""
    first = second = words = lower = lower_i = counted = 0
    letters = False
    vocabulary: set[str] = set()
    for text in texts:
        bare = QUOTED.sub(" ", text)
        found = _WORD.findall(bare)
        vocabulary.update(word.lower() for word in _WORD.findall(text) if len(word) >= 5)
        words += len(found)
        first += len(_FIRST.findall(bare))
        second += len(_SECOND.findall(bare))
        start = _CAPITAL.search(text)
        if start is not None:
            counted += 1
            lower += start.group().islower()
        lower_i += len(_LOWER_I.findall(bare)) > 0
        letters = letters or _LETTER.search(text) is not None
    if not words:
        return Voice(letters=letters)
    return Voice(
        100 * first / words, 100 * second / words, counted > 0 and lower > 0.4 * counted, lower_i > 0.15 * len(texts), words, letters,
        frozenset(vocabulary),
    )  # fmt: skip


def weigh(text: str, voice: Voice, before: str = "") -> Weight:
    """The account of one paragraph against the narration's voice; `before` is the paragraph before it."""
    cues: list[Cue] = []
    stripped = text.strip()
    marker = marker_at(stripped)
    if marker is not None:
        cues.append(Cue(marker.name, marker.strength))
    quoted = QUOTED.findall(stripped)
    spoken = sum(map(len, quoted))
    bare = QUOTED.sub(" ", stripped) if quoted else stripped
    words = len(_WORD.findall(stripped))
    opens_quoted = stripped[:1] in "\"“«„「『" or _RAYA.match(stripped) is not None
    found = find_cues(bare if opens_quoted else stripped)
    hard = sum(1 for name, *_ in found if name in HARD or name == "foreign")
    soften = 0.7 if voice.first_person and not hard and marker is None else 1.0
    topics: dict[str, float] = {}
    for name, weight, topic, hits in found:
        cues.append(Cue(name, round(weight * soften, 2), hits))
        if topic:
            topics[topic] = max(topics.get(topic, 0), weight)
    if marker is not None:
        for topic in marker.topics:
            topics[topic] = max(topics.get(topic, 0), 2)
    cues.append(Cue("base", BASE))
    firsts = len(_FIRST.findall(bare))
    seconds = len(_SECOND.findall(bare))
    thirds = len(_THIRD.findall(bare))
    italic = _ITALIC.match(stripped) is not None
    if quoted:
        share = spoken / max(1, len(stripped))
        said = _SAID.search(stripped) is not None
        if opens_quoted or share > 0.3:
            cues.append(Cue("dialogue", DIALOGUE))
            if said:
                cues.append(Cue("spoken", SPOKEN))
        elif said and share > 0.08:
            cues.append(Cue("spoken", DIALOGUE * 0.6))
    elif opens_quoted:
        cues.append(Cue("dialogue", DIALOGUE))
    if voice.words >= 40 or voice.words == 0:
        known = voice.words > 0
        if firsts and not voice.first_person and known and not italic:
            cues.append(Cue("stranger_i", STRANGER_I[firsts >= 3] * (0.6 if voice.first > 0.4 else 1)))
        if seconds and voice.second < 0.6 and known and not italic:
            cues.append(Cue("stranger_you", STRANGER_YOU[seconds >= 2]))
        if _LOWER_I.search(bare) and not voice.lower_i and known:
            cues.append(Cue("lower_i", LOWER_I))
        start = _CAPITAL.search(stripped)
        if start is not None and start.group().islower() and not voice.lower and known and words >= 3 and not opens_quoted:
            cues.append(Cue("lower_case", LOWER_CASE))
    if thirds >= 2 and thirds * 25 >= words and not firsts:
        cues.append(Cue("third_person", THIRD_PERSON))
    if italic and marker is None:
        cues.append(Cue("italic", ITALIC))
    if before.rstrip().endswith((":", ":*", ":_")) and marker is None:
        cues.append(Cue("introduced", INTRODUCED))
    if stripped[:1] in _BRACKETS and stripped.endswith(_BRACKETS[stripped[:1]]):
        cues.append(Cue("bracketed", BRACKETED))
    score = sum(cue.weight for cue in cues)
    ranked = tuple(sorted(topics, key=lambda topic: -topics[topic]))
    return Weight(score, tuple(cues), marker, ranked, hard, words)


def _weight(items: Sequence[Item], at: int, voice: Voice) -> Weight:
    item = items[at]
    if item.weight is None:
        before = items[at - 1].paragraph.text if at > 0 and not items[at - 1].fence else ""
        item.weight = weigh(item.paragraph.text, voice, before)
    return item.weight


def cut_head(items: Sequence[Item], voice: Voice, usual_gap: int, prior: float = 0.0, whole: float | None = None) -> Cut:
    """The head note of a body. `prior` is added to each paragraph (a place where notes are likely); `whole` is the bonus for
    taking the body as a whole, None where that is not allowed.
    """
    threshold = THRESHOLD_FIRST_PERSON if voice.first_person else THRESHOLD
    total, best, size, misses = 0.0, 0.0, 0, 0
    marked = pair = False
    reasons: tuple[str, ...] = ()
    for at, item in enumerate(items[:REACH]):
        if item.fence:
            total += CROSSING
            continue
        weight = _weight(items, at, voice)
        if weight.marker is not None and weight.marker.strength >= 3:
            if weight.marker.closing:
                pair = True
            marked = True
        total += weight.score + prior
        bonus = 0.0
        last = at + 1 >= len(items)
        if last:
            if whole is None:
                break
            bonus = whole
        elif items[at + 1].fence:
            bonus = MARKED_FENCE if marked else FENCE
        elif items[at + 1].paragraph.gap > max(usual_gap, 1 if usual_gap else 0):
            bonus = GAP
        elif items[at + 1].paragraph.gap < usual_gap:
            bonus = NO_GAP
        if pair:
            bonus += 6
            total = max(total, 0)
        if total + bonus >= best:
            best, size = total + bonus, at + 1
            reasons = tuple(cue.name for cue in weight.cues)
        if pair:
            break
        misses = misses + 1 if weight.score + prior <= -2.2 else 0
        if misses >= 2 or total < best - 9 or (total < -6):
            break
    return Cut(size, best, size > 0 and best >= threshold, reasons)


def cut_tail(items: Sequence[Item], voice: Voice, usual_gap: int, prior: float = 0.0, whole: float | None = None) -> Cut:
    """The tail note of a body, as `cut_head`."""
    threshold = THRESHOLD_FIRST_PERSON if voice.first_person else THRESHOLD
    total, best, size, misses = 0.0, 0.0, 0, 0
    count = len(items)
    reasons: tuple[str, ...] = ()
    for back in range(min(count, REACH)):
        at = count - 1 - back
        item = items[at]
        if item.fence:
            total += CROSSING
            continue
        weight = _weight(items, at, voice)
        total += weight.score + prior
        if back <= 1 and weight.words <= 5:
            total += _signature(item.paragraph, items, at, voice, usual_gap)
        bonus = 0.0
        if at == 0:
            if whole is None:
                break
            bonus = whole
        elif items[at - 1].fence:
            bonus = FENCE
        elif item.paragraph.gap > max(usual_gap, 1 if usual_gap else 0):
            bonus = GAP
        elif item.paragraph.gap < usual_gap:
            bonus = NO_GAP
        if weight.marker is not None and weight.marker.strength >= 3:
            bonus += 0.5
        if total + bonus > best:
            best, size = total + bonus, back + 1
            reasons = tuple(cue.name for cue in weight.cues)
        misses = misses + 1 if weight.score + prior <= -2.2 else 0
        if misses >= 2 or total < best - 9 or total < -6:
            break
    return Cut(size, best, size > 0 and best >= threshold, reasons)


def _signature(paragraph: Paragraph, items: Sequence[Item], at: int, voice: Voice, usual_gap: int) -> float:
    """What a short last line proves as the author's signature: a name or initials that the story does not know."""
    found = _SIGNED.match(paragraph.text)
    if found is None or voice.letters:
        return 0.0
    name = found.group("name")
    dressed = paragraph.text.strip()[:1] in "-–—~=<♥♡"
    if paragraph.text.strip()[-1:] in ".!?,;:" and not (dressed or len(name) <= 8 and name.replace(".", "").isupper()):
        return 0.0
    if name.lower() in voice.vocabulary or any(part.lower() in voice.vocabulary for part in name.split()):
        return 0.0
    odd = any(ch.isdigit() or ch in "_-." for ch in name) or name.isupper() or name.islower()
    return SIGNATURE * (0.6 + 0.3 * odd + 0.4 * dressed) + (0.4 if paragraph.gap > usual_gap else 0)
