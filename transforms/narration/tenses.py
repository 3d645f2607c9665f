"""Tense: what share of the narration's finite clauses is past, what present; and which windows go together."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf, log

from transforms.narration.evidence import Window

# What a clause counts for, by its subject, where the person of the narration is known. The narrator's remarks and a thought
# in another person than the narration count little; dialogue tags are the surest sign of all and count twice (they are
# counted with their subject, too).
_WEIGHTS = {
    "first": {"I": 1, "W": 1, "Y": 0.3, "H": 1, "S": 1, "T": 1, "X": 1, "N": 1, "K": 0.7, "U": 0.6, "E": 0.4, "n": 0.6, "_": 1, "?": 0.5},
    "second": {"I": 0.2, "W": 0.7, "Y": 1, "H": 1, "S": 1, "T": 1, "X": 1, "N": 1, "K": 0.7, "U": 0.6, "E": 0.4, "n": 0.6, "_": 1, "?": 0.5},
    "third": {"I": 0.15, "W": 0.3, "Y": 0.1, "H": 1, "S": 1, "T": 1, "X": 1, "N": 1, "K": 0.7, "U": 0.6, "E": 0.4, "n": 0.6, "_": 1, "?": 0.5},
}  # fmt: skip
# (past, present, future) that a clause of each kind is worth.
_TENSES = {"<": (1, 0, 0), ">": (0, 1, 0), "h": (0.7, 0, 0), "~": (0, 0, 1), "o": (0, 0.25, 0), "m": (0.15, 0, 0), "c": (0, 0.4, 0),
           "q": (0.6, 0, 0), "z": (0, 0.8, 0)}  # fmt: skip


def weigh(window: Window, person: str) -> tuple[float, float, float]:
    """The weight of the past, present and future clauses of a window that is told in `person`."""
    weights = _WEIGHTS.get(person, _WEIGHTS["third"])
    if person == "first" and window.pronouns["Y"] > 0.25 * (window.pronouns["I"] + window.pronouns["W"] + 1):
        weights = weights | {"Y": 1}  # the narrator speaks to somebody in the story
    past = present = future = 0.0
    for (who, tense), n in ((key, n) for key, n in window.clauses.items()):
        worth = weights[who] * n
        a, b, c = _TENSES[tense]
        past += worth * a
        present += worth * b
        future += worth * c
    return past, present, future


_STAY, _TURN, _TURN_AT_BREAK = log(0.97), log(0.01), log(0.06)
_HIT, _MISS = log(0.9), log(0.1)


def states(weights: Sequence[tuple[float, float, float]], windows: Sequence[Window]) -> list[str]:
    """The tense of each window, past or present: the most probable sequence with a price on each change (Viterbi)."""
    best = {"past": 0.0, "present": 0.0}
    back: list[dict[str, str]] = []
    scene = None
    for (past, present, _), window in zip(weights, windows, strict=True):
        turn = -inf if scene is None else _TURN if window.scene == scene else _TURN_AT_BREAK
        scene = window.scene
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
