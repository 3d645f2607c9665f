"""Titles that neither a number nor a word such as "Chapter" gives away: known by a list of them, or by their dress and place.

What a place or a time is called ("**Monday**", "[Stark Tower, 2 p.m.]") stands above scenes in the same dress and is story.
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from transforms.metadata.shapes import HEADING, is_title_case
from transforms.segments.furniture import PERSONAL, SENTENCE_END
from transforms.segments.layout import OPENERS
from transforms.segments.markers import marker_at
from transforms.segments.wording import lean

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

LONGEST = 60
MOST_WORDS = 8
SAID = 0.3  # how much the words of a line lean to an author's where it is no title
MOST_ODD = 0.25  # of the lines in one dress may be no titles by their look
APART = 3  # lines of text between two titles, one less where there are more
_SENTENCE_END = SENTENCE_END | {":"}
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


def _listed(page: Neighbours) -> tuple[list[int], list[int]]:
    """(entries, titles): a table of contents at the beginning whose entries come again alone further down, in order; and titles that
    furniture names, such as a thread's list of its chapters.
    """
    lines, kinds = page.sheet.lines, page.kinds_so_far()
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
        and _is_free(page, at := found[0])
        and lines[at].strip()[-1] not in _SENTENCE_END
    ]
    twice = {found[0]: found[1] for found in places.values() if len(found) == 2 and _is_free(page, found[1])}
    run: list[int] = []
    for at, kind in enumerate(kinds):
        if kind == "blank":
            continue
        if at in twice and (not run or twice[at] > twice[run[-1]]):
            run.append(at)
            continue
        if run:
            break
    again = [twice[at] for at in run]
    listed_so = bool(run) and any("contents" in lines[at].lower() for at in range(max(0, run[0] - 3), run[0]))
    apart = 1 if listed_so else 2
    if len(run) >= 3 and again[0] > run[-1] and all(page.text_lines(a, b) >= apart for a, b in pairwise(again)):
        return run, [*titles, *again]
    return [], titles


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


def _dressed(page: Neighbours) -> list[int]:
    """Which of the dressed lines are titles.

    A dress is a title's where every line in it could be one, they are different, stand alone with text between them, and the
    first opens the document; or where a heading that is known wears it, for lines right below a break or a note.
    """
    lines, kinds = page.sheet.lines, page.kinds_so_far()
    found: list[int] = []
    worn: dict[str, list[str]] = {}
    for at, kind in enumerate(kinds):
        if kind == "heading" and (dress := dress_of(lines[at].strip())) is not None:
            worn.setdefault(dress[0], []).append(dress[1])
    by_dress: dict[str, list[tuple[int, str]]] = {}
    for at, dress, title in page.dresses:
        if kinds[at] == "":
            by_dress.setdefault(dress, []).append((at, title))
    for dress, members in by_dress.items():
        if dress in worn:
            known = {word.lower() for title in worn[dress] for word in re.findall(r"\w{3,}", title)}
            found += [
                at
                for at, title in members
                if _is_title(title)
                and _is_free(page, at)
                and page.kind_at(page.last_text(at)) in ("break", "boilerplate", "end_marker")
                and (dress != "capitals" or not known.isdisjoint(word.lower() for word in re.findall(r"\w{3,}", title)))
            ]
            continue
        needed = 3 if dress == "capitals" or dress[0] in "[<{" else 2
        if len(members) < needed or len({title for _, title in members}) < len(members):
            continue
        glued = len(members) > 2 and all(page.is_headed(at) and not page.blank[at + 1] for at, _ in members[:-1])
        free = all(_is_free(page, at) or (glued and marker_at(page.sheet.bare[at]) is None) for at, _ in members)
        opened = page.opens(members[0][0]) or (glued and page.has_little_above(members[0][0]))
        odd = sum(not _is_title(title) for _, title in members)
        if not (free and opened and odd <= MOST_ODD * len(members)) or any(_TIME.fullmatch(title) for _, title in members):
            continue
        if any(title.count(" ") > 2 and PERSONAL.search(title) and lean(title) > SAID for _, title in members):
            continue  # somebody speaks
        if all(page.text_lines(a[0], b[0]) >= APART - (len(members) > 2) for a, b in pairwise(members)):
            found += [at for at, _ in members]
    return found


def _plain(page: Neighbours) -> list[int]:
    """Titles in no dress at all ("How to Use This Book"): short lines alone between blank ones, in capitals as titles have them.

    They are the document's headings where it uses them again and again: three different ones or more, with the headings that
    are known, the first before any of the story, text below each, and hardly another short line alone that is no sentence.
    """
    lines, kinds = page.sheet.lines, page.kinds_so_far()
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
        if line[-1] in _SENTENCE_END or line[0] in OPENERS or not _is_alone(page, at):
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
    if not (page.opens(found[0]) or -1 < first < found[0]):
        return []
    if any(page.text_lines(a, b) < APART - 1 for a, b in pairwise(found)) or not page.text_lines(found[-1], len(kinds)):
        return []
    return sorted(found + times)  # "March" between such titles


def label_titles(page: Neighbours) -> None:
    """Labels titles without number: by lists of them, by their dress or a rule below them, by their capitals."""
    entries, again = _listed(page)
    for at in entries:
        page.label(at, "boilerplate", "site.contents", 0.9)
    for at in again:
        page.label_heading(at, "heading.title", 0.85)
    for at in _dressed(page):
        page.label_heading(at, "heading.title", 0.8)
    for at in _underlined(page):
        page.label_heading(at, "heading.title", 0.8)
        page.labels[at + 1] = page.labels[at]
    for at in _plain(page):
        page.label_heading(at, "heading.title", 0.75)


def _underlined(page: Neighbours) -> list[int]:
    """Lines with a rule of their own right below them and text after a gap, as Markdown writes titles: two at least."""
    bare, labels = page.sheet.bare, page.labels
    found = [
        at
        for at in (rule - 1 for rule in page.labelled() if labels[rule].rule == "break.symbols")
        if 0 <= at < len(bare) - 2
        and page.is_free(at)
        and len(set(bare[at + 1])) == 1
        and page.is_headed(at)
        and page.blank[at + 2]
        and len(page.sheet.lines[at]) <= LONGEST
        and bare[at][-1] not in SENTENCE_END
        and bare[at][0] not in OPENERS
        and marker_at(bare[at]) is None
    ]
    return found if len(found) > 1 else []


def _is_free(page: Neighbours, at: int) -> bool:
    """Whether a line stands free and is no marker of a note."""
    return at not in page.sheet.fixed and page.stands_free(at) and marker_at(page.sheet.bare[at]) is None


def _is_alone(page: Neighbours, at: int) -> bool:
    """Whether a line stands between blank lines or what is no text, so that it may be a title without any dress."""
    below = page.next_text(at + 1)
    if below >= len(page.blank) or not page.blank[at + 1] or not _is_free(page, at):
        return False
    if not page.is_headed(at) and page.labels[at - 1] is None:
        return False
    return page.kind_at(below) == "heading" or (page.is_free(below) and page.sheet.bare[below][-1] in SENTENCE_END)


def label_parts(page: Neighbours) -> None:
    """Labels names of the parts of a book ("Acknowledgements") as headings where the text has other headings, and so a first
    "One: The Lead Line" below such a part.
    """
    parts = [at for at in page.parts if page.is_free(at) and page.stands_free(at) and not _is_of_page(page, at)]
    firsts = [
        at
        for at, heading in (page.candidates if parts else ())
        if heading.number == 1 and heading.style.endswith("t") and page.is_free(at) and page.stands_free(at)
    ]
    if not firsts and not any(label is not None and label.kind == "heading" for label in page.labels):
        return
    for at in firsts[:1]:
        page.label_heading(at, "heading.first", 0.8)
    for at in parts:
        if marker_at(page.sheet.bare[at]) is None:
            page.label_heading(at, "heading.part", 0.85)


def _is_of_page(page: Neighbours, at: int) -> bool:
    """Whether a site's lines, facts or a name touch a line from below, as below an "About the author" that a page has."""
    if at + 1 >= len(page.labels) or page.blank[at + 1]:
        return False
    line = page.sheet.bare[at + 1]
    if page.is_free(at + 1):
        return len(line) <= 40 and line[-1] not in SENTENCE_END
    return page.kind_at(at + 1) in ("boilerplate", "metadata")


def label_second_lines(page: Neighbours) -> None:
    """Labels a short line right below a bare "Chapter 3" as its title."""
    chapters = [at for at in page.chapters() if page.labels[at].rule != "heading.title"]
    glued = {at for at in chapters if at + 1 < len(page.labels) and page.is_free(at + 1)}
    glued = glued if len(glued) > 1 and len(glued) == len(chapters) else set()  # a second line below each of them
    for at in chapters:
        below = at
        while below not in page.sheet.fixed and _has_second_line(page, below, glued):
            page.labels[below + 1] = replace(page.labels[at], rule="heading.title", confidence=0.8)
            below += 1


def _has_second_line(page: Neighbours, at: int, glued: set[int]) -> bool:
    """Whether the title of a heading stands in the line below it: one of few words, alone but for the heading."""
    bare, below = page.sheet.bare, at + 1
    core = bare[at].strip("*_~#=-–—<>[]().: ")
    if (len(core.split()) > 2 and at not in glued) or below >= len(bare) or not page.is_free(below):
        return False
    line = bare[below]
    return (
        (below + 1 >= len(bare) or page.blank[below + 1])
        and len(line) <= 60
        and line[-1] not in _SENTENCE_END
        and line[0] not in OPENERS
        and marker_at(line) is None
        and len(line.split()) <= 9
    )
