"""Tense: what share of the narration's finite clauses is past, what present; and which windows go together."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log

from transforms.narration.evidence import Window

# What a clause counts for, by its subject, where the person of the narration is known. The narrator's remarks and a thought
# in another person than the narration count little; dialogue tags are the surest sign of all.
_SUBJECTS = {"I": 1.0, "W": 1.0, "Y": 1.0, "H": 1.0, "S": 1.0, "T": 1.0, "X": 1.0, "N": 1.0, "K": 0.7, "U": 0.6, "E": 0.4,
             "P": 0.7, "n": 0.6, "_": 1.0, "?": 0.5}  # fmt: skip
_OTHERS = {"first": {"Y": 0.3}, "second": {"I": 0.2, "W": 0.7}, "third": {"I": 0.15, "W": 0.3, "Y": 0.1}}
# (past, present, future) that a clause of each kind is worth.
_TENSES = {"<": (1, 0, 0), ">": (0, 1, 0), "h": (0.85, 0, 0), "~": (0, 0, 1), "o": (0, 0.25, 0), "m": (0.35, 0.1, 0),
           "c": (0, 0.4, 0), "q": (0.75, 0, 0), "z": (0, 1, 0)}  # fmt: skip

_SUBORDINATE = 0.5  # what went before is told in the past also where the narration is in the present ("the rule she learned")
# Narrators of the past say "I am", "there is" of themselves and the world.
_SINGLY = {"I>": (0, 0.75, 0), "E>": (0, 0.6, 0)}


def _table(person: str, spoken_to: bool = False) -> dict[str, tuple[float, float, float]]:
    """The worth of each clause key in a narration in `person`."""
    subjects = _SUBJECTS | _OTHERS[person] | ({"Y": 1.0} if spoken_to else {})
    table = {}
    for who, weight in subjects.items():
        for tense, worth in _TENSES.items():
            worth = _SINGLY.get(who + tense, worth)
            table[who + tense] = tuple(weight * part for part in worth)
            table["k" + who + tense] = tuple(_SUBORDINATE * weight * part for part in worth)
            table["_" + who + tense] = tuple(1.3 * weight * part for part in worth)
    return table


_WORTH = {person: _table(person) for person in _OTHERS}
_WORTH_SPOKEN_TO = _table("first", spoken_to=True)
_REMARK = 0.4  # what the present and future of those who tell and are told, and of things, is worth where others are in the past
_WORTH_REMARKED = {
    key: (past, _REMARK * present, _REMARK * future) if key[-2] in "IWYUEn" else (past, present, future)
    for key, (past, present, future) in _WORTH["first"].items()
}


def weigh(window: Window, person: str, remarks: bool = False) -> tuple[float, float, float]:
    """The weight of the past, present and future clauses of a window that is told in `person`.

    With `remarks` a first person's present is what a narrator of the past says to those who listen.
    """
    table = _WORTH_REMARKED if remarks and person == "first" else _WORTH[person]
    counts = window.counts
    if remarks:
        pass
    elif person == "first" and counts["Y"] > 0.25 * (counts["I"] + counts["W"] + 1):
        table = _WORTH_SPOKEN_TO  # the narrator speaks to somebody in the story
    past = present = future = 0.0
    for key, n in window.clauses.items():
        a, b, c = table[key]
        past += n * a
        present += n * b
        future += n * c
    return past, present, future


def others_past(windows: Sequence[Window]) -> float:
    """The share of the past in what is told of others than the narrator and the listener: he, she, they, names, who says what."""
    past = present = 0
    for window in windows:
        for key, n in window.clauses.items():
            if key[-2] in "HSXTN_":
                past += n * (key[-1] in "<hq")
                present += n * (key[-1] in ">z")
    return past / (past + present) if past + present >= _LEAST_OTHERS else 0.0


_LEAST_OTHERS = 6
_STAY, _TURN, _TURN_AT_BREAK = log(0.97), log(0.001), log(0.02)
_HIT, _MISS = log(0.9), log(0.1)


def states(weights: Sequence[tuple[float, float, float]], scenes: Sequence[object]) -> list[str]:
    """The tense of each window, past or present: the most probable sequence with a price on each change (Viterbi)."""
    best = {"past": 0.0, "present": 0.0}
    back: list[dict[str, str]] = []
    last = None
    for (past, present, _), scene in zip(weights, scenes, strict=True):
        turn = -inf if last is None else _TURN if scene == last else _TURN_AT_BREAK
        last = scene
        came, scores = {}, {}
        for state, other, hits, misses in (("past", "present", past, present), ("present", "past", present, past)):
            stay, move = best[state] + _STAY, best[other] + turn
            came[state] = state if stay >= move else other
            scores[state] = max(stay, move) + 0.5 * (hits * _HIT + misses * _MISS)  # clauses that stand together agree
        back.append(came)
        best = scores
    if not back:
        return []
    state = "past" if best["past"] >= best["present"] else "present"
    path = []
    for came in reversed(back):
        path.append(state)
        state = came[state]
    return path[::-1]
