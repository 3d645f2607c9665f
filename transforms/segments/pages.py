"""What each site writes round a story: the lines in `pages.txt`, by site.

Copied pages hold menus, buttons, counters and a site's own words. Most are the same on all pages of a site but for names, numbers
and dates, so `pages.txt` lists them as templates that a person can read and add to. Wrong where a story shows such a page itself;
what stands round a line decides there (`company`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from transforms.segments.layout import places_by

CERTAIN, WEAK = 1.0, 0.4
LONGEST = 180  # characters of a line

_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_NUMBERS = r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}"
_UNIT = r"(?:second|minute|min|hour|hr|day|week|month|mo|year|yr|[smhdwy])[a-z]*"
_PLACES = {
    "n": r"\d[\d.,]*[km]?",
    "name": r"[\w.@~'\-]{2,40}",
    "names": r"[\w.\-]{2,30}(?:, [\w.\-]{2,30}){0,4}(?:,? and (?:[\w.\-]{2,30}|\d+ others?))?",
    "user": r"[\w.\-][\w.\- ]{1,29}",
    "word": r"[^\W\d_]{2,20}",
    "bar": r" ?[|·•,/ ] ?",
    "text": r"\S.{0,120}",
    "*": r".{0,120}",
    "date": rf"(?:{_WEEKDAY},? )?(?:{_MONTH} (?:{_DAY},? )?\d{{4}}|{_DAY} {_MONTH},? \d{{4}}|{_NUMBERS})",
    "time": r"\d{1,2}:\d\d(?::\d\d)?(?: ?[ap]m)?",
    "rule": r"[-~=_*]{3,}>?",
    "ago": rf"(?:(?:\d+|an?) ?{_UNIT}(?: ago)?|just now|yesterday|today)",
}
_WORD = re.compile(r"[\w']+")
# Written by Royal Road into the text, each time in other words: "The tale has been taken without authorization; if you see it on
# Amazon, report the incident."
_TALE = re.compile(r"\b(?:stor(?:y|ies)|narratives?|tales?|novels?|books?|content|text|work|chapter|literature)\b", re.IGNORECASE)
_THEFT = re.compile(
    r"\b(?:stolen|theft|pilfered|purloined|lifted|misappropriated|appropriated|unauthori[sz]ed|unlawful(?:ly)?|illicit(?:ly)?"
    r"|illegal(?:ly)?|pirated|taken|obtained|copied"
    r"|without (?:the author['’]s )?(?:authori[sz]ation|permission|consent|approval))\b",
    re.IGNORECASE,
)
# What such a notice names one of, each with a letter that it is found by.
_VENUES = (
    ("Amazon", "z"), ("Royal Road", "R"), ("original s", "g"), ("original p", "g"), ("official s", "ff"), ("genuine s", "g"),
    ("author's consent", "'s c"), ("author’s consent", "’s c"),
)  # fmt: skip
_CALL = re.compile(
    r"\b(?:report|encounter|spot|find|discover|see|come across|stumble|support|ensure|read|enjoy|seek|visit|host|publish)\w*\b",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"\b(?:I|I'm|I've|my|me|we|our|he|she|they|his|her|said|had|was|were)\b|[\"“”]")


def proof(line: str) -> float:
    """What a stripped line in small letters proves as a site's: 1 certain, 0.4 plain words that need company, 0 none."""
    if len(line) > LONGEST:
        return 0.0
    first = _WORD.search(line)
    for key in (first.group() if first is not None and first.start() == 0 else "", ""):
        certain, weak = _patterns().get(key, (None, None))
        if certain is not None and certain.fullmatch(line) is not None:
            return CERTAIN
        if weak is not None and weak.fullmatch(line) is not None:
            return WEAK
    return 0.0


def is_theft_notice(line: str) -> bool:
    """Whether a stripped line is a site's word to readers of stolen copies."""
    return (
        30 <= len(line) <= 260
        and any(venue in line for venue, _ in _VENUES)
        and _THEFT.search(line) is not None
        and _TALE.search(line) is not None
        and _CALL.search(line) is not None
        and _SPEAKER.search(line) is None
    )


def theft_places(text: str) -> Iterator[int]:
    """Where a text names what such a notice must name one of."""
    for venue, sign in _VENUES:
        yield from places_by(text, venue, sign)


def opens(line: str) -> bool:
    """Whether a line begins with a word that some template begins with."""
    return line.partition(" ")[0].lower() in _patterns()


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str] | None, re.Pattern[str] | None]]:
    """First word of a template ("" where that is not fixed) -> the pattern of what is certain, of what is weak."""
    found: dict[str, tuple[list[str], list[str]]] = {}
    for line in files(__package__).joinpath("pages.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        template = line.lower().removeprefix("~")
        first = _WORD.match(template)
        fixed = first is not None and template[first.end() : first.end() + 1] not in ("{", "'")
        certain, weak = found.setdefault(first.group() if fixed else "", ([], []))
        (weak if line[0] == "~" else certain).append(pattern_of(template))
    return {key: (_any(certain), _any(weak)) for key, (certain, weak) in found.items()}


def _any(patterns: list[str]) -> re.Pattern[str] | None:
    return re.compile("|".join(patterns)) if patterns else None


def pattern_of(template: str) -> str:
    """The regular expression of a template. Raises ValueError where its braces do not match or hold an unknown name."""
    found, at = _parse(template, 0, "")
    if at != len(template):
        raise ValueError(f"a brace too many in {template!r}")
    return found


def _parse(template: str, at: int, stop: str) -> tuple[str, int]:
    """What stands from `at` up to one of `stop` as a pattern, and where it stops."""
    out = []
    while at < len(template) and template[at] not in (stop or "}"):
        if template[at] != "{":
            out.append(r"\s+" if template[at] == " " else re.escape(template[at]))
            at += 1
            continue
        close = template.find("}", at)
        inside = template[at + 1 : close]
        if close > 0 and "|" not in inside and "{" not in inside:
            if inside not in _PLACES:
                raise ValueError(f"unknown place {inside!r} in {template!r}")
            out.append(_PLACES[inside])
            at = close + 1
            continue
        choices = []
        while True:
            choice, at = _parse(template, at + 1, "|}")
            choices.append(choice)
            if at >= len(template):
                raise ValueError(f"a brace is open in {template!r}")
            if template[at] == "}":
                break
        out.append("(?:" + "|".join(choices) + ")")
        at += 1
    return "".join(out), at
