"""What is set off from the text: in brackets or ornaments, in small letters, between two breaks. It may be a remark of the author's
(`asides`), or how the story is written.
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from transforms.segments.layout import Sheet, places_by, rows_of

if TYPE_CHECKING:
    from transforms.segments.shapes import Label

LONGEST = 1200  # characters of a remark
EDGE = 1  # lines of text at least above and below a remark without brackets
SHORTEST = 8  # characters of a line in ornaments
ISLAND = 2  # paragraphs that may stand between two breaks as a note
ISLAND_LENGTH = 600
SMALL_HABIT = 0.15  # the share of lines that begin small from which a small beginning sets nothing off
BRACKETED = re.compile(
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
EMOJI = re.compile(r"[\U0001f300-\U0001faff\u2600-\u26ff\u2763-\u2767]")
_EMOJI_ROWS = frozenset((0x26, 0x27, 0xD8))
_NOT_LETTERS = "".join(chr(code) for code in range(33, 127) if not chr(code).isalnum()) + " \t❗️‼⚠✨❕！⭐☆★•·～"
_STATE = re.compile(
    r"(?:still |very |totally |completely |not |un|re-?|partly |lightly |newly )*(?:edited|un-?edited|beta'?e?d|beta[ -]?read|un-?beta(?:e?d|'d)|proof[ -]?read|revised|rewritten|re-?posted|re-?uploaded|spell-?checked|draft|rough draft|first draft|wip)(?: yet| version)?[!.]*",
    re.IGNORECASE,
)
ENDED = frozenset(".!?…\"”'’»)]}>*~_:-—–")
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
        """The kind of its dress."""
        return _GROUPS.get(self.dress, "signs")


def lead_of(line: str) -> str | None:
    """What dress a stripped line begins with, if it is one of signs: `->` for `--->`, `~`, `//`; a lone dash opens speech."""
    if line[0].isalnum():
        return None
    found = _LEAD.match(line)
    if found is None:
        return None
    lead = found.group()
    if lead in ("-", "–", "—", "―", "•", "·"):
        return None
    if EMOJI.match(lead):
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
    found = BRACKETED.match(line, start)
    return found if found is not None and not line[found.end() :].strip(" \t*_") else None


def find_others(sheet: Sheet, labels: Sequence[Label | None], blank: Sequence[bool]) -> Iterator[Candidate]:
    """What else is set off in the lines of text: parts of lines, lines in ornaments, and what stands between breaks."""
    lines, text = sheet.lines, sheet.text
    signed = sheet.holding("([{<（【［~*_/")
    signed |= {sheet.line_at(at) for token, sign in (("--", "-"), ("AN", "N")) for at in places_by(text, token, sign)}
    emoji = not text.isascii() and not _EMOJI_ROWS.isdisjoint(rows_of(text)) and EMOJI.search(text) is not None
    free = [at for at in sheet.solid if is_text(labels[at]) and at not in sheet.fixed]
    small = sum(1 for at in free if lines[at][0].islower())
    plain = not sheet.lost and small <= SMALL_HABIT * len(free)
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
        elif (plain and first.islower() and lines[free[here - 1]].rstrip()[-1:] in ENDED) or (emoji and EMOJI.search(line)):
            yield Candidate(at, at, 0, len(line), "plain", line.strip(), False, "whole")


def _parts(line: str, at: int, lost: bool) -> Iterator[Candidate]:
    """What is set off inside a line."""
    taken: list[tuple[int, int]] = []
    if "(" in line or "[" in line or "{" in line or "<" in line or "（" in line or "【" in line or "［" in line:
        for found in BRACKETED.finditer(line):
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
                or (before and before[-1] not in ENDED)
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
    lead = lead_of(stripped)
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
            for found in BRACKETED.finditer(line):
                if _STATE.fullmatch(found.group().strip("()[]{}<>* ").replace("’", "'")) is not None and (
                    label is not None or not line[: found.start()].strip() or not line[found.end() :].strip()
                ):
                    yield at, found.start(), found.end()
