"""What journals, blogs, forums and lists write round a posting: its head, who posted it and when, and the heads of comments."""

# ruff: noqa: E501  (tables of patterns)
from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from transforms.metadata.shapes import key_of
from transforms.segments.layout import OPENERS

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

# What journals, blogs, forums and lists write round a posting, with the names of its people.
_POSTING = re.compile(
    r"""
      (?P<entry>[\w-]{2,30}[ ]\((?:\[[\w. ]{1,30}\][ ]?)?[\w-]{2,30}\)[ ]wrote(?:[ ]in[ ](?:\[[\w. ]{1,30}\][ ]?)?[\w-]{2,40})?[,:]?)
    | @[ ]\d{4}-\d\d-\d\d(?:[ ]\d\d?:\d\d(?::\d\d)?(?:[ ]?[ap]m)?)?
    | (?:\S.{0,4000}[ ])?left[ ]kudos[ ]on[ ]this[ ]work[.!]? | kudos[ ]?[♥❤]\W{0,3}
    | [\w-]{2,40}[ ](?:posted|liked|favou?rited|reposted)[ ]this
    | [\w-]{2,40}[ ]reblogged(?:[ ]this)?(?:[ ]from)?[ ][\w-]{2,40}
    | (?:[\w ]{1,20}[ ])?reactions:[ ].{1,120} | jump[ ]to[ ](?:new|latest)(?:[ ](?:un)?watch)?
    | to[ ](?:un)?subscribe\b.{0,80}(?:@|https?:|www\.)\S{1,100}.{0,40} | (?:un)?subscribe:[ ].{0,40}(?:@|https?:|www\.)\S{1,100}
    | list[ ](?:archives?|info|information|owner|address|home[ ]?page):[ ].{3,100}
    | (?:(?:[bi][ ]){0,2}s?[ ]*:?[ ]*)?a[ ]a[ ]a(?:[ ]a)* | font[ ]?:[ ]?\w+ | \+[ ]?[-–−] | [-–−][ ]?\+
    """,
    re.IGNORECASE | re.VERBOSE,
)
POSTING_TOKENS = re.compile(r"wrote| this$|@ |[kK]udos|KUDOS|reblogged|eactions:|ump to|ubscribe|ist .{0,12}:|A A A|font|\+")
_DATED = re.compile(
    r"(?:posted:? |(?P<name>[\w.\-][\w.\- ]{1,29}, ))?(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6},? )?(?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}"
    r"|\d{1,2} (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?,? \d{4}|\d{4}-\d\d-\d\d)(?:,? (?:at )?\d{1,2}:\d\d(?::\d\d)? ?(?:[ap]m)?)?",
    re.IGNORECASE,
)
_THREAD = re.compile(
    r"(?:post )?#\d{1,6}|(?:[\w ]{1,20} )?reactions:.*|report|reply|quote|like|share|jump to .*|.* likes? this\.?|last edited.*|threadmarks?\b.*|click to expand.*",
    re.IGNORECASE,
)
THREAD_HEAD = 30  # lines in which the head of a thread may stand
_STARTER = re.compile(r"thread starter:?[ \t]+\S.{0,50}", re.IGNORECASE)
_THREAD_FACT = re.compile(r"(?:start date|tags|status):?[ \t]+\S.{0,120}", re.IGNORECASE)
_STAMP = re.compile(
    r"\d{4}-\d\d-\d\d \d\d?:\d\d(?: ?[ap]m)? (?:\((?:UTC|local)\)|UTC|local)(?: \((?:link|expand|reply)\))?", re.IGNORECASE
)
_FILL = re.compile(r"\W{0,4}(?:re: ?)?\W{0,4}(?:mini-?)?fill(?:ed)?\b(?=.{0,90}$)", re.IGNORECASE)
_ANSWER = re.compile(r"(?:(?:re|aw|sv|r[eé]p|antw)(?:\[\d\])?: ?)+(?P<subject>\S.*)", re.IGNORECASE)
_POSTED_BY = re.compile(r"(?:(?:posted )?by:? )?\S.{0,40}? (?:»|on|@|-|–|,|:) .{0,20}\d{1,4}.{0,24}", re.IGNORECASE)
_COMMENTER = re.compile(r"\(anonymous\)|[\w-]{2,30}(?: \([\w.-]{2,40}\))?(?: from [\w.]+)?", re.IGNORECASE)
_STARTED = re.compile(r"(?:started by|thread starter:?|^by) (?P<name>[^,]{2,40})", re.IGNORECASE)
LONGEST_FACT, MOST_FACTS = 48, 12  # characters of a line and lines of what a forum says of somebody
_FACT = re.compile(
    r"(?:posts|messages|joined|join(?:ed)? date|location|reaction score|trophy points|likes received|registered|member since"
    r"|karma|reputation|rep power|awards|gender|thanks|online status|last seen)(?:: ?.{1,40}|:?| [\d,]+)",
    re.IGNORECASE,
)
ABOVE_CUT = 40  # lines of header and notes that may stand above a cut
_CUT_TEXT = re.compile(r"\((?: .{2,110} |[ \xa0]{2,}.{2,110})\)")


def is_posting(line: str) -> bool:
    """Whether a stripped line (of any length) is what a journal, a blog, a forum or a list writes round a posting."""
    return line[0] not in "*_\"“" and len(line) <= 4096 and _POSTING.fullmatch(line) is not None


def is_dated(line: str) -> bool:
    """Whether a stripped line is a date and nothing else, as above postings."""
    return len(line) <= 48 and _DATED.fullmatch(line) is not None


def is_cut_text(line: str) -> bool:
    """Whether a stripped line has the shape of a journal's link to what stands behind the cut: `( like this )`."""
    return line[0] == "(" and _CUT_TEXT.fullmatch(line) is not None


def label_heads(page: Neighbours) -> None:
    """Labels the heads of postings that have a date: who wrote it, their title, when."""
    for date in page.dated:
        if page.is_free(date):
            for at in _head(page, date):
                page.label(at, "boilerplate", "site.posting", 0.9)


def _head(page: Neighbours, date: int) -> list[int]:
    """The lines of a posting's head that the date in line `date` belongs to; or none.

    A diary has dates too, so the head must touch a thread's furniture: a number ("#14"), reactions or buttons next to it; or
    stand below a journal's "x (x) wrote in y,".
    """
    lines, bare = page.sheet.lines, page.sheet.bare

    def reads(at: int, pattern: re.Pattern[str]) -> bool:
        return 0 <= at < len(lines) and len(lines[at]) <= 180 and pattern.fullmatch(bare[at]) is not None

    above = page.last_text(date)
    if reads(above, _POSTING) and " wrote" in lines[above]:
        return [date]
    head = [date]
    dated = _DATED.fullmatch(bare[date])
    named = dated is not None and dated.group("name") is not None
    while not named and len(head) < 4 and above >= 0 and page.is_free(above) and len(bare[above]) <= 40:
        if ":" in lines[above][:20] or reads(above, _THREAD):
            break
        head.append(above)
        above = page.last_text(above)
    if len(head) == 1 and not named:
        return []
    below = page.next_text(date + 1)
    if below < len(lines) and not page.is_free(below) and not reads(below, _THREAD):
        below = page.next_text(below + 1)  # a button between the date and the number
    return head if reads(above, _THREAD) or reads(below, _THREAD) else []


def label_threads(page: Neighbours) -> None:
    """Labels the title and the facts of a thread round its "Thread starter"."""
    lines, bare = page.sheet.lines, page.sheet.bare
    for at in range(min(THREAD_HEAD, len(lines))):
        if at in page.sheet.fixed or _STARTER.fullmatch(bare[at]) is None:
            continue
        first, last = at, at
        if at > 0 and page.is_free(at - 1) and len(lines[at - 1]) <= 120 and ":" not in lines[at - 1]:
            first -= 1
        while last + 1 < len(lines) and _THREAD_FACT.fullmatch(bare[last + 1]) is not None:
            last += 1
        for line in range(first, last + 1):
            page.label(line, "metadata", "header.thread", 0.9)
        return


def label_comments(page: Neighbours) -> None:
    """Labels who wrote a comment and when ("(Anonymous)", "2011-06-02 09:41 pm (UTC)"), below a subject that may name a story."""
    labels, lines, bare = page.labels, page.sheet.lines, page.sheet.bare
    for at in page.sheet.short:
        if not at or not bare[at][0].isdigit() or len(lines[at]) > 60 or labels[at] is not None:
            continue
        if _STAMP.fullmatch(bare[at]) is None:
            continue
        who = at - 1 if page.is_free(at - 1) and len(lines[at - 1]) <= 60 else -1
        if who > 0 and page.is_free(who - 1) and _FILL.match(lines[who - 1]) is not None:
            page.label(who - 1, "metadata", "header.subject", 0.9, page.new_group())
        elif who > 0 and page.is_free(who - 1) and _ANSWER.match(bare[who - 1]) is not None:
            page.label(who - 1, "boilerplate", "site.answer", 0.9)
        if who >= 0 and (page.kind_at(who - 1) == "metadata" or _COMMENTER.fullmatch(bare[who]) is not None):
            page.label(who, "boilerplate", "site.posting", 0.9)
        page.label(at, "boilerplate", "site.posting", 0.9)


def label_answers(page: Neighbours) -> None:
    """Labels subjects of answers ("Re: The Understudy of Ghent") to what a posting's head named, and who answered when below."""
    labels = page.labels
    known: set[str] = set()
    for at in page.sheet.short:
        if at in page.sheet.fixed:
            continue
        line, kind = page.sheet.bare[at], page.kind_at(at)
        if kind == "metadata":
            known |= {key_of(line), key_of(line.partition(":")[2])}
        found = _ANSWER.match(line)
        if not kind and found is None and _FILL.match(line) is not None:
            known.add(key_of(line))
        if found is None or kind not in ("", "metadata") or not page.is_headed(at):
            continue
        key = key_of(found.group("subject"))
        others = [one for one in known if len(one) >= 4 and one != key_of(line)]
        if len(key) < 4 or not any(key.startswith(one) or one.startswith(key) for one in others):
            continue
        page.label(at, "boilerplate", "site.answer", 0.9)
        below = at + 1
        open_ = below < len(labels) and (page.is_free(below) or (labels[below] and labels[below].rule == "header.byline"))
        if open_ and _POSTED_BY.fullmatch(page.sheet.bare[below]) is not None:
            page.label(below, "boilerplate", "site.answer", 0.9)


def cuts(lines: Sequence[str], kinds: Sequence[str], shaped: Sequence[int]) -> set[int]:
    """Which lines in a cut's shape are one: below a header and notes, with no dialogue above."""
    found = set()
    for at in shaped[:3]:
        above = [line for line in range(at) if kinds[line] != "blank"]
        if (
            len(above) <= ABOVE_CUT
            and above
            and kinds[at - 1] != ""
            and not any(lines[line].lstrip()[:1] in OPENERS for line in above)
            and is_cut_text(lines[at].strip())
        ):
            found.add(at)
    return found


def profiles(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """What a forum says of the people who post, in a block of short lines: two of its labels ("Joined: ...", "Posts: 31"), or one
    where the block touches furniture. A name with a rank right above such a block belongs to it.
    """
    found: set[int] = set()
    stated = (_STARTED.search(line) for line, kind in zip(lines, kinds, strict=True) if kind == "metadata" and len(line) <= 160)
    starters = {match.group("name").strip().lower() for match in stated if match is not None}
    at = 0
    while at < len(lines):
        if kinds[at] not in ("", "metadata", "boilerplate") or len(lines[at]) > LONGEST_FACT:
            at += 1
            continue
        last = at
        while (
            last + 1 < len(lines)
            and kinds[last + 1] != "blank"
            and len(lines[last + 1]) <= LONGEST_FACT
            and last - at < MOST_FACTS
        ):
            last += 1
        facts = sum(_FACT.fullmatch(lines[one].strip()) is not None for one in range(at, last + 1))
        furnished = any(kinds[one] == "boilerplate" for one in range(at, last + 1))
        starter = facts > 0 and kinds[at] == "" and lines[at].strip().lower() in starters
        if last > at and (((facts >= 2 or (facts and furnished)) and facts + furnished >= 2) or starter):
            found.update(one for one in range(at, last + 1) if kinds[one] == "")
            if at >= 3 and kinds[at - 1] == "blank":
                found.update(_poster(lines, kinds, at - 2))
        at = last + 1
    return found


def _poster(lines: Sequence[str], kinds: Sequence[str], last: int) -> set[int]:
    """The lines of a name and a rank that end in line `last`, if the name stands among furniture elsewhere."""
    first = last
    while first > 0 and kinds[first - 1] != "blank" and last - first < 2:
        first -= 1
    block = range(first, last + 1)
    if any(kinds[one] != "" or len(lines[one]) > LONGEST_FACT for one in block):
        return set()
    name = lines[first].strip().lower()
    known = any(one not in block and len(line) <= 90 and name in line.lower() for one, line in enumerate(lines))
    return set(block) if known and len(name) >= 3 else set()
