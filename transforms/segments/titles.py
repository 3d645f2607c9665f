"""Titles that neither a number nor a word such as "Chapter" gives away: known by a list of them, or by their dress and place.

What a place or a time is called ("**Monday**", "[Stark Tower, 2 p.m.]") stands above scenes in the same dress and is story.
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from transforms.metadata.shapes import HEADING, is_title_case
from transforms.segments.furniture import PERSONAL
from transforms.segments.layout import OPENERS
from transforms.segments.wording import lean

LONGEST = 60
MOST_WORDS = 8
SAID = 0.3  # how much the words of a line lean to an author's where it is no title
APART = 3  # lines of text between two titles, one less where there are more
_SENTENCE_END = frozenset('.!?,…;:"”')
_DRESSED = re.compile(
    r"(?P<open>[^\w\s\"“”«»'‘’(]{1,10}|[({\[]{1,3})[ \t]*(?P<title>\w.*?[\w!?.’')])[ \t]*(?P<close>[^\w\s\"“”«»'‘’.!?,]{1,10})"
)
_HASH = re.compile(r"(?P<open>#{1,4}|//+|>>+|§+)[ \t]+(?P<title>\w.*)")
_OF_WORLD = re.compile(r"(?P<title>[A-Z\d][^()\[\]:.!?,\"“”]{1,40}) \((?P<world>[A-Z][^()]{2,50})\)")  # "Penny (Jonathan Strange)"
_TIME = re.compile(
    r"\b(?:\d{1,2}[:.]\d\d|\d+ ?(?:am|pm|hours?|days?|weeks?|months?|years?|minutes?)|\d{4}|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|(?:one|two|three|four|five|six|seven|eight|nine|ten|a few|several|many|some|the next|that|this|same)? ?(?:years?|months?|weeks?|days?|hours?|minutes?|mornings?|nights?|evenings?|afternoons?)|later|earlier|ago|before|after|meanwhile|elsewhere|now|then|today|tomorrow|yesterday|present|past|noon|midnight|dawn|dusk|o'?clock|january|february|march|april|may|june|july|august|september|october|november|december|int|ext|pov|flashback|dream|end|memory)\b",
    re.IGNORECASE,
)

_TIMES = re.compile(
    r"(?:now|then|before|after|later|earlier|today|tomorrow|yesterday|the present|present day|the past|meanwhile|elsewhere)"
    r"|(?:\w+ ){1,3}(?:seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?) (?:ago|later|earlier|before|after)"
    r"|(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,? )?(?:the )?(?:\d{1,2}(?:st|nd|rd|th)?(?: of)? )?"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d{1,2}(?:st|nd|rd|th)?)?(?:,? \d{4})?",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:street|road|avenue|lane|square|city|town|house|hotel|inn|castle|manor|tower|station|airport|hospital|school|academy|forest|woods|river|lake|island|sea|bay|harbou?r|mountains?|valley|desert|room|hall|corridor|kitchen|office|apartment|lab(?:oratory)?|deck|bridge|ship|planet|base|camp|headquarters|hq|village|palace|temple|church|cemetery|park|garden|beach|club|bar|caf[eé]|library|prison|cell|dungeon)$"
    r"|^(?:in|at|inside|outside|near|somewhere|aboard) ",
    re.IGNORECASE,
)
_WHO = re.compile(r"(?:thread starter|author|(?:posted |written )?by)[: ]+([\w.' -]{2,40})", re.IGNORECASE)


def _bare(line: str) -> str:
    return line.strip().strip("*_~=-–—<>[](){}#|:•·.+/ \t").lower()


def listed(
    lines: Sequence[str], kinds: Sequence[str], is_free: Callable[[int], bool], between: Callable[[int, int], int]
) -> tuple[list[int], list[int]]:
    """(entries, titles): a table of contents at the beginning whose entries come again alone further down, in order; and titles that
    furniture names, such as a thread's list of its chapters.
    """
    places: dict[str, list[int]] = {}
    people: set[str] = set()
    if "boilerplate" in kinds:
        who = (_WHO.fullmatch(line.strip()) for line in lines if len(line) <= LONGEST)
        people = {found.group(1).lower() for found in who if found is not None}
    named: set[str] = set()
    for at, line in enumerate(lines):
        if kinds[at] == "boilerplate" and len(line) <= LONGEST:
            if _bare(line) in people:
                continue
            named.add(_bare(line.split(":", 1)[1] if line.lower().startswith(("threadmark:", "threadmarks:", "next:", "previous:")) else line))
        elif kinds[at] == "" and len(line) <= LONGEST and (bare := _bare(line)):
            places.setdefault(bare, []).append(at)
    titles = [
        at
        for bare, found in places.items()
        if bare in named
        and len(found) == 1
        and len(bare.split()) <= MOST_WORDS
        and is_free(at := found[0])
        and lines[at].strip()[-1] not in _SENTENCE_END
    ]
    twice = {found[0]: found[1] for found in places.values() if len(found) == 2 and is_free(found[1])}
    run: list[int] = []
    last = -1
    for at, kind in enumerate(kinds):
        if kind == "blank":
            continue
        if at in twice and (not run or twice[at] > twice[run[-1]]):
            run.append(at)
            continue
        if run:
            break
        last += 1
    again = [twice[at] for at in run]
    listed_so = bool(run) and any("contents" in lines[at].lower() for at in range(max(0, run[0] - 3), run[0]))
    apart = 1 if listed_so else 2
    if len(run) >= 3 and again[0] > run[-1] and all(between(a, b) >= apart for a, b in pairwise(again)):
        return run, [*titles, *again]
    return [], titles


def is_named(lines: Sequence[str], last: int, title: str) -> bool:
    """Whether the furniture that ends in line `last` names a title, as the head of a posting does."""
    bare = _bare(title)
    return any(bare == _bare(line.split(":", 1)[-1]) for line in lines[max(0, last - 8) : last + 1])


def is_time(line: str) -> bool:
    """Whether a line says a time and nothing else ("Now", "Five years ago")."""
    words = line.strip("*_~-–—[]():. ")
    return _TIMES.fullmatch(words) is not None


def dress_of(line: str) -> tuple[str, str] | None:
    """(dress, title) of a stripped line that stands in ornaments or capitals, else None."""
    if not 2 <= len(line) <= LONGEST or line[0] in OPENERS:
        return None
    found = _DRESSED.fullmatch(line) or _HASH.fullmatch(line)
    if found is not None:
        groups = found.groupdict()
        opened, closed = groups["open"], groups.get("close") or ""
        if closed and closed[0] in ")]}>" and closed[0] in groups["title"] and opened[-1] in groups["title"]:
            return None  # choices: "[RUN] [SIT]"
        spaced = line[len(opened)].isspace() and line[-len(closed) - 1].isspace() if closed else False
        if opened in ("*", "_", "<", "(", "-") and len(opened) == 1 and closed in ("*", "_", ">", ")", "-") and not spaced:
            return None  # thoughts, messages, asides, sounds
        return f"{opened}|{closed}", groups["title"]
    bracketed = _OF_WORLD.fullmatch(line)
    if bracketed is not None and is_title_case(bracketed["title"]) and is_title_case(bracketed["world"]):
        return "|()", bracketed["title"]
    if line.isupper() and sum(ch.isalpha() for ch in line) >= 3:
        return "capitals", line
    return None


def _is_title(title: str) -> bool:
    return (
        title[-1] not in _SENTENCE_END
        and len(title.split()) <= MOST_WORDS
        and all(part[:1].islower() for part in title.split(", ")[1:])  # "London, England" is a place
        and _TIME.search(title) is None
        and any(ch.isalpha() for ch in title)
    )


def dressed(
    lines: Sequence[str],
    kinds: Sequence[str],
    dresses: Sequence[tuple[int, str, str]],
    is_free: Callable[[int], bool],
    opens: Callable[[int], bool],
    between: Callable[[int, int], int],
) -> list[int]:
    """Which of the dressed lines (index, dress, title) are titles.

    A dress is a title's where every line in it could be one, they are different, stand alone with text between them, and the
    first opens the document; or where a heading that is known wears it, for lines right below a break or a note.
    """
    found: list[int] = []
    worn: dict[str, list[str]] = {}
    for at, kind in enumerate(kinds):
        if kind == "heading" and (dress := dress_of(lines[at].strip())) is not None:
            worn.setdefault(dress[0], []).append(dress[1])
    by_dress: dict[str, list[tuple[int, str]]] = {}
    for at, dress, title in dresses:
        if kinds[at] == "":
            by_dress.setdefault(dress, []).append((at, title))
    for dress, members in by_dress.items():
        if dress in worn:
            known = {word.lower() for title in worn[dress] for word in re.findall(r"\w{3,}", title)}
            found += [
                at
                for at, title in members
                if _is_title(title)
                and is_free(at)
                and _above(kinds, at) in ("break", "boilerplate", "end_marker")
                and (dress != "capitals" or not known.isdisjoint(word.lower() for word in re.findall(r"\w{3,}", title)))
            ]
            continue
        needed = 3 if dress == "capitals" or dress[0] in "[<{" else 2
        if len(members) < needed or len({title for _, title in members}) < len(members):
            continue
        if not all(_is_title(title) and is_free(at) for at, title in members) or not opens(members[0][0]):
            continue
        if any(title.count(" ") > 2 and PERSONAL.search(title) and lean(title) > SAID for _, title in members):
            continue  # somebody speaks
        if all(between(a[0], b[0]) >= APART - (len(members) > 2) for a, b in pairwise(members)):
            found += [at for at, _ in members]
    return found


def plain(
    lines: Sequence[str],
    kinds: Sequence[str],
    is_free: Callable[[int], bool],
    opens: Callable[[int], bool],
    between: Callable[[int, int], int],
) -> list[int]:
    """Titles in no dress at all ("How to Use This Book"): short lines alone between blank ones, in capitals as titles have them.

    They are the document's headings where it uses them again and again: three different ones or more, with the headings that
    are known, the first before any of the story, text below each, and hardly another short line alone that is no sentence.
    """
    found: list[int] = []
    others = known = 0
    first = -1
    times: list[int] = []
    for at, kind in enumerate(kinds):
        if kind == "heading" and lines[at].strip()[0].isalpha() and not HEADING.match(lines[at].strip()):
            known += 1
            first = at if first < 0 else first
        if kind != "" or len(lines[at]) > LONGEST:
            continue
        line = lines[at].strip()
        if line[-1] in _SENTENCE_END or line[0] in OPENERS or not is_free(at):
            continue
        if line[0].isupper() and not line.isupper() and is_title_case(line) and _is_title(line) and _PLACE.search(line) is None:
            found.append(at)
        elif _TIME.fullmatch(line) is not None and line[0].isupper():
            times.append(at)
        else:
            others += 1
    titles = {lines[at].strip().lower() for at in found}
    long = sum(" " in title for title in titles)
    if not found or len(found) + known < 3 or len(titles) < len(found) or 2 * long <= len(found) or 3 * others > len(found):
        return []
    if not (opens(found[0]) or -1 < first < found[0]):
        return []
    if any(between(a, b) < APART - 1 for a, b in pairwise(found)) or not between(found[-1], len(kinds)):
        return []
    return sorted(found + times)  # "March" between such titles


def _above(kinds: Sequence[str], at: int) -> str:
    at -= 1
    while at >= 0 and kinds[at] == "blank":
        at -= 1
    return kinds[at] if at >= 0 else ""
