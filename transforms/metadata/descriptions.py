"""Lines and brackets that describe a work in words: "A Yuri on Ice story by ribbonskate, rated G", "Title (Fandom, gen, PG)"."""

from __future__ import annotations

import re
from collections.abc import Callable

from transforms.metadata import values

Pairs = tuple[tuple[str, str], ...]
Typed = Callable[[str], tuple[tuple[str, str], float] | None]

_DESCRIPTION = re.compile(
    r"(?:an?|another|my(?: first)?)\s+(?P<what>\S.{0,60}?)\s+"
    r"(?P<noun>fan\s?-?fic(?:tion)?|fic|story|one-?shot|ficlet|drabble|vignette|novella|songfic|tale)"
    r"(?:,?\s+(?:written\s+)?by\s+(?P<author>[^\s,;][^,;]{1,40}))?(?:\s*[,;.]\s*(?P<rest>\S.{0,120}))?",
    re.IGNORECASE,
)
_STORY_OF = re.compile(
    r"[Aa]n? (?:[a-z]+ )?(?:story|fan ?fic|fan ?fiction) (?:of|from|for|set in)(?: the (?:world|universe) of)? "
    r"(?P<what>[A-Z\d][^.!?:;,]{1,50})"
)
_WORLD_TAIL = re.compile(r"\s+(?:au|fusion|crossover|si|fanfic|fic|fanfiction)$", re.IGNORECASE)
_BRACKET = re.compile(r"\s*[(\[]([^()\[\]]{1,120})[)\]]$")
_TAGGED = re.compile(r"\[([^\[\]]{1,60})\]\s*(?=\S)")
_POSTED_AS = frozenset(
    ("fic", "fanfic", "ficlet", "drabble", "new", "fill", "minifill", "repost", "one-shot", "oneshot", "story", "xover", "si")
)
POSTED_AS = re.compile(
    r"^(?:(?:re|fwd?|new|repost|ficpost|fic post|fan ?fic|fic|fill|mini-?fill|ficlet|drabble|one-?shot)"
    r"\s*(?::|-{1,2}\s)\s*)+(?=\S)",
    re.IGNORECASE,
)
"""What a posting calls itself before its title: "Re: FILL: small change"."""
_PART_END = re.compile(r"(?<=[^\s\d])\s+[(\[]?(?:(?:part|pt\.?)\s*)?\d{1,2}\s*/\s*(?:\d{1,2}|\?)[)\]]?$", re.IGNORECASE)
_DASHED = re.compile(r"(\S.{1,80}?)\s*(?:\s[-–—~]|:)\s+((?:an?|another)\s.{3,80})$", re.IGNORECASE)
_PATH = re.compile(r"([^»]{2,60}?) » ([^»]{2,100})")
_TAIL = re.compile(r"(\S.{1,80}?)\s+(?:[-–—|~]{1,2}|//)\s+(\S.{2,60})$")
_PAIRED = re.compile(
    r"[^\W\d_][\w.'’!-]*(?: [\w.'’!-]+){0,2} ?(?:/| [x×] ) ?[^\W\d_][\w.'’!-]*(?: [\w.'’!-]+){0,2}", re.IGNORECASE
)
_OF_SERIES = re.compile(r"(?:part|book|story|#|no\.?)\s*\d{1,3}\s+(?:of|in)\s+\S.{2,60}", re.IGNORECASE)
_PART = re.compile(r"(?:part\s*|ch(?:apter|\.)?\s*)?\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|\?)", re.IGNORECASE)

PART_BEHIND = re.compile(
    r"\s*(?:[,:]?\s*\bpart\s+\w{1,6}(?:\s+of\s+\w{1,6})?|[(\[]?\s*(?:part\s*)?\d{1,3}\s*(?:/|of)\s*(?:\d{1,3}|\?)\s*[)\]]?)\s*[)\]]?$",
    re.IGNORECASE,
)
"""The number of a part behind a title: "(2/2)", ", part two"."""


def read_description(text: str, typed: Typed) -> tuple[Pairs, float] | None:
    """What "a FANDOM story by AUTHOR, rated G" states, and what it proves; None for any other line.

    A fandom nobody heard of needs a capital and more than itself on the line; "a short story by Jane" states the author only.
    """
    of = _STORY_OF.fullmatch(text)
    if of is not None:
        return (("fandoms", of.group("what")),), 1.0 if values.is_known_fandom(of.group("what")) else 0.5
    found = _DESCRIPTION.fullmatch(text.rstrip(". "))
    if found is None:
        return None
    what, author, rest = found.group("what"), found.group("author"), found.group("rest")
    pairs: list[tuple[str, str]] = []
    pieces = [typed(piece) for piece in re.split(r"\s*[,;]\s*", rest)] if rest else []
    if not all(pieces) or (author is not None and len(author.split()) > 4):
        return None
    known = values.is_known_fandom(what) or values.is_known_fandom("The " + what)
    named = (author or pieces) and any(word[:1].isupper() for word in what.split()) and len(what.split()) <= 6
    if known or named or found.group("noun")[:3].casefold() == "fan":
        pairs.append(("fandoms", what))
    elif not (author and what.islower() and len(what.split()) <= 3):
        return None
    weight = 1.5 if known else 1.0
    if author:
        pairs.append(("authors", author.strip()))
        weight += 0.5
    for piece in pieces:
        assert piece is not None
        pairs.append(piece[0])
        weight += piece[1]
    return tuple(pairs), weight


def split_title(title: str, typed: Typed) -> tuple[str, Pairs]:
    """A title without the brackets behind it that hold facts, and the facts: "Low Water (Blake's 7, gen, PG) (1/2)".

    Brackets with other words in them are a part of the title.
    """
    facts: list[tuple[str, str]] = []
    title = _PART_END.sub("", POSTED_AS.sub("", title) or title)
    tagged = _TAGGED.match(title)
    if tagged is not None:
        pairs = _facts(tagged.group(1), typed)
        if pairs is not None or tagged.group(1).casefold() in _POSTED_AS:
            facts += pairs or []
            title = title[tagged.end() :]
    dashed = _DASHED.match(title)
    described = read_description(dashed.group(2), typed) if dashed else None
    if dashed and described and described[1] >= 1.5:
        title = dashed.group(1)  # "Hen Weather - A Merlin Fanfic"
        facts += described[0]
    path = _PATH.fullmatch(title)
    if path is not None:
        facts.append(("fandoms", path.group(1)))
        title = path.group(2)
    tail = _TAIL.match(title)
    if tail is not None and _PAIRED.fullmatch(tail.group(2)) is not None:
        title = tail.group(1)  # "the salt letter — flint x hamilton"
        facts.append(("relationships", tail.group(2)))
    while (found := _BRACKET.search(title)) is not None and found.start() > 0:
        inner = found.group(1).strip()
        if _OF_SERIES.fullmatch(inner):
            facts.insert(0, ("series", inner))
        elif not _PART.fullmatch(inner):
            pairs = _facts(inner, typed)
            if pairs is None:
                break
            facts = pairs + facts
        title = title[: found.start()].rstrip()
        if title[-2:] in ("**", "__") and title[:2] != title[-2:]:
            title = title[:-2].rstrip()  # bold in front of the brackets
    return title, tuple(facts)


def _facts(inner: str, typed: Typed) -> list[tuple[str, str]] | None:
    pieces = [piece for piece in re.split(r"\s*[,;|]\s*", inner) if piece]
    pairs: list[tuple[str, str]] = []
    weight = 0.0
    for piece in pieces:
        world = _WORLD_TAIL.sub("", piece)
        if world != piece and values.is_known_fandom(world):
            pairs.append(("fandoms", world))
            weight += 1.0
        elif len(worlds := re.split(r"\s*[/&+]\s*|\s+x\s+", piece)) > 1 and all(map(values.is_known_fandom, worlds)):
            pairs += [("fandoms", world) for world in worlds]
            weight += 1.0
        elif (found := typed(piece)) is not None:
            pairs.append(found[0])
            weight += found[1]
        elif "/" in piece and piece.islower() and len(pieces) > 2 and _PAIRED.fullmatch(piece) is not None:
            pairs.append(("relationships", piece))
        elif piece.casefold() not in ("oc", "si", "au", "quest", "crack", "ficlet", "drabble"):
            return None
    known = len(pairs) == len(pieces) == 1 and pairs[0][0] in ("fandoms", "status", "rating")
    return pairs if pairs and (weight >= 1.0 or known) else None
