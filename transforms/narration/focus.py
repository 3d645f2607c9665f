"""The focal character: who narrates, who is `you`, or through whom a third-person narration is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.narration.classes import letters, tokens
from transforms.narration.evidence import Window

_NAME = re.compile(r"(?P<before>[^NK]?)(?P<name>N[NK]{0,2}|K[NK]{1,2}|K(?='?j{0,2}[abcdifpqzMF]))(?P<does>j{0,2}[abcdifpqzMF])?")
_PRONOUNS = re.compile(r"[HSTXhstxN]")
_TITLES = frozenset(
    "mr mrs ms miss dr doctor sir lady lord madam madame mister master mistress captain commander colonel major general sergeant"
    " lieutenant professor king queen prince princess president saint st aunt uncle father mother brother sister grandma"
    " grandfather agent detective inspector officer chief coach monsieur mademoiselle senor herr frau the".split()
)
_NEVER = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april june july august september october"
    " november december god jesus christ christmas easter lord english french german american british spanish latin earth"
    " oh ah hey yes no okay ok hi hello please thanks thank sorry well yeah um uh huh hmm mmm mom dad mum mama papa mother father"
    " mommy daddy sir ma'am miss mister sweetheart honey darling love dear baby kid man boy girl guys dude god".split()
)
_VOCATIVE = re.compile(
    r"(?:^[\s\"“'‘«—–-]*|[,—–] )(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?=[,!?.…—–]|[\"”'’»]?$)|"
    r"^[\s\"“'‘«—–-]*(?P<first>[A-Z][\w'’-]+)(?=[,!?…—–-])"
)
_NAMED = re.compile(
    r"\b(?:[Mm]y name(?:['’]s| is| was)|(?:they|people|everyone|everybody|she|he) calls? (?:me|you)|[Cc]all me|called me|named me|"
    r"(?<!\w)I, )(?: is| was)? ?(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
)
_INSERT = re.compile(r"[\[(]?\b[Yy][/.][Nn]\b[\])]?")


_ENOUGH = 80  # windows that are looked at, evenly spread


@dataclass(slots=True)
class Person:
    """What the narration says of one name: how often it stands, how often it does something, which pronoun follows it."""

    mentions: int = 0
    does: int = 0
    inside: int = 0  # not at the start of a sentence
    pronouns: Counter[str] = field(default_factory=Counter)


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
    people = _people(windows)
    if pov in ("first", "second"):
        return _spoken_to(pov, windows, speech, people)
    if pov == "third":
        return _most_active(people, windows)
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


def _people(windows: Sequence[Window]) -> dict[str, Person]:
    """The names of the narration, those of one person together ("Harry", "Potter", "Harry Potter")."""
    found: dict[tuple[str, ...], Person] = {}
    for window in windows:
        words: list[str] = []
        classes = window.classes
        for match in _NAME.finditer(classes):
            if not words:
                words = tokens(window.narration)
            start, end = match.span("name")
            parts = tuple(word for word in words[start:end] if word.casefold() not in _TITLES)
            if not parts or parts[-1].casefold() in _NEVER or len(parts[-1]) < 2:
                continue
            person = found.setdefault(parts, Person())
            person.mentions += 1
            does = match["does"] is not None
            person.does += does
            person.inside += match["before"] not in ("", ".", "|", "_", "-")
            if does and (pronoun := _PRONOUNS.search(classes, match.end(), match.end() + 30)) and pronoun[0] != "N":
                person.pronouns[pronoun[0].upper()] += 1
    return _merged(found)


def _merged(found: dict[tuple[str, ...], Person]) -> dict[str, Person]:
    """Single names go to the fullest name they are part of; to the most frequent of several."""
    full = sorted((parts for parts in found if len(parts) > 1), key=lambda parts: -found[parts].mentions)
    owner: dict[str, tuple[str, ...]] = {}
    for parts in full:
        for part in (parts[0], parts[-1]):
            owner.setdefault(part, parts)
    people: dict[tuple[str, ...], Person] = {}
    names: dict[tuple[str, ...], Counter[str]] = {}
    for parts, person in found.items():
        key = owner.get(parts[0], parts) if len(parts) == 1 else owner.get(parts[0], parts)
        into = people.setdefault(key, Person())
        into.mentions += person.mentions
        into.does += person.does
        into.inside += person.inside
        into.pronouns.update(person.pronouns)
        names.setdefault(key, Counter())[" ".join(parts)] += person.mentions
    return {names[key].most_common(1)[0][0]: person for key, person in people.items()}


def _most_active(people: dict[str, Person], windows: Sequence[Window]) -> tuple[str | None, float]:
    pronouns: Counter[str] = Counter()
    for window in windows:
        for letter in "HSTX":
            pronouns[letter] += window.counts[letter] + window.counts[letter.lower()]
    narration = "\n".join(window.narration for window in windows)
    scores: list[tuple[float, str]] = []
    for name, person in people.items():
        if not person.does or (not person.inside and person.mentions < 3):
            continue
        scores.append((person.does + 0.4 * (person.mentions - person.does), name))
    scores.sort(reverse=True)
    ranked: list[tuple[float, str]] = []
    for score, name in scores[:6]:
        common = narration.count(" " + name.split()[-1].lower() + " ")
        if common > 0.3 * people[name].mentions:
            continue  # a common noun at the start of sentences
        his = people[name].pronouns.most_common(1)
        if his and pronouns:
            score += 0.5 * score * pronouns[his[0][0]] / max(1, sum(pronouns.values()))
        ranked.append((score, name))
    ranked.sort(reverse=True)
    if not ranked or ranked[0][0] < 2:
        return None, 0.0
    second = ranked[1][0] if len(ranked) > 1 else 0.0
    lead = ranked[0][0] / (ranked[0][0] + second)
    if lead < 0.53:
        return None, 0.0
    return ranked[0][1], round(min(0.97, 0.45 + 0.55 * (lead - 0.5) / 0.4), 3)


def _spoken_to(pov: str, windows: Sequence[Window], speech: Sequence[str], people: dict[str, Person]) -> tuple[str | None, float]:
    if pov == "second" and any(_INSERT.search(text) for text in (*speech, *(window.narration for window in windows))):
        return "Y/N", 0.95
    said: Counter[str] = Counter()
    for text in speech:
        for found in _VOCATIVE.finditer(text):
            name = found["name"] or found["first"]
            if name.casefold() not in _NEVER and name.casefold() not in _TITLES and letters([name.split()[0]]) in ("N", "K"):
                said[name.split()[0] if name.split()[0].casefold() not in _TITLES else name] += 1
    stated: Counter[str] = Counter()
    for window in windows:
        for found in _NAMED.finditer(window.narration):
            stated[found["name"]] += 1
    if stated:
        return stated.most_common(1)[0][0], 0.85
    mentioned = {part: person.mentions for name, person in people.items() for part in name.split()}
    told = {name: n for name, n in said.items() if mentioned.get(name, 0) <= 0.15 * n or (n >= 2 and mentioned.get(name, 0) <= 0.3 * n)}
    ranked = sorted(told.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None, 0.0
    return ranked[0][0], 0.8 if ranked[0][1] > 1 else 0.65
