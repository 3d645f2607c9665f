"""Furniture by its company: plain words, names and dates that are buttons only because of what stands next to them.

All functions take the lines of a document and what each is so far (`kinds`: the kind of its label, "" for text, "blank"), and
give the lines that are furniture too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from transforms.segments.cues import HARD, find_cues
from transforms.segments.furniture import PERSONAL, button_share, is_cut_text, list_footer, list_words, may_foot
from transforms.segments.layout import OPENERS
from transforms.segments.markers import marker_at

SCREEN, SCREEN_BELOW = 2, 12  # paragraphs of story above what is on a screen in the story, and below in which people speak
WORDED = 0.3  # of a line's words, small ones aside, that must be words of buttons
SHORT = 60  # characters of a line that its neighbours may turn into furniture
SQUEEZED = 3  # lines that may stand between two lines of furniture
FOOT = 8  # lines of an archive's own words at the end
FRONT = 16  # lines in which a page without any header so far may have its title between buttons
RULE = 5  # signs of a break that may be a tool\'s rule
ABOVE_CUT = 40  # lines of header and notes that may stand above a cut
_SENTENCE_END = frozenset('.!?,;…"”')
_ADDRESS_SIGNS = ("@", "://", "ww.", "WW.", "ody of", "ODY OF")  # no footer of a list is without an address
_LIST_TOKENS = (
    "ubscri",
    "UBSCRI",
    "ajordomo",
    "istserv",
    "ailing list",
    "ailing-list",
    "egroups",
    "onelist",
    "eave this",
    "eave the",
    "igest mode",
    "ist-owner",
    "ist owner",
    "osted via",
    "POSTED VIA",
    "ubmissions to",
    "ewsgroup",
)
_COMMON = frozenset(
    [
        "like",
        "likes",
        "liked",
        "comment",
        "comments",
        "reply",
        "replies",
        "share",
        "shares",
        "delete",
        "save",
        "send",
        "view",
        "all",
        "followers",
        "following",
        "follow",
        "message",
        "messages",
        "retweet",
        "retweets",
        "edit",
        "cancel",
        "close",
        "by",
        "and",
        "others",
    ]
)
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
_STARTED = re.compile(r"(?:started by|thread starter:?|^by) (?P<name>[^,]{2,40})", re.IGNORECASE)
_RULED = re.compile(r"[-_=~*]{2,}[ >-]*(?:yahoo! groups.{0,40})?[-_=~*>]{2,}", re.IGNORECASE)
_STATED = re.compile(
    r"(?:(?:legal |site |general )?(?:disclaimer|notice|copyright)s?: )?(?=.{0,300}(?:respective|publicly recogni[sz]able))"
    r"(?:any|all|the|every) .{20,500}",
    re.IGNORECASE,
)
_SELLS = re.compile(r"https?://|www\.|sponsor|advertis|click here|sign up|free\b", re.IGNORECASE)
LONGEST_FACT, MOST_FACTS = 48, 12  # characters of a line and lines of what a forum says of somebody
_FACT = re.compile(
    r"(?:posts|messages|joined|join(?:ed)? date|location|reaction score|trophy points|likes received|registered|member since"
    r"|karma|reputation|rep power|awards|gender|thanks|online status|last seen)(?:: ?.{1,40}|:?| [\d,]+)",
    re.IGNORECASE,
)
_BY = re.compile(r"^(?:(?:written |posted )?by|author|thread starter)[: ]+(?P<name>.{2,40})$", re.IGNORECASE | re.MULTILINE)
_MAIL = re.compile(r"(?:From|To|Subject|Date|Message-ID|X-[\w-]+):", re.IGNORECASE)


def beside(kinds: Sequence[str], weak: set[int]) -> set[int]:
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


def at_edges(lines: Sequence[str], kinds: Sequence[str], weak: set[int], accepted: set[int]) -> set[int]:
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
    plain = len(line) <= SHORT and line[-1] not in _SENTENCE_END and line[0] not in OPENERS
    return plain and _COURTESY.search(line) is None and marker_at(line) is None


def squeezed(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
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


def blocks(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
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


def site_name(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """The name of a site above the row of links that opens a document, if the work's own title or author stands further down."""
    first = next((at for at, kind in enumerate(kinds) if kind != "blank"), len(kinds))
    if first + 1 >= len(kinds) or kinds[first] or not _is_plain(lines[first]):
        return set()
    if _FOLLOW.fullmatch(lines[first + 1].strip()) is not None and " " not in lines[first].strip():
        return {first, first + 1}  # whose page it is
    if kinds[first + 1] != "boilerplate":
        return set()
    if sum(lines[first + 1].count(sign) for sign in "|*·•[»‹›→>:/~") < 2:
        return set()
    below = [line.strip() for line in lines[first + 2 : first + 14] if line.strip()][:6]
    return {first} if any(_WORK.match(line) for line in below) else set()


def screens(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """Lines that look like furniture and are what people in the story see on a screen ("1,204 likes"): words that any application
    has, with story around them and speech below.
    """
    found: set[int] = set()
    run: list[int] = []
    above = 0
    for at, kind in enumerate(kinds):
        if kind == "blank":
            continue
        if kind == "boilerplate":
            run.append(at)
            continue
        if run and kind == "" and above >= SCREEN and all(_is_common(lines[one]) for one in run):
            below = islice((lines[one].lstrip() for one in range(at, len(lines)) if kinds[one] == ""), SCREEN_BELOW)
            if any(line[0] in OPENERS for line in below):
                found.update(run)
        run = []
        above = above + 1 if kind == "" else 0
    return found


def _is_common(line: str) -> bool:
    words = re.findall(r"[^\W\d_]+", line.lower())
    return bool(words) and _COMMON.issuperset(words)


def foot(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """What an archive says below its "This story archived at ..." at the end of a document."""
    for at in range(len(lines) - 1, -1, -1):
        if kinds[at] == "boilerplate" and lines[at].strip().lower().startswith(("this story archived at", "story archived at")):
            below = [line for line in range(at + 1, len(lines)) if kinds[line] != "blank"]
            return set(below) if len(below) <= FOOT else set()
    return set()


def statements(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
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


def rules(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """Breaks that touch a line of furniture: they are the dress of the tool or the site that wrote it."""
    return {
        at
        for at, kind in enumerate(kinds)
        if kind == "break"
        and len(lines[at].strip()) >= RULE
        and any(0 <= near < len(kinds) and kinds[near] == "boilerplate" for near in (at - 1, at + 1))
    }


def list_feet(text: str, lines: Sequence[str]) -> Iterator[int]:
    """The lines of footers that mailing lists put below postings, with their rules."""
    if not (any(sign in text for sign in _ADDRESS_SIGNS) and any(token in text for token in _LIST_TOKENS)):
        return
    done, words = -1, list_words(text)
    for at, line in enumerate(lines):
        if at <= done or not 12 <= len(line) <= 400 or line.lstrip()[:1] in '*_"“' or not may_foot(line, words):
            continue
        block = list_footer(lines, at)
        if block and not any(_MAIL.match(lines[one].lstrip("> ")) for one in block):
            done = block[-1]
            yield from block
            yield from _advertisement(lines, block[0])
            yield from _bullets(lines, block[0])


def _bullets(lines: Sequence[str], foot: int) -> Iterator[int]:
    """The lines above a list's footer in the dress of its own links ("<*> To visit your group on the web, go to:")."""
    waiting: list[int] = []
    for at in range(foot - 1, max(-1, foot - 16), -1):
        line = lines[at].strip()
        if not line:
            continue
        waiting.append(at)
        if line.startswith(("<*>", "Yahoo! Groups", "Yahoo Groups")) or _RULED.fullmatch(line) is not None:
            yield from waiting
            waiting = []
        elif _SELLS.match(line) is None:
            return


def _advertisement(lines: Sequence[str], foot: int) -> Iterator[int]:
    """The lines of an advertisement in rules above a list's footer that begins in line `foot`."""
    block: list[int] = []
    for at in range(foot - 1, max(-1, foot - 14), -1):
        line = lines[at].strip()
        if line:
            block.append(at)
        if len(line) >= 20 and sum(ch in "-_=~*" for ch in line) >= 0.7 * len(line):
            text = "\n".join(lines[one] for one in block)
            if _SELLS.search(text) is not None and PERSONAL.search(text) is None:
                yield from block
                block = []
    return


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


def authors_between(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
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


def is_informational(lines: Sequence[str], last: int) -> bool:
    """Whether the head of a posting that ends in line `last` says that it holds no story ("Informational: no update")."""
    return any(_NO_STORY.match(line.strip()) is not None for line in lines[max(0, last - 8) : last + 1])


_NO_STORY = re.compile(
    r"(?:threadmark: )?(?:informational|staff post|announcement|status update|author['’]s notice)\b", re.IGNORECASE
)


_SAID = re.compile(
    r"[<\[(][@+%~]?[\w^|`{}-]{2,24}[>\])] \S"
    r"|\*\*[\w .'-]{2,24}:\*\* \S|[\w_.-]{2,24}(?: \(\d\d?:\d\d(?::\d\d)? ?[APap]?[Mm]?\))?: \S"
)
_EVENT = re.compile(
    r"(?:\*{1,3}|-!-|-->|<--|→|←|=-=) [@+%~]?[\w^|`{}.-]{2,24} "
    r"(?:(?:has |have )?(?:joined|left|quit|entered|parted|disconnected|changed)\b|is (?:now|not)\b"
    r"|sets? (?:mode|topic|the topic)\b|was kicked\b).{0,90}"
    r"|[\w^|`{}.'-]{2,24}(?: [\w.'-]{1,16}){0,3} "
    r"(?:has |have )?(?:joined|left|entered|signed (?:on|off|in|out)|logged (?:on|off|in|out)|disconnected)"
    r"(?: (?:the |from )?(?:chat ?room|chat|room|channel|conversation|group|server|meeting|call))?[.!]?",
    re.IGNORECASE,
)
_EVENT_SIGNS = frozenset("*_-<→←=^|`{}.'")
_EVENT_VERBS = frozenset(("joined", "left", "entered", "signed", "logged", "disconnected"))
CHAT = 3  # lines that people say in a chat, from which its joins and exits are the story's


def _may_be_event(lower: str) -> bool:
    """Whether a line in small letters begins with a sign, or has a verb of those that events without one have."""
    first = lower.lstrip()[:1]
    return first in _EVENT_SIGNS or (first.isalnum() and not _EVENT_VERBS.isdisjoint(lower.rstrip("*_ \t.!").split()))


def chat_events(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """The lines that a chat program writes where the story is the chat: who joins, who leaves, who sets which topic."""
    events = [
        at
        for at, line in enumerate(lines)
        if kinds[at] in ("", "boilerplate")
        and 8 <= len(line) <= 140
        and _may_be_event(line.lower())
        and any(_EVENT.fullmatch(text) is not None for text in (line.strip(), line.strip().strip("*_ ")))
    ]
    if not events:
        return set()
    said = sum(len(line) <= 400 and _SAID.match(line.strip()) is not None for line in lines)
    return set(events) if said >= CHAT else set()
