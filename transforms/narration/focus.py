"""The focal character: who narrates, who is `you`, or through whom a third-person narration is told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from transforms.narration.classes import letters, tokens
from transforms.narration.evidence import Window

_NAMES = re.compile(
    r"(?P<before>[^NK]?)(?P<name>N[NK]{0,2}|K[NK]{1,2}|K(?='?j{0,2}[abcdifpqzMF]))(?P<owner>')?(?:j{0,2}(?P<does>[abcdifpqzMF]))?"
    r"|(?P<pronoun>[HSTXhstx])(?:j{0,2}(?P<acts>[abcdifpqzveMF]))?"
)
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
_VOCATIVE = re.compile(
    r"(?:^[\s\"“'‘«—–-]*|[,—–] )(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)(?=[,!?.…—–]|[\"”'’»]?$)|"
    r"^[\s\"“'‘«—–-]*(?P<first>[A-Z][\w'’-]+)(?=[,!?…—–-])"
)
_NAMED = re.compile(
    r"\b(?:[Mm]y name(?:['’]s| is| was)|(?:they|people|everyone|everybody|she|he) calls? (?:me|you)|[Cc]all me|called me|"
    r"named me|(?<!\w)I, )(?: is| was)? ?(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){0,2})"
)
_INSERT = re.compile(r"[\[(]?\b[Yy][/.][Nn]\b[\])]?")


_ENOUGH = 80  # windows that are looked at, evenly spread


@dataclass(slots=True)
class Person:
    """What the narration says of one name: how often it stands, how often it does something, which pronouns follow it.

    `weight` adds up what the person does, by name or by pronoun; what only the person can know counts more.
    """

    mentions: int = 0
    does: int = 0
    inside: int = 0  # not at the start of a sentence
    weight: float = 0.0
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
        return _most_active(people, windows, speech)
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


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name or a pronoun in its place. `name` is empty for a pronoun."""

    name: tuple[str, ...]
    pronoun: str
    does: bool
    inside: bool
    inner: bool
    paragraph: int


def _mentions(windows: Sequence[Window]) -> list[_Mention]:
    found: list[_Mention] = []
    paragraph = 0
    for window in windows:
        words = tokens(window.narration)
        last = 0
        for match in _NAMES.finditer(window.classes):
            paragraph += window.classes.count("|", last, match.start())
            last = match.start()
            if pronoun := match["pronoun"]:
                acts = match["acts"] is not None and pronoun.isupper()
                inner = acts and words[match.start("acts")].lower() in _INNER
                found.append(_Mention((), pronoun.upper(), acts, False, inner, paragraph))
                continue
            start, end = match.span("name")
            parts = tuple(word for word in words[start:end] if word.casefold() not in _TITLES)
            if not parts or parts[-1].casefold() in _NEVER or len(parts[-1]) < 2:
                continue
            does = match["does"] is not None and not match["owner"]
            inner = does and words[match.start("does")].lower() in _INNER
            found.append(_Mention(parts, "", does, match["before"] not in ("", ".", "|", "_", "-"), inner, paragraph))
        paragraph += 1
    return found


def _people(windows: Sequence[Window]) -> dict[str, Person]:
    """The names of the narration, those of one person together ("Harry", "Potter", "Harry Potter").

    A pronoun is given to the last person who did something and to whose name such a pronoun has followed; that is crude, and
    right often enough to count by.
    """
    mentions = _mentions(windows)
    owner = _owners(Counter(mention.name for mention in mentions if mention.name))
    people: dict[tuple[str, ...], Person] = {}
    names: dict[tuple[str, ...], Counter[str]] = {}
    for i, mention in enumerate(mentions):
        if not mention.name:
            continue
        key = owner.get(mention.name[:1] if len(mention.name) == 1 else mention.name, mention.name)
        person = people.setdefault(key, Person())
        names.setdefault(key, Counter())[" ".join(mention.name)] += 1
        person.mentions += 1
        person.does += mention.does
        person.inside += mention.inside
        person.weight += 1.0 + mention.inner if mention.does else 0.4
        follows = mentions[i + 1] if i + 1 < len(mentions) else None
        if mention.does and follows and not follows.name and follows.paragraph <= mention.paragraph + 1:
            person.pronouns[follows.pronoun] += 1
    of = {key: person.pronouns.most_common(1)[0][0] for key, person in people.items() if person.pronouns}
    actor: dict[str, Person] = {}
    for mention in mentions:
        if mention.name:
            key = owner.get(mention.name[:1] if len(mention.name) == 1 else mention.name, mention.name)
            if mention.does and key in of:
                actor[of[key]] = people[key]
        elif mention.pronoun in actor:
            actor[mention.pronoun].weight += 1.0 + mention.inner if mention.does else 0.3
    return {names[key].most_common(1)[0][0]: person for key, person in people.items()}


def _owners(counts: Counter[tuple[str, ...]]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Single names to the fullest name they are part of; to the most frequent of several."""
    owner: dict[tuple[str, ...], tuple[str, ...]] = {}
    for parts, _ in sorted(((parts, n) for parts, n in counts.items() if len(parts) > 1), key=lambda item: -item[1]):
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
    told = {
        name: n
        for name, n in said.items()
        if mentioned.get(name, 0) <= 0.15 * n or (n >= 2 and mentioned.get(name, 0) <= 0.3 * n)
    }
    ranked = sorted(told.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] < 2 * ranked[1][1]):
        return None, 0.0
    return ranked[0][0], 0.8 if ranked[0][1] > 1 else 0.65
