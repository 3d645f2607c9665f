"""Notes in the middle of a text: only what is closed. Brackets round a marked note, whole paragraphs in brackets or asterisks
that speak to readers, begin/end pairs, and paragraphs that begin with a certain marker."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from transforms.segments.cues import CORE
from transforms.segments.layout import Sheet, places_by, places_of
from transforms.segments.markers import INLINE, marker_at
from transforms.segments.voices import Voice
from transforms.segments.weighing import weigh

if TYPE_CHECKING:
    from transforms.segments.shapes import Label

_CLOSERS = {"(": ")", "[": "]", "{": "}", "<": ">", "*": "*", "（": "）", "［": "］", "【": "】"}
_ASIDE = frozenset(("work", "chapter", "net", "platform", "beta", "schedule", "ownership", "lower_i", "lower_case", "language"))
_TYPED = frozenset(("lower_i", "lower_case", "ownership", "beta", "platform", "language"))
BRACKET = 2.8  # a paragraph in brackets is a note from this sum on
ASTERISKS = 2.3
ONE_LINE = 1500  # a longer line may hold a whole text
_NOTE_LETTERS = frozenset("nNАНаН")  # "A/N", "А/Н"
APART = 1.4  # less is enough for a long one between a break and the end of a part
APART_WORDS = 15
CROWD = 2.0  # more is asked for where many paragraphs stand in such brackets
LEARNED = 1.6  # less is enough where the document has such notes
_BARE = frozenset(("base", "bland", "bracketed", "stranger_i", "stranger_you", "third_person", "bold", "italic"))
_LONGEST = 1200
_TOKENS = ("uthor", "ranslator", "ota d")
_TOKENS_BY_SIGN = (("AN", "N"), ("UTHOR", "U"), ("N.d", "N"), ("N. d", "N"), ("NDA", "N"), ("NdA", "N"))
_TOKENS_BEYOND_ASCII = ("рим.", "作者", "译者", "訳者", "작가")
_BEFORE_COLON = ("an", "te", "oc", "tl", "tn", "ln", "ed")  # "an:", "note:", "ooc:", "tl:", "ed:"
_OWN = re.compile(
    r"\*[^*\n]{0,40}\b(?:own (?:writing|fic|story|joke|chapter)|authoress|readers?|reviewers?|muse)\b[^*\n]{0,60}\*",
    re.IGNORECASE,
)


def _closing(line: str, at: int) -> int:
    """The offset after the bracket that closes the one at `at`, or -1: brackets may nest, asterisks may not."""
    opener = line[at]
    closer = _CLOSERS[opener]
    limit = min(len(line), at + _LONGEST)
    if opener == closer:
        width = 2 if line[at + 1 : at + 2] == opener else 1
        end = line.find(closer * width, at + width, limit)
        return end + width if end >= 0 else -1
    depth = 0
    for k in range(at, limit):
        if line[k] == opener:
            depth += 1
        elif line[k] == closer:
            depth -= 1
            if depth == 0:
                return k + 1
    return -1


def find_closed(
    sheet: Sheet, wrapped_in: Sequence[int], labels: Sequence[Label | None], blank: Sequence[bool], voice: Callable[[], Voice]
) -> Iterator[tuple[int, int, int, str]]:
    """Notes inside: (line, start, end, rule) with offsets in the line, or (line, -1, -1, rule) for the whole line."""
    text = sheet.text
    places = {at for token in _TOKENS for at in places_of(text, token)}
    places |= {at for token, sign in _TOKENS_BY_SIGN for at in places_by(text, token, sign)}
    if not text.isascii():
        places |= {at for token in _TOKENS_BEYOND_ASCII if token[0] in text for at in places_of(text, token)}
    places |= {at - 1 for at in places_of(text, "/") if text[at + 1 : at + 2] in _NOTE_LETTERS}
    places |= {at - 2 for at in places_of(text, ":") if text[at - 2 : at].lower() in _BEFORE_COLON}
    places.discard(-1)
    if "*" in text:
        for found in _OWN.finditer(text) if "own " in text or "uthor" in text or "eader" in text or "eviewer" in text else ():
            places.add(found.start())
    if places:
        yield from _marked(sheet, sorted(places), labels)
    waiting: list[tuple[int, str, float]] = []
    taken: set[str] = set()
    boxes = Counter(sheet.lines[at].strip()[0] for at in wrapped_in if labels[at] is None and not blank[at])
    for at in wrapped_in:
        if labels[at] is not None or blank[at]:
            continue
        line = sheet.lines[at].strip()
        opener = line[0]
        if opener not in _CLOSERS or _closing(line, 0) != len(line):
            continue
        weight = weigh(line, voice)
        names = {cue.name for cue in weight.cues}
        needed = BRACKET
        if weight.words >= APART_WORDS and names - _BARE and _stands_apart(labels, blank, at):
            needed -= APART
        if opener == "*":
            needed = ASTERISKS if names & _ASIDE else 99.0
        if boxes[opener] >= 4 and (weight.marker is None or weight.marker.strength < 5):
            needed += CROWD  # messages of a game, stage directions
            if not names & _TYPED:
                continue
        if weight.score >= needed and (names & CORE or names & _ASIDE or weight.marker is not None or needed < BRACKET):
            taken.add(opener)
            yield at, -1, -1, "note.bracket"
        elif weight.score >= needed - LEARNED:
            waiting.append((at, opener, weight.score))
    for at, opener, _ in waiting:
        if opener in taken and opener != "*":
            yield at, -1, -1, "note.bracket"


def _stands_apart(labels: Sequence[Label | None], blank: Sequence[bool], at: int) -> bool:
    """Whether a line stands between a break and the beginning or end of a part, and no text touches it."""
    sides = []
    for step in (-1, 1):
        beside = at + step
        while 0 <= beside < len(blank) and blank[beside]:
            beside += step
        if not 0 <= beside < len(blank):
            sides.append("end")
        elif labels[beside] is None:
            return False
        else:
            sides.append(labels[beside].kind)
    return "break" in sides and not {"heading", "boilerplate", "end", "end_marker", "metadata"}.isdisjoint(sides)


def _marked(sheet: Sheet, places: Sequence[int], labels: Sequence[Label | None]) -> Iterator[tuple[int, int, int, str]]:
    line_at = 0
    done: dict[int, int] = {}
    count = len(sheet)
    for place in places:
        while line_at + 1 < count and sheet.starts[line_at + 1] <= place:
            line_at += 1
        if labels[line_at] is not None and (labels[line_at].kind != "story" or labels[line_at].rule == "story.quoted"):
            continue
        line = sheet.lines[line_at]
        offset = place - sheet.starts[line_at]
        if offset < done.get(line_at, 0):
            continue
        stripped = line.strip()
        marker = marker_at(stripped)
        if marker is not None and marker.strength >= 5 and not marker.bare and offset < 24 and marker.wrapper not in _CLOSERS:
            if len(line) > ONE_LINE:
                continue
            done[line_at] = len(line)
            yield line_at, -1, -1, "note.marked"
            continue
        for start in range(offset, max(-1, offset - 24), -1):
            if start < len(line) and line[start] in _CLOSERS and (INLINE.match(line, start) or _OWN.match(line, start)):
                end = _closing(line, start)
                while end > 0 and start > 0 and line[start - 1] == line[start] and line[end : end + 1] == line[end - 1]:
                    start, end = start - 1, end + 1
                if end > 0:
                    done[line_at] = end
                    if not line[:start].strip() and not line[end:].strip():
                        yield line_at, -1, -1, "note.bracket"
                    else:
                        yield line_at, start, end, "note.inline"
                break
