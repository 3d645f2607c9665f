"""Person: who narrates, window by window, and what the whole is called.

Each window is taken to be told in one person. How many words of the first and of the second person a window of each kind has
is a mixture of Poisson rates (narrators speak of themselves much, or, as witnesses, little; authors rarely, and never for
long), and the most probable sequence of persons is found with a price on each change (Viterbi), lower at scene breaks. So a
frame or a chapter in another person is found as a run, and a remark of the author is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, inf, lgamma, log

from transforms.narration.evidence import Window

STATES = ("first", "second", "third")

# (weight, rate a word) of words of the first person and of the second, in windows told in each person.
_FIRST_WORDS = {
    "first": ((0.5, 0.075), (0.33, 0.03), (0.14, 0.01), (0.03, 0.001)),
    "second": ((0.8, 0.0005), (0.15, 0.004), (0.05, 0.015)),
    "third": ((0.82, 0.0005), (0.14, 0.004), (0.04, 0.015)),
}
_SECOND_WORDS = {
    "first": ((0.7, 0.002), (0.2, 0.012), (0.1, 0.05)),
    "second": ((0.7, 0.1), (0.3, 0.04)),
    "third": ((0.8, 0.001), (0.16, 0.006), (0.04, 0.02)),
}
_STAY, _TURN, _TURN_AT_BREAK = log(0.99), log(0.003), log(0.05)
_START = {"first": log(0.4), "second": log(0.1), "third": log(0.5)}


def counts(window: Window) -> tuple[float, float, float]:
    """Words of the first, second and third person in a window (names count as third-person words)."""
    n = window.pronouns
    first = n["I"] + n["m"] + 0.7 * (n["W"] + n["w"]) - window.lines_first
    second = n["Y"] + n["y"]
    third = sum(n[letter] for letter in "HSTXhstx")
    return max(0.0, first), second, third


def _likelihood(mixture: Sequence[tuple[float, float]], n: float, words: int) -> float:
    terms = [log(weight) + n * log(rate * words) - rate * words - lgamma(n + 1) for weight, rate in mixture]
    top = max(terms)
    return top + log(sum(exp(term - top) for term in terms))


def states(windows: Sequence[Window]) -> list[str]:
    """The person of each window."""
    best = dict(_START)
    back: list[dict[str, str]] = []
    scene = None
    for window in windows:
        turn = _TURN if window.scene == scene else _TURN_AT_BREAK
        if scene is None:
            turn = -inf
        scene = window.scene
        first, second, _ = counts(window)
        words = max(window.words, 10)
        came: dict[str, str] = {}
        scores: dict[str, float] = {}
        for state in STATES:
            source, score = max(((s, best[s] + (_STAY if s == state else turn)) for s in STATES), key=lambda pair: pair[1])
            came[state] = source
            scores[state] = score + _likelihood(_FIRST_WORDS[state], first, words) + _likelihood(_SECOND_WORDS[state], second, words)
        back.append(came)
        best = scores
    if not back:
        return []
    state = max(best, key=lambda s: best[s])
    path = []
    for came in reversed(back):
        path.append(state)
        state = came[state]
    return path[::-1]
