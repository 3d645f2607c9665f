"""Remarks of the author in the middle of a story: `((ok they don't, i just like it))`, `<-- this is where i cried`, `~squee~ ...`.

Narrators use brackets, ornaments and small letters too: for thoughts, messages, boxes of games, stage directions. So every
stretch that is set off from the text, in its line or as a line of its own, is a candidate; its features (how it is dressed, where
it stands, its words, and its contrast with the document's own writing) are weighed against each other.

The weights in `asides.tsv` are those of a logistic regression, fitted by `bench/asides_fit.py` on passages (`bench/asides/`) and
marked documents that were written for this project.
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from transforms.segments.cues import HARD, QUOTED, SMALL_I, count_persons, find_cues
from transforms.segments.layout import Sheet
from transforms.segments.markers import INLINE, marker_at
from transforms.segments.quoted import speech_brackets
from transforms.segments.setoff import BRACKETED, EMOJI, ENDED, SMALL_HABIT, Candidate, is_text, lead_of
from transforms.segments.voices import CAPITAL, Voice
from transforms.segments.wording import lean_of, tokens

if TYPE_CHECKING:
    from transforms.segments.shapes import Label

LIKELY = 0.87  # from which a candidate is a note
IN_COMPANY = 0.7  # from which it is one where another in the same dress is
DOUBTFUL = 0.4  # from which it is a doubt
NEAR = 100  # characters above and below a remark in which a device or a verb of speech counts
CLIP = 6.0
PLAINLY_STORY = -1.0  # the lean of words that are looked at no closer
MOST_WORN = 16  # candidates in one dress from which it is a habit of the document
SAMPLE = 60  # lines in which its habits are heard
TELLS = 0.2  # the share of lines with an "I" from which somebody tells the story
MOST_LIKE_IT = (1, 2, 4, 8)
_LENGTHS = (1, 2, 3, 5, 8, 13, 21, 34, 60, 100)  # words
_CHAT = re.compile(
    r"\b(?:side ?note|fun fact|btw|lol|lmao|lmfao|rofl|omg|omfg|haha+|hehe+|idk|ikr|tbh|imo|imho|smh|bc|cuz|coz|jk|fyi|xd|u|ur|ppl|pls|plz|thx|gonna be|ok (?:so|but|back|continue|sorry|this|that|you)|okay (?:so|but|back|sorry|this|that|you)|(?:ok|okay),? (?:i'm|im|i'll|carry|go|bye|done)|carry on|on with the|back to the|sorry not sorry|don't (?:ask|judge|kill|hate|sue)(?: me)?|had to|couldn't resist|i regret nothing|time skip)\b|<3|:3|;-?\)|:-?[dDpP)(]|\^_?\^|>[._]<|[\U0001f300-\U0001faff]"
)
_SLANG = re.compile(r"\b(?:lol|lmao|rofl|omg|btw|idk|ikr|tbh|bc|cuz|jk|xd|u|ur|ppl|pls|plz|haha+|hehe+)\b")
_STRESS = re.compile(r"\b(?:SO|VERY|ALL|REALLY|NOT|LOVE|HATE|MY|THE|THIS|SUCH|OK|HE|SHE|HER|HIM|YES|NO)\b")
_GESTURE = re.compile(r"[*~][a-z][a-z' ]{2,40}[*~]")
_SMALL_NEXT = re.compile(r"[.!?][ \t]+[a-z]")
_SHOUT = re.compile(r"[!?]{2}")
_LONGER = re.compile(r"([a-z])\1\1")  # sooo
_DEVICE = re.compile(
    r"\b(?:text(?:s|ed|ing)?|phones?|messages?|messaged|screens?|chat(?:s|ted)?|typed?|types|typing|wrote|writes|written|read|reads|reading|sign(?:s|ed)?|notes?|letters?|pinged|buzz(?:ed|es)?|subtitles?|caption|radio|comms?|terminal|display|inscription|translat\w+|telepath\w+|system|prompt|window|notification|label|poster|margin|page|cards?|footnote|paper|sheet|file|log|diary|e-?mails?|posts?|posted|tape|letters|printed|computer|laptop|tablet|thread)\b",
    re.IGNORECASE,
)
_SPEECH = re.compile(
    r"\b(?:said|says|asked|asks|thought|thinks|told|tells|replied|replies|added|adds|sent|sends|mused|whispered|voice|sang|sings|muttered)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(r"(?:[A-Z][\w'’.-]*|[a-z]{1,3})(?: [A-Z0-9][\w'’.-]*){0,3} ?:(?!\S)")
_STAT = re.compile(
    r"\d+ ?/ ?\d+|[+-]\d|\b(?:Level|LV|Lv|HP|MP|XP|EXP|Exp|STR|Skill|Quest|Class|Rank|Reward|Title|Status|Points?)\b|\d%"
)
_SIGNED = re.compile(r"[-–—~] ?[A-Z]\w*\.?(?:[A-Z]\.?)?$")
_NAME = re.compile(r"[a-z,;] [A-ZÀ-ÞА-Я][^\W\d_]{2,}")
_TYPED = ("small_i", "small_start", "gesture", "chat", "slang", "shout", "emoji", "longer", "marker.strong", "stress")
_STRONG = 5  # markers that say what follows


class Remark(NamedTuple):
    """Where a likely remark is, how likely, and whether it is taken for one; `start` is -1 for whole lines."""

    first: int
    last: int
    start: int
    end: int
    confidence: float
    certain: bool


# -- the habits of a document ----------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Habits:
    """How a document writes outside of what is set off."""

    lines: int = 0
    small: float = 0.0  # the share of its lines that begin small
    small_i: float = 0.0
    first: float = 0.0  # the share with an "I" outside of quotation marks
    second: float = 0.0
    slang: bool = False
    emoji: bool = False
    english: bool = True
    usual: float = -1.5  # how its words lean


@dataclass
class Document:
    """What is asked of a document to weigh a candidate, found when first needed."""

    sheet: Sheet
    labels: Sequence[Label | None]
    blank: Sequence[bool]
    listen: Callable[[], Voice]
    lean_of: Callable[[list[str]], float] = lean_of
    worn: Counter[tuple[object, ...]] = field(default_factory=Counter)

    @cached_property
    def free(self) -> list[str]:
        """Its lines of text."""
        return [line for at, line in enumerate(self.sheet.lines) if is_text(self.labels[at]) and not self.blank[at]]

    @cached_property
    def voice(self) -> Voice:
        """The voice of the document."""
        return self.listen()

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The brackets in which people speak."""
        told = (label is None or label.kind == "story" for label in self.labels)
        return speech_brackets(line for line, story in zip(self.sheet.lines, told, strict=True) if story)

    @cached_property
    def noted(self) -> bool:
        """Whether it has notes elsewhere."""
        return any(label is not None and label.kind == "note" for label in self.labels)

    @cached_property
    def headed(self) -> bool:
        """Whether it has a header."""
        return any(label is not None and label.kind == "metadata" for label in self.labels)

    @cached_property
    def habits(self) -> Habits:
        """How its text is typed, and who speaks in it."""
        bare = []
        for line in self.free[:: max(1, len(self.free) // SAMPLE)]:
            line = BRACKETED.sub(" ", line[:1500]).strip()
            if line and CAPITAL.search(line) is not None and lead_of(line) is None:
                bare.append(line)
        if not bare:
            return Habits(english=False)
        habits = Habits(len(bare), english=self.voice.english)
        for line in bare:
            start = CAPITAL.search(line)
            line = QUOTED.sub(" ", line)
            habits.small += start.group().islower()
            persons = count_persons(line)
            habits.small_i += persons.small_i > 0 and SMALL_I.search(line) is not None
            habits.first += persons.first > 0
            habits.second += persons.second > 0
            habits.slang = habits.slang or _SLANG.search(line.lower()) is not None
            habits.emoji = habits.emoji or (not line.isascii() and EMOJI.search(line) is not None)
        for name in ("small", "small_i", "first", "second"):
            setattr(habits, name, getattr(habits, name) / len(bare))
        sample = [line for line in bare if len(line) > 20]
        sample = sample[:: max(1, len(sample) // 6)][:6]
        if sample:
            habits.usual = sum(_clipped(self.lean_of(tokens(line))) for line in sample) / len(sample)
        return habits


def _clipped(value: float) -> float:
    return max(-CLIP, min(CLIP, value))


# -- features --------------------------------------------------------------------------------------------------------------


def features(found: Candidate, document: Document) -> dict[str, float]:
    """The named features of a candidate."""
    text = found.text.replace("’", "'")
    lower = text.lower()
    habits, voice = document.habits, document.voice
    group, whole = found.group, found.place == "whole"
    sort = "whole" if whole else "part"
    words = text.count(" ") + 1
    here = {
        "": 1.0, f"dress.{found.dress}": 1, f"dress.{group}.{sort}": 1, f"place.{found.place}": 1, f"place.{found.place}.{group}": 1,
        f"length.{sum(words > size for size in _LENGTHS)}": 1, f"closed.{found.closed}": 1,
    }  # fmt: skip
    cut = tokens(text)
    leaning = _clipped(document.lean_of(cut))
    here["author_words" if leaning > 0 else "story_words"] = leaning
    here[f"lean.{sort}"] = leaning
    here["unlike"] = _clipped(leaning - habits.usual)
    if words <= 4:
        here["few_words"] = leaning
    for word in cut[1:]:
        here[f"word.{word}"] = 1
    _hear(here, text, lower, found, habits, voice)
    _look(here, text, found, document)
    told = "in_first_person" if habits.first >= TELLS else "else"
    typed = "typed" if any(here.get(name) for name in _TYPED) else "untyped"
    here |= {typed: 1, f"{typed}.{told}": 1, f"{typed}.{group}": 1, f"words.{told}": leaning, f"words.{typed}.{told}": leaning}
    return here


def _hear(here: dict[str, float], text: str, lower: str, found: Candidate, habits: Habits, voice: Voice) -> None:
    """Adds the contrast with the document's writing."""
    compared = habits.english and habits.lines > 0
    start = CAPITAL.search(text)
    small = start is not None and start.group().islower()
    opens = found.place in ("whole", "between", "after", "before")
    case = "small" if small else "capital"
    if habits.small <= SMALL_HABIT and habits.lines:
        here[f"{case}.{found.place}"] = 1
        here[f"{case}.{found.group}"] = 1
        if small and opens and text.count(" ") >= 2:
            here["small_start"] = 1
        here["small_next"] = min(2, len(_SMALL_NEXT.findall(text)))
    persons = count_persons(text)
    if persons.small_i and SMALL_I.search(text + " ") is not None:
        here["small_i" if habits.small_i <= 0.02 else "small_i_usual"] = 1
    gestures = len(_GESTURE.findall(text))
    here["gesture"] = min(2, gestures)
    chat = len(_CHAT.findall(lower))
    here["chat"] = min(3, chat)
    slang = _SLANG.search(lower) is not None
    here["slang"] = slang and not habits.slang
    here["slang_usual"] = slang and habits.slang
    here["shout"] = _SHOUT.search(text) is not None
    here["stress"] = _STRESS.search(text) is not None
    here["longer"] = _LONGER.search(lower) is not None
    here["emoji"] = not habits.emoji and not text.isascii() and EMOJI.search(text) is not None
    if compared:
        if persons.first:
            here["stranger_i" if habits.first < 0.05 else "rare_i" if habits.first < TELLS else "usual_i"] = 1
        if persons.second:
            here["stranger_you" if habits.second < 0.05 else "usual_you"] = 1
        if not persons.first and not persons.second:
            here["no_person"] = 1
            here[f"no_person.{found.group}"] = 1
        here["first_person"] = habits.first >= TELLS
    here["third"] = min(3, persons.third)
    here["third_alone"] = persons.third > 0 and not persons.first
    hard = soft = 0
    for name, *_ in find_cues(text):
        here[f"cue.{name}"] = 1
        hard += name in HARD
        soft += name not in HARD
    here["hard"], here["soft"] = min(2, hard), min(2, soft)
    here["cast"] = voice.names_cast(text)
    here["name"] = _NAME.search(text) is not None
    if habits.lines < 3:
        here["hardly_heard"] = 1
    if not habits.english:
        here["not_english"] = 1


def _look(here: dict[str, float], text: str, found: Candidate, document: Document) -> None:
    """Adds what its looks and its surroundings say."""
    lines = document.sheet.lines
    line = lines[found.first]
    whole = found.place == "whole"
    letters = [ch for ch in text if ch.isalpha()]
    if letters:
        here["capitals"] = sum(map(str.isupper, letters)) > 0.7 * len(letters)
        here["few_letters"] = len(letters) < 0.6 * (len(text) - text.count(" "))
    last = text[-1]
    here[f"ends.{'letter' if last.isalnum() else 'sentence' if last in '.!?…' else 'quote' if last in ENDED else 'sign'}"] = 1
    here[
        f"starts.{'letter' if text[0].isalpha() else 'digit' if text[0].isdigit() else 'quote' if text[0] in ENDED else 'sign'}"
    ] = 1
    here["speech_inside"] = '"' in text or "“" in text
    here["signed"] = _SIGNED.search(text) is not None
    here["label"] = _LABEL.match(text) is not None
    here["stat"] = _STAT.search(text) is not None
    marker = marker_at(text) if text[0].isalnum() else None
    if marker is not None:
        here["marker.strong" if marker.strength >= _STRONG else "marker.weak"] = 1
    if whole and not here.get("marker.strong") and INLINE.match(line.strip()) is not None:
        here["marker.strong"] = 1
    twins = document.worn[found.dress, found.place, text[0].islower()] - 1
    here[f"twins.{sum(twins >= size for size in MOST_LIKE_IT)}"] = 1
    alike = document.worn[found.dress, whole] - 1
    here[f"alike.{sum(alike >= size for size in MOST_LIKE_IT)}"] = 1
    here[f"alike.{sum(alike >= size for size in MOST_LIKE_IT)}.{found.group}"] = 1
    above = line[max(0, found.start - NEAR) : found.start] if not whole else ""
    behind = line[found.end : found.end + NEAR // 2] if not whole else ""
    outer = above or (_beside(document, found.first, -1) or "")[-NEAR:]
    next_ = behind or (_beside(document, found.last, 1) or "")[: NEAR // 2]
    here["device_above"] = _DEVICE.search(outer) is not None
    here["device_below"] = _DEVICE.search(next_) is not None
    here["speech_below"] = _SPEECH.search(next_) is not None
    here["speech_above"] = _SPEECH.search(outer[-40:]) is not None
    here["colon_above"] = outer.rstrip()[-1:] in (":", ",")
    here["runs_on"] = next_.lstrip()[:1].islower() or next_.lstrip()[:1] in (",", ";", "—", "–")
    if not whole:
        here["quoted"] = line.count('"', 0, found.start) % 2 == 1 or line.count("“", 0, found.start) > line.count(
            "”", 0, found.start
        )
        here["pointed"] = next_[:1] in (".", ",", "!", "?")
    else:
        up, down = _neighbour(document, found.first, -1), _neighbour(document, found.last, 1)
        here[f"above.{up}"] = 1
        here[f"below.{down}"] = 1
    here["noted"], here["headed"] = document.noted, document.headed


def _beside(document: Document, at: int, step: int) -> str | None:
    """The next line of text above or below, not further than a blank line and a break."""
    k = at + step
    while 0 <= k < len(document.blank) and document.blank[k]:
        k += step
    return document.sheet.lines[k].strip() if 0 <= k < len(document.blank) and is_text(document.labels[k]) else None


def _neighbour(document: Document, at: int, step: int) -> str:
    k = at + step
    while 0 <= k < len(document.blank) and document.blank[k]:
        k += step
    if not 0 <= k < len(document.blank):
        return "end"
    label = document.labels[k]
    return "text" if is_text(label) else label.kind


# -- the likely ones -------------------------------------------------------------------------------------------------------


@cache
def _weights() -> dict[str, float]:
    lines = files(__package__).joinpath("asides.tsv").read_text(encoding="utf-8").splitlines()
    return {name: float(weight) for name, _, weight in (line.partition("\t") for line in lines) if not name.startswith("#")}


def likelihood(found: dict[str, float]) -> float:
    """How likely a candidate with these features is an author's remark."""
    weights = _weights()
    score = sum(weights[name] * value for name, value in found.items() if name in weights)
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


def judged(document: Document, candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates that are worth weighing; the document learns what dresses there are."""
    found = list(candidates)
    for candidate in found:
        document.worn[candidate.dress, candidate.place == "whole"] += 1
        document.worn[candidate.dress, candidate.place, candidate.text[:1].islower()] += 1
    return [candidate for candidate in found if candidate.text and not _is_hopeless(candidate, document)]


def _is_hopeless(candidate: Candidate, document: Document) -> bool:
    """Whether a candidate is story at a glance: in a dress that many wear or people speak in, or with a narration's words and no
    small letter or shout at its beginning."""
    whole = candidate.place == "whole"
    if document.worn[candidate.dress, whole] > MOST_WORN and candidate.dress != "plain":
        return True
    if candidate.dress[0] in "<[{(" and candidate.dress in document.spoken:
        return True
    if candidate.dress == "island":
        return document.lean_of(tokens(candidate.text)) < 0
    contrast = (candidate.text[0].islower() and candidate.place != "inside") or "!!" in candidate.text or "??" in candidate.text
    return not contrast and document.lean_of(tokens(candidate.text)) < PLAINLY_STORY


def settled(found: Sequence[tuple[str, float]]) -> list[bool]:
    """Which of a document's candidates (dress, likelihood) are taken for remarks."""
    sure = {dress for dress, likely in found if likely >= LIKELY}
    return [likely >= (IN_COMPANY if dress in sure else LIKELY) for dress, likely in found]


def find_remarks(document: Document, candidates: Iterable[Candidate]) -> Iterator[Remark]:
    """The likely remarks of the candidates in a document, certain and doubtful ones."""
    candidates = judged(document, candidates)
    found = [(candidate.dress, likelihood(features(candidate, document))) for candidate in candidates]
    for candidate, (_, likely), certain in zip(candidates, found, settled(found), strict=True):
        if likely >= DOUBTFUL:
            start, end = (-1, -1) if candidate.place == "whole" else (candidate.start, candidate.end)
            yield Remark(candidate.first, candidate.last, start, end, likely, certain)
