"""Names of those who tell: points of view ("Clarke's POV"), and bare names above the parts that their bearers tell."""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

ORNAMENTS = str.maketrans(dict.fromkeys("━─═﹣－⸺⸻", "–") | dict.fromkeys("♡✧✦✩✪✫✬✭✮✯⭐✨❀✿❁✾❃❋❄☾☽☼♪♫♬❖❥❣❦❧➳➤►◄▸◂❯❮✗✘✖†‡§¤◦∘⋆⁂※", "☆"))
"""Signs that people put for others."""
_NAME = r"[^\W\d_][\w.'’\-]*(?:[ \t]+(?:(?:the|of|de|von|van|and|&)[ \t]+)?[^\W\d_][\w.'’\-]*){0,3}"
_POV = re.compile(
    rf"[\W_]{{0,10}}(?:(?P<a>(?:\d(?:st|nd|rd)[ \t]+)?{_NAME}?|y/n\)?|reader\)?)(?:['’]s|s['’]|['’])?[ \t]*(?:\(?p\.?o\.?v\.?\)?|point of view|(?<![^\W_])(?:perspective|pdv|perspektive|sicht))(?:[ \t]*[:\-–—][ \t]*(?P<rest>[^.!?\n]{{0,40}}))?|(?:(?:change|switch) of )?(?:pov|p\.o\.v\.?|point of view|perspective|pdv|sicht|punto de vista|ponto de vista|point de vue|punto di vista|perspektive|от лица|пов|повествование от лица)[ \t]*(?:[:=\-–—]|of|de|von|di|del?|change|switch)?[ \t]*(?P<b>y/n|{_NAME})?)(?:[ \t]*\((?P<note>[^)\n]{{1,30}})\))?[\W_]{{0,10}}",
    re.IGNORECASE,
)
_POV_CJK = re.compile(r"[\W_]{0,8}(?P<c>[^\s\W]{1,12}?)(?:视角|視角|视点|視点|side|サイド|시점)[\W_]{0,8}", re.IGNORECASE)
_NO_ONE = frozenset(["normal", "third", "3rd", "first", "1st", "second", "2nd", "no", "nobody's", "nobody", "omniscient", "general", "regular", "author", "author's", "reader", "reader's", "none", "narrator", "change", "y/n"])
_BARE_NAME = re.compile(r"(?P<open>[*_~=–—+<>\[({|:•·☆★♥-]{0,5}) ?(?P<name>[^\W\d_](?:['’-]?[^\W\d_]){1,14}(?: [^\W\d_](?:['’-]?[^\W\d_]){1,14})?) ?(?P<close>[*_~=–—+<>\])}|:•·☆★♥-]{0,5})")
_NOT_NAMES = frozenset(
    ["now", "then", "before", "after", "earlier", "later", "past", "present", "today", "tomorrow", "yesterday", "here", "there", "end", "fin", "fine", "ende", "silence", "darkness", "nothing", "stop", "exit", "help", "no", "yes", "never", "black", "blood", "run", "fire", "please", "bang", "boom", "crash", "thud", "god", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december", "spring", "summer", "autumn", "winter", "morning", "noon", "night", "evening", "dawn", "dusk", "midnight", "summary", "notes", "note", "story", "author", "title", "warning", "disclaimer", "break", "flashback", "dream", "memory", "unknown"]
)


def pov_at(line: str) -> str | None:
    """The narrator that a point-of-view line names, "" where it names none ("Normal POV"), None for any other line."""
    if len(line) > 60 or not ("o" in line or "O" in line or not line.isascii() or "erspe" in line or "PDV" in line or "icht" in line):
        return None
    found = _POV.fullmatch(line)
    if found is None:
        if line.isascii():
            return None
        found = _POV_CJK.fullmatch(line)
        return found.group("c") if found else None
    name = (found.group("a") or found.group("b") or found.group("rest") or "").strip(" \t*_~-–—:()")
    name = re.sub(r"(?:['’]s|['’])$", "", name)
    lower = name.lower()
    if lower.split(" ")[:1] and lower.split(" ")[0].strip("'’") in _NO_ONE:
        return ""
    if name and name[0].islower() and len(name.split()) > 1:
        return None  # "from her point of view"
    if not name and len(line.strip("*_~-=:() \t")) > 16:
        return None
    return name


def bare_name(line: str) -> str | None:
    """The name that a stripped line is and nothing else, in capitals or dressed ("JUNO", "~ Juno ~"), folded; else None.

    Names stand above the parts that their bearers tell; but people shout them, too, so look at the company (`label_tellers`).
    """
    if not 2 <= len(line) <= 34:
        return None
    found = _BARE_NAME.fullmatch(line if line.isascii() else line.translate(ORNAMENTS))
    if found is None:
        return None
    name = found.group("name")
    dressed = bool(found.group("open")) and bool(found.group("close"))
    if not (name.isupper() and len(name) > 2) and not (dressed and (name[0].isupper() or is_set_off(line))):
        return None
    return None if any(word in _NOT_NAMES for word in name.lower().split()) else name.lower()


def is_set_off(line: str) -> bool:
    """Whether a stripped line stands in ornaments that are no emphasis, alike on both sides: `~ juno ~`, `<<Juno>>`."""
    found = _BARE_NAME.fullmatch(line if line.isascii() else line.translate(ORNAMENTS))
    if found is None or not found.group("open") or found.group("open")[0] in "*_-–—(":
        return False
    return len(found.group("open")) == len(found.group("close"))


def small_name(line: str) -> str | None:
    """The same for a name in small letters between dashes or emphasis ("- juno -", "_juno_") or in no dress at all ("Juno"): anything
    may stand so that does not come in turn with others.
    """
    found = _BARE_NAME.fullmatch(line) if 3 <= len(line) <= 34 else None
    if found is None or bool(found.group("open")) != bool(found.group("close")):
        return None
    name = found.group("name")
    if (not found.group("open") and not name.istitle()) or (name[0].islower() and " " in name):
        return None
    return None if any(word in _NOT_NAMES for word in name.lower().split()) else name.lower()


def in_turn(names: Sequence[tuple[int, str]]) -> list[int]:
    """The lines (index, name) where two names or more come by turns, each twice at least and never twice in a row; or none."""
    count = Counter(name for _, name in names)
    often = [(at, name) for at, name in names if count[name] >= 2]
    if len(often) < 4 or 4 * len(often) < 3 * len(names) or len({name for _, name in often}) < 2:
        return []
    return [] if any(a == b for (_, a), (_, b) in pairwise(often)) else [at for at, _ in often]


def label_tellers(page: Neighbours) -> None:
    """Labels bare names as headings where they stand above the parts that their bearers tell."""
    bare = page.sheet.bare
    names = [
        (at, name)
        for at, name in page.names
        if page.is_free(at) and (page.stands_free(at) or (page.is_headed(at) and is_set_off(bare[at])))
    ]
    turns = in_turn(names)
    apart = all(page.text_lines(a, b) >= 1 for a, b in pairwise(turns))
    if not (turns and apart and (page.opens(turns[0]) or page.is_below_heading(turns[0]))):
        turns = _tellers(page, [(at, name) for at, name in names if bare_name(bare[at]) is not None])
    for at in turns:
        page.label_heading(at, "heading.pov", 0.8, chapter=False)


def _tellers(page: Neighbours, names: Sequence[tuple[int, str]]) -> list[int]:
    """Which lines (index, name) are headings of those who tell, though they do not come by turns: two names or more with text
    between them. Half of the lines, or the first one if a name comes again or all are set off by ornaments, must stand right
    below a chapter's heading or the header; those that are set off may also open the text.
    """
    bare = page.sheet.bare
    set_off = [(at, name) for at, name in names if is_set_off(bare[at])]
    told = {name for name in {name for _, name in set_off} if page.is_told_of(name)}
    if not told or len(set_off) < 3:
        set_off = [(at, name) for at, name in set_off if name in told]
    ornate = len({name for _, name in set_off}) >= 2
    if ornate:
        names = set_off
    elif any(not bare[at].strip("*_~=–—-+<>[]{}()|: ")[0].isupper() for at, _ in names):
        return []
    different = len({name for _, name in names})
    lines = [at for at, _ in names]
    if different < 2 or not all(page.text_lines(a, b) >= 2 for a, b in pairwise(lines)):
        return []
    opening = [page.is_below_heading(at) or (ornate and page.opens(at)) for at in lines]
    again = ornate or len(names) > different
    return lines if 2 * sum(opening) >= len(names) or (opening[0] and again) else []
