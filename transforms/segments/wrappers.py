"""What libraries and mailing lists wrap round whole texts: the head and the licence of an e-text, the head, the rules and the
end of a digest, the footers of a list.
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from transforms.segments.furniture import PERSONAL
from transforms.segments.layout import holds, places_by, places_of

MOST_HEAD = 90  # lines of a digest's head or an e-text's
RULE = 20  # characters of a rule between the messages of a digest
_EDGE = re.compile(r"\**[ ]?(?P<side>start|end) of (?:the |this )?project gutenberg\b.{0,120}", re.IGNORECASE)
_LABELLED = re.compile(
    r"(?:title|author|editor|translator|illustrator|release date|posting date|language|last updated)\b", re.IGNORECASE
)
_DIGEST = re.compile(r"(?:\[?[\w.-]+\]? ){0,4}(?:digest)\b[^.!?]{0,60}\d[^.!?]{0,40}", re.IGNORECASE)
_DIGEST_END = re.compile(r"end of .{2,60}\bdigest\b.{0,60}", re.IGNORECASE)
_MAIL = re.compile(r"(?:From|To|Date|Subject|Reply-To|Message-ID|X-[\w-]+):", re.IGNORECASE)
_MESSAGE = re.compile(r"Message: \d+|Message \d+ of \d+", re.IGNORECASE)
_REFERENCE = re.compile(r"[ \t]*(?:\d{1,3}|Visible links|Hidden links)[.:]?[ \t]*(?:(?:https?|file|ftp)://|mailto:|$)")
_RULE = re.compile(r"[-_=*~]{20,}")
_SPONSOR = re.compile(r"[-_=~]{6,}[ ]?.{0,30}\bsponsor[ ]?[-_=~>]{3,}", re.IGNORECASE)
MOST_SOLD = 8  # lines of what a sponsor says
LONGEST_FOOT = 900  # characters of a list's footer
_ADDRESSES = ("@", "ww.", "ody of")  # no footer of a list is without an address
_ADDRESSES_BY_SIGN = (("://", ":"), ("WW.", "W"), ("ODY OF", "Y"))
_LIST_TOKENS = (  # words of which a text with such a footer has one
    "subscri", "majordomo", "listserv", "mailing list", "mailing-list", "egroups", "onelist", "leave this", "leave the",
    "digest mode", "list-owner", "list owner", "posted via", "submissions to", "newsgroup",
)  # fmt: skip
_RULED = re.compile(r"[-_=~*]{2,}[ >-]*(?:yahoo! groups.{0,40})?[-_=~*>]{2,}", re.IGNORECASE)
_SELLS = re.compile(r"https?://|www\.|sponsor|advertis|click here|sign up|free\b", re.IGNORECASE)
_LIST = re.compile(
    r"\b(?:un)?subscri(?:be|ption)|\bleave (?:this|the) (?:list|group|community)|majordomo|listserv|mailing[ -]list|list[ -](?:mom|owner|address|archives?)|digest mode|yahoo ?!? ?groups|(?<![@.-])(?:egroups|onelist|topica)\b|community email addresses|\bposted via\b|newsgroups?\b|newsfeeds?\b|\bmoderat(?:ed|or)s? (?:by|of|for)|submissions? (?:to|address)|web interface|group (?:home )?page",
    re.IGNORECASE,
)
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.\w+)*|https?://|\bwww\.|body of (?:the|your|an?) (?:message|mail|e-?mail)", re.IGNORECASE
)
_LIST_WORDS = (
    "subscri", "leave th", "majordomo", "listserv", "mailing", "list ", "list-", "digest mode", "yahoo", "egroups", "onelist", "topica",
    "community email", "posted via", "newsgroup", "newsfeed", "moderat", "submission", "web interface", "group page", "group home",
)  # fmt: skip


def wrapping(text: str, lines: Sequence[str]) -> Iterator[int]:
    """The lines that an e-text library or a list's digest wrote round the text; blank ones are among them."""
    if holds(text, "PROJECT GUTENBERG", "G") or holds(text, "roject Gutenberg", "G"):
        yield from _library(lines)
    if "igest" in text or holds(text, "DIGEST", "G"):
        yield from _digest(lines)
    if "ponsor" in text:
        yield from _sponsors(lines)
    if holds(text, "References\n", "R"):
        yield from _references(lines)


def _sponsors(lines: Sequence[str]) -> Iterator[int]:
    """What a list's sponsor says between his rule (`--- Yahoo! Groups Sponsor ---`) and the next one."""
    for at, line in enumerate(lines):
        if len(line) <= 120 and _SPONSOR.fullmatch(line.strip()) is not None:
            below = range(at + 1, min(len(lines), at + 1 + MOST_SOLD))
            close = next((k for k in below if _RULE.match(lines[k].strip()) is not None), at)
            yield from range(at, close + 1)


def _references(lines: Sequence[str]) -> Iterator[int]:
    """The numbered addresses that a text browser puts below a page."""
    last = max((at for at, line in enumerate(lines) if line.strip()), default=-1)
    at = last
    while at >= 0 and (not lines[at].strip() or _REFERENCE.match(lines[at]) is not None):
        at -= 1
    if 0 <= at < last and lines[at].strip() == "References":
        yield from range(at, last + 1)


def _library(lines: Sequence[str]) -> Iterator[int]:
    edges = [
        (at, found.group("side").lower()) for at, line in enumerate(lines) if (found := _EDGE.match(line.strip())) is not None
    ]
    start = next((at for at, side in edges if side == "start"), -1)
    end = next((at for at, side in edges if side == "end" and at > start), -1)
    if 0 <= start <= MOST_HEAD:
        labelled = False
        for at in range(start + 1):
            line = lines[at]
            labelled = _LABELLED.match(line) is not None or (labelled and line[:1].isspace() and bool(line.strip()))
            if not labelled:
                yield at
    if end > 0:
        above = next((at for at in range(end - 1, -1, -1) if lines[at].strip()), -1)
        if above >= 0 and lines[above].strip().lower().startswith("end of ") and "gutenberg" in lines[above].lower():
            yield above
        yield from range(end, len(lines))


def _digest(lines: Sequence[str]) -> Iterator[int]:
    ends = [at for at, line in enumerate(lines) if len(line) <= 140 and _DIGEST_END.fullmatch(line.strip()) is not None]
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    head = first < len(lines) and len(lines[first]) <= 120 and _DIGEST.fullmatch(lines[first].strip()) is not None
    if not (ends or head):
        return
    if head:
        stop = next((at for at in range(first + 1, min(len(lines), first + MOST_HEAD)) if _is_mail(lines, at)), -1)
        yield from range(first, stop) if stop > 0 else (first,)
    for end in ends:
        for step in (-1, 1):
            at = end + step
            while 0 <= at < len(lines) and not lines[at].strip():
                at += step
            if 0 <= at < len(lines) and _RULE.fullmatch(lines[at].strip()) is not None:
                yield at
        yield end
    for at, line in enumerate(lines):
        if len(line.strip()) >= RULE and _RULE.fullmatch(line.strip()) is not None:
            below = next((k for k in range(at + 1, min(len(lines), at + 4)) if lines[k].strip()), -1)
            if below > 0 and _MESSAGE.fullmatch(lines[below].strip()) is not None:
                yield from (at, below)
            elif below > 0 and _is_mail(lines, below):
                yield at


def _is_mail(lines: Sequence[str], at: int) -> bool:
    """Whether the head of a mail begins in a line: two of its labels, close together."""
    if _MAIL.match(lines[at]) is None:
        return False
    return any(_MAIL.match(lines[k]) is not None for k in range(at + 1, min(len(lines), at + 3)))


def list_feet(text: str, lines: Sequence[str]) -> Iterator[int]:
    """The lines of footers that mailing lists put below postings, with their rules."""
    if not any(_LIST.search(part) is not None for part in _near_addresses(text)):
        return
    lower = text.lower()
    if not any(token in lower for token in _LIST_TOKENS):
        return
    words = [word for word in _LIST_WORDS if word in lower]
    done = -1
    for at, line in enumerate(lines):
        if at <= done or not 12 <= len(line) <= 400 or line.lstrip()[:1] in '*_"“':
            continue
        lower = line.lower()
        if not any(word in lower for word in words) or _LIST.search(line) is None:
            continue
        block = _list_footer(lines, at)
        if block and not any(_MAIL.match(lines[one].lstrip("> ")) for one in block):
            done = block[-1]
            yield from block
            yield from _advertisement(lines, block[0])
            yield from _bullets(lines, block[0])


def _near_addresses(text: str) -> Iterator[str]:
    """The stretches of a text in which footers of lists may stand: those round addresses."""
    places = [at for token in _ADDRESSES for at in places_of(text, token)]
    places += [at for token, sign in _ADDRESSES_BY_SIGN for at in places_by(text, token, sign)]
    done = 0
    for at in sorted(places):
        if at + LONGEST_FOOT > done:
            done = at + 2 * LONGEST_FOOT
            yield text[max(0, at - LONGEST_FOOT) : done]


def _list_footer(lines: Sequence[str], at: int) -> range:
    """The lines of the block round line `at` (without blanks, with rules above and below it), if a mailing list wrote it: it names
    the list's commands and an address, and no "I" speaks. An empty range else.
    """
    first = last = at
    while first > 0 and at - first < 8 and lines[first - 1].strip():
        first -= 1
    while last + 1 < len(lines) and last - at < 8 and lines[last + 1].strip():
        last += 1
    text = "\n".join(lines[first : last + 1])
    if last - first > 12 or len(text) > LONGEST_FOOT or _ADDRESS.search(text) is None or PERSONAL.search(text) is not None:
        return range(0)
    return range(first, last + 1)


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
