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
from transforms.segments.layout import Sheet, places_by, rows_of
from transforms.segments.markers import INLINE, marker_at
from transforms.segments.quoted import speech_brackets
from transforms.segments.voices import CAPITAL, Voice
from transforms.segments.wording import lean_of, tokens

if TYPE_CHECKING:
    from transforms.segments.shapes import Label

LIKELY = 0.87  # from which a candidate is a note
IN_COMPANY = 0.7  # from which it is one where another in the same dress is
DOUBTFUL = 0.4  # from which it is a doubt
LONGEST = 1200  # characters of a remark
EDGE = 1  # lines of text at least above and below a remark without brackets
SHORTEST = 8  # characters of a line in ornaments
ISLAND = 2  # paragraphs that may stand between two breaks as a note
ISLAND_LENGTH = 600
SMALL_HABIT = 0.15  # the share of lines that begin small from which a small beginning sets nothing off
NEAR = 100  # characters above and below a remark in which a device or a verb of speech counts
CLIP = 6.0
PLAINLY_STORY = -1.0  # the lean of words that are looked at no closer
MOST_WORN = 16  # candidates in one dress from which it is a habit of the document
SAMPLE = 60  # lines in which its habits are heard
TELLS = 0.2  # the share of lines with an "I" from which somebody tells the story
MOST_LIKE_IT = (1, 2, 4, 8)
_LENGTHS = (1, 2, 3, 5, 8, 13, 21, 34, 60, 100)  # words
_BRACKETED = re.compile(
    r"\(\((?:[^()\n]|\([^()\n]{0,80}\)(?!\))){2,600}\)\)|\{\{[^{}\n]{2,600}\}\}|<<[^<>\n]{2,600}>>|\[\[[^\[\]\n]{2,600}\]\]"
    r"|\((?:[^()\n]|\([^()\n]{0,80}\)){2,1200}\)|\[(?:[^\[\]\n]|\[[^\[\]\n]{0,80}\]){2,1200}\]|\{[^{}\n]{2,1200}\}|<(?![-=])[^<>\n]{2,600}>"
    r"|【[^【】\n]{2,600}】|（[^（）\n]{2,600}）|［[^［］\n]{2,600}］"
)
_OPENED = re.compile(r"[ \t]*[*_]{0,3}[(\[{<（［【]")
_PAIRED = re.compile(
    r"(?<![:/\w])//[ ]?(\w[^/\n]{2,300})//(?!/)|(?<!\S)--+[ ]?(\w[^\n]{2,300}?[^-\s])[ ]?--+(?!\S)|(?<!~)~~?(\w[^~\n]{6,300})~~?(?!~)"
)
_ITALIC = re.compile(
    r"(?<![\w*])\*(?=[^\s*])([^*\n]{8,300}[^\s*])\*(?![\w*])|(?<![\w_])_(?=[^\s_])([^_\n]{8,300}[^\s_])_(?![\w_])|(?<![\w*])\*\*(?=[^\s*])([^*\n]{8,300}[^\s*])\*\*(?![\w*])"
)
_MARKED_INSIDE = re.compile(r"(?<=[.!?\"”*)] )(?:[aA]/[nN]|AN)(?: ?[:;.\-–—~!]| (?=[a-z]))[^\n]{3,400}$")
_QUOTES = frozenset("\"“”'‘’«»„「『")
_LEAD = re.compile(r"(?:<(?=[-=~])|[^\w\s\"“”'‘’«»„「『‹<(\[{（［【…¿¡.,$£€%&@#>])[^\w\s\"“”'‘’«»„「『(\[{（［【]*")
_EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u26ff\u2763-\u2767]")
_EMOJI_ROWS = frozenset((0x26, 0x27, 0xD8))
_NOT_LETTERS = "".join(chr(code) for code in range(33, 127) if not chr(code).isalnum()) + " \t❗️‼⚠✨❕！⭐☆★•·～"
_STATE = re.compile(
    r"(?:still |very |totally |completely |not |un|re-?|partly |lightly |newly )*(?:edited|un-?edited|beta'?e?d|beta[ -]?read|un-?beta(?:e?d|'d)|proof[ -]?read|revised|rewritten|re-?posted|re-?uploaded|spell-?checked|draft|rough draft|first draft|wip)(?: yet| version)?[!.]*",
    re.IGNORECASE,
)
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
_ENDED = frozenset(".!?…\"”'’»)]}>*~_:-—–")
_TYPED = ("small_i", "small_start", "gesture", "chat", "slang", "shout", "emoji", "longer", "marker.strong", "stress")
_STRONG = 5  # markers that say what follows
_GROUPS = {
    "(": "round", "((": "doubled", "[": "square", "[[": "doubled", "{": "braces", "{{": "doubled", "<": "angles", "<<": "doubled",
    "【": "square", "（": "round", "［": "square", "plain": "plain", "island": "island", "*": "italics", "_": "italics", "**": "bold",
}  # fmt: skip
_CLOSING = str.maketrans("<>()[]{}", "><)(][}{")


class Candidate(NamedTuple):
    """A stretch that is set off: the lines `first` to `last`, and in them the characters `start` to `end` if it is one line."""

    first: int
    last: int
    start: int
    end: int
    dress: str  # what opens it
    text: str  # without its dress
    closed: bool
    place: str  # "whole" (of a line), "between" sentences, "inside" one, "after" or "before" the others

    @property
    def group(self) -> str:
        return _GROUPS.get(self.dress, "signs")


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
        return self.listen()

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The brackets in which people speak."""
        return speech_brackets(self.free)

    @cached_property
    def noted(self) -> bool:
        return any(label is not None and label.kind == "note" for label in self.labels)

    @cached_property
    def headed(self) -> bool:
        return any(label is not None and label.kind == "metadata" for label in self.labels)

    @cached_property
    def habits(self) -> Habits:
        bare = []
        for line in self.free[:: max(1, len(self.free) // SAMPLE)]:
            line = _BRACKETED.sub(" ", line[:1500]).strip()
            if line and CAPITAL.search(line) is not None and _lead_of(line) is None:
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
            habits.emoji = habits.emoji or (not line.isascii() and _EMOJI.search(line) is not None)
        for name in ("small", "small_i", "first", "second"):
            setattr(habits, name, getattr(habits, name) / len(bare))
        sample = [line for line in bare if len(line) > 20]
        sample = sample[:: max(1, len(sample) // 6)][:6]
        if sample:
            habits.usual = sum(_clipped(self.lean_of(tokens(line))) for line in sample) / len(sample)
        return habits


def _clipped(value: float) -> float:
    return max(-CLIP, min(CLIP, value))


# -- candidates ------------------------------------------------------------------------------------------------------------


def _lead_of(line: str) -> str | None:
    """What dress a stripped line begins with, if it is one of signs: `->` for `--->`, `~`, `//`; a lone dash opens speech."""
    if line[0].isalnum():
        return None
    found = _LEAD.match(line)
    if found is None:
        return None
    lead = found.group()
    if lead in ("-", "–", "—", "―", "•", "·"):
        return None
    if _EMOJI.match(lead):
        return "emoji"
    short = "".join(ch for k, ch in enumerate(lead) if k == 0 or ch != lead[k - 1])[:3]
    return lead[:2] if len(short) == 1 and lead[:2] in ("**", "//", "--", "~~", "==", "__") else short


def is_text(label: Label | None) -> bool:
    """Whether a line is story, or what may be a note but was left in it."""
    return label is None or label.rule == "story.doubt"


def find_closed(sheet: Sheet, labels: Sequence[Label | None]) -> Iterator[Candidate]:
    """The lines of text in brackets from end to end."""
    for at in sheet.solid:
        line = sheet.lines[at]
        if line[0].isalnum() or labels[at] is not None or at in sheet.fixed or not _OPENED.match(line):
            continue
        found = _bracketed_line(line)
        if found is not None:
            yield _bracketed(line, at, found.start(), found.end())


def _bracketed_line(line: str) -> re.Match[str] | None:
    start = len(line) - len(line.lstrip(" \t*_"))
    found = _BRACKETED.match(line, start)
    return found if found is not None and not line[found.end() :].strip(" \t*_") else None


def find_others(sheet: Sheet, labels: Sequence[Label | None], blank: Sequence[bool]) -> Iterator[Candidate]:
    """What else is set off in the lines of text: parts of lines, lines in ornaments, and what stands between breaks."""
    lines, text = sheet.lines, sheet.text
    signed = sheet.holding("([{<（【［~*_/")
    signed |= {sheet.line_at(at) for token, sign in (("--", "-"), ("AN", "N")) for at in places_by(text, token, sign)}
    emoji = not text.isascii() and not _EMOJI_ROWS.isdisjoint(rows_of(text)) and _EMOJI.search(text) is not None
    free = [at for at in sheet.solid if is_text(labels[at]) and at not in sheet.fixed]
    small = sum(1 for at in free if lines[at][0].islower())
    plain = not sheet.wrapped and not sheet.lost and small <= SMALL_HABIT * len(free)
    yield from _islands(sheet, labels, blank)
    for here, at in enumerate(free):
        line = lines[at]
        first = line[0]
        if at in signed:
            yield from _parts(line, at, sheet.lost)
        if (not emoji and (first in _QUOTES or (first.isalnum() and not first.islower()))) or len(line) > LONGEST:
            continue
        if not EDGE <= here < len(free) - EDGE or not (_is_inside(labels, blank, at, -1) and _is_inside(labels, blank, at, 1)):
            continue
        if (found := _ornate(line, at)) is not None:
            yield found
        elif (plain and first.islower() and lines[free[here - 1]].rstrip()[-1:] in _ENDED) or (emoji and _EMOJI.search(line)):
            yield Candidate(at, at, 0, len(line), "plain", line.strip(), False, "whole")


def _parts(line: str, at: int, lost: bool) -> Iterator[Candidate]:
    """What is set off inside a line."""
    taken: list[tuple[int, int]] = []
    if "(" in line or "[" in line or "{" in line or "<" in line or "（" in line or "【" in line or "［" in line:
        for found in _BRACKETED.finditer(line):
            candidate = _bracketed(line, at, *found.span())
            taken.append((candidate.start, candidate.end))
            if candidate.place != "whole":
                yield candidate
    if line.count("--") > 1 or line.count("~") > 1 or line.count("//") > 1:
        for found in _PAIRED.finditer(line):
            text = found.group()
            if line[: found.start()].strip() or line[found.end() :].strip():
                yield _part(line, at, *found.span(), text[:2] if text[1] == text[0] else text[0], text.strip("/-~ "))
    if line.count("*") > 1 or line.count("_") > 1:
        for found in _ITALIC.finditer(line):
            text = found.group()
            before = line[: found.start()].rstrip()
            if (
                any(start <= found.start() < end for start, end in taken)
                or (before and before[-1] not in _ENDED)
                or text.count(" ") < 2
            ):
                continue
            if before or line[found.end() :].strip():
                yield _part(line, at, *found.span(), "**" if text[:2] == "**" else text[0], text.strip("*_ "))
    if ("/" in line or "AN" in line) and not lost and (found := _MARKED_INSIDE.search(line)) is not None:
        yield _part(line, at, found.start(), len(line.rstrip()), "marked", found.group())


def _ornate(line: str, at: int) -> Candidate | None:
    """A line that begins with a sign, as a whole."""
    stripped = line.strip()
    lead = _lead_of(stripped)
    if lead is None or len(stripped) < SHORTEST or (lead[0] in "*_" and stripped.lstrip("*_")[:1] in "([{"):
        return None
    inner = stripped.lstrip("".join(set(_LEAD.match(stripped).group())) + " ")
    shut = stripped[-1] in (stripped[0], stripped[0].translate(_CLOSING))
    if " " not in inner or not any(map(str.isalpha, inner)):
        return None
    return Candidate(at, at, 0, len(line), lead, inner.rstrip(stripped[-1] + " ") if shut else inner, shut, "whole")


def _is_inside(labels: Sequence[Label | None], blank: Sequence[bool], at: int, step: int) -> bool:
    """Whether text goes on above or below a line, at most beyond a break: what stands at the edge of a body is cut there."""
    k = at + step
    while 0 <= k < len(blank) and blank[k]:
        k += step
    return 0 <= k < len(blank) and (labels[k] is None or labels[k].kind in ("break", "note", "story"))


def _bracketed(line: str, at: int, start: int, end: int) -> Candidate:
    dress = line[start : start + 2] if line[start] == line[start + 1] else line[start]
    inner = line[start:end].strip("()[]{}<>（）［］【】").strip()
    while start > 0 and end < len(line) and line[start - 1] in "*_" and line[end] == line[start - 1]:
        start, end = start - 1, end + 1
    return _part(line, at, start, end, dress, inner.strip("*_ ") if inner[:1] == inner[-1:] else inner)


def _part(line: str, at: int, start: int, end: int, dress: str, inner: str) -> Candidate:
    before, behind = line[:start].rstrip(), line[end:].lstrip()
    if not before and not behind:
        return Candidate(at, at, 0, len(line), dress, inner, True, "whole")
    opens = not before or before[-1] in '.!?…"”*~)_]'
    if not before:
        place = "before"
    elif not opens:
        place = "inside"
    else:
        place = "between" if behind else "after"
    return Candidate(at, at, start, end, dress, inner, True, place)


def _islands(sheet: Sheet, labels: Sequence[Label | None], blank: Sequence[bool]) -> Iterator[Candidate]:
    """The few paragraphs between two breaks of one body."""
    run: list[int] = []
    opened = seen = False
    for at in range(len(sheet)):
        if blank[at]:
            continue
        label = labels[at]
        if is_text(label):
            run.append(at)
            seen = True
        elif label.kind == "break":
            if opened and 0 < len(run) <= ISLAND and sum(len(sheet.lines[k]) for k in run) <= ISLAND_LENGTH:
                text = "\n".join(sheet.lines[k] for k in run)
                yield Candidate(run[0], run[-1], 0, len(sheet.lines[run[-1]]), "island", text, True, "whole")
            run, opened = [], seen
        else:
            run, opened, seen = [], False, False


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
    here["emoji"] = not habits.emoji and not text.isascii() and _EMOJI.search(text) is not None
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
    here[f"ends.{'letter' if last.isalnum() else 'sentence' if last in '.!?…' else 'quote' if last in _ENDED else 'sign'}"] = 1
    here[
        f"starts.{'letter' if text[0].isalpha() else 'digit' if text[0].isdigit() else 'quote' if text[0] in _ENDED else 'sign'}"
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


def find_states(sheet: Sheet, labels: Sequence[Label | None]) -> Iterator[tuple[int, int, int]]:
    """Remarks on the state of the text: `(unedited)` as a line, at the ends of a line or in a heading: (line, start, end)."""
    bracketed = sheet.holding("([{<")
    for at in sheet.solid:
        line = sheet.lines[at]
        if (at not in bracketed and (len(line) > 60 or line[0].isalnum())) or at in sheet.fixed:
            continue
        label = labels[at]
        if label is None and len(line) <= 60 and not line[0].isalnum() and _STATE.fullmatch(line.strip(_NOT_LETTERS)) is not None:
            yield at, 0, len(line)
        elif (label is None or label.kind == "heading") and ("(" in line or "[" in line or "{" in line or "<" in line):
            for found in _BRACKETED.finditer(line):
                if _STATE.fullmatch(found.group().strip("()[]{}<>* ").replace("’", "'")) is not None and (
                    label is not None or not line[: found.start()].strip() or not line[found.end() :].strip()
                ):
                    yield at, found.start(), found.end()
