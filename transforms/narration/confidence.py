"""How probable it is that a label is right, from how far its evidence is from the border and how much of it there is.

The coefficients are fitted on labelled stories by `bench/narration_confidence.py` (logistic regression, two features a label)
and kept in `confidence.json`. What was fitted is the probability on stories like those; on other kinds it is a guess.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.resources import files
from math import exp, log1p, sqrt
from operator import mul

from transforms.narration import persons
from transforms.narration.evidence import Window

_FITTED = json.loads((files(__package__) / "confidence.json").read_text(encoding="utf-8"))


def of_unknown(reason: str) -> float:
    """The probability that nothing can be told, by why: `language`, `form`, `short` or `nobody`."""
    return _FITTED["unknown"][reason]


def of_tense(tense: str, weight: tuple[float, float, float]) -> float:
    """The probability that `tense` is right, given the weight of past, present and future clauses."""
    if tense == "unknown":
        return _FITTED["unknown"]["short"]
    return _probability(_FITTED["tense"]["mixed" if tense == "mixed" else "one"], tense_features(tense, *weight))


def of_pov(pov: str, windows: Sequence[Window], people: Sequence[str]) -> float:
    """The probability that `pov` is right, given the windows and the person of each."""
    return _probability(_FITTED["pov"]["mixed" if pov == "mixed" else "one"], pov_features(pov, windows, people))


def weight_of_focus(features: Sequence[float]) -> float:
    """How likely, beside others, is a candidate for focal character with these features; without any, nobody named."""
    *slopes, nobody = _FITTED["focus"]
    return exp(sum(map(mul, slopes, features)) if features else nobody)


def tense_features(tense: str, past: float, present: float, future: float) -> tuple[float, float]:
    """The distance of the deciding share from its border, and that distance in standard errors of the share."""
    total = past + present + future
    share = {"past": past, "present": present}.get(tense)
    distance = share / total - 2 / 3 if share is not None else 2 / 3 - max(past, present) / total
    return min(1.0, 3 * distance), min(3.0, distance * sqrt(total))


def pov_features(pov: str, windows: Sequence[Window], people: Sequence[str]) -> tuple[float, float]:
    """How much better the persons found explain the windows than one other person would, and how evenly a mixed one is."""
    words = sum(window.words for window in windows)
    if pov == "mixed":
        held = sorted(
            (sum(w.words for w, p in zip(windows, people, strict=True) if p == person) for person in set(people)), reverse=True
        )
        return min(1.0, 3 * (held[1] / max(1, words) - 0.2)), min(2.0, persons.contrast(windows, people))
    gain = persons.gain(pov, windows)
    return min(5.0, log1p(max(0.0, gain))), min(1.0, gain / max(1, len(windows)) / 5)


def _probability(coefficients: Sequence[float], features: Sequence[float]) -> float:
    constant, *slopes = coefficients
    score = constant + sum(slope * value for slope, value in zip(slopes, features, strict=True))
    return round(1 / (1 + exp(-max(-30.0, min(30.0, score)))), 4)
