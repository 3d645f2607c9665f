"""Furniture by its company: plain words, names and dates that are buttons only because of what stands next to them.

The functions take the lines of a document and what each is so far (`kinds`: the kind of its label, "" for text, "blank"), and
give the lines that are furniture too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from transforms.metadata.lines import read_line
from transforms.segments.cues import HARD, find_cues
from transforms.segments.furniture import PERSONAL, SENTENCE_END, button_share
from transforms.segments.layout import OPENERS
from transforms.segments.markers import marker_at
from transforms.segments.postings import cuts, profiles

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

FACTS = 2.0  # what a row of facts must prove that stands among a site's lines
_FACTS = ("header.stats", "header.labels", "header.row", "header.dash_line")
WORDED = 0.3  # of a line's words, small ones aside, that must be words of buttons
SHORT = 60  # characters of a line that its neighbours may turn into furniture
SQUEEZED = 3  # lines that may stand between two lines of furniture
FOOT = 8  # lines of an archive's own words at the end
FRONT = 16  # lines in which a page without any header so far may have its title between buttons
_COURTESY = re.compile(  # what people say, and sites do not
    r"\b(?:thank(?:s| you) (?:for reading|so much|to|again)|ta for|sorry|bless you|merry"
    r"|happy (?:birthday|christmas|new year|holidays|yule))\b",
    re.IGNORECASE,
)
_WE = re.compile(r"\b(?:we|us|our)\b", re.IGNORECASE)
_WORK = re.compile(
    r"(?:by|author|title|story|fic)(?: |:)|[^.!?]{1,60} by \w|(?:rat(?:ing|ed)|fandom|pairing|summary|category|disclaimer):",
    re.IGNORECASE,
)
_FOLLOW = re.compile(r"(?:un)?follow(?:ing|ed)?|subscribed?|\+ ?follow|message|seguir|suivre|folgen", re.IGNORECASE)
_COMMENTED = re.compile(r"\(anonymous\)|\d{4}-\d\d-\d\d \d\d?:\d\d", re.IGNORECASE)
_STATED = re.compile(
    r"(?:(?:legal |site |general )?(?:disclaimer|notice|copyright)s?: )?(?=.{0,300}(?:respective|publicly recogni[sz]able))"
    r"(?:any|all|the|every) .{20,500}",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:(?:written |posted )?by|author|thread starter)[: ]+(?P<name>.{2,40})$", re.IGNORECASE | re.MULTILINE)


def _beside(kinds: Sequence[str], weak: set[int]) -> set[int]:
    """Weak lines with nothing but furniture and blanks between them and furniture."""
    accepted: set[int] = set()
    if not weak:
        return accepted
    for order in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        touched = False
        for at in order:
            if kinds[at] == "boilerplate":
                touched = True
            elif at in weak:
                if touched:
                    accepted.add(at)
            elif kinds[at] != "blank":
                touched = False
    return accepted


def _at_edges(lines: Sequence[str], kinds: Sequence[str], weak: set[int], accepted: set[int]) -> set[int]:
    """Weak lines in a run at the beginning or the end of the document."""
    found: set[int] = set()
    for step, at in ((1, 0), (-1, len(kinds) - 1)):
        run = []
        while 0 <= at < len(kinds):
            if kinds[at] != "blank":
                if at not in weak and at not in accepted and kinds[at] != "boilerplate":
                    break
                run.append(at)
            at += step
        real = [line for line in run if any(ch.isalpha() for ch in lines[line])]
        if len(run) >= 2 or (len(real) == 1 and lines[real[0]].strip().lower() in ("follow", "actions")):
            found.update(line for line in run if line in weak)
    return found


def _is_plain(line: str) -> bool:
    """Whether a line has neither the end of a sentence nor the beginning of a speech or note."""
    line = line.strip()
    plain = len(line) <= SHORT and line[-1] not in SENTENCE_END and line[0] not in OPENERS
    return plain and _COURTESY.search(line) is None and marker_at(line) is None


def _squeezed(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """Short lines (names, dates, titles) between two lines of furniture, or below the last one, without a blank line."""
    found: set[int] = set()
    run: list[int] = []
    below = False  # whether furniture stands right above the run
    last = max((at for at, kind in enumerate(kinds) if kind != "blank"), default=-1)
    for at, kind in enumerate((*kinds[: last + 1], "end")):
        if not below and kind != "boilerplate":
            continue
        if kind == "" and _is_plain(lines[at]):
            run.append(at)
            continue
        front = (
            kind == "boilerplate"
            and len(run) > 1
            and not any(one in ("metadata", "heading") for one in kinds)
            and run[-1] < FRONT
        )
        if below and run and len(run) <= SQUEEZED and kind in ("boilerplate", "end") and not front:
            found.update(run)
        run, below = [], kind == "boilerplate"
    return found | _last_words(lines, kinds, last)


def _worded(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """Lines with words of buttons in a block without blank lines that holds certain furniture."""
    found: set[int] = set()
    near: set[int] = set()  # lines beside furniture, or above it with few short lines (names, labels) between
    for at, kind in enumerate(kinds):
        if kind == "boilerplate":
            near.add(at + 1)
            for above in range(at - 1, max(-1, at - FOOT), -1):
                near.add(above)
                if kinds[above] != "" or not _is_plain(lines[above]):
                    break
    for at in sorted(near):
        while 0 <= at < len(kinds) and at not in found and kinds[at] == "" and lines[at] and _is_worded(lines[at]):
            found.add(at)
            at += 1  # what goes on below such a line
    return found


def _is_worded(line: str) -> bool:
    line = line.strip()
    return (
        2 <= len(line) <= 90
        and line[-1] not in '.?,;…"”'
        and line[0] not in OPENERS
        and PERSONAL.search(line) is None
        and _COURTESY.search(line) is None
        and button_share(line) >= (2 * WORDED if line[0].islower() else WORDED)
        and marker_at(line) is None
    )


def _last_words(lines: Sequence[str], kinds: Sequence[str], last: int) -> set[int]:
    """What a site says in sentences between or below its last rows of links, at the end: without "I" and authors' words."""
    at = last
    while at >= 0 and kinds[at] in ("", "boilerplate"):
        at -= 1
    top = next((one for one in range(at + 1, last + 1) if kinds[one] == "boilerplate"), last + 1)
    run = [one for one in range(top, last + 1) if kinds[one] == ""]
    if len(run) > FOOT // 2 or any(_COMMENTED.search(lines[one]) is not None for one in range(top, last + 1) if kinds[one] != ""):
        return set()  # below a comment's head somebody answers
    for one in run:
        line = lines[one].strip()
        if len(line) > 180 or line[0] in OPENERS or not (line[0].isupper() or line[0] in "©[<"):
            return set()
        if PERSONAL.search(line) is not None or _COURTESY.search(line) is not None or marker_at(line) is not None:
            return set()
        if _WE.search(line) is None and any(name in HARD for name, *_ in find_cues(line)):
            return set()
    return set(run)


def _site_name(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """The name of a site above the row of links that opens a document, if the work's own title or author stands further down."""
    first = next((at for at, kind in enumerate(kinds) if kind != "blank"), len(kinds))
    if first + 1 >= len(kinds) or kinds[first] or not _is_plain(lines[first]):
        return set()
    if _FOLLOW.fullmatch(lines[first + 1].strip()) is not None and " " not in lines[first].strip():
        return {first, first + 1}  # whose page it is
    if kinds[first + 1] != "boilerplate":
        return set()
    if "_" in lines[first] and " " not in lines[first].strip():
        return {first}  # a journal's or a community's
    if sum(lines[first + 1].count(sign) for sign in "|*·•[»‹›→>:/~") < 2:
        return set()
    below = [line.strip() for line in lines[first + 2 : first + 14] if line.strip()][:6]
    return {first} if any(_WORK.match(line) for line in below) else set()


def _foot(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """What an archive says below its "This story archived at ..." at the end of a document."""
    for at in range(len(lines) - 1, -1, -1):
        if kinds[at] == "boilerplate" and lines[at].strip().lower().startswith(("this story archived at", "story archived at")):
            below = [line for line in range(at + 1, len(lines)) if kinds[line] != "blank"]
            return set(below) if len(below) <= FOOT else set()
    return set()


def _statements(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """What a site says of rights at the end, touching lines of its own and with nothing but such below: no "I" speaks there."""
    found: set[int] = set()
    seen = 0
    for at in range(len(lines) - 1, -1, -1):
        if kinds[at] == "blank":
            continue
        seen += 1
        if kinds[at] == "boilerplate":
            continue
        below = next((near for near in range(at + 1, len(kinds)) if kinds[near] != "blank"), len(kinds))
        touches = below < len(kinds) or (at > 0 and kinds[at - 1] == "boilerplate")
        line = lines[at].strip()
        if seen > FOOT or kinds[at] != "" or not touches or _STATED.match(line) is None or PERSONAL.search(line) is not None:
            break
        found.add(at)
    return found


def _authors_between(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """Lines that are the author's name and nothing else, with furniture above and below, blank lines aside."""
    names = {
        found.group("name").strip().lower()
        for line, kind in zip(lines, kinds, strict=True)
        if kind == "metadata" and len(line) <= 80 and (found := _BY.search(line)) is not None
    }
    found: set[int] = set()
    for at, kind in enumerate(kinds) if names else ():
        if kind == "" and len(lines[at]) <= 40 and lines[at].strip().lower() in names:
            beside = []
            for step in (-1, 1):
                near = at + step
                while 0 <= near < len(kinds) and kinds[near] == "blank":
                    near += step
                beside.append(0 <= near < len(kinds) and kinds[near] == "boilerplate")
            if all(beside):
                found.add(at)
    return found


def label_furniture(page: Neighbours, late: bool) -> None:
    """Labels weak lines that their company makes furniture; once headers and headings are known (`late`), also what stands
    squeezed between furniture.
    """
    labels, lines, kinds = page.labels, page.sheet.lines, page.kinds_so_far()
    ends = {at for at in page.half_ends if at > 0 and page.blank[at - 1] and page.is_told(at)}
    weak = {at for at in page.weak if at not in ends}
    weak = {at for at in weak if labels[at] is None or (labels[at].kind == "heading" and labels[at].confidence < 0.9)}
    accepted = _beside(kinds, weak)
    accepted |= _at_edges(lines, kinds, weak, accepted)
    if not late:
        accepted |= cuts(lines, kinds, page.cuts) | _site_name(lines, kinds)
    elif accepted or "boilerplate" in kinds:

        def accept(found: set[int]) -> None:
            accepted.update(found)
            for at in found:
                kinds[at] = "boilerplate"

        accept(set(accepted))
        accept({at for at in _worded(lines, kinds) if not _states(lines[at].strip())})
        squeezed = {at for at in _squeezed(lines, kinds) if not _states(lines[at].strip())}
        accept(squeezed | _foot(lines, kinds) | profiles(lines, kinds) | _statements(lines, kinds))
        accept(_authors_between(lines, kinds))
    for at in accepted:
        page.label(at, "boilerplate", "site.button", 0.85)


def _states(line: str) -> bool:
    """Whether a stripped line states a fact of the work with its label ("Author Name: gullwing")."""
    reading = read_line(line) if ":" in line else None
    if reading is None or reading.kind != "metadata":
        return False
    return reading.label is not None or (reading.rule in _FACTS and reading.weight >= FACTS)
