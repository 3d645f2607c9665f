"""The focal character: who narrates, who is `you`, or through whom a third-person narration is told."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

from transforms.narration import confidence
from transforms.narration.classes import class_of
from transforms.narration.evidence import Window

_NAMES = re.compile(
    r"[NKHSTX](?:(?<=[NK])(?P<more>[NK]{0,2})(?P<owner>')?(?:j{0,2}(?P<does>[abcdifpqzMF]))?"
    r"|(?<=[HSTX])j{0,2}[abcdifpqzveMF])"
)
"""A name, and the verb of what it does if it does something; or a pronoun with such a verb."""
_TAGGED = ("_p", "_z", "_q", ",p", ",z")  # what stands before a speaker: "..." said Joe
_INNER_VERBS = """
feel feels felt know knows knew think thinks thought wonder wonders wondered remember remembers remembered want wants
wanted hope hopes hoped notice notices noticed hear hears heard realize realizes realized realise realises realised see
sees saw wish wishes wished believe believes believed suppose supposes supposed decide decides decided understand
understands understood recognize recognizes recognized recognise recognises recognised imagine imagines imagined expect
expects expected fear fears feared guess guesses guessed hate hates hated love loves loved like likes liked need needs
needed consider considers considered couldn wouldn didn doesn wasn isn hadn could might must would
"""
_INNER = frozenset(_INNER_VERBS.split())
"""Verbs of what only the person knows: they point to the one through whom a story is told."""
_TITLE_WORDS = """
mr mrs ms miss dr doctor sir lady lord madam madame mister master mistress captain commander colonel major general
sergeant lieutenant professor king queen prince princess president saint st aunt uncle father mother brother sister
grandma grandfather agent detective inspector officer chief coach monsieur mademoiselle senor herr frau the
"""
_TITLES = frozenset(_TITLE_WORDS.split())
_NO_NAMES = """
monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october
november december god jesus christ christmas easter lord english french german american british spanish latin earth oh
ah hey yes no okay ok hi hello please thanks thank sorry well yeah um uh huh hmm mmm mom dad mum mama papa mother father
mommy daddy sir ma'am miss mister sweetheart honey darling love dear baby kid man boy girl guys dude god
goodbye bye hullo eh aye alas bravo damn hell bonjour
"""
_TITLE = frozenset(word.capitalize() for word in _TITLES)
_NEVER = frozenset(_NO_NAMES.split())
_NO_NAME = frozenset(spelled for word in (*_TITLES, *_NEVER) for spelled in (word.capitalize(), word.upper(), word))
_SOON = 40  # words and marks; who is named as far into the story counts half as who begins it
_NEAR = 40  # words and marks within which a pronoun takes up a name
_CALLED = re.compile(r", ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?=[,!?.…—–\"”’»]|$)", re.MULTILINE)  # "Come here, Ann."
_CALLED_FIRST = re.compile(r"^[\s\"“'‘«—–-]*([A-Z][\w'’-]+)(?=[,!?…—–]|[.][\"”’»]?$)")  # "Ann, come here."
# What a narrator is named by: looked for as it stands, then what follows is read.
_NAMING = ("y name", "all me", "alled me", "amed me", "alls me", "all you", "alls you", " I,", "\nI,")
_INTRODUCING = ("I'm ", "I’m ", "\nThis is ", "ello, this is ", ",\n")
_INTRODUCED = re.compile(r"((?:[A-Z][a-z'’-]+ )?[A-Z][a-z'’-]+)(?=[,.!\n]| and | at | on |$)")  # "I'm Oskar, ..."; a signature
_NAME_AFTER = re.compile(r"(?:['’]s| is| was)? ?([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})")
_INSERT = re.compile(r"[\[(]?\b[Yy][/.][Nn]\b[\])]?")


_SHORT = 12_000  # characters of narration
_STARTS = ".|_-"  # what stands before a word that begins a sentence
_LEAST, _LEAST_ALONE = 0.5, 0.33
_ENOUGH, _ENOUGH_SPEECH = 8, 200  # windows and speeches that are looked at, evenly spread


@dataclass(slots=True)
class Person:
    """What the narration says of one name.

    How often it stands, how often it does something and does what only the person can know, by name and by the pronouns given
    to it; which pronouns follow it; where it comes first.
    """

    first: float = inf  # where it comes first, but for tags of speech
    mentions: int = 0
    does: int = 0
    inside: bool = False  # somewhere not at the start of a sentence, where any noun has its capital
    tags: int = 0  # of which to say something
    inner: int = 0
    taken_up: float = 0.0  # by subject pronouns
    pronouns: dict[str, float] = field(default_factory=dict)


def find(
    pov: str, windows: Sequence[Window], speech: Sequence[str], headings: Sequence[tuple[str, int]], words: int
) -> tuple[str | None, float]:
    """The focal character and how sure that is; None where it is not clear.

    `speech` are the stretches of dialogue, `headings` the names that point-of-view headings state with the words that follow
    each. A heading decides; else a narrator or `you` is a name that others speak to and the narration never mentions; else the
    person who acts most in the narration, if far enough before the next.
    """
    if headings:
        return _from_headings(headings, words)
    windows = spread(windows)
    speech = speech[:: max(1, len(speech) // _ENOUGH_SPEECH)]
    if pov in ("first", "second"):
        return _spoken_to(pov, windows, speech)
    if pov == "third":
        inserted = sum(len(_INSERT.findall(window.narration)) for window in windows if "/" in window.narration)
        return ("Y/N", 0.9) if inserted > 1 else _most_active(windows)
    return None, 0.0


def spread(windows: Sequence[Window]) -> Sequence[Window]:
    """Enough windows to tell who acts, evenly spread."""
    return windows[:: max(1, len(windows) // _ENOUGH)]


def _from_headings(headings: Sequence[tuple[str, int]], words: int) -> tuple[str | None, float]:
    held: Counter[str] = Counter()
    for name, n in headings:
        held[name] += n
    total = sum(held.values())
    if total < 0.5 * words:
        return None, 0.0
    names = [name for name in held if held[name] >= 0.2 * total] or [held.most_common(1)[0][0]]
    return "; ".join(names), 0.97


Name = tuple[str, ...]
_Mention = tuple[Name, str, bool, bool, int]
"""A name, empty for a pronoun; the pronoun, for a name how it stands: `t` where it speaks, `o` after a preposition, `i` elsewhere
inside a sentence; whether it does something; whether that is what only the person can know; its place."""


def _mentions(windows: Sequence[Window]) -> list[_Mention]:
    """Names and pronouns of the third person in their order."""
    found: list[_Mention] = []
    add = found.append
    offset = 0
    for window in windows:
        words, classes = window.tokens(), window.classes
        for match in _NAMES.finditer(classes):
            start, end = match.span()
            first = classes[start]
            if first in "HSTX":
                add(((), first, True, words[end - 1] in _INNER, offset + start))
                continue
            more, owner, does = match.groups()
            tagged = start > 1 and classes[start - 2 : start] in _TAGGED
            if first == "N" or more or does or tagged:
                parts = tuple(words[start : start + 1 + len(more)])
                while len(parts) > 1 and parts[0] in _TITLE:
                    parts = parts[1:]
                if parts[0] not in _NO_NAME and len(parts[-1]) > 1:
                    acting = tagged or (does is not None and owner is None)
                    spoke = tagged or (acting and start > 0 and classes[start - 1] == "_")
                    before = classes[start - 1] if start else "."
                    how = "t" if spoke else "o" if before in "OB" else "" if before in _STARTS else "i"
                    add((parts, how, acting, acting and words[end - 1] in _INNER, offset + start))
        offset += len(classes) + _NEAR
    return found


def _people(windows: Sequence[Window]) -> tuple[dict[str, Person], Counter[str]]:
    """The names of the narration, those of one person together ("Harry", "Potter", "Harry Potter"); subject pronouns, counted.

    A pronoun is given to the last person who did something and whose name such pronouns follow; that is crude, and right
    often enough to count by.
    """
    mentions = _mentions(windows)
    owner = _owners(Counter([mention[0] for mention in mentions if mention[0]]))
    people: dict[Name, Person] = {}
    spelled: dict[Name, dict[Name, int]] = {}
    for i, (name, how, does, inner, at) in enumerate(mentions):
        if not name:
            continue
        key = owner.get(name, name)
        person = people.get(key)
        if person is None:
            person = people[key] = Person()
            spelled[key] = {}
        spelled[key][name] = spelled[key].get(name, 0) + 1
        person.mentions += 1
        person.does += does
        person.tags += how == "t"
        person.inside |= how in ("i", "o")
        if how in ("", "i"):
            person.first = min(person.first, at)
        person.inner += inner
        if i + 1 < len(mentions) and not mentions[i + 1][0] and mentions[i + 1][4] < at + _NEAR:
            pronoun = mentions[i + 1][1]
            person.pronouns[pronoun] = person.pronouns.get(pronoun, 0) + (1 if does else 0.4)
    of = {key: max(person.pronouns, key=person.pronouns.__getitem__) for key, person in people.items() if person.pronouns}
    actor: dict[str, Person] = {}
    acts: Counter[str] = Counter()
    for name, pronoun, does, inner, _ in mentions:
        if name:
            key = owner.get(name, name)
            if key in of and (does or of[key] not in actor):
                actor[of[key]] = people[key]
        else:
            acts[pronoun] += 1 + inner
            if pronoun in actor:
                actor[pronoun].taken_up += 1
                actor[pronoun].inner += inner
    return {_spelled(spelled[key]): person for key, person in people.items()}, acts


def _spelled(ways: dict[Name, int]) -> str:
    """The most frequent way in which a name is spelled; not the short one that another begins with."""
    best = max(ways, key=ways.__getitem__)
    return " ".join(next((way for way in ways if len(way[0]) > len(best[0]) and way[0].startswith(best[0])), best))


def _owners(counts: Counter[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Single names to the fullest of the names in `counts` that they are part of; to the most frequent of several.

    A short name is that of the fuller one which it begins (Ed, Edward).
    """
    owner: dict[Name, Name] = {}
    for parts, _ in sorted(counts.items(), key=lambda item: -item[1]):
        if len(parts) > 1:
            for part in (parts[:1], parts[-1:]):
                owner.setdefault(part, parts)
    names = sorted(counts)
    for short in names:
        if len(short) == 1 and short not in owner and 1 < len(short[0]) < 5:
            for full in names[bisect_right(names, short) :]:
                if not full[0].startswith(short[0]):
                    break
                if len(full[0]) > len(short[0]) + 1:
                    owner[short] = owner.get(full, full)
                    break
    return owner


def candidates(windows: Sequence[Window]) -> list[tuple[str, tuple[float, ...]]]:
    """Who a third-person story may be told through, with what speaks for each.

    That is its share of the mentions of all, of what they do beside saying something, of what only they can know, and of the
    pronouns that take up a name; whether it is the first to be named, and how early it is; and the share of its pronoun.
    """
    people, acts = _people(windows)
    narration = ""
    some = []
    for name, person in sorted(people.items(), key=lambda item: -item[1].mentions - item[1].does - item[1].taken_up)[:10]:
        if not (person.does or person.mentions > 1):
            continue
        if not person.inside:
            narration = narration or "\n".join([window.narration for window in windows])
            if narration.count(f" {name.split()[-1].lower()} ") > 0.3 * person.mentions:
                continue  # a noun
        some.append((name, person))
    if not some:
        return []
    mentions = sum(person.mentions for _, person in some)
    does = sum(person.does - person.tags for _, person in some)
    inner = sum(person.inner for _, person in some)
    taken_up = sum(person.taken_up for _, person in some)
    first = min(person.first for _, person in some)
    found = []
    for name, person in some:
        own = max(person.pronouns, key=person.pronouns.__getitem__) if person.pronouns else ""
        features = (
            person.mentions / mentions,
            (person.does - person.tags) / (does or 1),
            person.inner / (inner or 1),
            float(person.first == first < inf),
            _SOON / (_SOON + person.first),
            person.taken_up / (taken_up or 1),
            acts[own] / acts.total() if own and acts else 0.0,
        )
        found.append((name, features))
    return found


def _most_active(windows: Sequence[Window]) -> tuple[str | None, float]:
    """The likeliest candidate, where it is likelier than not, or than any other by far."""
    some = candidates(windows)
    if not some:
        return None, 0.0
    scores = sorted(((confidence.weight_of_focus(features), name) for name, features in some), reverse=True)
    total = confidence.weight_of_focus(()) + sum(score for score, _ in scores)
    best, second = scores[0][0] / total, scores[1][0] / total if len(scores) > 1 else 0.0
    if best < _LEAST and not (best >= _LEAST_ALONE and best >= 2 * second):
        return None, 0.0
    return scores[0][1], round(best, 3)


def _spoken_to(pov: str, windows: Sequence[Window], speech: Sequence[str]) -> tuple[str | None, float]:
    narration = "\n".join([window.narration for window in windows])
    together = "\n".join(speech)
    if pov == "second" and (_INSERT.search(narration) or _INSERT.search(together)):
        return "Y/N", 0.95
    said = Counter(_CALLED.findall(together))
    begins = Counter(found[1] for found in map(_CALLED_FIRST.match, speech) if found)
    said.update(
        {name: n for name, n in begins.items() if (n > 1 and class_of(name) == "N") or name in said}
    )  # once, it may be any exclamation
    if pov == "second":
        said.update(_CALLED.findall(narration))  # "You stood at the gate, Red, ..."
    said = Counter({name: n for name, n in said.items() if name not in _NO_NAME and class_of(name.split()[0]) in "NK"})
    stated = Counter(name for sign in _NAMING for name in _names_after(sign, narration))
    if pov == "first":
        for sign in _INTRODUCING:
            stated.update(_names_after(sign, narration, _INTRODUCED))
    if stated:
        return stated.most_common(1)[0][0], 0.85
    free = narration if pov == "first" else _CALLED.sub("", narration)
    told = {name: n for name, n in said.most_common(20) if free.count(name) <= (0.3 if n > 1 else 0.15) * n}
    ranked = sorted(told.items(), key=lambda item: -item[1])
    if not ranked and len(narration) < _SHORT:  # who is called once and never mentioned otherwise
        once = [
            name for name in begins if name not in _NO_NAME and class_of(name) == "N" and name.isalpha() and name not in narration
        ]
        once = [name for name in once if name.lower() not in together and name.lower() not in narration]
        return (once[0], 0.55) if len(once) == 1 else (None, 0.0)
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None, 0.0
    return ranked[0][0], 0.8 if ranked[0][1] > 1 else 0.65


def _names_after(sign: str, narration: str, pattern: re.Pattern[str] = _NAME_AFTER) -> list[str]:
    names = []
    at = narration.find(sign)
    while at >= 0:
        found = pattern.match(narration, at + len(sign))
        if found and found[1] not in _NO_NAME and found[1][:2] not in ("I'", "I’") and class_of(found[1].split()[0]) in "NK":
            names.append(found[1])
        at = narration.find(sign, at + 1)
    return names
