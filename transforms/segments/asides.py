"""Remarks of the author between brackets without a mark, in a sentence, after it or alone: `((ok they don't, i just like it))`.

Narrators use brackets too. What tells an author's is the contrast with the document's own writing: small letters where it has
capitals, a small "i", typed gestures (`*faints*`), doubled brackets, words of chats, an "I" where nobody says "I".
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from transforms.segments.cues import HARD, QUOTED, SMALL_I, count_persons, find_cues
from transforms.segments.layout import Sheet, places_by
from transforms.segments.quoted import speech_brackets
from transforms.segments.voices import CAPITAL, Voice

if TYPE_CHECKING:
    from transforms.segments.shapes import Label

DOUBLED = 2.5
SQUARE = 1.0  # brackets that are rare in prose
SMALL_START = 1.5  # a sentence that begins with a small letter
SMALL_NEXT = 1.0  # another one
SMALL_I_WEIGHT = 2.0
GESTURE = 2.0
CHAT = 1.5
SLANG = 1.0  # more for what nobody writes outside of brackets
SHOUT = 0.7
STRANGER = (1.0, 0.7)  # "I" and "you" where the narration has none
HARD_CUE, SOFT_CUE = 1.3, 0.6
DEVICE = -3.0  # somebody sends, types or reads something nearby
NEEDED = {"(": 4.0, "<": 4.0, "-": 4.0, "~": 4.0, "=": 4.0, "/": 4.0}
NEEDED_ELSE = 3.0
MOST_SLASHED = 4  # pairs of slashes in a document: people who think aloud to each other do it in them
CROWD = 3  # doubled angles that make a habit of people who think at each other
PROSE = 40  # characters of a line that is prose
NEARBY = 100  # characters above a bracket in which that counts
STATED = 5.0  # what a remark on the state of the text itself proves
_INLINE = re.compile(
    r"\(\([^()\n]{3,400}\)\)|\{\{[^{}\n]{3,400}\}\}|<<[^<>\n]{3,400}>>|\[\[[^\[\]\n]{3,400}\]\]"
    r"|\([^()\n]{3,400}\)|\{[^{}\n]{3,400}\}|\[[^\[\]\n]{3,400}\]|<[^<>\n]{3,400}>"
)
_ROW = re.compile(r"(?P<open>[-–—~=/+:]{2,4}|[~=])[ \t]*(?P<text>[^\W_].{12,600}[^\s])[ \t]*(?P<close>[-–—~=/+:]{2,4}|[~=])")
_SLASHED = re.compile(r"(?<![:/\w])//[ ]?([a-z][^/\n]{3,200})//(?!/)")
_NOT_LETTERS = "".join(chr(code) for code in range(33, 127) if not chr(code).isalnum()) + " \t❗️‼⚠✨❕！⭐☆★•·～"
_POINTER = re.compile(r"\^{1,4}[ \t]*(?=[a-z]|[^\n]*\b(?:I|I'm|I've|you|my)\b)[A-Za-z][\w'’,]*(?: \S+){2,60}")
_SPOKEN_LINE = re.compile(r"[\w.-]{2,20}: ")
_STATE = re.compile(
    r"(?:still |very |totally |completely |not |un|re-?|partly |lightly |newly )*(?:edited|un-?edited|beta'?e?d|beta[ -]?read|un-?beta(?:e?d|'d)|proof[ -]?read|revised|rewritten|re-?posted|re-?uploaded|spell-?checked|draft|rough draft|first draft|wip)(?: yet| version)?[!.]*",
    re.IGNORECASE,
)
_CHAT = re.compile(
    r"\b(?:side ?note|fun fact|btw|lol|lmao|rofl|omg|omfg|haha+|hehe+|idk|ikr|tbh|imo|imho|smh|bc|cuz|coz|jk|fyi|xd|u|ur|ppl|pls|plz|thx|gonna be|ok (?:so|but|back|continue|sorry|this|that|you)|okay (?:so|but|back|sorry|this|that|you)|(?:ok|okay),? (?:i'm|im|i'll|carry|go|bye|done)|carry on|on with the|back to the|sorry not sorry|don't (?:ask|judge|kill|hate|sue)(?: me)?|had to|couldn't resist|i regret nothing|time skip)\b|<3|:3|;-?\)|:-?[dDpP)]|\^_?\^|[\U0001f300-\U0001faff]"
)
_SLANG = re.compile(r"\b(?:lol|lmao|rofl|omg|btw|idk|ikr|tbh|bc|cuz|jk|xd|u|ur|ppl|pls|plz|haha+|hehe+)\b")
_STRESS = re.compile(r"\b(?:SO|VERY|ALL|REALLY|NOT|LOVE|HATE|MY|THE|THIS|SUCH)\b")
_GESTURE = re.compile(r"\*[a-z][a-z' ]{2,40}\*")
_SMALL_NEXT = re.compile(r"[.!?][ \t]+[a-z]")
_SHOUT = re.compile(r"[!?]{2}")
_DEVICE = re.compile(
    r"\b(?:text(?:s|ed|ing)?|phones?|messages?|messaged|screens?|chat(?:s|ted)?|typed?|types|typing|wrote|writes|written|read|reads|reading|sign(?:s|ed)?|notes?|letters?|pinged|buzz(?:ed|es)?|subtitles?|caption|radio|comms?|terminal|display|inscription|translat\w+|telepath\w+|thought|thinks)\b",
    re.IGNORECASE,
)
_ENDED = frozenset(".!?…\"”'’)]}>*~")


@dataclass(frozen=True, slots=True)
class Habits:
    """How a document writes outside of brackets: whether its sentences begin small, whether it has a small "i", and which share of
    its paragraphs has an "I" and a "you" outside of quotation marks."""

    small: bool
    small_i: bool
    first: float
    second: float
    slang: bool  # it has words of chats outside of brackets
    english: bool


class Quotes(NamedTuple):
    """How many quotation marks of each form a part of a line holds."""

    straight: int = 0
    curly: int = 0  # opening ones more than closing ones

    def after(self, line: str, start: int, end: int) -> Quotes:
        curly = line.count("“", start, end) - line.count("”", start, end)
        return Quotes(self.straight + line.count('"', start, end), self.curly + curly)

    @property
    def open(self) -> bool:
        """Whether a quotation is open."""
        return self.straight % 2 == 1 or self.curly > 0


def listen_to(lines: Iterable[str], voice: Voice) -> Habits:
    """The habits of a document's lines of text."""
    small = small_i = first = second = count = 0
    slang = False
    for line in lines:
        line = _INLINE.sub(" ", line[:1500]).strip()
        start = CAPITAL.search(line)
        line = QUOTED.sub(" ", line)
        if start is None or _ROW.fullmatch(line) is not None:
            continue
        count += 1
        small += start.group().islower()
        persons = count_persons(line)
        small_i += persons.small_i > 0 and SMALL_I.search(line) is not None
        first += persons.first > 0
        second += persons.second > 0
        slang = slang or _SLANG.search(line.lower()) is not None
        if count >= 200:
            break
    if count < 3:
        return Habits(True, True, 1.0, 1.0, True, False)
    return Habits(small > 0.4 * count, small_i > 0.1 * count, first / count, second / count, slang, voice.english)


def find_asides(
    sheet: Sheet, labels: Sequence[Label | None], blank: Sequence[bool], voice: Callable[[], Voice]
) -> Iterator[tuple[int, int, int]]:
    """The asides in lines of text: (line, start, end) with offsets in the line."""
    before = ""
    habits = spoken = None
    text = sheet.text
    slashed = text.count("//") - text.count("://") if any(True for _ in places_by(text, "//", "/")) else 0
    slashes = 0 < slashed <= MOST_SLASHED and ("A/N" in text or "a/n" in text or "AN:" in text)
    bracketed = sheet.holding("([{<>}])")
    closer_look = bracketed | sheet.holding("/") if slashes else bracketed

    def listen() -> Habits:
        nonlocal habits
        if habits is None:
            free = (line for at, line in enumerate(sheet.lines) if labels[at] is None and not blank[at])
            habits = listen_to(free, voice())
        return habits

    for at in sheet.solid:
        line = sheet.lines[at]
        if labels[at] is None and line[0].isalnum() and at not in closer_look and at not in sheet.fixed:
            before = line
            continue
        if at in sheet.fixed:
            continue
        if labels[at] is not None:
            if labels[at].kind == "heading":
                yield from ((at, found.start(), found.end()) for found in _INLINE.finditer(line) if _states(found.group()))
            continue
        if len(line) <= 60 and not line[0].isalnum() and _STATE.fullmatch(line.strip(_NOT_LETTERS)) is not None:
            yield at, 0, len(line)
        elif "(" in line or "[" in line or "{" in line or "<" in line:
            quotes, seen = Quotes(), 0
            for found in _INLINE.finditer(line):
                quotes, seen = quotes.after(line, seen, found.start()), found.start()
                if spoken is None:
                    spoken = speech_brackets(sheet.lines[k] for k in sorted(bracketed) if labels[k] is None)
                opener = found.group()[:2] if found.group()[0] == found.group()[1] else found.group()[0]
                if opener in spoken or (
                    opener == "<<" and text.count("<<") >= CROWD and _CHAT.search(found.group().lower()) is None
                ):
                    continue
                if _is_aside(line, found.start(), found.end(), found.group(), before, quotes.open, listen):
                    yield at, found.start(), found.end()
        if slashes and "//" in line:
            for found in _SLASHED.finditer(line):
                if _weigh(found.group(1), "//", True, listen) >= NEEDED["-"]:
                    yield at, found.start(), found.end()
        if line[0] == "^" and _POINTER.fullmatch(line.strip()) is not None and _is_between_prose(sheet.lines, at):
            yield at, 0, len(line)
        elif len(line) <= 640 and not line[0].isalnum() and (row := _ROW.fullmatch(line.strip())) is not None:
            same = row.group("open") in (row.group("close"), row.group("close")[::-1])
            if same and _weigh(row.group("text"), line.strip()[0], True, listen) >= NEEDED["-"]:
                yield at, 0, len(line)
        before = line


def _is_between_prose(lines: Sequence[str], at: int) -> bool:
    """Whether the lines above and below are prose and no chat, in which people point at each other's lines."""
    above = next((lines[k].strip() for k in range(at - 1, max(-1, at - 4), -1) if lines[k].strip()), "")
    return len(above) >= PROSE and above[0] not in "^>@[<" and _SPOKEN_LINE.match(above) is None


def _states(bracket: str) -> bool:
    return _STATE.fullmatch(bracket.strip("()[]{}<>* ").replace("’", "'")) is not None


def _is_aside(line: str, start: int, end: int, bracket: str, before: str, quoted: bool, habits: Callable[[], Habits]) -> bool:
    text = bracket.strip("()[]{}<>").strip()
    if not text:
        return False
    if _states(bracket):
        return not line[:start].strip() or not line[end:].strip()
    # Most brackets are a narrator's: only what has some sign of typing is looked at more closely.
    if not (text[0].islower() or text[0] in "*!" or bracket[:2] in ("((", "{{", "<<", "[[") or SMALL_I.search(text)):
        return False
    if quoted and bracket[0] != bracket[1:2]:
        return False
    head = line[max(0, start - NEARBY) : start].rstrip()
    opens = not head or head[-1] in _ENDED
    weight = _weigh(text, bracket[:2] if bracket[0] == bracket[1:2] else bracket[0], opens, habits)
    doubled = bracket[0] == bracket[1:2]
    needed = NEEDED_ELSE if doubled and not quoted else NEEDED.get(bracket[0], NEEDED_ELSE)
    if weight < needed:
        return False
    above = line[max(0, start - NEARBY) : start]
    if _DEVICE.search(above if above.strip() else before[-NEARBY:]) is not None:
        weight += DEVICE / 2 if doubled else DEVICE
    return weight >= needed


def _weigh(text: str, opener: str, opens: bool, habits: Callable[[], Habits]) -> float:
    heard = habits()
    if heard.small or not heard.english:
        return 0.0  # nothing to compare
    text = text.replace("’", "'")
    total = DOUBLED if len(opener) == 2 else SQUARE if opener in "[{-" else 0.0
    gestures = len(_GESTURE.findall(text))
    bare = _GESTURE.sub("", text).strip()
    if opens and text[0].islower() and text.count(" ") >= 2:
        total += SMALL_START
    total += SMALL_NEXT * min(2, len(_SMALL_NEXT.findall(text)))
    if not heard.small_i and SMALL_I.search(text) is not None:
        total += SMALL_I_WEIGHT
    if gestures and (gestures > 1 or not bare or bare[0].islower()):
        total += GESTURE + 0.5 * (gestures > 1)
    lower = text.lower()
    chat = len(_CHAT.findall(lower))
    total += (CHAT + 0.5 * (chat - 1)) if chat else 0.0
    total += SLANG * (not heard.slang and _SLANG.search(lower) is not None)
    total += SHOUT * (_SHOUT.search(text) is not None or _STRESS.search(text) is not None)
    persons = count_persons(text)
    if heard.first < 0.05 and persons.first:
        total += STRANGER[0]
    if heard.second < 0.05 and persons.second:
        total += STRANGER[1]
    for name, *_ in find_cues(text):
        total += HARD_CUE if name in HARD else SOFT_CUE
    return total
