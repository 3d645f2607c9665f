"""Person: who narrates, window by window, and what the whole is called.

Each window is taken to be told in one person. How many words of the first and of the second person a window of each kind has
is a mixture of Poisson rates (narrators speak of themselves much, or, as witnesses, little; authors rarely, and never for
long), and the most probable sequence of persons is found with a price on each change (Viterbi), lower at scene breaks. So a
frame or a chapter in another person is found as a run, and a remark of the author is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from math import exp, inf, lgamma, log
from operator import add

from transforms.narration.evidence import NO_WORDS, Window

STATES = ("first", "second", "third")
_KINDS = (*STATES, "witness")  # a witness narrates in the first person and seldom says so

# (weight, rate a word) of words of the first person and of the second, in windows told in each person.
_FIRST_WORDS = {
    "first": ((0.5, 0.07), (0.35, 0.03), (0.13, 0.01), (0.02, 0.0005)),
    "second": ((0.8, 0.0005), (0.15, 0.004), (0.05, 0.015)),
    "third": ((0.795, 0.0005), (0.13, 0.004), (0.06, 0.015), (0.015, 0.04)),
    "witness": ((0.45, 0.012), (0.35, 0.003), (0.2, 0.03)),
}
_SECOND_WORDS = {
    "first": ((0.7, 0.002), (0.2, 0.012), (0.07, 0.04), (0.03, 0.1)),
    "second": ((0.5, 0.1), (0.25, 0.04), (0.15, 0.015), (0.1, 0.002)),
    "third": ((0.78, 0.001), (0.16, 0.006), (0.04, 0.02), (0.03, 0.06)),
    "witness": ((0.7, 0.002), (0.25, 0.012), (0.05, 0.05)),
}
_STAY, _TURN, _TURN_AT_BREAK = log(0.99), log(0.000001), log(0.35)
_TO_WITNESS = log(0.1)
_OUTNUMBERED = log(0.13)  # where `you` is the protagonist, it is seldom rarer than he and she
_SELDOMER = log(0.03)
_START = (log(0.38), log(0.1), log(0.47), log(0.02))
_LABELS = ("first", "second", "third", "first")


_NOT_IN_THOUGHTS = frozenset("HSTXhstx_")
_THOUGHT_ENDS = 40  # words and marks of a paragraph
_FEWEST_COMMANDS = 4
_ELIDED_SHARE = 0.9  # of clauses without subject that are a narrator's, where narrators leave themselves out


def counts(window: Window, remarked: bool = True) -> tuple[int, int, int]:
    """Words of the first, second and third person in a window (names count as third-person words).

    A short paragraph that speaks of `I` alone is no narrator where the rest is about others: it is a thought without italics.
    `remarked` is False where whoever says I also acts, so that what is said in the present is no mere author's remark.
    """
    n = window.counts
    first = n["I"] + n["m"]
    we = n["W"] + n["w"]
    first += (0.7 if first or we > 2 else 0.4) * we  # one "we" may be anybody's
    second = n["Y"] + n["y"]
    third = n["H"] + n["S"] + n["T"] + n["X"] + n["h"] + n["s"] + n["t"] + n["x"]
    if first and remarked:
        first -= _remarks(window)
    if 0 < first < third:
        for line in window.classes.split("|"):
            if len(line) < _THOUGHT_ENDS and (own := line.count("I") + line.count("m")) and _NOT_IN_THOUGHTS.isdisjoint(line):
                first -= own
                if second < third:  # a thought may call somebody `you`
                    second -= line.count("Y") + line.count("y")
    if second > 1 and third:
        second -= _generic(window, second)
    return max(0, round(first)), max(0, round(second)), third


def count(windows: Sequence[Window]) -> None:
    """Put the counts of each window into it.

    Where clauses without a subject are many (a log: "Trimmed lamp. Slept badly."), somebody says I, we, my, our, and he and she
    are fewer than both, those clauses are the narrator's. So are commands, many of them, what `you` does in the present.
    """
    elided = commands = first = second = third = 0
    remarked = not _somebody_acts(windows)
    for window in windows:
        window.persons = counts(window, remarked)
        elided += window.elided
        commands += window.commands
        first += window.persons[0]
        second += window.persons[1]
        third += window.persons[2]
    if commands >= _FEWEST_COMMANDS and second > first and second + commands > third:
        for window in windows:
            if window.commands:
                window.clauses["Y>"] += window.commands
    if elided < 4 or not first or first + elided <= third:
        return
    for window in windows:
        if window.elided:
            one, two, three = window.persons
            window.persons = (one + round(_ELIDED_SHARE * window.elided), two, three)
            window.clauses["I<"] += window.elided


def _generic(window: Window, second: int) -> float:
    """How many of the second-person words of a window told about others are anybody's: you can tell, you would have thought.

    The clauses of a `you` who acts agree with those of the others in tense; those of a generic one are in another, or say what
    one could or would do, or are few beside theirs.
    """
    own: Counter[str] = Counter()
    others = {"<": 0, ">": 0}
    for key, n in window.clauses.items():
        who, tense = key[-2], _PLAIN.get(key[-1], key[-1])
        if who == "Y":
            own[tense] += n
        elif who in "HSTXN_n" and tense in others:
            others[tense] += n
    told, other = ("<", ">") if others["<"] >= others[">"] else (">", "<")
    if others[told] <= 2 * others[other] + 1:
        return 0.0
    loose = own[other] + own["m"] + own["c"]
    acts = own[told] + own["~"] * (told == ">")
    if not loose or (loose <= acts and acts > _FEW_ACTS * others[told]):
        return 0.0
    return 0.85 * second * max(0.5, loose / (loose + acts))


_PLAIN = {"q": "<", "h": "<", "z": ">"}
_FEW_ACTS = 0.25  # of what the others do: a `you` who acts that seldom is no protagonist


def _remarks(window: Window) -> float:
    """How many of the first-person words of a window told in the past are an author's remarks in the present."""
    clauses = window.clauses
    past = present = remarks = acts = 0
    for key, n in clauses.items():
        who, tense = key[-2], key[-1]
        if who in "IW":
            if tense in ">oc~m":
                remarks += n
            else:
                acts += n
        elif who != "Y":
            past += n * (tense in "<h")
            present += n * (tense == ">")
    if not remarks or past <= 2 * present + 1:
        return 0.0
    words = sum(window.counts[letter] for letter in "ImWw")
    return 0.85 * words * remarks / (remarks + acts)


_LEAST_ACTS, _ACTS_A_WORD = 6, 0.007


def _somebody_acts(windows: Sequence[Window]) -> bool:
    """Whether what `I` and `we` do in the past is more than authors ever say of themselves: a narrator who is there."""
    acts = sum(n for window in windows for key, n in window.clauses.items() if key[-2] in "IW" and key[-1] in "<hq")
    return acts >= max(_LEAST_ACTS, _ACTS_A_WORD * sum(window.words for window in windows))


@lru_cache(maxsize=1 << 14)
def _likelihoods(first: int, second: int, words: int) -> tuple[float, ...]:
    """The log likelihood of so many words of the first and the second person among `words`, for each state."""
    return tuple(_mixed(_FIRST_WORDS[state], first, words) + _mixed(_SECOND_WORDS[state], second, words) for state in _KINDS)


def _mixed(mixture: Sequence[tuple[float, float]], n: int, words: int) -> float:
    terms = [log(weight) + n * log(rate * words) - rate * words - lgamma(n + 1) for weight, rate in mixture]
    top = max(terms)
    return top + log(sum(exp(term - top) for term in terms))


def states(windows: Sequence[Window], scenes: Sequence[object]) -> list[str]:
    """The person of each window."""
    best = _START
    back: list[tuple[int, int, int, int]] = []
    last = None
    for window, scene in zip(windows, scenes, strict=True):
        turn, seldomer = (-inf, -inf) if last is None else (_TURN if scene == last else _TURN_AT_BREAK, _SELDOMER)
        _, second, third = window.persons
        likelihoods = _likelihoods(*window.persons[:2], max(10, window.words // 8 * 8))
        first, second_person, third_person, witness = best
        top = best.index(max(best))
        turned = best[top] + turn
        came = [0, 1, 2, 3]
        scores = [first + _STAY, second_person + _STAY, third_person + _STAY, witness + _STAY]
        for state, move in enumerate((turned, turned, turned, turned + _TO_WITNESS)):
            if move > scores[state] and top != (3, -1, -1, 0)[state]:
                came[state], scores[state] = top, move
        # A narrator may step back, and forward again: that is no turn to another.
        for state, other, move in ((0, 3, witness + seldomer), (3, 0, first + seldomer)):
            if move > scores[state]:
                came[state], scores[state] = other, move
        back.append(tuple(came))
        best = tuple(map(add, scores, likelihoods))
        if second < 0.4 * (second + third):
            best = (best[0], best[1] + _OUTNUMBERED, *best[2:])
        last = scene
    state = max(range(4), key=best.__getitem__)
    path = []
    for came in reversed(back):
        path.append(_LABELS[state])
        state = came[state]
    path.reverse()
    _put_back(windows, path)
    return path


_OWN = {"first": re.compile(b"[ImWw]"), "second": re.compile(b"[Yy]")}
_OTHERS = re.compile(b"[HSTXhstx]")
_SHORT = 1500  # words; in longer works a narrator may well be away for as long
_ABSENCES, _LONG, _EXPECTED, _ABSENT = 2, 100, 10.0, 0.3


def _put_back(windows: Sequence[Window], path: list[str]) -> None:
    """Stretches without a word of the person that the rest is full of are told in the third, if there are several.

    So is found what alternates where no mark parts it. One such stretch is of a narrator who only later says who tells.
    """
    if len(windows) < 4 or sum(window.words for window in windows) > _SHORT:
        return
    for person, own in _OWN.items():
        told = [i for i, found in enumerate(path) if found == person]
        words = [windows[i].classes.encode().translate(None, NO_WORDS) for i in told]
        together = b"".join(words)
        starts = [0, *(found.end() for found in own.finditer(together))]
        ends = [*(found.start() for found in own.finditer(together)), len(together)]
        absences = [
            (start, end)
            for start, end in zip(starts, ends, strict=True)
            if end - start >= _LONG and len(_OTHERS.findall(together, start, end)) >= 0.04 * (end - start)
        ]
        absent = sum(end - start for start, end in absences)
        rate = (len(starts) - 1) / max(1, len(together) - absent)
        if not (
            len(absences) >= _ABSENCES
            and absent >= _ABSENT * len(together)
            and sorted(end - start for start, end in absences)[-_ABSENCES] * rate >= _EXPECTED
        ):
            continue
        at = 0
        for i, some in zip(told, words, strict=True):
            within = sum(max(0, min(end, at + len(some)) - max(start, at)) for start, end in absences)
            if within > 0.6 * len(some):
                path[i] = "third"
            at += len(some)


def gain(person: str, windows: Sequence[Window]) -> float:
    """How much better `person` explains all the windows than any other single person does, in units of log likelihood."""
    first, second_person, third_person, witness = _START
    for window in windows:
        _, second, third = window.persons
        likelihoods = _likelihoods(window.persons[0], second, max(10, window.words // 8 * 8))
        first, witness = (
            max(first, witness + _SELDOMER) + likelihoods[0],
            max(witness, first + _SELDOMER) + likelihoods[3],
        )
        second_person += likelihoods[1] + (_OUTNUMBERED if second < 0.4 * (second + third) else 0.0)
        third_person += likelihoods[2]
    totals = {"first": max(first, witness), "second": second_person, "third": third_person}
    return totals[person] - max(total for other, total in totals.items() if other != person)


def contrast(windows: Sequence[Window], people: Sequence[str]) -> float:
    """How much better the persons found explain a window than the best single person would, on average, in log likelihood."""
    found = 0.0
    totals = dict.fromkeys(STATES, 0.0)
    for window, person in zip(windows, people, strict=True):
        first, second, third, witness = _likelihoods(*window.persons[:2], max(10, window.words // 8 * 8))
        own = {"first": max(first, witness), "second": second, "third": third}
        found += own[person]
        for state in STATES:
            totals[state] += own[state]
    return (found - max(totals.values())) / max(1, len(windows))
