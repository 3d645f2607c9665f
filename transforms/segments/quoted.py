"""What people in the story write, read and say in a dress of its own: lines that look like notes, furniture or facts, and are story.

A document in italics is the story's where the story around it writes or reads it: a line above that leads to it (it ends in a
colon) or speaks of writing, a line below that deletes or answers it. Lines in brackets are speech where the story has people
speak in such brackets ("<Why?> I asked.").
"""

# ruff: noqa: E501  (patterns)
from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from transforms.segments.furniture import SENTENCE_END
from transforms.segments.layout import BRACKETS, OPENERS, Sheet
from transforms.segments.markers import QUOTED_READER, marker_at
from transforms.segments.postings import is_dated
from transforms.segments.voices import ITALICS
from transforms.segments.wording import lean

if TYPE_CHECKING:
    from transforms.segments.neighbours import Neighbours

WRITES = re.compile(
    r"\b(?:writes?|wrote|types?|typed|typing|posts?|posted|drafts?|drafted|scroll(?:s|ed|ing)?|screens?|laptop|keyboard|blog|forum|updates|cursor|"
    r"delet(?:es?|ed|ing)|backspaces?|backspaced|erase[sd]?|cross(?:es|ed) (?:it |that |them )?out|printout|the note (?:once|twice|again))\b",
    re.IGNORECASE,
)
_PAPER = re.compile(
    r"\b(?:typewriter|papers?|pages?|notebook|monitor|computer|tablet|padd|phone|website|poster|magazine|zine|booklet|manuscript|reads?|reading|printed|it (?:said|read))\b",
    re.IGNORECASE,
)
_TAKES_BACK = re.compile(
    r"\b(?:stop(?:s|ped) (?:typing|writing)|delet(?:es?|ed)|backspaces?|backspaced|erase[sd]?|cross(?:es|ed) (?:it |that |them )?out|scrolls|scrolled|the cursor)\b",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"(\)\)|>>|\]\]|\}\}|[>\]}])\s+(?:\w+ ){0,2}?(?:said|wrote|writes|typed|types|says|asked|asks|told|tells|thought|thinks|replied|replies|answered|answers|added|called|sent|signed|signs|whispered|broadcast)\b"
)
_ITALIC = re.compile(r"[*_][^*_]{1,400}[*_]")
_COMMENT = re.compile(r"> [*_]{0,2}[\w.' -]{2,30}:[*_]{0,2} ")
_BOLD_NAME = re.compile(
    r"(?:\*\*|__)(?!(?:me|author)\b)[\w.' -]{2,30}(?::(?:\*\*|__)|(?:\*\*|__):|(?:\*\*|__) (?:wrote|said|posted):)", re.IGNORECASE
)
_NAMED = re.compile(r"[<\[{]{1,2}([\w' .-]{1,20}): ")  # a name before what is said in a chat
_OPENING = {"))": "((", ">>": "<<", "]]": "[[", "}}": "{{", ">": "<", "]": "[", "}": "{"}
_OPENERS = "<[{"
_DRESSES = frozenset("*_><[{")  # what such lines begin with
EDGE = 3  # paragraphs at either end of a document
WEAKEST = 1.2  # the marker that a line must have to be taken for a note at all
NEAR = 3  # paragraphs above a document that may lead to it
BELOW = 2  # paragraphs below it that may answer it
SPOKEN = 2  # speeches in brackets that make a habit
SCREEN, SCREEN_BELOW = 2, 12  # paragraphs of story above what is on a screen in the story, and below in which people speak
_COMMON = frozenset(
    ["like", "likes", "liked", "comment", "comments", "reply", "replies", "share", "shares", "delete", "save", "send", "view", "all", "followers", "following", "follow", "message", "messages", "retweet", "retweets", "edit", "cancel", "close", "by", "and", "others"]
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



def _is_italic(line: str) -> bool:
    return (
        line == ">" or line[:2] == "> " or (line[:1] in "*_" and line[:2] not in ("**", "__") and ITALICS.match(line) is not None)
    )


def find_quoted(sheet: Sheet, is_free: Callable[[int], bool]) -> set[int]:
    """The lines that are somebody's words in the story, of those that could be taken for notes."""
    bare = sheet.bare
    if not any(bare[at][0] in _DRESSES for at in sheet.solid if is_free(at)):
        return set()
    texts = [(at, bare[at]) for at in sheet.solid if is_free(at)]
    taken: set[int] = set()
    behind = 0
    for here, line in [(here, line) for here, (_, line) in enumerate(texts) if line[0] in "*_>"]:
        if here in taken or here < behind or not _is_italic(line):
            continue
        marker = marker_at(line)
        if line[0] != ">" and (marker is None or marker.strength < WEAKEST) and not EDGE <= here < len(texts) - EDGE:
            continue  # at the edges, what has no marker is judged by its words
        first = last = here
        if line[0] == ">" and QUOTED_READER.match(line) is not None:
            behind = next((k for k in range(here, len(texts)) if texts[k][1][0] != ">"), len(texts))
            continue  # a reader, whom the author answers
        while first > 0 and _is_italic(texts[first - 1][1]):
            first -= 1
        while last + 1 < len(texts) and _is_italic(texts[last + 1][1]):
            last += 1
        if (line[0] == ">" and _is_enclosed(bare, texts, first, last)) or _is_document(
            [line for _, line in texts[max(0, first - NEAR) : first]],
            [line for _, line in texts[first : last + 1]],
            [line for _, line in texts[last + 1 : last + 1 + BELOW]],
        ):
            taken.update(range(first, last + 1))
        behind = last + 1
    return {texts[here][0] for here in taken} | _speeches(texts) | _chats(texts)


def _is_enclosed(bare: Sequence[str], texts: Sequence[tuple[int, str]], first: int, last: int) -> bool:
    """Whether nothing but blank lines parts a quotation from two paragraphs above and one below: authors put theirs at the edges."""
    if first < 2 or last + 1 >= len(texts):
        return False
    marker = marker_at(texts[first][1].lstrip("> "))
    if marker is not None and marker.strength >= 4:
        return False
    near = [at for at, _ in (texts[first - 2], texts[first - 1], texts[first], texts[last], texts[last + 1])]
    gaps = ((near[0], near[1]), (near[1], near[2]), (near[3], near[4]))
    return not any(bare[k] for above, below in gaps for k in range(above + 1, below))


def _is_document(above: Sequence[str], run: Sequence[str], below: Sequence[str]) -> bool:
    """Whether lines in italics are a document of the story, by what stands above, in and below them. At the end of a text, where
    authors take their leave, only the line right above counts.
    """
    if above and above[-1].rstrip("*_").endswith(":") and marker_at(above[-1]) is None:
        return True
    if run[0][0] != ">" and any(WRITES.search(_ITALIC.sub(" ", line)) is not None for line in run):
        return True  # *Thanks for waiting,* types Kamala.
    near = [line for line in (above if below else above[-1:]) if marker_at(line) is None]
    if any(WRITES.search(line) is not None for line in near):
        return True
    told = sum(_COMMENT.match(line) is not None for line in run) >= 2  # what several people say below each other on a page
    if above and (below or told) and any(_PAPER.search(line) is not None for line in (*near, *below)):
        return True
    unfinished = any(line.rstrip("*_ ")[-1:].isalpha() for line in run if len(line) > 40)
    return any(_TAKES_BACK.search(line) is not None for line in below) and (unfinished or bool(above))


def _chats(texts: Sequence[tuple[int, str]]) -> set[int]:
    """What several people write on a page below each other, each behind a name in bold, where somebody reads or writes above it."""
    found: set[int] = set()
    run: list[int] = []
    if not any(line[:2] in ("**", "__") for _, line in texts):
        return found
    for here in range(len(texts) + 1):
        line = texts[here][1] if here < len(texts) else ""
        if line and (_BOLD_NAME.match(line) is not None or (run and line[0] == ">")):
            run.append(here)
            continue
        if sum(_BOLD_NAME.match(texts[k][1]) is not None for k in run) >= 2:
            above = [line for _, line in texts[max(0, run[0] - NEAR) : run[0]] if marker_at(line) is None]
            if any(WRITES.search(line) is not None or _PAPER.search(line) is not None for line in above):
                found.update(texts[k][0] for k in run)
        run = []
    return found


def _speeches(texts: Sequence[tuple[int, str]]) -> set[int]:
    """Lines in brackets in which the people of the story speak."""
    spoken = speech_brackets([line for _, line in texts])
    return {at for at, line in texts if line[0] in spoken and line[-1] == BRACKETS[line[0]]}


def speech_brackets(lines: Iterable[str]) -> frozenset[str]:
    """The opening brackets, single or doubled, in which the people of a story speak: somebody "said" what stands in them, or
    names stand before it. Lines without brackets may be left out.
    """
    spoken: Counter[str] = Counter()
    named: Counter[tuple[str, str]] = Counter()
    for line in lines:
        for tag in _SPEAKS.finditer(line) if ">" in line or "]" in line or "}" in line or "))" in line else ():
            spoken[_OPENING[tag.group(1)]] += 1
        if line[:1] in _OPENERS and (name := _NAMED.match(line)) is not None and marker_at(line) is None:
            named[line[0], name.group(1).lower()] += 1
    return frozenset(opener for opener, count in spoken.items() if count >= SPOKEN) | {
        opener for (opener, _), count in named.items() if count >= SPOKEN
    }


def give_back_screens(page: Neighbours) -> None:
    """Gives lines that look like furniture back to the story, where people in it see them on a screen or a chat writes them."""
    lines, kinds = page.sheet.lines, page.kinds_so_far()
    for at in _screens(lines, kinds) - page.sheet.fixed.keys():
        page.labels[at], kinds[at] = None, ""
    for at in _chat_events(lines, kinds) - page.sheet.fixed.keys():
        page.label(at, "story", "story.quoted", 0.85)


def _screens(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
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


def _may_be_event(lower: str) -> bool:
    """Whether a line in small letters begins with a sign, or has a verb of those that events without one have."""
    first = lower.lstrip()[:1]
    return first in _EVENT_SIGNS or (first.isalnum() and not _EVENT_VERBS.isdisjoint(lower.rstrip("*_ \t.!").split()))


def _chat_events(lines: Sequence[str], kinds: Sequence[str]) -> set[int]:
    """The lines that a chat program writes where the story is the chat: who joins, who leaves, who sets which topic."""
    events = [
        at
        for at, line in enumerate(lines)
        if 8 <= len(line) <= 140
        and kinds[at] in ("", "boilerplate")
        and _may_be_event(line.lower())
        and any(_EVENT.fullmatch(text) is not None for text in (line.strip(), line.strip().strip("*_ ")))
    ]
    if not events:
        return set()
    said = sum(len(line) <= 400 and _SAID.match(line.strip()) is not None for line in lines)
    return set(events) if said >= CHAT else set()


def give_back_facts(page: Neighbours) -> None:
    """Gives lines that only looked like facts back to the story, where paragraphs of text stand right above and below them: an
    article's.
    """
    labels, lines, bare = page.labels, page.sheet.lines, page.sheet.bare
    at = 0
    while at < len(labels):
        label = labels[at]
        day = label is not None and label.rule == "boilerplate.likely" and is_dated(bare[at])
        if label is None or not (day or label.rule == "metadata.likely"):
            at += 1
            continue
        last, below = at, page.next_text(at + 1)
        while below < len(labels) and labels[below] is not None and labels[below].rule == "metadata.likely":
            last, below = below, page.next_text(below + 1)
        if below == last + 1 and below < len(labels) and labels[below] is None and not _is_told(lines[below]):
            below = page.next_text(below + 1)  # its day
        told = below < len(labels) and labels[below] is None and _is_told(lines[below])
        if told and page.is_told(at, 2) and lean(lines[below]) < 0 and lean(lines[page.last_text(at)]) < 0:
            for line in range(at, last + 1):
                if not page.blank[line]:
                    labels[line] = None
        at = last + 1


def _is_told(line: str) -> bool:
    """Whether a line is long or ends as sentences do."""
    return len(line) > 25 or line.rstrip()[-1] in SENTENCE_END
