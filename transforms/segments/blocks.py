"""Notes that are known by the form of several lines: begin/end pairs, played disclaimers, lists of names or words, footnotes
of the author; and two forms of story that look like notes: recaps and dated entries.

Nothing here decides by a single word. Each form asks for its shape, its place at an edge, and something that only an author
says; a form without the last stays story.
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.segments.cues import HARD, find_cues
from transforms.segments.layout import BRACKETS, Sheet
from transforms.segments.markers import marker_at

LONGEST_LABELLED = 30  # lines between a label and its end line
LONGEST_LABEL = 40  # characters
CERTAIN_LABEL = 2.6
LONGEST_END = 60  # characters of a line that ends a note in words
_SIGNS_OF_END = ("nd of", "ND OF", "nd note", "ND NOTE", "nd a/n", "ND A/N")
_END_OF_NOTE = re.compile(
    r"^[\W_]{0,8}end(?: of)?(?: the| my| this)? (?:author['’]?s?['’]? ?)?(?:notes?|a/?n)\b[\W_]{0,8}$", re.IGNORECASE | re.MULTILINE
)
LONGEST_PAIR = 80  # lines between a begin line and its end line
MOST_BEHIND = 2  # paragraphs that may follow footnotes
SCRIPT_SHARE = 0.2  # of the other paragraphs that speak a part: then the story itself is a script
_STEP_IN = re.compile(
    r"[\W_]*(?:start|begin(?:ning|s)?|open(?:ing)?)\b[ \t]*(?:of )?(?:the |an? |my |this )?(?=[^\W_])", re.IGNORECASE
)
_STEP_OUT = re.compile(
    r"[\W_]*(?:end(?:ing|s)?|finish(?:ed)?|close)\b[ \t]*(?:of )?(?:the |an? |my |this )?(?=[^\W_])", re.IGNORECASE
)
_SPEECH = re.compile(
    r"[*_]{0,3}(?P<name>[^\W\d_][\w.'’\-]{0,18}(?: [\w.'’\-]{1,16}){0,2})[*_]{0,3}[ \t]?(?:[(*\[][^()*\[\]\n]{1,60}[)*\]])?[ \t]?:[*_]{0,3}[ \t]*\S"
)
_AUTHORS = frozenset(
    ("author", "authoress", "me", "writer", "autor", "autora", "auteur", "auteure", "autrice", "autore", "автор", "an", "a/n")
)
_OWNING = re.compile(
    r"\bown(?:s|ed)?\b|\bdisclaim|\bcopyright|\bno (?:money|profit)|\bsued?\b|\breviews?\b|\breaders?\b|\bauthoress\b|\b(?:fan)?fic",
    re.IGNORECASE,
)
_GLOSS = re.compile(
    r"[^\w\n]{0,4}[^\n=:–—.!?\"“”]{1,40}?[*_]{0,2} ?(?P<sign>==?|->|(?<= )[-–—](?= )|(?<= )[-–—](?= ))[ \t]*(?=[^\n]*[^\W\d_]{2})[^\n]{2,160}$"
)
_LEAD = re.compile(
    r"[^\n]{3,120}:[*_ ]*$|[\W_]*(?:who(?:['’]s| is) who|cast(?: list)?|(?:the )?characters?|dramatis person(?:ae|æ)|key|legend|names|vocab(?:ulary)?|glossary|translations?)\b[^\n]{0,60}$",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(
    r"(?:(?P<stars>\\?\*(?:\\?\*){0,5})(?=[ \t])|[\[(](?P<number>\d{1,2})[\])]|(?P<sign>[¹²³⁴⁵⁶⁷⁸⁹†‡]))[ \t]*(?=[^\s*])"
)
_RECAP = re.compile(
    r"[*_(\[“\"]{0,3}(?:previously(?:,? (?:on|in|at)\b[^:.\n]{0,60})?|last time(?:,? (?:on|in)\b[^:.\n]{0,60})?|(?:the )?story so far|in (?:the )?(?:last|previous) (?:chapter|episode|part|instal?lment)|recap)[*_]{0,2}[ \t]*(?:[:：]|…|\.\.\.)",
    re.IGNORECASE,
)
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
_DATED = re.compile(
    rf"[*_]{{0,2}}(?:[A-Z][\w' ]{{2,25}}, )?(?:(?:the )?\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTH}\b|{_MONTH}\.? \d{{1,2}}\b|(?:mon|tues|wednes|thurs|fri|satur|sun)day\b[^.:\n]{{0,30}}[.:,—–-]|(?:day|entry|night|week|log) (?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)\b)",
    re.IGNORECASE,
)

_BULLET = re.compile(
    r"\s*(?:(?P<number>\(?(?:\d{1,2}|[a-z])[.):] )"
    r"|(?P<sign>[-*+•·~>=–—♥♡★☆✨✿]{1,3}|[\U0001f300-\U0001faff])\ufe0f?[ \t]?(?=[\w@#\"(*_']))"
)


def are_listed(line: str, following: str) -> bool:
    """Whether two lines are items of one list: both begin with the same sign, or with a number."""
    above, own = _BULLET.match(line), _BULLET.match(following)
    if above is None or own is None or above.lastgroup != own.lastgroup:
        return False
    return own.lastgroup == "number" or above.group("sign") == own.group("sign")


def is_recap(line: str) -> bool:
    """Whether a stripped line is a recap of what was told before ("Previously: ..."), which is story."""
    return _RECAP.match(line, 0, 140) is not None


def is_dated(text: str) -> bool:
    """Whether a paragraph begins with a date, a weekday or a numbered day, as entries of a diary do."""
    return _DATED.match(text.lstrip(), 0, 100) is not None


def may_begin(line: str) -> bool:
    """Whether a stripped short line begins with a word that begins something."""
    return _STEP_IN.match(line, 0, 40) is not None


def find_pairs(lines: Sequence[str], begun: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Notes between a line that begins them and a line that ends them, both in words: (first line, last line).

    `begun` are the lines that may begin one.
    """
    stop = -1
    for first in begun:
        if first <= stop or not _names_note(lines[first].strip(), _STEP_IN):
            continue
        for at in range(first + 1, min(len(lines), first + LONGEST_PAIR)):
            if 8 <= len(lines[at]) <= 100 and _names_note(lines[at].strip(), _STEP_OUT):
                stop = at
                yield first, at
                break


def find_labelled_pairs(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Notes between a label that stands alone ("**Author's note**") and a line that ends them in words ("**end of note**"): (first
    line, last line)."""
    ends = [at for at in sheet.short if len(sheet.bare[at]) <= LONGEST_END and "end" in sheet.bare[at][:12].lower()]
    if not ends or not any(sign in sheet.text for sign in _SIGNS_OF_END):
        return
    for found in _END_OF_NOTE.finditer(sheet.text):
        last = sheet.line_at(found.start())
        for first in range(last - 1, max(-1, last - LONGEST_LABELLED), -1):
            line = sheet.bare[first]
            marker = marker_at(line) if len(line) <= LONGEST_LABEL else None
            if marker is not None and marker.bare and not marker.closing and marker.strength >= CERTAIN_LABEL:
                yield first, last
                break


def _names_note(line: str, step: re.Pattern[str]) -> bool:
    found = step.match(line)
    if found is None:
        return False
    marker = marker_at(line[found.end() :].strip())
    return marker is not None and marker.strength >= 4 and marker.bare


def _is_stage(text: str) -> bool:
    """Whether a paragraph is a stage direction: all of it in asterisks or brackets."""
    return (text[:1] in "*_" and text[-1:] in "*_" and len(text) > 4) or (
        text[:1] in BRACKETS and text.endswith(BRACKETS[text[0]])
    )


def skit(texts: Sequence[str], rest: Sequence[str]) -> int:
    """How many of the first paragraphs play a disclaimer: `Name: line` and stage directions only, the author among the
    speakers or an owner's words in most of it. `rest` is the story outside; a story that is a script itself has no skits.
    """
    size = speeches = 0
    names: set[str] = set()
    for text in texts:
        found = _SPEECH.match(text)
        name = found.group("name").lower() if found is not None else ""
        if name and (name in _AUTHORS or marker_at(f"{name}: x") is None):
            speeches += 1
            names.add(name)
        elif not _is_stage(text):
            break
        size += 1
    if speeches < 2 or (size < len(texts) and speeches < 3 and not names & _AUTHORS):
        return 0
    owned = sum(1 for text in texts[:size] if _OWNING.search(text) is not None)
    if not owned or not (names & _AUTHORS or (owned >= 2 and speeches >= 3)):
        return 0
    parts = sum(1 for text in rest if _SPEECH.match(text) is not None)
    return size if parts <= SCRIPT_SHARE * len(rest) else 0


def key(texts: Sequence[str], gaps: Sequence[int]) -> int:
    """How many of the first paragraphs are a list of names or words with their meanings (`name - gloss`, `word = meaning`),
    with the line that leads to it. Lines of a list stand close together.
    """
    start = (
        1
        if texts and len(texts[0]) <= 200 and _LEAD.match(texts[0], 0, 200) is not None and _GLOSS.match(texts[0]) is None
        else 0
    )
    at = start
    equal = 0
    while at < len(texts) and len(texts[at]) <= 220 and (at == start or gaps[at] == gaps[start + 1]):
        found = _GLOSS.match(texts[at])
        if found is None:
            break
        equal += found.group("sign") in ("=", "==", "->")
        at += 1
    lines = at - start
    return at if lines >= 2 and (equal == lines or (start and lines >= 2)) else 0


def footnotes(texts: Sequence[str]) -> int:
    """Where footnotes begin at the end of a body: the index of the first, or -1. They are numbered or starred in order, and
    at most two paragraphs follow them.
    """
    last = len(texts) - 1
    while last >= 0 and len(texts) - 1 - last < MOST_BEHIND and _FOOTNOTE.match(texts[last]) is None:
        last -= 1
    first = last
    below = None
    while first >= 0 and (found := _FOOTNOTE.match(texts[first])) is not None:
        rank = _rank(found)
        if below is not None and rank >= below:
            break
        below = rank
        first -= 1
    first += 1
    return first if last - first >= 1 else -1


def _rank(found: re.Match[str]) -> int:
    if found.group("number"):
        return int(found.group("number"))
    if found.group("stars"):
        return found.group("stars").count("*")
    return "¹²³⁴⁵⁶⁷⁸⁹†‡".index(found.group("sign"))


def speaks_of_sources(text: str) -> bool:
    """Whether footnotes are the author's: a word that only an author uses, or several classes of cues together."""
    names = {name for name, *_ in find_cues(text)}
    return bool(names & HARD) or len(names - {"foreign_one", "net"}) >= 2
