"""The focal character: who narrates, who is `you`, or through whom a third-person narration is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.narration.classes import CLASSES
from transforms.narration.evidence import Window

_NAMES = re.compile(
    r"[NKHSTXhstx](?:(?<=[NK])(?P<more>[NK]{0,2})(?P<owner>')?(?:j{0,2}(?P<does>[abcdifpqzMF]))?"
    r"|(?<=[HSTX])j{0,2}(?P<acts>[abcdifpqzveMF])|)"
)
"""A name or a pronoun, and the verb of what it does."""
_INNER_VERBS = """
feel feels felt know knows knew think thinks thought wonder wonders wondered remember remembers remembered want wants
wanted hope hopes hoped notice notices noticed hear hears heard realize realizes realized realise realises realised see
sees saw wish wishes wished believe believes believed suppose supposes supposed decide decides decided understand
understands understood recognize recognizes recognized recognise recognises recognised imagine imagines imagined expect
expects expected fear fears feared guess guesses guessed hate hates hated love loves loved could
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
"""
_NEVER = frozenset(_NO_NAMES.split())
_NO_NAME = frozenset(spelled for word in (*_TITLES, *_NEVER) for spelled in (word.capitalize(), word.upper(), word))
_NEAR = 40  # words and marks within which a pronoun takes up a name
_STARTS = ".|_-"  # what stands before a word that begins a sentence
_CALLED = re.compile(r", ([A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?=[,!?.…—–\"”’»]|$)", re.MULTILINE)  # "Come here, Ann."
_CALLED_FIRST = re.compile(r"^[\s\"“'‘«—–-]*([A-Z][\w'’-]+)(?=[,!?…—–]|[.][\"”’»]?$)")  # "Ann, come here."
# What a narrator is named by: looked for as it stands, then what follows is read.
_NAMING = ("y name", "all me", "alled me", "amed me", "alls me", "all you", "alls you", " I,", "\nI,")
_NAME_AFTER = re.compile(r"(?:['’]s| is| was)? ?([A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})")
_INSERT = re.compile(r"[\[(]?\b[Yy][/.][Nn]\b[\])]?")


_ENOUGH, _ENOUGH_SPEECH = 28, 200  # windows and speeches that are looked at, evenly spread


@dataclass(slots=True)
class Person:
    """What the narration says of one name: how often it stands, how often it does something, which pronouns follow it.

    `weight` adds up what the person does, by name or by pronoun; what only the person can know counts more.
    """

    mentions: int = 0
    does: int = 0
    inside: int = 0  # not at the start of a sentence
    weight: float = 0.0
    pronouns: dict[str, int] = field(default_factory=dict)


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
    windows = windows[:: max(1, len(windows) // _ENOUGH)]
    speech = speech[:: max(1, len(speech) // _ENOUGH_SPEECH)]
    if pov in ("first", "second"):
        return _spoken_to(pov, windows, speech)
    if pov == "third":
        return _most_active(_people(windows), windows, speech)
    return None, 0.0


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
_Mention = tuple[Name, str, bool, bool, bool, int]
"""A name (empty for a pronoun), the pronoun, whether it does something, stands inside a sentence, does what only the person
can know; its place."""


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
            if first not in "NK":
                acting = match.lastgroup is not None
                add(((), first.upper(), acting, False, acting and words[end - 1] in _INNER, offset + start))
                continue
            more, owner, does, _ = match.groups()
            if first == "N" or more or does:
                parts = tuple(words[start : start + 1 + len(more)])
                if more or parts[0] in _NO_NAME:
                    parts = tuple(part for part in parts if part not in _NO_NAME)
                if parts and len(parts[-1]) > 1:
                    acting = does is not None and owner is None
                    inside = start > 0 and classes[start - 1] not in _STARTS
                    add((parts, "", acting, inside, acting and words[end - 1].lower() in _INNER, offset + start))
        offset += len(classes) + _NEAR
    return found


def _people(windows: Sequence[Window]) -> dict[str, Person]:
    """The names of the narration, those of one person together ("Harry", "Potter", "Harry Potter").

    A pronoun is given to the last person who did something and to whose name such a pronoun has followed; that is crude, and
    right often enough to count by.
    """
    mentions = _mentions(windows)
    owner = _owners(Counter([mention[0] for mention in mentions if len(mention[0]) > 1]))
    people: dict[Name, Person] = {}
    spelled: dict[Name, dict[Name, int]] = {}
    for i, (name, _, does, inside, inner, at) in enumerate(mentions):
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
        person.inside += inside
        person.weight += 1.0 + inner if does else 0.4
        if does and i + 1 < len(mentions) and not mentions[i + 1][0] and mentions[i + 1][5] < at + _NEAR:
            pronoun = mentions[i + 1][1]
            person.pronouns[pronoun] = person.pronouns.get(pronoun, 0) + 1
    of = {key: max(person.pronouns, key=person.pronouns.__getitem__) for key, person in people.items() if person.pronouns}
    actor: dict[str, Person] = {}
    for name, pronoun, does, _, inner, _ in mentions:
        if name:
            key = owner.get(name, name)
            if does and key in of:
                actor[of[key]] = people[key]
        elif pronoun in actor:
            actor[pronoun].weight += 1.0 + inner if does else 0.3
    return {" ".join(max(spelled[key], key=spelled[key].__getitem__)): person for key, person in people.items()}


def _owners(counts: Counter[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Single names to the fullest of the names in `counts` that they are part of; to the most frequent of several."""
    owner: dict[tuple[str, ...], tuple[str, ...]] = {}
    for parts, _ in sorted(counts.items(), key=lambda item: -item[1]):
        for part in (parts[:1], parts[-1:]):
            owner.setdefault(part, parts)
    return owner


def _most_active(people: dict[str, Person], windows: Sequence[Window], speech: Sequence[str]) -> tuple[str | None, float]:
    narration = "\n".join(window.narration for window in windows)
    ranked: list[tuple[float, str]] = []
    for name, person in sorted(people.items(), key=lambda item: -item[1].weight)[:6]:
        if not person.does or not (person.inside or person.does > 1 or any(name in text for text in speech)):
            continue  # a word that once begins a sentence
        if narration.count(" " + name.split()[-1].lower() + " ") <= 0.3 * person.mentions:  # else a noun that begins sentences
            ranked.append((person.weight, name))
    if not ranked or ranked[0][0] < 2:
        return None, 0.0
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    lead = ranked[0][0] / (ranked[0][0] + second)
    if lead < 0.515:
        return None, 0.0
    return ranked[0][1], round(min(0.97, 0.45 + 0.55 * (lead - 0.5) / 0.4), 3)


def _spoken_to(pov: str, windows: Sequence[Window], speech: Sequence[str]) -> tuple[str | None, float]:
    narration = "\n".join(window.narration for window in windows)
    together = "\n".join(speech)
    if pov == "second" and (_INSERT.search(narration) or _INSERT.search(together)):
        return "Y/N", 0.95
    said = Counter(_CALLED.findall(together))
    begins = Counter(found[1] for found in map(_CALLED_FIRST.match, speech) if found)
    said.update({name: n for name, n in begins.items() if n > 1 or name in said})  # once, it may be any exclamation
    if pov == "second":
        said.update(_CALLED.findall(narration))  # "You stood at the gate, Red, ..."
    said = Counter({name: n for name, n in said.items() if name not in _NO_NAME and CLASSES[name.split()[0]] in "NK"})
    stated = Counter(name for sign in _NAMING for name in _names_after(sign, narration))
    if stated:
        return stated.most_common(1)[0][0], 0.85
    free = narration if pov == "first" else _CALLED.sub("", narration)
    told = {name: n for name, n in said.most_common(20) if free.count(name) <= (0.3 if n > 1 else 0.15) * n}
    ranked = sorted(told.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None, 0.0
    return ranked[0][0], 0.8 if ranked[0][1] > 1 else 0.65


def _names_after(sign: str, narration: str) -> list[str]:
    names = []
    at = narration.find(sign)
    while at >= 0:
        found = _NAME_AFTER.match(narration, at + len(sign))
        if found and found[1] not in _NO_NAME and CLASSES[found[1].split()[0]] in "NK":
            names.append(found[1])
        at = narration.find(sign, at + 1)
    return names
